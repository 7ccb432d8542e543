/*
 * fence.c - CommonMark's way of reading blocks, as far as fences need it: a line first goes on with the quotes and list
 * items that are open, then opens others; what is left of it is a fence, or text. Of text one thing matters: whether it
 * is a paragraph, which may go on where its quote or item does not (a lazy line), and which not everything can end.
 */
#include "text/fence.h"

#include <string.h>

enum {
	INDENT_MAX = 3, /* one more is code without a fence */
	TAB_COLUMNS = 4,
	FENCE_LEAST = 3,
	HEADING_MOST = 6,
	DIGITS_MOST = 9,
};

/* What is left of a line. A tab may be taken in part. */
struct line {
	const char *at, *end; /* the end: without the line feed */
	int column;
	bool in_tab; /* columns of the tab at `at` were taken */
};

/* ---- lines ---- */

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* Of nothing but blanks; a carriage return is part of the line's end. */
static bool
is_empty(const char *at, const char *end)
{
	while (at < end && (is_blank(*at) || *at == '\r'))
		at++;
	return at == end;
}

static int
next_stop(int column)
{
	return column - column % TAB_COLUMNS + TAB_COLUMNS;
}

/* Columns of the blanks here. */
static int
indent_of(const struct line *l)
{
	int column = l->column;

	for (const char *at = l->at; at < l->end && is_blank(*at); at++)
		column = *at == '\t' ? next_stop(column) : column + 1;
	return column - l->column;
}

/* Takes so many columns of blanks, as far as there are any. */
static void
skip_columns(struct line *l, int columns)
{
	int end = l->column + columns;

	while (l->column < end && l->at < l->end && is_blank(*l->at)) {
		int behind = *l->at == '\t' ? next_stop(l->column) : l->column + 1;

		l->column = behind < end ? behind : end;
		l->in_tab = behind > end;
		l->at += behind <= end;
	}
}

static void
skip_bytes(struct line *l, size_t n)
{
	l->at += n;
	l->column += (int)n;
}

static size_t
count_same(const struct line *l)
{
	const char *at = l->at;

	while (at < l->end && *at == *l->at)
		at++;
	return (size_t)(at - l->at);
}

/* The first character that is no blank; 0: there is none. */
static char
first_of(const struct line *l)
{
	const char *at = l->at;

	while (at < l->end && is_blank(*at))
		at++;
	return at < l->end && *at != '\r' ? *at : '\0';
}

/* ---- what a line, without its indentation, is ---- */

/* Three or more of one sign, and blanks. */
static bool
is_break(const struct line *l)
{
	size_t n = 0;

	if (l->at == l->end || !strchr("-_*", *l->at))
		return false;
	for (const char *at = l->at; at < l->end; at++) {
		if (*at == *l->at)
			n++;
		else if (!is_blank(*at) && *at != '\r')
			return false;
	}
	return n >= 3;
}

static bool
is_heading(const struct line *l)
{
	size_t n = l->at < l->end && *l->at == '#' ? count_same(l) : 0;

	return n > 0 && n <= HEADING_MOST && (l->at + n == l->end || strchr(" \t\r", l->at[n]));
}

/* Below a paragraph it makes a heading of it. */
static bool
is_underline(const struct line *l)
{
	return l->at < l->end && (*l->at == '=' || *l->at == '-') && is_empty(l->at + count_same(l), l->end);
}

static bool
opens_fence(const struct line *l)
{
	size_t n;

	if (l->at == l->end || (*l->at != '`' && *l->at != '~'))
		return false;
	n = count_same(l);
	return n >= FENCE_LEAST && (*l->at == '~' || !memchr(l->at + n, '`', (size_t)(l->end - l->at) - n));
}

static bool
closes_fence(const struct fences *f, struct line l)
{
	size_t n;

	if (indent_of(&l) > INDENT_MAX)
		return false;
	skip_columns(&l, INDENT_MAX);
	if (l.at == l.end || *l.at != f->sign)
		return false;
	n = count_same(&l);
	return n >= f->length && is_empty(l.at + n, l.end);
}

/* The bytes of a list item's sign; 0: it is none. */
static size_t
item_sign(const struct line *l, bool interrupts)
{
	const char *at = l->at;
	size_t n;

	if (at < l->end && strchr("-+*", *at)) {
		at++;
	} else {
		while (at < l->end && *at >= '0' && *at <= '9' && at - l->at < DIGITS_MOST)
			at++;
		if (at == l->at || at == l->end || (*at != '.' && *at != ')'))
			return 0;
		if (interrupts && (at - l->at != 1 || *l->at != '1'))
			return 0;
		at++;
	}
	n = (size_t)(at - l->at);
	if (at < l->end && !strchr(" \t\r", *at))
		return 0;
	return interrupts && is_empty(at, l->end) ? 0 : n;
}

/* ---- quotes and items ---- */

/* How many of the open ones the line goes on with. */
static size_t
go_on(struct fences *f, struct line *l)
{
	size_t i;

	for (i = 0; i < f->depth; i++) {
		int indent = indent_of(l);
		bool empty = is_empty(l->at, l->end);

		if (f->open[i].quote) {
			if (indent > INDENT_MAX || first_of(l) != '>')
				break;
			skip_columns(l, indent);
			skip_bytes(l, 1);
			skip_columns(l, 1);
		} else if (indent >= f->open[i].indent && !(empty && f->open[i].empty)) {
			skip_columns(l, f->open[i].indent);
		} else if (empty && !f->open[i].empty) {
			skip_columns(l, indent);
		} else {
			break;
		}
		f->open[i].empty = f->open[i].empty && empty;
	}
	return i;
}

static void
open_quote(struct fences *f, struct line *l)
{
	skip_columns(l, indent_of(l));
	skip_bytes(l, 1);
	skip_columns(l, 1);
	f->open[f->depth].quote = true;
	f->open[f->depth++].empty = false;
	f->paragraph = false;
}

/* What belongs to an item begins where its text does; code without a fence, or nothing, one blank behind the sign. */
static void
open_item(struct fences *f, struct line *l, size_t sign)
{
	int from = l->column, blanks;
	bool empty;

	skip_columns(l, indent_of(l));
	skip_bytes(l, sign);
	blanks = indent_of(l);
	empty = is_empty(l->at, l->end);
	skip_columns(l, empty || blanks > INDENT_MAX + 1 ? 1 : blanks);
	f->open[f->depth].quote = false;
	f->open[f->depth].empty = empty;
	f->open[f->depth++].indent = empty ? l->column - from + (blanks == 0) : l->column - from;
	f->paragraph = false;
}

/* Opens one, where the line begins one. `goes_on`: how many open ones it goes on with; the others end then. */
static bool
open_one(struct fences *f, struct line *l, size_t goes_on)
{
	struct line inner = *l;
	size_t sign;

	if (goes_on == FENCE_DEPTH_MAX || indent_of(l) > INDENT_MAX)
		return false;
	skip_columns(&inner, INDENT_MAX);
	if (inner.at < inner.end && *inner.at == '>') {
		f->depth = goes_on;
		open_quote(f, l);
		return true;
	}
	sign = is_break(&inner) ? 0 : item_sign(&inner, f->paragraph && goes_on == f->depth);
	if (sign == 0)
		return false;
	f->depth = goes_on;
	open_item(f, l, sign);
	return true;
}

/* ---- a line ---- */

static void
open_fence(struct fences *f, const struct line *inner, int indent)
{
	f->sign = *inner->at;
	f->length = count_same(inner);
	f->indent = indent;
	f->paragraph = false;
	f->n++;
}

static void
read_text(struct fences *f, const struct line *l, const struct line *inner, size_t goes_on, bool opened)
{
	bool indented = indent_of(l) > INDENT_MAX, goes_on_whole = goes_on == f->depth;

	if (is_empty(l->at, l->end)) {
		f->depth = goes_on;
		f->paragraph = false;
	} else if (!indented && (is_heading(inner) || is_break(inner))) {
		f->depth = goes_on;
		f->paragraph = false;
	} else if (!indented && f->paragraph && goes_on_whole && is_underline(inner)) {
		f->paragraph = false;
	} else if (!f->paragraph || opened) {
		f->depth = goes_on;
		f->paragraph = !indented;
	}
}

/* Outside of a fence. */
static void
read_blocks(struct fences *f, struct line *l, size_t goes_on)
{
	struct line inner;
	bool opened = false;
	int indent;

	while (open_one(f, l, goes_on)) {
		opened = true;
		goes_on = f->depth;
	}
	inner = *l;
	indent = indent_of(l);
	skip_columns(&inner, indent);
	if (indent <= INDENT_MAX && opens_fence(&inner)) {
		f->depth = goes_on;
		open_fence(f, &inner, indent);
	} else {
		read_text(f, l, &inner, goes_on, opened);
	}
}

/* True: the line, of which `l` is what is left, is code. */
static bool
read_line(struct fences *f, struct line *l)
{
	size_t goes_on = go_on(f, l);

	if (f->sign && goes_on == f->depth) {
		if (!closes_fence(f, *l)) {
			skip_columns(l, f->indent);
			return true;
		}
		f->sign = '\0';
		return false;
	}
	f->sign = '\0';
	read_blocks(f, l, goes_on);
	return false;
}

/* The rest of a tab that was taken in part is blanks. */
static void
put_code(const struct line *l, const char *end, struct buf *code)
{
	const char *at = l->at;

	if (l->in_tab) {
		for (int column = l->column; column < next_stop(l->column); column++)
			buf_putc(code, ' ');
		at++;
	}
	buf_put(code, at, (size_t)(end - at));
}

/* The code of block `wanted` is appended to `code`, when that is not NULL. */
static void
read_lines(struct fences *f, const char *text, size_t n, bool ended, size_t wanted, struct buf *code)
{
	while (f->at < n) {
		const char *begin = text + f->at, *feed = memchr(begin, '\n', n - f->at);
		struct line l = {begin, feed ? feed : text + n, 0, false};

		if (!feed && !ended)
			return;
		if (read_line(f, &l) && code && f->n == wanted)
			put_code(&l, feed ? feed + 1 : text + n, code);
		f->at = feed ? (size_t)(feed + 1 - text) : n;
	}
}

/* ---- all of them ---- */

void
fences_count(struct fences *f, const char *text, size_t n, bool ended)
{
	read_lines(f, text, n, ended, 0, NULL);
}

bool
fences_code(const char *text, size_t n, size_t which, struct buf *code, size_t *n_blocks)
{
	struct fences f = {0};
	size_t before = code->len;

	read_lines(&f, text, n, true, which, code);
	if (code->len > before && code->data[code->len - 1] == '\n')
		buf_truncate(code, code->len - 1);
	*n_blocks = f.n;
	return which >= 1 && which <= f.n;
}

void
fences_close(const char *text, size_t n, struct buf *out)
{
	struct fences f = {0};

	read_lines(&f, text, n, true, 0, NULL);
	if (!f.sign || f.depth > 0)
		return;
	if (text[n - 1] != '\n')
		buf_putc(out, '\n');
	for (size_t i = 0; i < f.length; i++)
		buf_putc(out, f.sign);
	buf_putc(out, '\n');
}
