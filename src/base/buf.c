/*
 * buf.c - a growing byte buffer with a largest size. Grows by half again, so that appending is linear in all; and dropped
 * bytes stay in front of the others until there are more of them than of those, so that dropping is linear in all too.
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
	free(b->data ? b->data - b->front : NULL);
	buf_init(b, b->max);
}

void
buf_clear(struct buf *b)
{
	buf_truncate(b, 0);
}

/* The room of what was dropped is free again. */
static void
move_to_front(struct buf *b)
{
	if (b->front == 0)
		return;
	memmove(b->data - b->front, b->data, b->len + 1);
	b->data -= b->front;
	b->space += b->front;
	b->front = 0;
}

static void
make_room(struct buf *b, size_t more)
{
	size_t want = b->len + more + 1, space;
	bool fits = b->front >= b->len && want <= b->front + b->space;

	if (want <= b->space)
		return;
	move_to_front(b);
	if (fits)
		return;
	space = b->space + b->space / 2 + 64;
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
	b->data += n;
	b->front += n;
	b->space -= n;
	b->len -= n;
	if (b->len == 0)
		move_to_front(b);
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
	char *data;

	move_to_front(b);
	data = b->data ? b->data : mem_strdup("");
	buf_init(b, b->max);
	return data;
}
