/*
 * prompt_queue.c - the order of what waits, and its rows.
 */
#include "app/prompt_queue.h"

#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "tests/app/tests.h"
#include "tests/harness.h"

static void
expect_taken(bool (*take)(struct prompt_queue *, struct queued_prompt *), struct prompt_queue *q, const char *want)
{
	struct queued_prompt taken;

	CU_ASSERT_FATAL(take(q, &taken));
	HARNESS_EQUAL(taken.text, want);
	queued_prompt_release(&taken);
}

static bool
is_empty(struct prompt_queue *q)
{
	struct queued_prompt taken;

	return !prompt_queue_take_next(q, &taken) && !prompt_queue_take_last(q, &taken) && q->n == 0;
}

static void
keeps_the_order(void)
{
	struct prompt_queue q = {0};

	CU_ASSERT(is_empty(&q));
	for (int round = 0; round < 3; round++) {
		prompt_queue_add(&q, "one", NULL);
		prompt_queue_add(&q, "two", NULL);
		prompt_queue_add(&q, "three", NULL);
		prompt_queue_add(&q, "four", NULL);
		prompt_queue_add(&q, "five", NULL);
		expect_taken(prompt_queue_take_next, &q, "one");
		expect_taken(prompt_queue_take_last, &q, "five");
		prompt_queue_add(&q, "six", NULL);
		expect_taken(prompt_queue_take_next, &q, "two");
		expect_taken(prompt_queue_take_next, &q, "three");
		expect_taken(prompt_queue_take_next, &q, "four");
		expect_taken(prompt_queue_take_next, &q, "six");
		CU_ASSERT(is_empty(&q));
	}
	prompt_queue_add(&q, "left", NULL);
	prompt_queue_release(&q);
}

static void
takes_few_rows(void)
{
	static const struct {
		int prompts, screen_rows, want;
	} rows[] = {{0, 40, 0}, {1, 40, 1}, {9, 40, 4}, {9, 24, 3}, {2, 24, 2}, {9, 12, 1}, {9, 5, 1}, {0, 5, 0}};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct prompt_queue q = {0};

		for (int n = 0; n < rows[i].prompts; n++)
			prompt_queue_add(&q, "prompt", NULL);
		HARNESS_CHECK(prompt_queue_rows(&q, rows[i].screen_rows) == rows[i].want, "row %zu", i);
		prompt_queue_release(&q);
	}
}

static void
draws_what_waits(void)
{
	static const struct {
		const char *prompts[4];
		bool held;
		int rows, cols;
		const char *want;
	} rows[] = {
	        {{"one", "two"}, false, 2, 40, "queued: one\nqueued: two\n"},
	        {{"one", "two"}, true, 2, 40, "waiting, Enter sends: one\nqueued: two\n"},
	        {{"one", "two", "three"}, false, 2, 40, "queued: one\nqueued (1 more): two\n"},
	        {{"one", "two", "three"}, true, 1, 40, "waiting, Enter sends (2 more): one\n"},
	        {{"one, and more of it"}, false, 1, 20, "queued: one, and mo…\n"},
	        {{"\n\n  one\ntwo"}, false, 1, 20, "queued: one …\n"},
	        {{"a\x1b[m\xc2\x9b"}, false, 1, 30, "queued: a^[[m<U+009B>\n"},
	        {{"世界世界世界世界"}, false, 1, 20, "queued: 世界世界世…\n"},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct prompt_queue q = {0};
		struct grid g;
		char *have;

		for (size_t n = 0; n < ARRAY_LEN(rows[i].prompts) && rows[i].prompts[n]; n++)
			prompt_queue_add(&q, rows[i].prompts[n], NULL);
		grid_init(&g, rows[i].rows, rows[i].cols);
		prompt_queue_draw(&q, rows[i].held, &g, (struct rect){0, 0, rows[i].rows, rows[i].cols});
		have = grid_text(&g);
		HARNESS_EQUAL(have, rows[i].want);
		free(have);
		grid_release(&g);
		prompt_queue_release(&q);
	}
}

/* A prompt of megabytes costs what is seen of it. */
static void
looks_at_what_is_shown_only(void)
{
	char *big = mem_alloc(4 * 1024 * 1024 + 1);
	struct prompt_queue q = {0};
	struct grid g;

	memset(big, 'x', 4 * 1024 * 1024);
	prompt_queue_add(&q, big, NULL);
	grid_init(&g, 1, 12);
	prompt_queue_draw(&q, false, &g, (struct rect){0, 0, 1, 12});
	CU_ASSERT(strcmp(grid_cell(&g, 0, 11)->text, "…") == 0);
	grid_release(&g);
	prompt_queue_release(&q);
	free(big);
}

CU_TestInfo prompt_queue_tests[] = {
        {"keeps the order", keeps_the_order},
        {"takes few rows", takes_few_rows},
        {"draws what waits", draws_what_waits},
        {"looks at what is shown only", looks_at_what_is_shown_only},
        CU_TEST_INFO_NULL,
};
