/*
 * query.c - what is typed to find something.
 */
#include "store/query.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/compiler.h"
#include "base/utf8.h"
#include "tests/harness.h"
#include "tests/store/tests.h"

static void
puts_words_into_quotes(void)
{
	static const struct {
		const char *typed, *want;
	} rows[] = {
	        {"", ""},
	        {"   ", ""},
	        {"w", "\"w\"*"},
	        {"w ", "\"w\""},
	        {"two words", "\"two\" AND \"words\"*"},
	        {"two* words ", "\"two\"* AND \"words\""},
	        {"two\twords\nin\rall\xe3\x80\x80here", "\"two\" AND \"words\" AND \"in\" AND \"all\" AND \"here\"*"},
	        {"\"in a row\"", "\"in a row\""},
	        {"\"in a row\"*", "\"in a row\"*"},
	        {"\"in a ro", "\"in a ro\"*"},
	        {"say \"hi\"x", "\"say\" AND \"hi\" AND \"x\"*"},
	        {"a\"b", "\"a\"\"b\"*"},
	        {"NOT (a OR b*) NEAR/2 -c ^d content:e",
	                "\"NOT\" AND \"(a\" AND \"OR\" AND \"b*)\" AND \"NEAR/2\" AND \"-c\""
	                " AND \"^d\" AND \"content:e\"*"},
	        {"a -- … b", "\"a\" AND \"b\"*"},
	        {"-> 🚀 (", ""},
	        {"C++", "\"C++\""},
	        {"C# x", "\"C#\" AND \"x\"*"},
	        {".net", "\".net\"*"},
	        {"\"a ->\"*", "\"a ->\""},
	        {"**a**", "\"**a**\""},
	        {"**a*", "\"**a\"*"},
	        {"हिन्दी", "\"हिन्दी\""},
	        {"世界", "\"世 界\""},
	        {"ab世界 ", "\"ab 世 界\""},
	        {"世a", "\"世 a\"*"},
	        {"http://x", "\"http://x\"*"},
	        {"nothing:here", "\"nothing:here\"*"},
	        {"in:reasoning a b", "reasoning : (\"a\" AND \"b\"*)"},
	        {"a b in:c", "content : (\"a\" AND \"b\")"},
	        {"model:x is:pinned", ""},
	        {"model: role: is: before: a", "\"a\"*"},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct query query;
		struct err err;

		HARNESS_CHECK(query_parse(&query, rows[i].typed, strlen(rows[i].typed), &err), "%s", rows[i].typed);
		HARNESS_EQUAL(buf_text(&query.match), rows[i].want);
		query_release(&query);
	}
}

static int64_t
day(int year, int month, int day_of_month)
{
	struct tm tm = {.tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = day_of_month, .tm_isdst = -1};

	return (int64_t)mktime(&tm) * 1000;
}

static void
takes_filters_out(void)
{
	static const char all[] = "a model:\"Qwen 3\" Role:U is:arch after:2025-03 before:2026-01-31";
	struct query query;
	struct err err;

	CU_ASSERT_FATAL(query_parse(&query, all, strlen(all), &err));
	HARNESS_EQUAL(buf_text(&query.match), "\"a\"");
	HARNESS_EQUAL(buf_text(&query.model), "Qwen 3");
	HARNESS_EQUAL(query.role, "user");
	CU_ASSERT(query.archived && !query.pinned);
	CU_ASSERT(query.after_ms == day(2025, 3, 1) && query.before_ms == day(2026, 1, 31));
	query_release(&query);

	CU_ASSERT_FATAL(query_parse(&query, "is:pinned before:2024", 21, &err));
	CU_ASSERT(query.pinned && query.before_ms == day(2024, 1, 1) && query.after_ms == INT64_MIN && !query.role);
	query_release(&query);

	CU_ASSERT_FATAL(query_parse(&query, "a\0b \xe4\xb8", 6, &err));
	HARNESS_EQUAL(buf_text(&query.match), "\"a" UTF8_REPLACEMENT "b\"");
	CU_ASSERT(!query.role && query.model.len == 0 && !query.pinned && !query.archived);
	CU_ASSERT(query.after_ms == INT64_MIN && query.before_ms == INT64_MAX);
	query_release(&query);
}

/* The last one may be the beginning of another, as a word may. */
static void
takes_tags(void)
{
	static const struct {
		const char *typed, *want;
	} rows[] = {
	        {"tag:", ""},
	        {"tag: x", ""},
	        {"tag:w", "w*"},
	        {"tag:w ", "w"},
	        {"TAG:Work tag:\"home\"", "work home"},
	        {"tag:\"Ho", "ho*"},
	        {"tag:wo* x", "wo*"},
	        {"tag:a/", "a/*"},
	        {"tag:a/* x", "a/*"},
	        {"tag:#a ", "a"},
	        {"tag:\xe6\x97\xa5* x", "\xe6\x97\xa5*"},
	        {"tag:a tag:a x", "a a"},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct query query;
		struct buf seen = {0};
		struct err err;

		HARNESS_CHECK(query_parse(&query, rows[i].typed, strlen(rows[i].typed), &err), "%s: %s", rows[i].typed,
		        err.text);
		for (size_t j = 0; j < query.n_tags; j++)
			buf_printf(
			        &seen, "%s%s%s", j > 0 ? " " : "", query.tags[j].name, query.tags[j].begins ? "*" : "");
		HARNESS_EQUAL(buf_text(&seen), rows[i].want);
		buf_release(&seen);
		query_release(&query);
	}
}

static void
says_what_cannot_be(void)
{
	static const struct {
		const char *typed, *want;
	} rows[] = {
	        {"before:yesterday", "before:yesterday: a date is like 2026-01-31, 2026-01 or 2026"},
	        {"after:2026-1 a", "after:2026-1: a date is like 2026-01-31, 2026-01 or 2026"},
	        {"after:2026-01-", "after:2026-01-: a date is like 2026-01-31, 2026-01 or 2026"},
	        {"after:2026-13", "after:2026-13: a date is like 2026-01-31, 2026-01 or 2026"},
	        {"after:2026-02-30", "after:2026-02-30: that month has no such day"},
	        {"role:robot", "role:robot: a role is user, assistant or system"},
	        {"is:userx", "is:userx: a conversation is pinned or archived"},
	        {"role:user", "role: is for messages: a word is needed too"},
	        {"is:pinned in:reasoning \"\"", "in: is for messages: a word is needed too"},
	        {"a \xcc\x81 b", "\xcc\x81: a letter, a digit or a sign is needed"},
	        {"tag:c++", "tag:c++: a tag has letters and digits, and - _ . / between them"},
	        {"tag:a/ b", "tag:a/: a tag has letters and digits, and - _ . / between them"},
	        {"tag:-a", "tag:-a: a tag has letters and digits, and - _ . / between them"},
	        {"tag:\"a b\"", "tag:a b: a tag has letters and digits, and - _ . / between them"},
	        {"in:titles a", "in:titles: words are in the content or in the reasoning"},
	};
	struct buf many = {0};
	struct query query;
	struct err err;

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		HARNESS_CHECK(!query_parse(&query, rows[i].typed, strlen(rows[i].typed), &err), "%s", rows[i].typed);
		HARNESS_EQUAL(err.text, rows[i].want);
		query_release(&query);
	}
	for (int i = 0; i <= QUERY_WORDS_MAX; i++)
		buf_puts(&many, "w ");
	CU_ASSERT_FALSE(query_parse(&query, many.data, many.len, &err));
	HARNESS_EQUAL(err.text, "at most 64 words can be looked for at once");
	query_release(&query);
	CU_ASSERT(query_parse(&query, many.data, many.len - 2, &err));
	query_release(&query);
	buf_release(&many);
}

CU_TestInfo query_tests[] = {
        {"puts words into quotes", puts_words_into_quotes},
        {"takes filters out", takes_filters_out},
        {"takes tags", takes_tags},
        {"says what cannot be", says_what_cannot_be},
        CU_TEST_INFO_NULL,
};
