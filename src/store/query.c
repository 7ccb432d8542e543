/*
 * query.c - cuts the typed text at its spaces, takes the filters out, and quotes each word, so that none is ever
 * FTS5's syntax.
 */
#include "store/query.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "store/search_words.h"
#include "text/fold.h"
#include "text/spaceless_scripts.h"

/* A piece between spaces: [NAME:]TEXT or [NAME:]"TEXT", with or without a star. */
struct piece {
	const char *name; /* NULL: none */
	size_t name_len;
	const char *text;
	size_t len;
	bool closed, star, last; /* closed: its second quote is there; last: nothing after it, not even a space */
};

/* Bytes of the space here, which may be the wide one of Chinese and Japanese keyboards; 0: there is none. */
static size_t
space_len(const char *text, size_t n)
{
	static const char wide[] = "\xe3\x80\x80";

	if (*text == ' ' || *text == '\t' || *text == '\n' || *text == '\r')
		return 1;
	return n >= strlen(wide) && memcmp(text, wide, strlen(wide)) == 0 ? strlen(wide) : 0;
}

/* ---- filters ---- */

static bool
wrong(const struct piece *piece, const char *right, struct err *err)
{
	return err_set(err, ERR_USAGE, "%.*s:%.*s: %s", (int)piece->name_len, piece->name, (int)piece->len, piece->text,
	        right);
}

/* Digits of YEAR, -MONTH, -DAY at *at; -1: they are not there. */
static int
digits(const char *text, size_t n, size_t *at, size_t count)
{
	int number = 0;

	if (n - *at < count)
		return -1;
	for (size_t end = *at + count; *at < end; ++*at) {
		if (text[*at] < '0' || text[*at] > '9')
			return -1;
		number = number * 10 + (text[*at] - '0');
	}
	return number;
}

static bool
read_date(const char *text, size_t n, struct tm *tm)
{
	int year, month = 1, day = 1;
	size_t at = 0;

	year = digits(text, n, &at, 4);
	if (year >= 0 && at < n && text[at++] == '-') {
		month = digits(text, n, &at, 2);
		if (month >= 0 && at < n && text[at++] == '-')
			day = digits(text, n, &at, 2);
	}
	*tm = (struct tm){.tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = day, .tm_isdst = -1};
	return year >= 1 && month >= 1 && month <= 12 && day >= 1 && at == n;
}

/* The first moment of that day, month or year here. mktime moves a day that no month has into the next one. */
static bool
parse_date(const struct piece *piece, int64_t *ms, struct err *err)
{
	struct tm tm;
	int day;

	if (!read_date(piece->text, piece->len, &tm))
		return wrong(piece, "a date is like 2026-01-31, 2026-01 or 2026", err);
	day = tm.tm_mday;
	*ms = (int64_t)mktime(&tm) * 1000;
	return tm.tm_mday == day || wrong(piece, "that month has no such day", err);
}

static bool
set_before(struct query *query, const struct piece *piece, struct err *err)
{
	return parse_date(piece, &query->before_ms, err);
}

static bool
set_after(struct query *query, const struct piece *piece, struct err *err)
{
	return parse_date(piece, &query->after_ms, err);
}

static bool
set_model(struct query *query, const struct piece *piece, struct err *err)
{
	(void)err;
	buf_clear(&query->model);
	return utf8_append_mended(&query->model, piece->text, piece->len);
}

/* The one of these words that begins so; NULL: none. */
static const char *
choose(const struct piece *piece, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strncasecmp(words[i], piece->text, piece->len) == 0 && strlen(words[i]) >= piece->len)
			return words[i];
	return NULL;
}

static bool
set_role(struct query *query, const struct piece *piece, struct err *err)
{
	static const char *const roles[] = {"user", "assistant", "system"};

	query->role = choose(piece, roles, ARRAY_LEN(roles));
	return query->role || wrong(piece, "a role is user, assistant or system", err);
}

static bool
set_is(struct query *query, const struct piece *piece, struct err *err)
{
	static const char *const marks[] = {"pinned", "archived"};
	const char *mark = choose(piece, marks, ARRAY_LEN(marks));

	query->pinned |= mark == marks[0];
	query->archived |= mark == marks[1];
	return mark || wrong(piece, "a conversation is pinned or archived", err);
}

static bool
set_in(struct query *query, const struct piece *piece, struct err *err)
{
	static const char *const columns[] = {"content", "reasoning"};
	const char *column = choose(piece, columns, ARRAY_LEN(columns));

	if (!column)
		return wrong(piece, "words are in the content or in the reasoning", err);
	query->column = column;
	return true;
}

static bool
add_tag(struct query *query, const char *name, bool begins, struct err *err)
{
	struct query_tag *tag;

	if (query->n_tags == QUERY_TAGS_MAX)
		return err_set(err, ERR_USAGE, "at most %d tags can be looked for at once", QUERY_TAGS_MAX);
	query->tags = mem_realloc(query->tags, (query->n_tags + 1) * sizeof(*query->tags));
	tag = &query->tags[query->n_tags++];
	snprintf(tag->name, sizeof(tag->name), "%s", name);
	tag->begins = begins;
	return true;
}

bool
query_add_tag(struct query *query, const char *name, struct err *err)
{
	char made[TAG_SIZE];

	return tag_make(made, name, strlen(name), err) && add_tag(query, made, false, err);
}

static bool
set_tag(struct query *query, const struct piece *piece, struct err *err)
{
	size_t star = piece->text[piece->len - 1] == '*'; /* behind a sign, it is none for words */
	bool begins = star || piece->star || (piece->last && !piece->closed);
	char name[TAG_SIZE];

	if (!(begins ? tag_make_beginning : tag_make)(name, piece->text, piece->len - star, err))
		return wrong(piece, "a tag has letters and digits, and - _ . / between them", err);
	return add_tag(query, name, begins, err);
}

static const struct filter {
	const char *name;
	bool (*set)(struct query *, const struct piece *, struct err *);
} filters[] = {
        {"model", set_model},
        {"before", set_before},
        {"after", set_after},
        {"role", set_role},
        {"is", set_is},
        {"in", set_in},
        {"tag", set_tag},
};

static const struct filter *
filter_named(const char *name, size_t n)
{
	for (size_t i = 0; i < ARRAY_LEN(filters); i++)
		if (strlen(filters[i].name) == n && strncasecmp(filters[i].name, name, n) == 0)
			return &filters[i];
	return NULL;
}

/* ---- words ---- */

/* Whether a letter typed after this would continue its last word: not after a sign, nor after a character that is a
 * word of its own. */
static bool
may_go_on(const char *text, size_t n)
{
	uint32_t c = 0;

	for (size_t at = 0; at < n;)
		at += utf8_decode(text + at, n - at, &c);
	return fold_is_letter(c) && !is_spaceless_script(c);
}

static void
put_quoted(struct buf *to, const char *text, size_t n)
{
	buf_putc(to, '"');
	for (size_t i = 0; i < n; i++) {
		if (text[i] == '"')
			buf_putc(to, '"');
		buf_putc(to, text[i]);
	}
	buf_putc(to, '"');
}

/* For the index, which has no signs: a phrase without words would match no text at all. */
static void
add_to_match(struct query *query, const struct piece *piece, bool prefix)
{
	struct buf split = {0};

	if (query->match.len > 0)
		buf_puts(&query->match, " AND ");
	if (search_words_split(&split, piece->text, piece->len))
		put_quoted(&query->match, buf_text(&split), split.len);
	else
		put_quoted(&query->match, piece->text, piece->len);
	if (prefix)
		buf_putc(&query->match, '*');
	buf_release(&split);
}

static bool
add_words(struct query *query, const struct piece *piece, struct err *err)
{
	bool prefix = (piece->star || (piece->last && !piece->closed)) && may_go_on(piece->text, piece->len);

	if (piece->len == 0)
		return true;
	if (!find_add(&query->words, piece->text, piece->len, prefix))
		return err_set(
		        err, ERR_USAGE, "%.*s: a letter, a digit or a sign is needed", (int)piece->len, piece->text);
	if (query->words.n > QUERY_WORDS_MAX)
		return err_set(err, ERR_USAGE, "at most %d words can be looked for at once", QUERY_WORDS_MAX);
	if (find_has_words(&query->words, query->words.n - 1))
		add_to_match(query, piece, prefix);
	return true;
}

/* ---- pieces ---- */

static void
take_name(struct piece *piece, const char *text, size_t n)
{
	const char *colon = memchr(text, ':', n);

	if (!colon || !filter_named(text, (size_t)(colon - text)))
		return;
	piece->name = text;
	piece->name_len = (size_t)(colon - text);
}

/* Up to the closing quote, or to the end where there is none yet. */
static size_t
take_quoted(struct piece *piece, const char *text, size_t n, size_t at)
{
	const char *end = memchr(text + at, '"', n - at);

	piece->closed = end != NULL;
	piece->text = text + at;
	piece->len = end ? (size_t)(end - piece->text) : n - at;
	return at + piece->len + (end ? 1 : 0);
}

static size_t
take_plain(struct piece *piece, const char *text, size_t n, size_t at)
{
	piece->text = text + at;
	while (at < n && space_len(text + at, n - at) == 0)
		at++;
	piece->len = (size_t)(text + at - piece->text);
	piece->star = piece->len > 1 && text[at - 1] == '*' && may_go_on(piece->text, piece->len - 1);
	piece->len -= piece->star;
	return at;
}

/* Reads the piece at `at`, which is no space; returns where it ends. */
static size_t
take_piece(struct piece *piece, const char *text, size_t n, size_t at)
{
	*piece = (struct piece){0};
	take_name(piece, text + at, n - at);
	if (piece->name)
		at += piece->name_len + 1;
	if (at < n && text[at] == '"')
		at = take_quoted(piece, text, n, at + 1);
	else
		at = take_plain(piece, text, n, at);
	if (piece->closed && at < n && text[at] == '*') {
		piece->star = true;
		at++;
	}
	piece->last = at == n;
	return at;
}

static bool
add_piece(struct query *query, const struct piece *piece, struct err *err)
{
	if (!piece->name)
		return add_words(query, piece, err);
	return piece->len == 0 || filter_named(piece->name, piece->name_len)->set(query, piece, err);
}

/* `in:` is for all words, wherever it stands. */
static void
put_column(struct query *query)
{
	char *expression;

	if (!query->column || query->match.len == 0)
		return;
	expression = buf_take(&query->match);
	buf_printf(&query->match, "%s : (%s)", query->column, expression);
	free(expression);
}

/* Conversations have no role, and no reasoning: without a word such a filter would do nothing. */
static bool
is_for_something(const struct query *query, struct err *err)
{
	if (query->words.n > 0 || (!query->role && !query->column))
		return true;
	return err_set(err, ERR_USAGE, "%s: is for messages: a word is needed too", query->role ? "role" : "in");
}

static bool
parse(struct query *query, const char *text, size_t n, struct err *err)
{
	size_t at = 0;

	for (;;) {
		struct piece piece;
		size_t space;

		while (at < n && (space = space_len(text + at, n - at)) > 0)
			at += space;
		if (at == n)
			break;
		at = take_piece(&piece, text, n, at);
		if (!add_piece(query, &piece, err))
			return false;
	}
	put_column(query);
	return is_for_something(query, err);
}

bool
query_parse(struct query *query, const char *text, size_t n, struct err *err)
{
	struct buf mended = {0};
	bool good;

	*query = (struct query){.after_ms = INT64_MIN, .before_ms = INT64_MAX};
	good = utf8_append_mended(&mended, text, n) && parse(query, buf_text(&mended), mended.len, err);
	buf_release(&mended);
	return good;
}

void
query_release(struct query *query)
{
	find_release(&query->words);
	buf_release(&query->match);
	buf_release(&query->model);
	free(query->tags);
}

static bool
has_phrase(const struct query *query, size_t i, struct query_text in)
{
	return find_has(&query->words, i, in.text, in.n);
}

/* Each phrase stands in one of them: its words may be in one and its signs in the other. Names of files count as content. */
bool
query_has_signs(
        const struct query *query, struct query_text content, struct query_text reasoning, struct query_text files)
{
	bool in_content = !query->column || *query->column == 'c', in_reasoning = !query->column || !in_content;

	for (size_t i = 0; i < query->words.n; i++) {
		bool is_there = !find_has_signs(&query->words, i) || (in_content && has_phrase(query, i, content)) ||
		                (in_content && has_phrase(query, i, files)) ||
		                (in_reasoning && has_phrase(query, i, reasoning));

		if (!is_there)
			return false;
	}
	return true;
}

bool
query_wants_model(const struct query *query, const char *model)
{
	size_t n = query->model.len;

	for (size_t left = strlen(model); left >= n; left--, model++)
		if (n == 0 || strncasecmp(model, query->model.data, n) == 0)
			return true;
	return false;
}
