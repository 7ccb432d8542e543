/*
 * lines.c - bytes to lines, and lines to entries.
 */
#include "linear/lines.h"

#include <string.h>

enum {
	WAITING_MAX = 64 * 1024 * 1024, /* bytes: a line that never ends is cut, and refused as too long for a prompt */
};

static const char quotes[] = "\"\"\"";

void
lines_release(struct lines *l)
{
	buf_release(&l->bytes);
	buf_release(&l->entry);
}

void
lines_add(struct lines *l, const char *bytes, size_t n)
{
	if (l->bytes.len + n <= WAITING_MAX)
		buf_put(&l->bytes, bytes, n);
}

void
lines_drop(struct lines *l)
{
	buf_clear(&l->bytes);
	buf_clear(&l->entry);
	l->goes_on = l->quoted = false;
}

bool
lines_are_open(const struct lines *l)
{
	return l->goes_on || l->quoted;
}

size_t
lines_count(const struct lines *l)
{
	size_t n = 0;

	for (size_t i = 0; i < l->bytes.len; i++)
		n += l->bytes.data[i] == '\n';
	return n;
}

/* The first line that waits, without its end; `*all`: with it. The last one of the input needs none. False: there is none. */
static bool
first_line(const struct lines *l, size_t from, size_t *len, size_t *all)
{
	const char *feed = l->bytes.len > from ? memchr(l->bytes.data + from, '\n', l->bytes.len - from) : NULL;

	if (!feed && (!l->ended || l->bytes.len == from))
		return false;
	*len = feed ? (size_t)(feed - l->bytes.data) - from : l->bytes.len - from;
	*all = *len + (feed != NULL);
	if (*len > 0 && l->bytes.data[from + *len - 1] == '\r')
		--*len;
	return true;
}

/* An even number of backslashes stands for itself. */
static bool
ends_with_backslash(const char *line, size_t len)
{
	size_t n = 0;

	while (n < len && line[len - 1 - n] == '\\')
		n++;
	return n % 2 == 1;
}

static bool
begins_quoted(const char *line, size_t len)
{
	return len >= 3 && memcmp(line, quotes, 3) == 0;
}

static bool
ends_with_quotes(const char *line, size_t len)
{
	return len >= 3 && memcmp(line + len - 3, quotes, 3) == 0;
}

/* True: the entry has ended. */
static bool
take_quoted(struct lines *l, const char *line, size_t len)
{
	l->quoted = !ends_with_quotes(line, len);
	buf_put(&l->entry, line, l->quoted ? len : len - 3);
	if (l->quoted)
		buf_putc(&l->entry, '\n');
	else if (l->entry.len > 0 && l->entry.data[l->entry.len - 1] == '\n')
		buf_truncate(&l->entry, l->entry.len - 1);
	return !l->quoted;
}

static bool
take_line(struct lines *l, const char *line, size_t len, bool *quoted)
{
	if (l->quoted)
		return *quoted = take_quoted(l, line, len);
	if (!l->goes_on && begins_quoted(line, len)) {
		if (len > 3)
			return *quoted = take_quoted(l, line + 3, len - 3);
		l->quoted = true;
		return false;
	}
	l->goes_on = ends_with_backslash(line, len);
	buf_put(&l->entry, line, l->goes_on ? len - 1 : len);
	if (l->goes_on)
		buf_putc(&l->entry, '\n');
	return !l->goes_on;
}

bool
lines_next(struct lines *l, struct buf *entry, bool *quoted)
{
	size_t len, all;
	bool whole = false;

	buf_clear(entry);
	*quoted = false;
	while (!whole && first_line(l, 0, &len, &all)) {
		whole = take_line(l, l->bytes.data, len, quoted);
		buf_drop(&l->bytes, all);
	}
	if (!whole && l->ended && lines_are_open(l)) {
		*quoted = l->quoted;
		whole = true;
	}
	if (!whole)
		return false;
	buf_put(entry, buf_text(&l->entry), l->entry.len);
	buf_clear(&l->entry);
	l->goes_on = l->quoted = false;
	return true;
}

bool
lines_take(struct lines *l, const char *const words[])
{
	size_t len, all;

	for (size_t at = 0; first_line(l, at, &len, &all) && !begins_quoted(l->bytes.data + at, len); at += all)
		for (size_t i = 0; words[i]; i++) {
			struct buf rest = {0};

			if (strlen(words[i]) != len || memcmp(words[i], l->bytes.data + at, len) != 0)
				continue;
			buf_put(&rest, l->bytes.data, at);
			buf_put(&rest, l->bytes.data + at + all, l->bytes.len - at - all);
			buf_release(&l->bytes);
			l->bytes = rest;
			return true;
		}
	return false;
}
