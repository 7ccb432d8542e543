/*
 * fence_index.c - the blocks of a long text by its index are those that the text says, however it was read; and no call goes
 * through much of it.
 */
#include "text/fence_index.h"

#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "tests/harness.h"
#include "tests/text/tests.h"

enum {
	LONG = 5 * FENCE_MARK_BYTES, /* bytes of a text */
	SLICE = 64 * 1024,
	LOOKS = 4, /* at blocks of a text, besides the last */
};

static const struct kind {
	const char *name, *begin, *again, *end;
} kinds[] = {
        {"many", "", "text\twith \x01\r\n```c\nint a;\n\tb();\n```\n\n", "```\nopen"},
        {"one", "before\n\n~~~ c\n", "\tx\x02y\n", "~~~\n\n```\nlast\n```\nafter"},
        {"never closed", "", "x\n", "```\na\nb"},
        {"open all along", "> ```\n", "> a\n", "b\n"},
        {"quotes", "", "> - ```\n>   a\n> \n>   b\n\n", ""},
        {"far apart", "```\na\n```\n", "words of a text without code\n", "\n~~~\nb\n~~~"},
        {"one line", "```\na\n```\n", "0123456789", "\n```\nb"},
        {"markdown", "", "```markdown\n```c\na\n```\nb\n```\nc\n", ""},
};

static struct buf
text_of(const struct kind *kind)
{
	struct buf text = {0};

	buf_puts(&text, kind->begin);
	while (text.len < LONG)
		buf_puts(&text, kind->again);
	buf_puts(&text, kind->end);
	return text;
}

/* In slices, the text growing meanwhile. */
static void
read_all(struct fence_index *x, const struct buf *text, const char *name)
{
	for (size_t n = SLICE;; n += SLICE) {
		bool ended = n >= text->len;
		size_t budget = SLICE, before = x->now.at, all = ended ? text->len : n;

		fence_index_read(x, text->data, all, ended, &budget);
		HARNESS_CHECK(budget < SLICE || x->now.at == before, "%s: nothing is free", name);
		HARNESS_CHECK(x->now.at - before <= SLICE || memchr(text->data + before, '\n', LONG) == NULL ||
		                      x->now.at - before > LONG - SLICE,
		        "%s: reads on past its budget", name);
		if (ended && x->complete)
			break;
	}
}

static void
check_block(const struct fence_index *x, const struct buf *text, size_t which, const char *name)
{
	size_t start = 0, end = 0, want_start = 0, want_end = 0, code_end = 0, n;
	struct fences from = {0};
	struct buf have = {0}, want = {0};
	struct clean_map map = {0};

	CU_ASSERT_FATAL(fences_place(text->data, text->len, which, &want_start, &want_end));
	HARNESS_CHECK(fence_index_place(x, text->data, text->len, which, &start, &end) && start == want_start &&
	                      end == want_end,
	        "%s: block %zu: %zu to %zu, not %zu to %zu", name, which, start, end, want_start, want_end);
	CU_ASSERT(fences_code(text->data, text->len, which, &want, &n));
	CU_ASSERT(fence_index_begin(x, text->data, text->len, which, &from, &code_end));
	fences_put(from, text->data, code_end, which, &have);
	HARNESS_CHECK(strcmp(buf_text(&have), buf_text(&want)) == 0, "%s: the code of block %zu", name, which);
	HARNESS_CHECK(fence_index_cleaned(x, text->data, start) == clean_map_to(&map, text->data, start),
	        "%s: cleaned, block %zu", name, which);
	HARNESS_CHECK(fence_index_cleaned(x, text->data, end) == clean_map_to(&map, text->data, end),
	        "%s: the end cleaned, block %zu", name, which);
	clean_map_release(&map);
	buf_release(&have);
	buf_release(&want);
}

static void
finds_what_the_text_says(void)
{
	for (size_t i = 0; i < ARRAY_LEN(kinds); i += harness_stride()) {
		struct buf text = text_of(&kinds[i]);
		struct fence_index x = {0};
		struct fences all = {0};
		size_t start, end, step;

		read_all(&x, &text, kinds[i].name);
		fences_count(&all, text.data, text.len, true);
		HARNESS_CHECK(x.now.n == all.n, "%s: %zu blocks, not %zu", kinds[i].name, x.now.n, all.n);
		step = all.n / LOOKS + 1;
		for (size_t which = 1; which <= all.n; which += step)
			check_block(&x, &text, which, kinds[i].name);
		if (all.n > 0)
			check_block(&x, &text, all.n, kinds[i].name);
		CU_ASSERT(!fence_index_place(&x, text.data, text.len, 0, &start, &end));
		CU_ASSERT(!fence_index_place(&x, text.data, text.len, all.n + 1, &start, &end));
		fence_index_release(&x);
		buf_release(&text);
	}
}

/* A reply that is on its way: its last block is what there is of it. */
static void
ends_an_open_block_where_the_text_ends(void)
{
	static const char text[] = "```\na\nb";
	struct fence_index x = {0};
	size_t budget = SLICE, start, end;

	fence_index_read(&x, text, 5, false, &budget);
	CU_ASSERT(x.complete);
	CU_ASSERT_EQUAL(x.now.at, 4);
	CU_ASSERT(fence_index_place(&x, text, 5, 1, &start, &end));
	CU_ASSERT_EQUAL(end, 5);
	fence_index_read(&x, text, strlen(text), true, &budget);
	CU_ASSERT(fence_index_place(&x, text, strlen(text), 1, &start, &end));
	CU_ASSERT_EQUAL(start, 0);
	CU_ASSERT_EQUAL(end, strlen(text));
	fence_index_release(&x);
}

/* What stands between the first mark inside a block and the last is not gone through again: were it, the end that was
 * written there meanwhile would be found. */
static void
goes_on_from_the_last_mark_inside(void)
{
	struct buf text = text_of(&kinds[1]);
	struct fence_index x = {0};
	size_t start, end, want;
	char *middle;

	read_all(&x, &text, kinds[1].name);
	CU_ASSERT_FATAL(fence_index_place(&x, text.data, text.len, 1, &start, &want));
	middle = strchr(text.data + LONG / 2, '\n');
	memcpy(middle + 1, "~~~\n", 4);
	CU_ASSERT(fence_index_place(&x, text.data, text.len, 1, &start, &end));
	CU_ASSERT_EQUAL(end, want);
	fence_index_release(&x);
	buf_release(&text);
}

CU_TestInfo fence_index_tests[] = {
        {"finds what the text says", finds_what_the_text_says},
        {"ends an open block where the text ends", ends_an_open_block_where_the_text_ends},
        {"goes on from the last mark inside", goes_on_from_the_last_mark_inside},
        CU_TEST_INFO_NULL,
};
