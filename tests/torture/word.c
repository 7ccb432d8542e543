/*
 * word.c - see word.h.
 */
#include "tests/torture/word.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

size_t
word_parse(const char *text, struct word *w)
{
	static const char kinds[] = {WORD_TYPED, WORD_REPLY, WORD_THOUGHT, WORD_IMPORTED, '\0'};
	int n = 0;

	if (!*text || !strchr(kinds, *text) || !isdigit((unsigned char)text[1]))
		return 0;
	if (sscanf(text + 1, "%d%c%d.%4d%n", &w->round, &w->who, &w->number, &w->index, &n) < 4)
		return 0;
	w->kind = (enum word_kind) * text;
	return n > 4 && text[n - 4] == '.' ? 1 + (size_t)n : 0;
}

const char *
word_next(const char *text, struct word *w)
{
	size_t n;

	for (; *text; text++)
		if ((n = word_parse(text, w)) > 0)
			return text + n;
	return NULL;
}

void
word_put(struct buf *to, const struct word *w)
{
	buf_printf(to, "%c%d%c%d.%04d", w->kind, w->round, w->who, w->number, w->index);
}

void
word_put_row(struct buf *to, struct word w, int n)
{
	for (w.index = 1; w.index <= n; w.index++) {
		if (w.index > 1)
			buf_putc(to, ' ');
		word_put(to, &w);
	}
}
