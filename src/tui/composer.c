/*
 * composer.c - editing: a command moves the cursor, or replaces a range by a text, which is the one way to change
 * anything and what the history notes.
 *
 * Words are runs of letters and digits as readline has them; all that is not ASCII counts as letters.
 */
#include "tui/composer.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <wctype.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "text/cluster.h"

void
composer_init(struct composer *c)
{
	*c = (struct composer){.cursor = 0, .column = -1};
}

void
composer_release(struct composer *c)
{
	buf_release(&c->text);
	pasted_release(&c->pasted);
	edit_history_release(&c->history);
	kill_ring_release(&c->kills);
}

const char *
composer_text(const struct composer *c)
{
	return buf_text(&c->text);
}

bool
composer_is_blank(const struct composer *c)
{
	const char *text = buf_text(&c->text);

	return strspn(text, " \n\t") == c->text.len;
}

void
composer_reset(struct composer *c)
{
	buf_clear(&c->text);
	pasted_release(&c->pasted);
	edit_history_release(&c->history);
	c->cursor = 0;
	c->column = -1;
	c->last = COMPOSER_OTHER;
	c->pasted_start = false;
}

bool
composer_has_pasted_slash(const struct composer *c)
{
	return c->pasted_start && c->text.len > 0 && c->text.data[0] == '/';
}

char *
composer_typed(const struct composer *c)
{
	return mem_printf("%s%s", composer_has_pasted_slash(c) ? "/" : "", buf_text(&c->text));
}

bool
composer_is_typed(const struct composer *c, size_t at)
{
	return !pasted_has(&c->pasted, at);
}

/* ---- places ---- */

/* Of a chip the inside is no place. */
static size_t
before(const struct composer *c, size_t at)
{
	const struct pasted_part *fold = pasted_fold_before(&c->pasted, at);

	if (fold)
		return fold->from;
	return at > 0 ? cluster_before(c->text.data, at) : 0;
}

static size_t
after(const struct composer *c, size_t at)
{
	const struct pasted_part *fold = pasted_fold_at(&c->pasted, at);

	if (fold)
		return fold->to;
	return at < c->text.len ? at + cluster_length(c->text.data + at, c->text.len - at) : at;
}

static size_t
line_start(const struct composer *c, size_t at)
{
	const struct pasted_part *fold;

	while (at > 0 && ((fold = pasted_fold_before(&c->pasted, at)) != NULL || c->text.data[at - 1] != '\n'))
		at = fold ? fold->from : at - 1;
	return at;
}

static size_t
line_end(const struct composer *c, size_t at)
{
	const struct pasted_part *fold;
	const char *feed;

	while (at < c->text.len && (feed = memchr(c->text.data + at, '\n', c->text.len - at)) != NULL) {
		fold = pasted_fold_at(&c->pasted, (size_t)(feed - c->text.data));
		if (!fold)
			return (size_t)(feed - c->text.data);
		at = fold->to;
	}
	return c->text.len;
}

static bool
is_blank_before(const struct composer *c, size_t at)
{
	return !pasted_fold_before(&c->pasted, at) && strchr(" \t\n", c->text.data[at - 1]);
}

static size_t
blank_word_start(const struct composer *c, size_t at)
{
	while (at > 0 && is_blank_before(c, at))
		at--;
	while (at > 0 && !is_blank_before(c, at))
		at = before(c, at);
	return at;
}

/* Is the cluster at this place part of a word? */
static bool
in_word(const struct composer *c, size_t at)
{
	unsigned char first = (unsigned char)c->text.data[at];

	return pasted_fold_at(&c->pasted, at) || first >= 0x80 || isalnum(first);
}

static size_t
word_start(const struct composer *c, size_t at)
{
	while (at > 0 && !in_word(c, before(c, at)))
		at = before(c, at);
	if (pasted_fold_before(&c->pasted, at))
		return before(c, at);
	while (at > 0 && in_word(c, before(c, at)) && !pasted_fold_before(&c->pasted, at))
		at = before(c, at);
	return at;
}

static size_t
skip_to_word(const struct composer *c, size_t at)
{
	while (at < c->text.len && !in_word(c, at))
		at = after(c, at);
	return at;
}

static size_t
word_end(const struct composer *c, size_t at)
{
	at = skip_to_word(c, at);
	if (pasted_fold_at(&c->pasted, at))
		return after(c, at);
	while (at < c->text.len && in_word(c, at) && !pasted_fold_at(&c->pasted, at))
		at = after(c, at);
	return at;
}

/* ---- the two things that happen ---- */

void
composer_move(struct composer *c, size_t at)
{
	c->cursor = at;
	c->column = -1;
	c->last = COMPOSER_OTHER;
	edit_history_close(&c->history);
}

/* text[from..to) becomes s[0..n), which is no part of the text; the cursor stands after it. */
static void
put_instead(struct composer *c, size_t from, size_t to, const char *s, size_t n)
{
	size_t rest = c->text.len - to, len = from + n + rest;

	if (len > c->text.len)
		buf_put(&c->text, s, len - c->text.len); /* only makes room: n is larger than that */
	if (rest > 0)
		memmove(c->text.data + from + n, c->text.data + to, rest);
	if (n > 0)
		memcpy(c->text.data + from, s, n);
	buf_truncate(&c->text, len);
	c->cursor = from + n;
	c->column = -1;
	c->last = COMPOSER_OTHER;
}

static void
replace(struct composer *c, enum edit_kind kind, size_t from, size_t to, const char *s, size_t n)
{
	struct edit edit = {.at = from, .cursor = c->cursor};
	bool joins;

	if (from == to && n == 0)
		return;
	buf_put(&edit.removed, buf_text(&c->text) + from, to - from);
	buf_put(&edit.inserted, s, n);
	edit.before = c->pasted; /* borrowed */
	joins = edit_history_add(&c->history, kind, &edit);
	if (from == 0 && n > 0)
		c->pasted_start = kind == EDIT_PASTED;
	put_instead(c, from, to, buf_text(&edit.inserted), n);
	pasted_replace(&c->pasted, from, to - from, n);
	if (kind == EDIT_PASTED || kind == EDIT_WHOLE)
		pasted_add(&c->pasted, buf_text(&c->text), from, n, joins);
	if (kind == EDIT_PASTED && c->folds && n > 0)
		pasted_fold(&c->pasted, from);
	edit_history_set_after(&c->history, &c->pasted);
	buf_release(&edit.removed);
	buf_release(&edit.inserted);
}

/* ---- text from outside ---- */

static bool
replace_mended(struct composer *c, enum edit_kind kind, size_t from, size_t to, const char *s, size_t n)
{
	struct buf mended = {.max = COMPOSER_TEXT_MAX - (c->text.len - (to - from))};
	/* What is mended is never shorter. */
	bool fits = n == 0 || (n <= mended.max && utf8_append_mended(&mended, s, n));

	if (fits)
		replace(c, kind, from, to, buf_text(&mended), mended.len);
	buf_release(&mended);
	return fits;
}

bool
composer_insert(struct composer *c, const char *s, size_t n)
{
	return replace_mended(c, EDIT_PASTED, c->cursor, c->cursor, s, n);
}

bool
composer_insert_line(struct composer *c, const char *text, size_t n)
{
	char *line = mem_strndup(text, n);
	bool fits;

	for (char *at = line; (at = strpbrk(at, "\n\t")) != NULL;)
		*at = ' ';
	fits = composer_insert(c, line, strlen(line));
	free(line);
	return fits;
}

bool
composer_type(struct composer *c, const char *s, size_t n)
{
	return replace_mended(c, EDIT_TYPED, c->cursor, c->cursor, s, n);
}

bool
composer_replace(struct composer *c, const char *s, size_t n)
{
	return replace_mended(c, EDIT_WHOLE, 0, c->text.len, s, n);
}

bool
composer_replace_pasted(struct composer *c, const char *s, size_t n)
{
	bool fits = composer_replace(c, s, n);

	c->pasted_start = fits || c->pasted_start;
	return fits;
}

/* ---- undo ---- */

void
composer_clear(struct composer *c)
{
	replace(c, EDIT_WHOLE, 0, c->text.len, "", 0);
}

static void
set_pasted(struct composer *c, const struct pasted *pasted)
{
	pasted_release(&c->pasted);
	pasted_copy(&c->pasted, pasted);
}

void
composer_undo(struct composer *c)
{
	const struct edit *e = edit_history_undo(&c->history);

	if (!e)
		return;
	put_instead(c, e->at, e->at + e->inserted.len, buf_text(&e->removed), e->removed.len);
	set_pasted(c, &e->before);
	c->cursor = e->cursor;
}

void
composer_redo(struct composer *c)
{
	const struct edit *e = edit_history_redo(&c->history);

	if (!e)
		return;
	put_instead(c, e->at, e->at + e->removed.len, buf_text(&e->inserted), e->inserted.len);
	set_pasted(c, &e->after);
}

/* ---- moving ---- */

void
composer_left(struct composer *c)
{
	composer_move(c, before(c, c->cursor));
}

void
composer_right(struct composer *c)
{
	composer_move(c, after(c, c->cursor));
}

void
composer_word_left(struct composer *c)
{
	composer_move(c, word_start(c, c->cursor));
}

void
composer_word_right(struct composer *c)
{
	composer_move(c, word_end(c, c->cursor));
}

void
composer_home(struct composer *c)
{
	composer_move(c, line_start(c, c->cursor));
}

void
composer_end(struct composer *c)
{
	composer_move(c, line_end(c, c->cursor));
}

/* ---- changing ---- */

void
composer_backspace(struct composer *c)
{
	replace(c, EDIT_ERASED, before(c, c->cursor), c->cursor, "", 0);
}

void
composer_delete(struct composer *c)
{
	replace(c, EDIT_ERASED, c->cursor, after(c, c->cursor), "", 0);
}

/* At the end of a line: the two before it. */
void
composer_transpose(struct composer *c)
{
	size_t start = line_start(c, c->cursor), end = line_end(c, c->cursor);
	size_t middle = c->cursor == end && end > start ? before(c, end) : c->cursor;
	size_t from = before(c, middle), to = after(c, middle);
	struct buf swapped = {0};

	if (middle == start || middle == end || pasted_fold_at(&c->pasted, from) || pasted_fold_at(&c->pasted, middle))
		return;
	buf_put(&swapped, c->text.data + middle, to - middle);
	buf_put(&swapped, c->text.data + from, middle - from);
	replace(c, EDIT_WHOLE, from, to, swapped.data, swapped.len);
	buf_release(&swapped);
}

/* The first character of the word by one function, the others by another. */
static void
change_word(struct composer *c, wint_t (*first)(wint_t), wint_t (*others)(wint_t))
{
	size_t from = skip_to_word(c, c->cursor), to = word_end(c, from);
	struct buf changed = {0};

	if (pasted_fold_at(&c->pasted, from)) {
		composer_move(c, to);
		return;
	}
	for (size_t at = from; at < to;) {
		char bytes[4];
		uint32_t character;

		at += utf8_decode(c->text.data + at, to - at, &character);
		character = (uint32_t)(changed.len == 0 ? first : others)((wint_t)character);
		buf_put(&changed, bytes, utf8_encode(character, bytes));
	}
	replace(c, EDIT_WHOLE, from, to, buf_text(&changed), changed.len);
	buf_release(&changed);
}

void
composer_upcase(struct composer *c)
{
	change_word(c, towupper, towupper);
}

void
composer_downcase(struct composer *c)
{
	change_word(c, towlower, towlower);
}

void
composer_capitalize(struct composer *c)
{
	change_word(c, towupper, towlower);
}

/* ---- killing ---- */

static bool
has_pasted(const struct composer *c, size_t from, size_t to)
{
	for (size_t i = 0; i < c->pasted.n; i++)
		if (c->pasted.parts[i].from < to && c->pasted.parts[i].to > from)
			return true;
	return false;
}

static void
kill_range(struct composer *c, size_t from, size_t to)
{
	enum kill how = c->last != COMPOSER_KILLED ? KILL_NEW : from < c->cursor ? KILL_BEFORE : KILL_BEHIND;

	if (from == to)
		return;
	kill_ring_add(&c->kills, how, c->text.data + from, to - from, has_pasted(c, from, to));
	replace(c, EDIT_WHOLE, from, to, "", 0);
	c->last = COMPOSER_KILLED;
}

void
composer_kill_to_home(struct composer *c)
{
	kill_range(c, line_start(c, c->cursor), c->cursor);
}

void
composer_kill_to_end(struct composer *c)
{
	size_t end = line_end(c, c->cursor);

	kill_range(c, c->cursor, end == c->cursor ? after(c, end) : end);
}

void
composer_kill_space_word(struct composer *c)
{
	kill_range(c, blank_word_start(c, c->cursor), c->cursor);
}

void
composer_kill_word_left(struct composer *c)
{
	kill_range(c, word_start(c, c->cursor), c->cursor);
}

void
composer_kill_word_right(struct composer *c)
{
	kill_range(c, c->cursor, word_end(c, c->cursor));
}

static void
yank_over(struct composer *c, size_t from)
{
	const struct buf *kill = kill_ring_get(&c->kills);
	bool pasted_start = c->pasted_start;

	if (!kill || !replace_mended(c, kill_ring_is_pasted(&c->kills) ? EDIT_WHOLE : EDIT_KILLED, from, c->cursor,
	                     kill->data, kill->len))
		return;
	if (c->folds && kill_ring_is_pasted(&c->kills))
		pasted_fold(&c->pasted, from);
	edit_history_set_after(&c->history, &c->pasted);
	c->pasted_start = pasted_start; /* it goes with what is killed and comes back with it */
	c->yanked = from;
	c->last = COMPOSER_YANKED;
}

void
composer_yank(struct composer *c)
{
	yank_over(c, c->cursor);
}

void
composer_yank_pop(struct composer *c)
{
	if (c->last != COMPOSER_YANKED)
		return;
	kill_ring_turn(&c->kills);
	yank_over(c, c->yanked);
}

/* ---- chips ---- */

/* Not if the text has one slash more than it had there (composer_typed). */
bool
composer_bring_back(struct composer *c, const char *text, const struct pasted *pasted)
{
	size_t n = strlen(text);

	if (!composer_replace(c, text, n))
		return false;
	if (n > 0 && c->text.len == n && !(text[0] == '/' && text[1] == '/')) {
		set_pasted(c, pasted);
		edit_history_set_after(&c->history, pasted);
	}
	return true;
}

bool
composer_has_folds(const struct composer *c)
{
	for (size_t i = 0; i < c->pasted.n; i++)
		if (c->pasted.parts[i].is_folded)
			return true;
	return false;
}

/* An edit that changes no text. */
bool
composer_unfold(struct composer *c)
{
	struct edit edit = {.at = c->cursor, .cursor = c->cursor};

	if (!composer_has_folds(c))
		return false;
	edit.before = c->pasted; /* borrowed */
	(void)edit_history_add(&c->history, EDIT_WHOLE, &edit);
	(void)pasted_unfold(&c->pasted, c->cursor);
	edit_history_set_after(&c->history, &c->pasted);
	return true;
}
