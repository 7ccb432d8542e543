/*
 * tally.c - what is summed up of replies, and what is not.
 */
#include "chat/tally.h"

#include <math.h>

#include "base/compiler.h"
#include "tests/chat/tests.h"
#include "tests/harness.h"

enum {
	UNKNOWN = -1,
};

static const struct chat_usage no_usage = {-1, -1, -1};

static bool
is_about(double is, double want)
{
	return fabs(is - want) <= fabs(want) * 1e-9;
}

static void
expect(const struct tally *t, enum tally_measure measure, double want)
{
	double value;
	bool known = tally_value(t, measure, &value);

	CU_ASSERT(want < 0 ? !known : known && is_about(value, want));
}

/* The server's own rate, which is not tokens by time: it does not count the first token. */
static void
one_reply_has_the_numbers_of_the_server(void)
{
	static const struct {
		struct chat_usage usage;
		struct chat_timings timings;
		double want[TALLY_N_MEASURES];
	} rows[] = {
	        {{-1, -1, -1}, {0}, {UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN}},
	        {{30, 40, 29},
	                {.cache_n = 29,
	                        .prompt_n = 1,
	                        .predicted_n = 40,
	                        .prompt_ms = 0.8,
	                        .predicted_ms = 44.12,
	                        .prompt_per_second = 1250,
	                        .predicted_per_second = 883.9528558476882,
	                        .draft_n = 38,
	                        .draft_n_accepted = 26},
	                {883.9528558476882, 0.0008, 1250, 2900.0 / 30, 2600.0 / 38}},
	        /* What was seen here comes before the time that the server needed. */
	        {{30, 40, -1}, {.prompt_n = 30, .prompt_ms = 200, .first_ms = 310},
	                {UNKNOWN, 0.31, UNKNOWN, 0, UNKNOWN}},
	        {{-1, -1, -1}, {.first_ms = 310}, {UNKNOWN, 0.31, UNKNOWN, UNKNOWN, UNKNOWN}},
	        /* The first event of a stream. */
	        {{-1, -1, -1}, {.predicted_n = 1, .predicted_ms = 0.001},
	                {UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN}},
	        /* What cannot be. */
	        {{10, 1, 20},
	                {.predicted_n = 1, .predicted_per_second = INFINITY, .draft_n = 1, .draft_n_accepted = -1},
	                {UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN}},
	        {{INT64_MAX, INT64_MAX, INT64_MAX},
	                {.predicted_n = INT64_MAX, .predicted_per_second = 1, .draft_n = INT64_MAX},
	                {UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN}},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct tally t = {0};

		tally_add(&t, &rows[i].usage, &rows[i].timings);
		CU_ASSERT(t.replies == 1);
		for (int measure = 0; measure < TALLY_N_MEASURES; measure++)
			expect(&t, (enum tally_measure)measure, rows[i].want[measure]);
	}
}

/* 100 tokens at 10 a second and 100 at 40: 200 in 12.5 seconds. */
static void
the_mean_is_over_all_tokens(void)
{
	struct tally t = {0};

	tally_add(
	        &t, &no_usage, &(struct chat_timings){.predicted_n = 100, .predicted_per_second = 10, .first_ms = 100});
	tally_add(
	        &t, &no_usage, &(struct chat_timings){.predicted_n = 100, .predicted_per_second = 40, .first_ms = 300});
	tally_add(&t, &no_usage, &(struct chat_timings){0});
	CU_ASSERT(t.replies == 3 && t.tokens == 200 && t.n_tokens == 2);
	expect(&t, TALLY_SPEED, 16);
	expect(&t, TALLY_FIRST, 0.2);
	expect(&t, TALLY_DRAFTS, UNKNOWN);
	tally_add(&t, &(struct chat_usage){100, 7, 0}, &(struct chat_timings){.draft_n = 10, .draft_n_accepted = 0});
	tally_add(&t, &(struct chat_usage){300, 0, 200}, &(struct chat_timings){.draft_n = 30, .draft_n_accepted = 20});
	CU_ASSERT(t.tokens == 207 && t.n_tokens == 4 && t.cached_tokens == 200 && t.n_cached == 2);
	CU_ASSERT(t.draft_tokens == 40 && t.draft_accepted == 20 && t.n_drafts == 2);
	expect(&t, TALLY_CACHED, 50);
	expect(&t, TALLY_DRAFTS, 50);
}

/* A server or a file may say anything: no sum may overflow. */
static void
absurd_numbers_spoil_no_sum(void)
{
	struct tally t = {0};

	for (int i = 0; i < 2000; i++)
		tally_add(&t, &(struct chat_usage){INT64_MAX / 2, INT64_MAX / 2, INT64_MAX / 2},
		        &(struct chat_timings){.cache_n = INT64_MAX / 4,
		                .prompt_n = INT64_MAX / 4,
		                .draft_n = INT64_MAX / 2,
		                .draft_n_accepted = 3,
		                .prompt_per_second = NAN,
		                .prompt_ms = -5});
	CU_ASSERT(t.replies == 2000 && t.n_tokens == 0 && t.n_cached == 0 && t.n_drafts == 0);
	for (int measure = 0; measure < TALLY_N_MEASURES; measure++)
		expect(&t, (enum tally_measure)measure, UNKNOWN);
}

CU_TestInfo tally_tests[] = {
        {"one reply has the numbers of the server", one_reply_has_the_numbers_of_the_server},
        {"the mean is over all tokens", the_mean_is_over_all_tokens},
        {"absurd numbers spoil no sum", absurd_numbers_spoil_no_sum},
        CU_TEST_INFO_NULL,
};
