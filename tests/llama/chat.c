/*
 * chat.c - plain values.
 */
#include "llama/chat.h"

#include "base/compiler.h"
#include "tests/harness.h"
#include "tests/llama/tests.h"

static void
names_roles(void)
{
	HARNESS_EQUAL(chat_role_name(CHAT_SYSTEM), "system");
	HARNESS_EQUAL(chat_role_name(CHAT_USER), "user");
	HARNESS_EQUAL(chat_role_name(CHAT_ASSISTANT), "assistant");
}

static void
counts_progress_of_what_is_not_cached(void)
{
	static const struct {
		struct chat_progress p;
		int want;
	} rows[] = {
	        {{.total = 1000, .processed = 620}, 62},
	        {{.total = 1326, .cached = 326, .processed = 826}, 50},
	        {{.total = 100, .cached = 100, .processed = 100}, 100}, /* 0/0 */
	        {{0}, 100},
	        {{.total = 100, .cached = 50, .processed = 20}, 0},
	        {{.total = 100, .processed = 999}, 100},
	        {{.total = -5, .processed = 1}, 100},
	        {{.total = 9007199254740992, .processed = 4503599627370496}, 50},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		HARNESS_CHECK(chat_progress_percent(&rows[i].p) == rows[i].want, "row %zu gave %d", i,
		        chat_progress_percent(&rows[i].p));
}

CU_TestInfo chat_tests[] = {
        {"names roles", names_roles},
        {"counts progress of what is not cached", counts_progress_of_what_is_not_cached},
        CU_TEST_INFO_NULL,
};
