/*
 * date.c - dates in UTC, written and read.
 */
#include "base/date.h"

#include <stdlib.h>
#include <time.h>

#include "base/compiler.h"
#include "tests/base/tests.h"
#include "tests/harness.h"

static void
check_both(int64_t ms, const char *want)
{
	struct buf have = {0};
	int64_t back = -1;

	date_put_utc(&have, ms);
	HARNESS_EQUAL(buf_text(&have), want);
	HARNESS_CHECK(date_parse_utc(want, &back) && back == ms, "%s: %lld", want, (long long)back);
	buf_release(&have);
}

static void
writes_and_reads_utc(void)
{
	check_both(0, "1970-01-01T00:00:00.000Z");
	check_both(-1, "1969-12-31T23:59:59.999Z");
	check_both(951782400000, "2000-02-29T00:00:00.000Z");
	check_both(1795377798123, "2026-11-22T20:03:18.123Z");
	check_both(-62167219200000, "0000-01-01T00:00:00.000Z");
	check_both(-62135596800000, "0001-01-01T00:00:00.000Z");
	check_both(253402300799999, "9999-12-31T23:59:59.999Z");
}

/* A day, an hour and a bit at a time, against libc's calendar. */
static void
reads_every_year(void)
{
	for (int64_t ms = -62167219200000; ms < 253402300800000; ms += 9090061007) {
		struct buf text = {0};
		int64_t back = -1;

		date_put_utc(&text, ms);
		if (!date_parse_utc(buf_text(&text), &back) || back != ms)
			HARNESS_CHECK(false, "%s", buf_text(&text));
		buf_release(&text);
	}
}

static void
reads_other_forms(void)
{
	static const struct {
		const char *text;
		int64_t ms;
	} rows[] = {
	        {"2026-11-22T20:03:18Z", 1795377798000},
	        {"2026-11-22t20:03:18.1239z", 1795377798123},
	        {"2026-11-22 21:03:18.5+01:00", 1795377798500},
	        {"2026-11-22T14:33:18-05:30", 1795377798000},
	        {"2016-12-31T23:59:60Z", 1483228799000},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		int64_t ms = 0;

		HARNESS_CHECK(
		        date_parse_utc(rows[i].text, &ms) && ms == rows[i].ms, "%s: %lld", rows[i].text, (long long)ms);
	}
}

static void
refuses_what_is_no_date(void)
{
	static const char *const rows[] = {"", "2026", "2026-11-22", "2026-11-22T20:03", "2026-11-22T20:03:18",
	        "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z", "2026-01-00T00:00:00Z",
	        "2026-01-01T24:00:00Z", "2026-01-01T00:60:00Z", "2026-01-01T00:00:61Z", "2026-01-01T00:00:00.Z",
	        "2026-01-01T00:00:00+1:00", "2026-01-01T00:00:00+24:00", "2026-01-01T00:00:00Zx",
	        "02026-01-01T00:00:00Z", "2026-01-01T00:00:00+01", "1900-02-29T00:00:00Z"};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		int64_t ms;

		HARNESS_CHECK(!date_parse_utc(rows[i], &ms), "%s", rows[i]);
	}
}

static void
clamps_years_that_cannot_be_written(void)
{
	struct buf text = {0};

	date_put_utc(&text, INT64_MIN);
	date_put_utc(&text, INT64_MAX);
	HARNESS_EQUAL(buf_text(&text), "0000-01-01T00:00:00.000Z9999-12-31T23:59:59.999Z");
	buf_release(&text);
}

static void
writes_any_time_where_the_user_is(void)
{
	static const struct {
		int64_t ms;
		const char *zone, *want;
	} rows[] = {
	        {0, "UTC", ""},
	        {-1, "UTC", "1969-12-31 23:59"},
	        {INT64_MIN, "UTC", "0000-01-02 00:00"},
	        {INT64_MAX, "UTC", "9999-12-30 23:59"},
	        {INT64_MIN, "XXX+14", "0000-01-01 10:00"},
	        {INT64_MAX, "XXX-14", "9999-12-31 13:59"},
	        {INT64_MIN + 999, "UTC", "0000-01-02 00:00"},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct buf text = {0};

		setenv("TZ", rows[i].zone, 1);
		tzset();
		date_put_local(&text, rows[i].ms);
		HARNESS_EQUAL(buf_text(&text), rows[i].want);
		buf_release(&text);
	}
	unsetenv("TZ");
	tzset();
}

CU_TestInfo date_tests[] = {
        {"writes and reads UTC", writes_and_reads_utc},
        {"reads what it writes in every year", reads_every_year},
        {"reads other forms of RFC 3339", reads_other_forms},
        {"refuses what is no date", refuses_what_is_no_date},
        {"writes any time where the user is", writes_any_time_where_the_user_is},
        {"clamps years that cannot be written", clamps_years_that_cannot_be_written},
        CU_TEST_INFO_NULL,
};
