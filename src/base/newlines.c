/*
 * newlines.c - one look at each byte.
 */
#include "base/newlines.h"

#include <string.h>

static const char byte_order_mark[] = "\xef\xbb\xbf";

void
newlines_put(const char *bytes, size_t n, bool *after_cr, struct buf *out)
{
	for (size_t i = 0; i < n; i++) {
		if (bytes[i] == '\r' || (bytes[i] == '\n' && !*after_cr))
			buf_putc(out, '\n');
		else if (bytes[i] != '\n')
			buf_putc(out, bytes[i]);
		*after_cr = bytes[i] == '\r';
	}
}

void
newlines_put_file(const char *bytes, size_t n, struct buf *out)
{
	size_t mark = sizeof(byte_order_mark) - 1;
	bool after_cr = false;

	if (n < mark || memcmp(bytes, byte_order_mark, mark) != 0)
		mark = 0;
	if (memchr(bytes + mark, '\r', n - mark))
		newlines_put(bytes + mark, n - mark, &after_cr, out);
	else
		buf_put(out, bytes + mark, n - mark);
}
