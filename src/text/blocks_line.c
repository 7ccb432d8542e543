/*
 * blocks_line.c - looking at a line from its start; nothing here knows what came before it.
 */
#include "text/blocks_line.h"

#include <string.h>
#include <strings.h>

#include "base/compiler.h"

enum {
	TAB_COLUMNS = 4,
	FENCE_LEAST = 3,
	HEADING_MOST = 6,
	DIGITS_MOST = 9,
};

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

bool
line_is_empty(const char *at, const char *end)
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

int
line_indent(const struct line *l)
{
	int column = l->column;

	for (const char *at = l->at; at < l->end && is_blank(*at); at++)
		column = *at == '\t' ? next_stop(column) : column + 1;
	return column - l->column;
}

int
line_tab_rest(const struct line *l)
{
	return l->in_tab ? next_stop(l->column) - l->column : 0;
}

char
line_first(const struct line *l)
{
	const char *at = l->at;

	while (at < l->end && is_blank(*at))
		at++;
	return at < l->end && *at != '\r' ? *at : '\0';
}

void
line_skip_columns(struct line *l, int columns)
{
	int end = l->column + columns;

	while (l->column < end && l->at < l->end && is_blank(*l->at)) {
		int next = *l->at == '\t' ? next_stop(l->column) : l->column + 1;

		l->column = next < end ? next : end;
		l->in_tab = next > end;
		l->at += next <= end;
	}
}

void
line_skip_bytes(struct line *l, size_t n)
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

/* ---- what it is ---- */

bool
line_is_break(const struct line *l)
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

int
line_heading(const struct line *l)
{
	size_t n = l->at < l->end && *l->at == '#' ? count_same(l) : 0;

	if (n == 0 || n > HEADING_MOST || (l->at + n < l->end && !strchr(" \t\r", l->at[n])))
		return 0;
	return (int)n;
}

int
line_underline(const struct line *l)
{
	if (l->at == l->end || (*l->at != '=' && *l->at != '-') || !line_is_empty(l->at + count_same(l), l->end))
		return 0;
	return *l->at == '=' ? 1 : 2;
}

size_t
line_opens_fence(const struct line *l)
{
	size_t n;

	if (l->at == l->end || (*l->at != '`' && *l->at != '~'))
		return 0;
	n = count_same(l);
	if (n < FENCE_LEAST || (*l->at == '`' && memchr(l->at + n, '`', (size_t)(l->end - l->at) - n)))
		return 0;
	return n;
}

/* After the signs and spaces; its end goes to *end. */
static const char *
language_of_fence(const struct line *l, size_t signs, const char **end)
{
	const char *at = l->at + signs;

	while (at < l->end && is_blank(*at))
		at++;
	*end = at;
	while (*end < l->end && !is_blank(**end) && **end != '\r')
		++*end;
	return at;
}

bool
line_names_language(const struct line *l, size_t signs)
{
	const char *end, *at = language_of_fence(l, signs, &end);

	return end > at;
}

bool
line_names_markdown(const struct line *l, size_t signs)
{
	static const char *const names[] = {"markdown", "md"};
	const char *end, *at = language_of_fence(l, signs, &end);

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if ((size_t)(end - at) == strlen(names[i]) && strncasecmp(at, names[i], strlen(names[i])) == 0)
			return true;
	return false;
}

bool
line_closes_fence(const struct line *line, char sign, size_t length)
{
	struct line l = *line;
	size_t n;

	if (line_indent(&l) > LINE_INDENT_MAX)
		return false;
	line_skip_columns(&l, LINE_INDENT_MAX);
	if (l.at == l.end || *l.at != sign)
		return false;
	n = count_same(&l);
	return n >= length && line_is_empty(l.at + n, l.end);
}

size_t
line_item(const struct line *l, bool interrupts)
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
	return interrupts && line_is_empty(at, l->end) ? 0 : n;
}
