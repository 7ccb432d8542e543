/*
 * buf.c - a growing byte buffer with a largest size. Grows by half again, so that appending is linear in all; and dropped
 * bytes stay in front of the others until there are more of them than of those, so that dropping is linear in all too. A text
 * that is shared has its count of holders in a block of its own; the buffer that is left alone with it takes it back.
 */
#include "base/buf.h"

#include <assert.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void
buf_init(struct buf *b, size_t max)
{
	*b = (struct buf){.max = max};
}

/* ---- a text that several hold ---- */

struct buf_shared {
	atomic_size_t holders;
	size_t space; /* of the text */
};

static bool
is_shared(const struct buf *b)
{
	return b->data && b->space == 0;
}

/* What the others did with the text comes before it is freed. */
static void
leave_shared(struct buf *b)
{
	if (atomic_fetch_sub_explicit(&b->shared->holders, 1, memory_order_acq_rel) > 1)
		return;
	free(b->data);
	free(b->shared);
}

/* From now on the text is this buffer's alone, which is about to change it. */
static void
make_own(struct buf *b)
{
	struct buf own = {.len = b->len, .space = b->len + 1, .max = b->max};

	if (!is_shared(b))
		return;
	if (atomic_load_explicit(&b->shared->holders, memory_order_acquire) == 1) {
		own.data = b->data;
		own.space = b->shared->space;
		free(b->shared);
	} else {
		own.data = mem_realloc(NULL, own.space);
		memcpy(own.data, b->data, own.space);
		leave_shared(b);
	}
	*b = own;
}

/* ---- one buffer ---- */

void
buf_release(struct buf *b)
{
	if (is_shared(b))
		leave_shared(b);
	else
		free(b->data ? b->data - b->front : NULL);
	buf_init(b, b->max);
}

void
buf_clear(struct buf *b)
{
	if (is_shared(b))
		buf_release(b);
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
	bool fits;

	if (want <= b->space) /* which a shared one has none of */
		return;
	make_own(b);
	if (want <= b->space)
		return;
	fits = b->front >= b->len && want <= b->front + b->space;
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
	if (n == 0 && b->data)
		return true;
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

/* Into the room that there is; once more where it is too small. */
void
buf_printf(struct buf *b, const char *format, ...)
{
	va_list args;
	size_t room;
	int n;

	assert(!b->max);
	make_room(b, 0);
	room = b->space - b->len;
	va_start(args, format);
	n = vsnprintf(b->data + b->len, room, format, args);
	va_end(args);
	if (n > 0 && (size_t)n >= room) {
		make_room(b, (size_t)n);
		va_start(args, format);
		vsnprintf(b->data + b->len, (size_t)n + 1, format, args);
		va_end(args);
	}
	if (n > 0)
		b->len += (size_t)n;
	b->data[b->len] = '\0';
}

/* A frame has many numbers, and printf takes a thousand instructions. */
void
buf_put_number(struct buf *b, int64_t number)
{
	char digits[20];
	size_t at = sizeof(digits);
	uint64_t left = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;

	do
		digits[--at] = (char)('0' + left % 10);
	while ((left /= 10) > 0);
	if (number < 0)
		digits[--at] = '-';
	buf_put(b, digits + at, sizeof(digits) - at);
}

void
buf_drop(struct buf *b, size_t n)
{
	assert(n <= b->len);
	if (n == 0)
		return;
	make_own(b);
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
	if (len == b->len)
		return;
	make_own(b);
	b->len = len;
	if (b->data)
		b->data[len] = '\0';
}

void
buf_share(struct buf *to, struct buf *from)
{
	size_t max = to->max;

	assert(to->len == 0 && (!max || from->len <= max));
	buf_release(to);
	if (from->len == 0)
		return;
	if (!is_shared(from)) {
		struct buf_shared *shared = mem_alloc(sizeof(*shared));

		move_to_front(from);
		atomic_init(&shared->holders, 1);
		shared->space = from->space;
		from->shared = shared;
		from->space = 0;
	}
	atomic_fetch_add_explicit(&from->shared->holders, 1, memory_order_relaxed);
	*to = *from;
	to->max = max;
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

	make_own(b);
	move_to_front(b);
	data = b->data ? b->data : mem_strdup("");
	buf_init(b, b->max);
	return data;
}
