/*
 * recall.c - going through the prompts that were sent, and back to the draft.
 */
#include "tui/recall.h"

#include <stdio.h>
#include <string.h>

#include "base/compiler.h"
#include "tests/harness.h"
#include "tests/tui/tests.h"

/* Goes up and down by letters; `now` is the text of the input and what it becomes. */
static void
go(struct recall *r, const char *letters, const char **now)
{
	for (; *letters; letters++) {
		const char *there = *letters == '^' ? recall_older(r, *now) : recall_newer(r, *now);

		if (there)
			*now = there;
	}
}

static void
goes_up_and_down(void)
{
	static const struct {
		const char *draft, *letters, *want;
	} rows[] = {
	        {"", "^", "three"},
	        {"", "^^", "two"},
	        {"", "^^^^^", "one"},
	        {"", "^^^v", "two"},
	        {"draft", "^v", "draft"},
	        {"draft", "^^^^vvvvv", "draft"},
	        {"draft", "v", "draft"},
	        {"draft", "^v^", "three"},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct recall r = {0};
		const char *now = rows[i].draft;

		recall_add(&r, "one");
		recall_add(&r, "two");
		recall_add(&r, "three");
		recall_add(&r, "three");
		go(&r, rows[i].letters, &now);
		HARNESS_EQUAL(now, rows[i].want);
		recall_release(&r);
	}
}

static void
keeps_what_was_changed_until_one_is_sent(void)
{
	struct recall r = {0};
	const char *now = "draft";

	recall_add(&r, "one");
	recall_add(&r, "two");
	go(&r, "^", &now);
	now = "two, changed";
	go(&r, "^", &now);
	HARNESS_EQUAL(now, "one");
	go(&r, "v", &now);
	HARNESS_EQUAL(now, "two, changed");
	go(&r, "v", &now);
	HARNESS_EQUAL(now, "draft");
	recall_add(&r, "draft");
	now = "";
	go(&r, "^^", &now);
	HARNESS_EQUAL(now, "two");
	recall_release(&r);
}

static void
forgets_the_oldest(void)
{
	struct recall r = {0};
	const char *now = "";
	char prompt[32];

	CU_ASSERT(!recall_older(&r, "") && !recall_newer(&r, ""));
	for (int i = 0; i < RECALL_MAX + 10; i++) {
		snprintf(prompt, sizeof(prompt), "prompt %d", i);
		recall_add(&r, prompt);
	}
	for (int i = 0; i < RECALL_MAX + 10; i++)
		go(&r, "^", &now);
	HARNESS_EQUAL(now, "prompt 10");
	recall_release(&r);
}

static void
finds_by_a_part(void)
{
	static const struct {
		const char *part;
		size_t from, older, newer; /* 4: none */
	} rows[] = {
	        {"e", 4, 3, 4},
	        {"e", 3, 0, 4},
	        {"e", 0, 4, 3},
	        {"TWO", 4, 4, 4},
	        {"Two", 4, 2, 4},
	        {"two", 4, 2, 4},
	        {"two", 2, 1, 4},
	        {"two", 1, 4, 2},
	        {"nothing", 4, 4, 4},
	        {"e", 9, 3, 4},
	};
	struct recall r = {0};

	recall_add(&r, "one");
	recall_add(&r, "two, small");
	recall_add(&r, "and Two");
	recall_add(&r, "three");
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		HARNESS_CHECK(recall_find_older(&r, rows[i].part, rows[i].from) == rows[i].older, "row %zu", i);
		HARNESS_CHECK(recall_find_newer(&r, rows[i].part, rows[i].from) == rows[i].newer, "row %zu", i);
	}
	CU_ASSERT(recall_find_in("and Two", "two") == 4 && recall_find_in("and Two", "x") == 0);
	recall_release(&r);
}

CU_TestInfo recall_tests[] = {
        {"goes up and down", goes_up_and_down},
        {"keeps what was changed until one is sent", keeps_what_was_changed_until_one_is_sent},
        {"forgets the oldest", forgets_the_oldest},
        {"finds by a part", finds_by_a_part},
        CU_TEST_INFO_NULL,
};
