/*
 * expected.c - both make a new text beside the old one.
 */
#include "tests/expected.h"

#include <string.h>

void
expected_replace(struct buf *text, const char *word, const char *by)
{
	struct buf changed = {0};
	const char *s = buf_text(text), *at;

	for (; (at = strstr(s, word)) != NULL; s = at + strlen(word)) {
		buf_put(&changed, s, (size_t)(at - s));
		buf_puts(&changed, by);
	}
	buf_puts(&changed, s);
	buf_release(text);
	*text = changed;
}

void
expected_hide_numbers(struct buf *out, const char *want)
{
	static const char mark[] = "{number}";
	struct buf hidden = {0};
	const char *s = buf_text(out);

	while (*s && *want) {
		size_t n = strspn(s, "0123456789.");

		if (n > 0 && strncmp(want, mark, strlen(mark)) == 0) {
			buf_puts(&hidden, mark);
			s += n;
			want += strlen(mark);
		} else if (*s == *want++) {
			buf_putc(&hidden, *s++);
		} else {
			break;
		}
	}
	buf_puts(&hidden, s);
	buf_release(out);
	*out = hidden;
}
