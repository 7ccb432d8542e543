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

CU_TestInfo pace_tests[] = {
        {"measures a steady rate", measures_a_steady_rate},
        {"follows a change within seconds", follows_a_change_within_seconds},
        {"falls while nothing comes", falls_while_nothing_comes},
        CU_TEST_INFO_NULL,
};
