/*
 * blocks_table.c - taking a row apart.
 */
#include "text/blocks_table.h"

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\v' || c == '\f' || c == '\r';
}

static const char *
skip_spaces(const char *at, const char *end)
{
	while (at < end && is_space(*at))
		at++;
	return at;
}

struct cells
cells_of(const char *at, const char *end)
{
	return (struct cells){at < end && *at == '|' ? at + 1 : at, end};
}

static const char *
cell_end(const char *at, const char *end)
{
	const char *sign = at;

	while (sign < end && (*sign != '|' || (sign > at && sign[-1] == '\\')))
		sign++;
	return sign;
}

bool
cells_next(struct cells *c, const char **start, const char **end)
{
	const char *sign;

	c->at = skip_spaces(c->at, c->end);
	if (c->at == c->end)
		return false;
	sign = cell_end(c->at, c->end);
	*start = c->at;
	*end = sign;
	while (*end > *start && is_space((*end)[-1]))
		--*end;
	c->at = sign < c->end ? sign + 1 : sign;
	return true;
}

size_t
cells_count(const char *at, const char *end)
{
	struct cells c = cells_of(at, end);
	const char *start, *stop;
	size_t n = 0;

	while (cells_next(&c, &start, &stop))
		n++;
	return n;
}

static bool
is_delimiter(const char *start, const char *end)
{
	if (start < end && *start == ':')
		start++;
	if (start < end && end[-1] == ':')
		end--;
	for (const char *at = start; at < end; at++)
		if (*at != '-')
			return false;
	return start < end;
}

size_t
cells_delimiters(const char *at, const char *end)
{
	struct cells c = cells_of(at, end);
	const char *start, *stop;
	size_t n = 0;

	while (cells_next(&c, &start, &stop)) {
		if (!is_delimiter(start, stop))
			return 0;
		n++;
	}
	return n;
}

enum cells_align
cells_align(const char *start, const char *end)
{
	bool left = *start == ':', right = end[-1] == ':';

	if (right)
		return left ? CELLS_CENTER : CELLS_RIGHT;
	return CELLS_LEFT;
}
