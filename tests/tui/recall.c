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

CU_TestInfo recall_tests[] = {
        {"goes up and down", goes_up_and_down},
        {"keeps what was changed until one is sent", keeps_what_was_changed_until_one_is_sent},
        {"forgets the oldest", forgets_the_oldest},
        CU_TEST_INFO_NULL,
};
