/*
 * buf.c - a buffer that is consumed from its front keeps its bytes, and moves few of them.
 */
#include "base/buf.h"

#include <stdlib.h>
#include <string.h>

#include "tests/base/tests.h"
#include "tests/harness.h"

enum {
	WHOLE = 1024 * 1024,
	PIECE = 4096,
};

/* Bytes that dropping n of them has moved. */
static size_t
moved(const struct buf *b, const char *data, size_t n)
{
	return b->len > 0 && b->data != data + n ? b->len : 0;
}

static void
put_numbers(struct buf *b, unsigned *next, size_t n)
{
	for (size_t i = 0; i < n; i++)
		buf_putc(b, (char)(*next)++);
}

static bool
takes_numbers(struct buf *b, unsigned *next, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (b->data[i] != (char)(*next)++)
			return false;
	return b->data[b->len] == '\0';
}

static void
is_consumed_where_it_stands(void)
{
	static const size_t pieces[] = {1, 100, PIECE, WHOLE / 2, WHOLE};

	for (size_t i = 0; i < sizeof(pieces) / sizeof(*pieces); i++) {
		struct buf b = {0};
		unsigned in = 0, out = 0;
		size_t cost = 0;

		put_numbers(&b, &in, WHOLE);
		while (b.len > 0) {
			size_t n = pieces[i] < b.len ? pieces[i] : b.len;
			const char *data = b.data;

			HARNESS_CHECK(takes_numbers(&b, &out, n), "%zu: other bytes", pieces[i]);
			buf_drop(&b, n);
			cost += moved(&b, data, n);
		}
		CU_ASSERT_EQUAL(cost, 0);
		buf_release(&b);
	}
}

/* A queue of bytes: as many come as go. */
static void
moves_as_much_as_comes(void)
{
	static const size_t lengths[] = {0, 10, PIECE, WHOLE};

	for (size_t i = 0; i < sizeof(lengths) / sizeof(*lengths); i++) {
		struct buf b = {0};
		unsigned in = 0, out = 0;
		size_t cost = 0, came = 0;

		put_numbers(&b, &in, lengths[i]);
		for (; came < 4 * (size_t)WHOLE; came += 100) {
			size_t front = b.front, len = b.len;

			put_numbers(&b, &in, 100);
			cost += front > b.front ? len : 0;
			HARNESS_CHECK(takes_numbers(&b, &out, 100), "%zu: other bytes", lengths[i]);
			buf_drop(&b, 100);
		}
		HARNESS_CHECK(cost <= came, "%zu: %zu bytes were moved", lengths[i], cost);
		HARNESS_CHECK(b.front + b.space <= 3 * (lengths[i] + 200) + 128, "%zu: %zu bytes of room", lengths[i],
		        b.front + b.space);
		buf_release(&b);
	}
}

static void
gives_what_is_left(void)
{
	struct buf b = {0};
	char *taken;

	buf_puts(&b, "abcdef");
	buf_drop(&b, 2);
	buf_truncate(&b, 3);
	HARNESS_EQUAL(buf_text(&b), "cde");
	taken = buf_take(&b);
	HARNESS_EQUAL(taken, "cde");
	HARNESS_EQUAL(buf_text(&b), "");
	free(taken);
	buf_puts(&b, "abc");
	buf_drop(&b, 3);
	HARNESS_EQUAL(buf_text(&b), "");
	buf_puts(&b, "d");
	buf_drop(&b, 0);
	HARNESS_EQUAL(buf_text(&b), "d");
	buf_release(&b);
}

/* The bound is one of the bytes that are in it, whatever was dropped. */
static void
keeps_its_bound(void)
{
	struct buf b;

	buf_init(&b, 8);
	for (int i = 0; i < 100; i++) {
		CU_ASSERT(buf_append(&b, "abcd", 4));
		CU_ASSERT(buf_append(&b, "efgh", 4));
		CU_ASSERT(!buf_append(&b, "i", 1));
		buf_drop(&b, 5);
		HARNESS_EQUAL(buf_text(&b), "fgh");
		buf_drop(&b, 3);
	}
	CU_ASSERT(b.front + b.space <= 32);
	buf_release(&b);
}

CU_TestInfo buf_tests[] = {
        {"is consumed where it stands", is_consumed_where_it_stands},
        {"moves as much as comes", moves_as_much_as_comes},
        {"gives what is left", gives_what_is_left},
        {"keeps its bound", keeps_its_bound},
        CU_TEST_INFO_NULL,
};
