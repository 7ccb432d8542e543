/*
 * ago.c - times in few words. Days are those of the calendar.
 */
#include "app/time_words.h"

#include <stdlib.h>
#include <time.h>

#include "base/compiler.h"
#include "tests/app/tests.h"
#include "tests/harness.h"

enum {
	S = 1000,
	M = 60 * S,
	H = 60 * M,
};

static void
says_it_in_few_words(void)
{
	static const int64_t now = 1773324000000, day = 24 * (int64_t)H; /* 2026-03-12 14:00 UTC, a Thursday */
	static const struct {
		int64_t ago;
		const char *want;
	} rows[] = {
	        {-5 * S, "now"},
	        {0, "now"},
	        {59 * S, "now"},
	        {60 * S, "1 min"},
	        {59 * M + 59 * S, "59 min"},
	        {H, "1 h"},
	        {14 * (int64_t)H, "14 h"},
	        {14 * (int64_t)H + S, "yesterday"},
	        {38 * (int64_t)H, "yesterday"},
	        {38 * (int64_t)H + S, "2 days"},
	        {6 * day, "6 days"},
	        {7 * day, "5 Mar"},
	        {60 * day, "11 Jan"},
	        {100 * day, "Dec 2025"},
	        {now, ""},
	};

	setenv("TZ", "UTC", 1);
	tzset();
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		char words[AGO_MAX];

		ago_say(now, now - rows[i].ago, words);
		HARNESS_EQUAL(words, rows[i].want);
	}
}

static void
counts_hours_over_midnight(void)
{
	static const int64_t one = 1773277200000; /* 2026-03-12 01:00 UTC */
	char words[AGO_MAX];

	setenv("TZ", "UTC", 1);
	tzset();
	ago_say(one, one - 3 * (int64_t)H, words);
	HARNESS_EQUAL(words, "3 h");
	ago_say(one, one - 13 * (int64_t)H, words);
	HARNESS_EQUAL(words, "yesterday");
	ago_say_date(one, words);
	HARNESS_EQUAL(words, "2026-03-12 01:00");
}

CU_TestInfo ago_tests[] = {
        {"says it in few words", says_it_in_few_words},
        {"counts hours over midnight", counts_hours_over_midnight},
        CU_TEST_INFO_NULL,
};
