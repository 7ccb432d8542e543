/*
 * buf.c - a growing byte buffer with a largest size. Grows by half again, so that appending is linear in all.
 */
#include "base/buf.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void
buf_init(struct buf *b, size_t max)
{
	*b = (struct buf){.max = max};
}

void
buf_release(struct buf *b)
{
	free(b->data);
	buf_init(b, b->max);
}

void
buf_clear(struct buf *b)
{
	buf_truncate(b, 0);
}

static void
make_room(struct buf *b, size_t more)
{
	size_t want = b->len + more + 1, space = b->space + b->space / 2 + 64;

	if (want <= b->space)
		return;
	if (space < want)
		space = want;
	if (b->max && space > b->max + 1)
		space = b->max + 1;
	b->data = mem_realloc(b->data, space);
	b->space = space;
}

bool
buf_append(struct buf *b, const char *bytes, size_t n)
{
	if (b->max && n > b->max - b->len)
		return false;
	make_room(b, n);
	if (n > 0)
		memcpy(b->data + b->len, bytes, n);
	b->len += n;
	b->data[b->len] = '\0';
	return true;
}

bool
buf_append_string(struct buf *b, const char *s)
{
	return buf_append(b, s, strlen(s));
}

void
buf_put(struct buf *b, const char *bytes, size_t n)
{
	bool fits = buf_append(b, bytes, n);

	assert(fits && !b->max);
	(void)fits;
}

void
buf_puts(struct buf *b, const char *s)
{
	buf_put(b, s, strlen(s));
}

void
buf_putc(struct buf *b, char c)
{
	buf_put(b, &c, 1);
}

void
buf_printf(struct buf *b, const char *format, ...)
{
	va_list args;
	int n;

	assert(!b->max);
	va_start(args, format);
	n = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (n <= 0)
		return;
	make_room(b, (size_t)n);
	va_start(args, format);
	vsnprintf(b->data + b->len, (size_t)n + 1, format, args);
	va_end(args);
	b->len += (size_t)n;
}

void
buf_drop(struct buf *b, size_t n)
{
	assert(n <= b->len);
	if (n == 0)
		return;
	memmove(b->data, b->data + n, b->len - n);
	buf_truncate(b, b->len - n);
}

void
buf_truncate(struct buf *b, size_t len)
{
	assert(len <= b->len);
	b->len = len;
	if (b->data)
		b->data[len] = '\0';
}

const char *
buf_text(const struct buf *b)
{
	return b->data ? b->data : "";
}

char *
buf_take(struct buf *b)
{
	char *data = b->data ? b->data : mem_strdup("");

	buf_init(b, b->max);
	return data;
}
