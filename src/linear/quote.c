/*
 * quote.c - blanks say nothing when they are read aloud, but what has nothing else is named.
 */
#include "linear/quote.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"

enum {
	BEFORE_MAX = 40, /* bytes that are said of what stands before a place */
};

char *
quote_words(const char *text, size_t n)
{
	static const char blanks[] = " \t\n";
	bool breaks = memchr(text, '\n', n) != NULL;

	for (; n > 0 && strchr(blanks, text[n - 1]); n--)
		;
	for (; n > 0 && strchr(blanks, *text); n--)
		text++;
	return n > 0 ? mem_printf("\"%.*s\"", (int)n, text) : mem_strdup(breaks ? "a line break" : "a blank");
}

char *
quote_where(const char *text, size_t n)
{
	const char *blank = n > BEFORE_MAX ? memchr(text + n - BEFORE_MAX, ' ', BEFORE_MAX) : NULL;
	size_t from = blank ? (size_t)(blank - text) : n > BEFORE_MAX ? utf8_floor(text, n - BEFORE_MAX) : 0;
	char *words, *where;

	if (n == 0)
		return mem_strdup("At the start");
	words = quote_words(text + from, n - from);
	where = mem_printf("After %s", words);
	free(words);
	return where;
}

static void
put_bytes(struct buf *out, const char *s, size_t n)
{
	buf_puts(out, "a part of a character,");
	for (size_t i = 0; i < n; i++)
		buf_printf(out, " %02X", (unsigned)(unsigned char)s[i]);
}

static bool
is_blank(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!strchr(" \t\n\r", s[i]) || !s[i])
			return false;
	return true;
}

static const char *
name_blanks(size_t n, size_t feeds)
{
	if (feeds > 0)
		return feeds == 1 ? "a line break" : "line breaks";
	return n == 1 ? "a blank" : "blanks";
}

char *
quote_token(const char *s, size_t n)
{
	struct buf out = {0};
	size_t text = n;

	while (text > 0 && s[text - 1] == '\n')
		text--;
	if (n == 0)
		buf_puts(&out, "no text");
	else if (utf8_span(s, n) < n)
		put_bytes(&out, s, n);
	else if (is_blank(s, n))
		buf_puts(&out, name_blanks(n, n - text));
	else
		buf_printf(&out, "\"%.*s\"%s", (int)text, s, text < n ? " and a line break" : "");
	return buf_take(&out);
}
