/*
 * word_diff.c - examples; and over random texts: both come out of the parts again, and no shorter way exists (by the table of common
 * subsequences), but where the way was cut.
 */
#include "text/word_diff.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "tests/harness.h"
#include "tests/text/tests.h"

static char *
show(const char *a, const char *b, const struct word_diff *d)
{
	static const char *const signs[][2] = {{"", ""}, {"[-", "-]"}, {"{+", "+}"}};
	struct buf out = {0};

	for (size_t i = 0; i < d->n; i++) {
		const struct word_diff_part *p = &d->parts[i];

		buf_puts(&out, signs[p->type][0]);
		buf_put(&out, (p->type == WORD_DIFF_ADDED ? b : a) + p->at, p->len);
		buf_puts(&out, signs[p->type][1]);
	}
	return buf_take(&out);
}

static void
shows_words(void)
{
	static const struct {
		const char *a, *b, *want;
	} cases[] = {
	        {"", "", ""},
	        {"one", "", "[-one-]"},
	        {"", "one", "{+one+}"},
	        {"the same", "the same", "the same"},
	        {"The cat sat.", "The dog sat.", "The [-cat-]{+dog+} sat."},
	        {"a quick fox ran", "a slow dog ran", "a [-quick fox-]{+slow dog+} ran"},
	        {"one two", "one  two", "one[- -]{+  +}two"},
	        {"one\ntwo", "one\n\ntwo", "one\n{+\n+}two"},
	        {"It is 42.", "It is 43!", "It is [-42.-]{+43!+}"},
	        {"x_1 = 2", "x_2 = 2", "x_[-1-]{+2+} = 2"},
	        {"東京は大きい", "大阪は大きい", "[-東京-]{+大阪+}は大きい"},
	        {"Grüße aus Köln", "Grüße aus Ulm", "Grüße aus [-Köln-]{+Ulm+}"},
	        {"He said “yes”", "He said “no”", "He said “[-yes-]{+no+}”"},
	        {"a b c d e", "b c x e", "[-a -]b c [-d-]{+x+} e"},
	        {"end", "end more", "end{+ more+}"},
	        {"\xff\xfe", "\xff", "[-\xff\xfe-]{+\xff+}"},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct word_diff d = {0};
		char *shown;

		word_diff_make(&d, cases[i].a, strlen(cases[i].a), cases[i].b, strlen(cases[i].b));
		shown = show(cases[i].a, cases[i].b, &d);
		HARNESS_EQUAL(shown ? shown : "", cases[i].want);
		free(shown);
		word_diff_release(&d);
	}
}

static void
counts_words(void)
{
	struct word_diff d = {0};
	const char a[] = "one, two three four", b[] = "one; two 3 four five";

	word_diff_make(&d, a, sizeof(a) - 1, b, sizeof(b) - 1);
	CU_ASSERT_EQUAL(d.same, 3);
	CU_ASSERT_EQUAL(d.removed, 1);
	CU_ASSERT_EQUAL(d.added, 2);
	word_diff_release(&d);
}

/* ---- random texts ---- */

static uint32_t seed = 1;

static uint32_t
below(uint32_t n)
{
	seed = seed * 1664525 + 1013904223;
	return (seed >> 8) % n;
}

/* So many of so many signs, each a word by itself. */
static void
make_text(struct buf *out, size_t n, uint32_t signs)
{
	for (size_t i = 0; i < n; i++)
		buf_putc(out, "!#$%&()*+,-./:;<=>?@"[below(signs)]);
}

/* Some places are another sign, some are gone, some are new. */
static void
change_text(struct buf *out, const struct buf *from, uint32_t signs, uint32_t rarity)
{
	for (size_t i = 0; i < from->len; i++) {
		uint32_t what = below(rarity);

		if (what != 0)
			buf_putc(out, from->data[i]);
		if (what < 2)
			make_text(out, below(3), signs);
	}
}

static size_t
common(const struct buf *a, const struct buf *b)
{
	size_t *row = calloc(b->len + 1, sizeof(*row)), length;

	for (size_t i = 0; i < a->len; i++) {
		size_t corner = 0;

		for (size_t k = 0; k < b->len; k++) {
			size_t above = row[k + 1];

			if (a->data[i] == b->data[k])
				row[k + 1] = corner + 1;
			else if (row[k] > above)
				row[k + 1] = row[k];
			corner = above;
		}
	}
	length = row[b->len];
	free(row);
	return length;
}

/* Bytes that both have, by the parts; the texts made of the parts must be the texts. */
static size_t
put_together(const struct buf *a, const struct buf *b, const struct word_diff *d)
{
	struct buf first = {0}, second = {0};
	size_t same = 0;

	for (size_t i = 0; i < d->n; i++) {
		const struct word_diff_part *p = &d->parts[i];

		if (p->type != WORD_DIFF_ADDED)
			buf_put(&first, a->data + p->at, p->len);
		if (p->type == WORD_DIFF_SAME)
			buf_put(&second, a->data + p->at, p->len);
		if (p->type == WORD_DIFF_ADDED)
			buf_put(&second, b->data + p->at, p->len);
		same += p->type == WORD_DIFF_SAME ? p->len : 0;
	}
	HARNESS_EQUAL(buf_text(&first), buf_text(a));
	HARNESS_EQUAL(buf_text(&second), buf_text(b));
	buf_release(&first);
	buf_release(&second);
	return same;
}

static void
finds_the_shortest_way(void)
{
	for (int i = 0; i < 3000; i++) {
		struct buf a = {0}, b = {0};
		struct word_diff d = {0};
		uint32_t signs = 1 + below(20);
		size_t same;

		make_text(&a, below(60), signs);
		if (i % 2)
			make_text(&b, below(60), signs);
		else
			change_text(&b, &a, signs, 2 + below(20));
		word_diff_make(&d, buf_text(&a), a.len, buf_text(&b), b.len);
		same = put_together(&a, &b, &d);
		HARNESS_CHECK(same == common(&a, &b), "%s, %s", buf_text(&a), buf_text(&b));
		word_diff_release(&d);
		buf_release(&a);
		buf_release(&b);
	}
}

/* Nothing in common, or much, in texts where the shortest way would cost too much. */
static void
ends_with_long_texts(void)
{
	for (uint32_t signs = 2; signs <= 20; signs += 6) {
		struct buf a = {0}, b = {0};
		struct word_diff d = {0};

		make_text(&a, 20000, signs);
		make_text(&b, 19000, signs);
		word_diff_make(&d, a.data, a.len, b.data, b.len);
		CU_ASSERT(put_together(&a, &b, &d) > 19000 / 20);
		word_diff_release(&d);
		buf_release(&a);
		buf_release(&b);
	}
}

CU_TestInfo word_diff_tests[] = {
        {"shows words", shows_words},
        {"counts words", counts_words},
        {"finds the shortest way", finds_the_shortest_way},
        {"ends with long texts", ends_with_long_texts},
        CU_TEST_INFO_NULL,
};
