/*
 * pace.c - the rate of a reply's tokens, over time that the test makes up.
 */
#include "chat/pace.h"

#include <stdbool.h>

#include "base/compiler.h"
#include "tests/chat/tests.h"
#include "tests/harness.h"

static bool
near(double is, double want)
{
	return is > want * 0.97 && is < want * 1.03;
}

static void
measures_a_steady_rate(void)
{
	static const int64_t starts[] = {0, 7, 249, 1000123};

	for (size_t i = 0; i < ARRAY_LEN(starts); i++) {
		struct pace p;
		int64_t now = starts[i];

		pace_start(&p);
		CU_ASSERT(pace_rate(&p, now) == 0);
		for (int n = 0; n < 1000; n++, now += 20) {
			pace_token(&p, now);
			CU_ASSERT(now - starts[i] >= 500 || pace_rate(&p, now) == 0);
			CU_ASSERT(now - starts[i] < 750 || near(pace_rate(&p, now), 50));
		}
		CU_ASSERT(p.tokens == 1000 && p.first_ms == starts[i] && p.last_ms == now - 20);
	}
}

static void
follows_a_change_within_seconds(void)
{
	struct pace p;
	int64_t now = 500;

	pace_start(&p);
	for (int n = 0; n < 1000; n++, now += 10)
		pace_token(&p, now);
	for (int n = 0; n < 50; n++, now += 100)
		pace_token(&p, now);
	CU_ASSERT(near(pace_rate(&p, now), 10));
}

/* As of an earlier moment it is what it was then. */
static void
tells_the_rate_of_a_second_ago(void)
{
	struct pace p;
	int64_t now = 0;

	pace_start(&p);
	for (int n = 0; n < 1000; n++, now += 10) {
		pace_token(&p, now);
		CU_ASSERT(now < 2000 || near(pace_rate(&p, now - 1000), 100));
	}
}

/* Silence counts: the rate falls, and is nothing after a while. */
static void
falls_while_nothing_comes(void)
{
	struct pace p;
	int64_t now = 0;

	pace_start(&p);
	for (int n = 0; n < 400; n++, now += 10)
		pace_token(&p, now);
	CU_ASSERT(pace_rate(&p, now + 1000) < 80 && pace_rate(&p, now + 1000) > 60);
	CU_ASSERT(pace_rate(&p, now + 60000) == 0);
	pace_token(&p, now + 60000);
	CU_ASSERT(pace_rate(&p, now + 60250) < 1);
}

static void
counts_tokens_up_to_a_bucket(void)
{
	static const struct {
		int64_t ms, want;
	} rows[] = {{1000, 0}, {1249, 0}, {1250, 25}, {1499, 25}, {1500, 50}, {1999, 75}, {2000, 100}, {60000, 100}};
	struct pace p;

	pace_start(&p);
	CU_ASSERT(pace_tokens_before(&p, 0) == 0 && pace_tokens_before(&p, 9999) == 0);
	for (int64_t now = 1000; now < 2000; now += 10)
		pace_token(&p, now);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		CU_ASSERT(pace_tokens_before(&p, rows[i].ms) == rows[i].want);
	pace_skip(&p, 3000);
	CU_ASSERT(pace_tokens_before(&p, 3000) == 100);
}

CU_TestInfo pace_tests[] = {
        {"measures a steady rate", measures_a_steady_rate},
        {"follows a change within seconds", follows_a_change_within_seconds},
        {"falls while nothing comes", falls_while_nothing_comes},
        {"tells the rate of a second ago", tells_the_rate_of_a_second_ago},
        {"counts tokens up to a bucket", counts_tokens_up_to_a_bucket},
        CU_TEST_INFO_NULL,
};
