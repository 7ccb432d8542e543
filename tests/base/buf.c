/*
 * buf.c - a buffer that is consumed from its front keeps its bytes, and moves few of them; a text that several hold stays as it
 * is for each.
 */
#include "base/buf.h"

#include <pthread.h>
#include <stdio.h>
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

static void
prints_numbers(void)
{
	static const int64_t numbers[] = {0, 7, -1, 10, 99, 1000000, INT64_MAX, INT64_MIN};

	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++) {
		struct buf have = {0}, want = {0};

		buf_put_number(&have, numbers[i]);
		buf_printf(&want, "%lld", (long long)numbers[i]);
		HARNESS_EQUAL(buf_text(&have), buf_text(&want));
		buf_release(&have);
		buf_release(&want);
	}
}

/* Whatever room there is, and none; what was dropped is in front of it, or others have the text too. */
static void
prints_what_has_room_and_what_has_not(void)
{
	for (int n = 0; n < 300; n++) {
		struct buf b = {0}, other = {0};
		char want[320];

		snprintf(want, sizeof(want), "b%*s!", n, "x");
		buf_puts(&b, "ab");
		buf_drop(&b, 1);
		if (n % 2)
			buf_share(&other, &b);
		buf_printf(&b, "%*s!", n, "x");
		HARNESS_EQUAL(buf_text(&b), want);
		CU_ASSERT(b.len == strlen(want));
		buf_printf(&b, "%s", "");
		HARNESS_EQUAL(buf_text(&b), want);
		HARNESS_EQUAL(buf_text(&other), n % 2 ? "b" : "");
		buf_release(&b);
		buf_release(&other);
	}
}

/* ---- a text that several hold ---- */

static void
append(struct buf *b)
{
	CU_ASSERT(buf_append(b, "+", 1));
}

static void
drop(struct buf *b)
{
	buf_drop(b, 1);
}

static void
truncate(struct buf *b)
{
	buf_truncate(b, 3);
}

static void
take(struct buf *b)
{
	char *text = buf_take(b);

	HARNESS_EQUAL(text, "bcdef");
	free(text);
}

static const struct {
	void (*change)(struct buf *);
	const char *want;
} changes[] = {{append, "bcdef+"}, {drop, "cdef"}, {truncate, "bcd"}, {buf_clear, ""}, {buf_release, ""}, {take, ""}};

/* As it is after something was dropped from it. */
static void
make_shared(struct buf *b, struct buf *others, size_t n)
{
	*b = (struct buf){.max = 100};
	CU_ASSERT(buf_append_string(b, "abcdef"));
	buf_drop(b, 1);
	for (size_t i = 0; i < n; i++) {
		others[i] = (struct buf){0};
		buf_share(&others[i], b);
		CU_ASSERT(others[i].data == b->data);
		HARNESS_EQUAL(buf_text(&others[i]), "bcdef");
		CU_ASSERT(others[i].len == 5 && others[i].max == 0);
	}
}

/* Each of them is changed, the first and the last; the text is still that of the others. */
static void
changes_no_text_of_others(void)
{
	for (size_t i = 0; i < sizeof(changes) / sizeof(*changes); i++)
		for (size_t which = 0; which < 3; which++) {
			struct buf b[3];

			make_shared(&b[0], &b[1], 2);
			changes[i].change(&b[which]);
			HARNESS_EQUAL(buf_text(&b[which]), changes[i].want);
			for (size_t k = 0; k < 3; k++)
				if (k != which)
					HARNESS_EQUAL(buf_text(&b[k]), "bcdef");
			CU_ASSERT(b[0].max == 100);
			for (size_t k = 0; k < 3; k++)
				buf_release(&b[k]);
		}
}

static void
takes_back_what_is_its_own(void)
{
	struct buf b, other;
	const char *data;

	make_shared(&b, &other, 1);
	data = b.data;
	buf_release(&other);
	CU_ASSERT(buf_append(&b, "+", 1));
	HARNESS_EQUAL(buf_text(&b), "bcdef+");
	CU_ASSERT(b.data == data);
	for (int i = 0; i < 94; i++)
		CU_ASSERT(buf_append(&b, "x", 1));
	CU_ASSERT(!buf_append(&b, "x", 1));
	buf_release(&b);
}

static void
shares_what_is_empty(void)
{
	struct buf b = {0}, other = {0};

	buf_share(&other, &b);
	HARNESS_EQUAL(buf_text(&other), "");
	buf_puts(&b, "a");
	buf_clear(&b);
	buf_share(&other, &b);
	buf_puts(&b, "b");
	HARNESS_EQUAL(buf_text(&other), "");
	HARNESS_EQUAL(buf_text(&b), "b");
	buf_puts(&other, "left over");
	buf_clear(&other);
	buf_share(&other, &b);
	buf_put(&b, "", 0);
	CU_ASSERT(other.data == b.data);
	buf_release(&b);
	HARNESS_EQUAL(buf_text(&other), "b");
	buf_release(&other);
}

/* Each thread leaves the text, or appends to it. */
static void *
use_shared(void *arg)
{
	struct buf *b = arg;
	char last = b->data[b->len - 1];

	if (b->len % 2 == 0)
		buf_puts(b, "more");
	buf_release(b);
	return last == 'f' ? NULL : arg;
}

static void
is_held_by_threads(void)
{
	for (int round = 0; round < 200; round++) {
		pthread_t threads[4];
		struct buf b = {0}, held[4];

		buf_puts(&b, round % 2 ? "abcdef" : "bcdef");
		for (size_t i = 0; i < 4; i++) {
			held[i] = (struct buf){0};
			buf_share(&held[i], &b);
			CU_ASSERT_FATAL(pthread_create(&threads[i], NULL, use_shared, &held[i]) == 0);
		}
		buf_puts(&b, "!");
		HARNESS_EQUAL(buf_text(&b), round % 2 ? "abcdef!" : "bcdef!");
		buf_release(&b);
		for (size_t i = 0; i < 4; i++) {
			void *failed;

			pthread_join(threads[i], &failed);
			CU_ASSERT_PTR_NULL(failed);
		}
	}
}

CU_TestInfo buf_tests[] = {
        {"is consumed where it stands", is_consumed_where_it_stands},
        {"moves as much as comes", moves_as_much_as_comes},
        {"gives what is left", gives_what_is_left},
        {"keeps its bound", keeps_its_bound},
        {"prints numbers", prints_numbers},
        {"prints what has room and what has not", prints_what_has_room_and_what_has_not},
        {"changes no text of others", changes_no_text_of_others},
        {"takes back what is its own", takes_back_what_is_its_own},
        {"shares what is empty", shares_what_is_empty},
        {"is held by threads", is_held_by_threads},
        CU_TEST_INFO_NULL,
};
