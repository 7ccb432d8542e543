/*
 * message_rows.c - a message's texts are laid out as they grow (text/flow.h); the lines before and after them are few, and
 * made again each time. From top to bottom: head (one line), thought, content, tail, pictures, a blank row.
 */
#include "tui/message_rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "text/cluster.h"
#include "text/code_colours.h"
#include "tui/statistics.h"
#include "tui/message_rows_inside.h"
#include "tui/message_words.h"
#include "tui/sheet_draw.h"

static const char prompt_sign[] = "> ", thought_sign[] = "│ ";

enum {
	SIGN_COLS = 2,    /* of either */
	FOLD_MANY = 2000, /* rows folded away that are counted, */
	FOLD_PIECES = 8,  /* of no more of a long text than that (text/pieces.h) */
};

static void
release_pieces(struct pieces **p)
{
	pieces_free(*p);
	*p = NULL;
}

struct message_rows *
message_rows_new(void)
{
	return mem_alloc(sizeof(struct message_rows));
}

void
message_rows_free(struct message_rows *l)
{
	if (!l)
		return;
	pieces_free(l->thought);
	pieces_free(l->content);
	flow_free(l->tail);
	message_pictures_release(&l->pictures);
	buf_release(&l->head);
	free(l);
}

/* ---- what flynn says about it ---- */

static void
make_head(struct message_rows *l, const struct message *m)
{
	buf_clear(&l->head);
	if (!l->look.bare)
		message_words_thought(m, l->look.cols, &l->head);
}

/* A line for each. */
static void
put_files(const struct message *m, struct buf *line)
{
	for (size_t i = 0; i < m->attachments.n; i++) {
		buf_puts(line, line->len > 0 ? "\n" : "");
		message_words_file(m->attachments.items[i], line);
		buf_putc(line, ')');
	}
}

static void
make_tail(struct message_rows *l, const struct message *m)
{
	bool failed = m->state == MESSAGE_FAILED && m->error;
	char *words;
	struct buf line = {0};

	flow_free(l->tail);
	l->tail = NULL;
	if (l->look.bare || (m->state == MESSAGE_STREAMING && !l->look.elsewhere))
		return;
	words = failed ? message_words_error(message_words_told(m->error, l->look.hides_errors), l->look.go_on,
	                         l->look.retry, l->look.cols)
	               : message_words_note(m, l->look.go_on, l->look.retry, l->look.cols);
	l->tail_style = failed ? STYLE_ERROR : STYLE_NOTE;
	put_files(m, &line);
	buf_printf(&line, "%s%s", line.len > 0 && *words ? "\n" : "", words);
	if (l->look.versions > 1)
		buf_printf(
		        &line, "%s(version %zu of %zu)", line.len > 0 ? "\n" : "", l->look.version, l->look.versions);
	if (l->look.statistics)
		statistics_put(m, &line);
	if (line.len > 0) {
		l->tail = flow_new(l->look.cols, FLOW_TYPED);
		flow_grow(l->tail, line.data, line.len, true);
	}
	buf_release(&line);
	free(words);
}

/* ---- rows ---- */

static int
behind_sign(int cols)
{
	return cols > SIGN_COLS ? cols - SIGN_COLS : 1;
}

/* A number that no other layout has. */
static uint64_t
new_stamp(void)
{
	static uint64_t last;

	return ++last;
}

static bool
has_ended(const struct message_rows *l)
{
	return l->state != MESSAGE_STREAMING;
}

static int
content_cols(const struct message_rows *l, const struct message_look *look)
{
	return l->is_prompt && !look->bare ? behind_sign(look->cols) : look->cols;
}

static void
start_over(struct message_rows *l, const struct message *m, const struct message_look *look)
{
	bool typed = m->role == CHAT_USER || look->raw || look->bare;

	l->is_prompt = m->role == CHAT_USER;
	release_pieces(&l->thought);
	release_pieces(&l->content);
	l->content = pieces_new(content_cols(l, look), typed ? FLOW_TYPED : FLOW_MARKDOWN);
}

/* Folded reasoning is not laid out at all. */
static bool
grow_thought(struct message_rows *l, const struct message *m)
{
	int cols = l->look.bare ? l->look.cols : behind_sign(l->look.cols);

	if (!l->look.unfolded || m->reasoning.len == 0) {
		release_pieces(&l->thought);
		return true;
	}
	if (!l->thought)
		l->thought = pieces_new(cols, FLOW_TYPED);
	pieces_set_cols(l->thought, cols);
	return pieces_update(l->thought, m->reasoning.data, m->reasoning.len, has_ended(l), l->look.budget);
}

static bool
grow_content(struct message_rows *l, const struct message *m)
{
	pieces_colour(l->content, l->look.colours);
	pieces_set_cols(l->content, content_cols(l, &l->look));
	return pieces_update(l->content, buf_text(&m->content), m->content.len, has_ended(l), l->look.budget);
}

static bool
is_same_look(const struct message_look *a, const struct message_look *b)
{
	return a->cols == b->cols && a->raw == b->raw && a->bare == b->bare && a->unfolded == b->unfolded &&
	       a->folded == b->folded && a->retry == b->retry && a->go_on == b->go_on && a->colours == b->colours &&
	       a->sequences == b->sequences && a->elsewhere == b->elsewhere && a->statistics == b->statistics &&
	       a->hides_errors == b->hides_errors && a->version == b->version && a->versions == b->versions;
}

static bool
has_changed(const struct message_rows *l, const struct message *m)
{
	return l->moves != m->moves || l->is_muted != message_is_muted(m) || l->is_edited != m->is_edited ||
	       l->state != m->state || l->reasoning_len != m->reasoning.len || l->content_len != m->content.len;
}

/* A grammar came that it may have waited for. */
static bool
may_have_colours(const struct message_rows *l, const struct message_look *look)
{
	return look->colours && l->content && l->grammars_version != look->colours->version &&
	       pieces_lack_grammar(l->content);
}

void
message_rows_update(struct message_rows *l, const struct message *m, const struct message_look *look)
{
	bool coloured = may_have_colours(l, look), thought;
	bool pictures = message_pictures_update(&l->pictures, m, look, behind_sign(look->cols));

	if (l->all && is_same_look(&l->look, look) && !has_changed(l, m) && !coloured && !pictures)
		return;
	if (!l->content || l->look.raw != look->raw || l->look.bare != look->bare ||
	        l->look.sequences != look->sequences || l->moves != m->moves)
		start_over(l, m, look);
	if (coloured)
		pieces_recolour(l->content);
	l->grammars_version = look->colours ? look->colours->version : 0;
	l->stamp = new_stamp();
	l->look = *look;
	l->state = m->state;
	l->is_muted = message_is_muted(m);
	l->is_edited = m->is_edited;
	l->moves = m->moves;
	l->reasoning_len = m->reasoning.len;
	l->content_len = m->content.len;
	thought = grow_thought(l, m);
	l->all = grow_content(l, m) && thought;
	make_head(l, m);
	make_tail(l, m);
}

bool
message_rows_are_all(const struct message_rows *l)
{
	return l->all;
}

/* ---- drawing ---- */

/* What a row shows: the head, a row of a page, how much is folded away, or nothing. */
struct source {
	unsigned part;
	const struct sheet *page; /* NULL: none of a page */
	size_t piece, row;
};

static struct source
source_of(const struct message_rows *l, uint64_t row)
{
	struct line at = message_line(l, row);

	return (struct source){at.part, message_line_sheet(l, at), at.piece, at.row};
}

static enum style
text_style(const struct message_rows *l, unsigned part)
{
	if (part == SPOT_CONTENT)
		return l->is_prompt ? STYLE_PROMPT : STYLE_TEXT;
	return part == SPOT_TAIL ? l->tail_style : STYLE_THINKING;
}

/* What begins a row of this part, or NULL. */
static const char *
sign_of(const struct message_rows *l, unsigned part)
{
	if (l->look.bare)
		return NULL;
	if (part == SPOT_THOUGHT)
		return thought_sign;
	return part == SPOT_CONTENT && l->is_prompt ? prompt_sign : NULL;
}

static bool
is_grey(const struct message_rows *l)
{
	return l->is_muted && !l->look.bare;
}

/* Of what is not text: apart from it by the first bit. */
static uint64_t
key_of(const struct message_rows *l, struct line at)
{
	if (at.part == PART_BLANK)
		return GRID_BLANK_KEY;
	if (at.part == SPOT_PICTURE)
		return l->stamp << 30 | (uint64_t)SPOT_THOUGHT << 28 | (uint64_t)at.piece << 16 | at.row;
	return l->stamp << 30 | (uint64_t)at.part << 28 | at.row;
}

/* Text has keys of what it shows. */
static uint64_t
text_key(const struct message_rows *l, unsigned part, uint64_t page_key)
{
	uint64_t look = (uint64_t)is_grey(l) << 6 ^ (uint64_t)(sign_of(l, part) != NULL) << 5 ^ text_style(l, part);

	return (page_key << 7 ^ look) | UINT64_C(1) << 63;
}

size_t
message_rows_keys(const struct message_rows *l, uint64_t *row, size_t most, uint64_t *keys)
{
	struct line at = message_line(l, *row);
	const struct sheet *page = at.part == SPOT_TAIL ? NULL : message_line_sheet(l, at);
	size_t n = page ? message_line_rows(l, at) : 1;

	*row = message_line_number(at);
	n = n < most ? n : most;
	for (size_t i = 0; page && i < n; i++)
		keys[i] = text_key(l, at.part, sheet_draw_key(page, at.row + i));
	if (!page)
		keys[0] = key_of(l, at);
	return n;
}

/* As far as there are not many, nor much to be laid out for that. */
static size_t
count_folded(const struct message_rows *l, bool *all)
{
	size_t n = 0, i = 0, left = FOLD_PIECES;

	for (; i < pieces_n(l->content) && n < FOLD_MANY + FOLD_ROWS && left > 0; i++) {
		left -= !pieces_are_counted(l->content, i);
		n += pieces_rows(l->content, i);
	}
	n -= FOLD_ROWS;
	*all = i == pieces_n(l->content) && n < FOLD_MANY;
	return n < FOLD_MANY ? n : FOLD_MANY;
}

static void
draw_fold(const struct message_rows *l, struct grid *g, struct rect at)
{
	bool all;
	size_t n = count_folded(l, &all);
	char words[64];

	snprintf(words, sizeof(words), "… %s%zu more lines", all ? "" : "over ", n);
	grid_puts(g, at.row, at.col, at.col + at.cols, STYLE_NOTE, words);
}

void
message_rows_draw(const struct message_rows *l, uint64_t row, struct grid *g, struct rect at)
{
	struct source s = source_of(l, row);
	enum style style = text_style(l, s.part);
	const char *sign = sign_of(l, s.part);
	struct rect line = at;

	if (s.part == SPOT_HEAD)
		grid_puts(g, at.row, at.col, at.col + at.cols, style, buf_text(&l->head));
	if (s.part == SPOT_PICTURE)
		message_pictures_draw(&l->pictures, s.piece, s.row, g,
		        (struct rect){at.row, at.col + SIGN_COLS, 1, at.cols - SIGN_COLS});
	if (sign) {
		grid_puts(g, at.row, at.col, at.col + at.cols, style, sign);
		at.col += SIGN_COLS;
		at.cols -= SIGN_COLS;
	}
	if (s.page)
		sheet_draw(s.page, s.row, g, at, style);
	else if (s.part == SPOT_CONTENT)
		draw_fold(l, g, at);
	if (is_grey(l) && s.part != PART_BLANK)
		grid_paint(g, line.row, line.col, line.col + line.cols, STYLE_MUTED);
}

/* Grey is painted over the whole of it. */
bool
message_rows_grow(const struct message_rows *l, uint64_t row, uint64_t key, struct grid *g, struct rect at)
{
	struct grid_text there = grid_text_end(g, at.row);
	struct source s = source_of(l, row);
	uint64_t before = there.len > 0 && s.page && s.part != SPOT_TAIL && !is_grey(l)
	                          ? sheet_draw_key_before(s.page, s.row, there.len)
	                          : 0;

	if (before == 0 || !grid_line_grow(g, at, text_key(l, s.part, before), key))
		return false;
	sheet_draw_on(s.page, s.row, g, at, text_style(l, s.part), there.len, there.end);
	return true;
}

/* ---- marks ---- */

/* The line about reasoning that is folded away says how many there are in it. */
static bool
mark_head(const struct message_rows *l, struct grid *g, struct rect at, size_t n, size_t here)
{
	char words[64];
	int end = at.col + at.cols, col = at.col + cluster_width(buf_text(&l->head), l->head.len);

	snprintf(words, sizeof(words), "%zu hit%s", n, n == 1 ? "" : "s");
	col = grid_puts(g, at.row, col, end, STYLE_THINKING, ", ");
	grid_puts(g, at.row, col, end, here < n ? STYLE_HIT_HERE : STYLE_HIT, words);
	return true;
}

bool
message_rows_mark(const struct message_rows *l, uint64_t row, struct grid *g, struct rect at, enum spot_part part,
        const struct mark *marks, size_t n, size_t here)
{
	struct source s = source_of(l, row);

	if (s.part == SPOT_HEAD && part == SPOT_THOUGHT && n > 0 && !l->look.unfolded)
		return mark_head(l, g, at, n, here);
	if (s.part != (unsigned)part || !s.page)
		return false;
	if (sign_of(l, part)) {
		at.col += SIGN_COLS;
		at.cols -= SIGN_COLS;
	}
	return sheet_draw_marks(s.page, s.row, g, at, marks, n, here);
}

bool
message_rows_reach(const struct message_rows *l, struct spot spot)
{
	const struct pieces *p = spot.part == SPOT_THOUGHT ? l->thought : l->content;

	if (l->all || !p || spot.part == SPOT_HEAD)
		return true;
	return spot.part < SPOT_TAIL && spot.byte < pieces_length(p);
}

/* ---- for tests ---- */

size_t
message_rows_spent(const struct message_rows *l)
{
	return (l->thought ? pieces_spent(l->thought) : 0) + (l->content ? pieces_spent(l->content) : 0);
}

size_t
message_rows_kept(const struct message_rows *l)
{
	return (l->thought ? pieces_rows_kept(l->thought) : 0) + (l->content ? pieces_rows_kept(l->content) : 0);
}
