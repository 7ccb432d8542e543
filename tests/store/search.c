/*
 * search.c - messages found by what is in them.
 */
#include "store/search.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "store/database.h"
#include "store/search_filter.h"
#include "store/tagged.h"
#include "tests/harness.h"
#include "tests/store/place.h"
#include "tests/store/tests.h"

static struct history *
some(void)
{
	struct history *h;

	place_make();
	h = place_open();
	place_run(h, "INSERT INTO conversation (id, uuid, title, created, updated, pinned, archived, deleted) VALUES"
	             " (1, 'a', 'One', 1, 1, 0, 0, NULL), (2, 'b', 'Two', 1, 1, 1, 0, NULL), (3, 'c', 'Three', 1, 1, "
	             "0, 1, NULL),"
	             " (4, 'd', 'Deleted', 1, 1, 0, 0, 9)");
	place_run(h, "INSERT INTO message (id, conversation, role, state, content, reasoning, model, created, deleted, "
	             "owner)"
	             " VALUES (1, 1, 'user', 'complete', 'The quick brown fox', '', '', 0, NULL, NULL),"
	             " (2, 1, 'assistant', 'complete', 'A quick reply', 'fox? think of a fox', 'Qwen-3', 86400000, "
	             "NULL, NULL),"
	             " (3, 2, 'user', 'complete', '你好世界, Café fox fox', '', '', 864000000, NULL, NULL),"
	             " (4, 2, 'assistant', 'failed', 'fox deleted', '', 'llama', 1, 5, NULL),"
	             " (5, 4, 'user', 'complete', 'fox of a deleted conversation', '', '', 1, NULL, NULL),"
	             " (6, 3, 'assistant', 'streaming', 'fox streaming', '', 'llama', 1, NULL, 77),"
	             " (7, 3, 'user', 'complete', 'foxes ''quoted'' \"text\"', '', '', 1, NULL, NULL),"
	             " (8, 1, 'user', 'complete', 'Is C++ or C# a -> b?', '', '', 1, NULL, NULL),"
	             " (9, 1, 'assistant', 'complete', 'C, I think', 'c++ costs 5 € 🚀', '', 1, NULL, NULL),"
	             " (10, 3, 'assistant', 'streaming', '🚀 ->', '', '', 1, NULL, 77),"
	             " (11, 4, 'user', 'complete', '🚀 ->', '', '', 1, NULL, NULL),"
	             " (12, 1, 'user', 'complete', '🚀 ->', '', '', 1, 5, NULL)");
	return h;
}

/* The rows of the hits in their order, and `+` where there is more. */
static void
expect(struct history *h, const char *typed, struct search_request request, const char *want, struct search *search)
{
	struct buf seen = {0};
	struct query query;
	struct err err;

	CU_ASSERT_FATAL(query_parse(&query, typed, strlen(typed), &err));
	request.query = &query;
	HARNESS_CHECK(search_page(h, &request, search, &err), "%s: %s", typed, err.text);
	for (size_t i = 0; i < search->n; i++)
		buf_printf(&seen, "%s%d", i ? " " : "", (int)search->hits[i].message);
	if (search->more)
		buf_putc(&seen, '+');
	HARNESS_CHECK(strcmp(buf_text(&seen), want) == 0, "%s: found %s, not %s", typed, buf_text(&seen), want);
	buf_release(&seen);
	query_release(&query);
}

static void
finds_the_newest_first(void)
{
	static const struct {
		const char *typed, *want;
	} rows[] = {
	        {"", ""},
	        {"is:pinned", ""},
	        {"fox", "7 3 2 1"},
	        {"fox ", "3 2 1"},
	        {"quick", "2 1"},
	        {"quick brown", "1"},
	        {"brown quick", "1"},
	        {"\"brown quick\"", ""},
	        {"reply think", "2"},
	        {"in:reasoning fox", "2"},
	        {"in:content fox", "7 3 1"},
	        {"世界", "3"},
	        {"好世", "3"},
	        {"世好", ""},
	        {"CAFE", "3"},
	        {"\"quoted\" text", "7"},
	        {"'quoted'", "7"},
	        {"fox role:assistant", "2"},
	        {"fox role:user", "3 1"},
	        {"fox model:qwen", "2"},
	        {"fox is:pinned", "3"},
	        {"fox* is:archived", "7"},
	        {"fox after:1970-01-06", "3"},
	        {"before:1970-01-06 fox", "7 2 1"},
	        {"C++", "9 8"},
	        {"C++ in:content", "8"},
	        {"c# ", "8"},
	        {"C", "9 8 3"},
	        {"C -> ", "8"},
	        {"->", "8"},
	        {"🚀", "9"},
	        {"🚀 in:content", ""},
	        {"🚀 ->", ""},
	        {"\"5 €\"", "9"},
	        {"5€", ""},
	        {"€ is:pinned", ""},
	        {"? role:user", "8"},
	        {"(", ""},
	        {"streaming", ""},
	        {"nothing", ""},
	};
	struct history *h = some();

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct search search;

		expect(h, rows[i].typed, (struct search_request){.limit = 20}, rows[i].want, &search);
		CU_ASSERT_FALSE(search.ranked);
		search_release(&search);
	}
	history_close(h);
	place_remove();
}

static void
shows_what_was_found(void)
{
	struct history *h = some();
	struct search search;
	struct search_hit *hit;

	expect(h, "fox ", (struct search_request){.limit = 20}, "3 2 1", &search);
	hit = &search.hits[0];
	CU_ASSERT(hit->conversation == 2 && hit->pinned && !hit->archived && !hit->in_reasoning);
	CU_ASSERT(hit->created_ms == 864000000 && hit->snippet.n_hits == 2);
	HARNESS_EQUAL(buf_text(&hit->title), "Two");
	HARNESS_EQUAL(hit->role, "user");
	HARNESS_EQUAL(buf_text(&hit->snippet.text), "你好世界, Café fox fox");
	hit = &search.hits[1];
	CU_ASSERT(hit->in_reasoning && hit->snippet.n_hits == 2 && hit->snippet.hits[0].start == 0);
	HARNESS_EQUAL(buf_text(&hit->model), "Qwen-3");
	search_release(&search);
	expect(h, "foxes is:archived", (struct search_request){.limit = 20}, "7", &search);
	hit = &search.hits[0];
	CU_ASSERT(hit->conversation == 3 && hit->archived && !hit->pinned);
	search_release(&search);
	history_close(h);
	place_remove();
}

static void
goes_on_page_by_page(void)
{
	static const char *const pages[] = {"7+", "3+", "2+", "1"};
	struct history *h = some();
	struct search_request request = {.limit = 1};

	for (size_t i = 0; i < ARRAY_LEN(pages); i++) {
		struct search search;

		expect(h, "fox", request, pages[i], &search);
		request.from = search.next;
		search_release(&search);
	}
	history_close(h);
	place_remove();
}

static void
ranks(void)
{
	struct history *h = some();
	struct search search;
	int64_t next;

	expect(h, "fox ", (struct search_request){.limit = 20, .order = SEARCH_BEST}, "3 1 2", &search);
	CU_ASSERT(search.ranked);
	search_release(&search);
	expect(h, "fox ", (struct search_request){.limit = 2, .order = SEARCH_BEST}, "3 1+", &search);
	next = search.next;
	search_release(&search);
	expect(h, "fox ", (struct search_request){.limit = 2, .order = SEARCH_BEST, .from = next}, "2", &search);
	search_release(&search);
	expect(h, "fox ", (struct search_request){.limit = 3, .order = SEARCH_FEW_BEST}, "3 1 2", &search);
	CU_ASSERT(search.ranked);
	search_release(&search);
	expect(h, "fox ", (struct search_request){.limit = 2, .order = SEARCH_FEW_BEST}, "3 2+", &search);
	CU_ASSERT_FALSE(search.ranked);
	search_release(&search);
	history_close(h);
	place_remove();
}

/* A changed message is found by its new words only, one that came back again. */
static void
follows_changes(void)
{
	struct history *h = some();
	struct search search;
	struct search_request request = {.limit = 20};

	place_run(h, "UPDATE message SET content = 'The slow 世 fox' WHERE id = 1");
	expect(h, "quick", request, "2", &search);
	search_release(&search);
	expect(h, "slow 世", request, "1", &search);
	search_release(&search);
	place_run(h, "UPDATE message SET owner = NULL WHERE id = 6");
	expect(h, "streaming", request, "6", &search);
	search_release(&search);
	place_run(h, "UPDATE conversation SET deleted = NULL WHERE id = 4");
	place_run(h, "UPDATE message SET deleted = NULL WHERE id = 4");
	place_run(h, "DELETE FROM message WHERE id = 3");
	expect(h, "fox ", request, "6 5 4 2 1", &search);
	search_release(&search);
	place_run(h, "INSERT INTO message_words (message_words) VALUES ('integrity-check')");
	history_close(h);
	place_remove();
}

/* ---- halting ---- */

static int
is_over(void *arg)
{
	int *patience = arg;

	return (*patience)-- <= 0;
}

/* However often it is halted, in the end every hit has come, once. */
static void
loses_nothing_when_halted(void)
{
	struct history *h = some();
	struct search_request request = {.limit = 7};
	struct query query;
	struct err err;
	int64_t seen = 0, last = INT64_MAX, halts = 0;
	bool more = true;

	place_run(h, "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)"
	             " INSERT INTO message (conversation, role, state, content, created)"
	             " SELECT 1, iif(i % 10 = 0, 'assistant', 'user'), 'complete', 'needle ' || i, i FROM n;"
	             "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 6000)"
	             " INSERT INTO message (conversation, role, state, content, created)"
	             " SELECT 1, 'user', 'complete', 'needle ' || i, i FROM n");
	CU_ASSERT_FATAL(query_parse(&query, "needle role:assistant", 21, &err));
	request.query = &query;
	for (int round = 0; more && round < 10000; round++) {
		int patience = round % 4;
		struct search search;
		bool good;

		sqlite3_progress_handler(history_database(h)->sqlite, 1000, is_over, &patience);
		good = search_page(h, &request, &search, &err);
		CU_ASSERT(good || err.code == ERR_CANCELLED);
		for (size_t i = 0; i < search.n; i++) {
			CU_ASSERT(search.hits[i].message < last);
			last = search.hits[i].message;
		}
		seen += (int64_t)search.n;
		halts += !good;
		more = search.more || !good;
		request.from = search.next;
		search_release(&search);
	}
	sqlite3_progress_handler(history_database(h)->sqlite, 0, NULL, NULL);
	CU_ASSERT(seen == 300);
	HARNESS_CHECK(halts > 10, "%d halts", (int)halts);
	query_release(&query);
	history_close(h);
	place_remove();
}

/* ---- filters ---- */

/* Ten thousand messages with the same word, of which few are like others; and what of them each filter lets through, page
 * by page, in either order. */
static void
filters_that_nearly_nothing_passes(void)
{
	static const struct {
		const char *typed, *want;
	} rows[] = {
	        {"needle model:rare", "9000 5000 100"},
	        {"needle model:nosuch", ""},
	        {"needle role:system", "7000"},
	        {"needle before:1970-01-02 ", "8000"},
	        {"needle is:pinned", "6001"},
	        {"needle model:rare role:user", ""},
	        {"needle model:rare is:archived", ""},
	        {"needle model:rare before:1970-01-02", ""},
	};
	struct history *h = some();
	struct query query;
	struct err err;

	place_run(h, "INSERT INTO conversation (id, uuid, pinned, created, updated) VALUES (90, 'x', 1, 0, 0);"
	             "WITH RECURSIVE n (i) AS (SELECT 50 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)"
	             " INSERT INTO message (id, conversation, role, state, content, model, created)"
	             " SELECT i, iif(i = 6001, 90, 1), iif(i = 7000, 'system', 'assistant'), 'complete', 'needle',"
	             "  iif(i IN (100, 5000, 9000), 'Rare 1', 'common'), iif(i = 8000, 0, 1e9) FROM n");
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		for (int order = SEARCH_NEWEST; order <= SEARCH_FEW_BEST; order++) {
			struct search_request request = {
			        .query = &query, .order = (enum search_order)order, .limit = 2};
			struct buf have = {0};
			struct search search = {.more = true};

			CU_ASSERT_FATAL(query_parse(&query, rows[i].typed, strlen(rows[i].typed), &err));
			while (search.more) {
				CU_ASSERT_FATAL(search_page(h, &request, &search, &err));
				for (size_t n = 0; n < search.n; n++)
					buf_printf(&have, "%s%lld", have.len > 0 ? " " : "",
					        (long long)search.hits[n].message);
				request.from = search.next;
				search_release(&(struct search){search.hits, search.n, 0, 0, 0});
			}
			HARNESS_EQUAL(buf_text(&have), rows[i].want);
			buf_release(&have);
			query_release(&query);
		}
	history_close(h);
	place_remove();
}

/* The rows that may pass, where the first and the last of them are, and that too many are not known. */
static void
filters_know_their_rows(void)
{
	static const struct {
		const char *typed;
		size_t limit;
		const char *want; /* rows: first to after */
	} rows[] = {
	        {"x model:m", 9, "2 3 5: 2 to 6"},
	        {"x model:m", 3, "2 3 5: 2 to 6"},
	        {"x model:m", 2, "unknown"},
	        {"x after:1970-01-03 before:1970-01-04", 9, "3: 3 to 4"}, /* its first moment, not that of the next */
	        {"x is:archived", 9, "5: 5 to 6"},
	        {"x is:pinned", 9, "4: 4 to 5"},
	        {"x role:system", 9, ": 0 to 0"},
	};
	struct history *h;

	setenv("TZ", "UTC", 1);
	place_make();
	h = place_open();
	place_run(h, "INSERT INTO conversation (id, uuid, created, updated, pinned, archived) VALUES"
	             " (1, 'a', 0, 0, 0, 0), (2, 'b', 0, 0, 1, 0), (3, 'c', 0, 0, 0, 1);"
	             "INSERT INTO message (id, conversation, role, state, model, created) VALUES"
	             " (1, 1, 'user', 'complete', '', 0), (2, 1, 'assistant', 'complete', 'm', 259200000),"
	             " (3, 1, 'assistant', 'complete', 'm', 172800000), (4, 2, 'user', 'complete', '', 0),"
	             " (5, 3, 'assistant', 'complete', 'm', 172799999)");
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct search_filter passing = {0};
		struct query query;
		struct buf have = {0};
		struct err err;

		CU_ASSERT_FATAL(query_parse(&query, rows[i].typed, strlen(rows[i].typed), &err));
		CU_ASSERT(search_filter_find(
		        &passing, history_database(h), &query, &(struct tagged){0}, rows[i].limit, &err));
		for (int64_t row = 0; passing.bits && row < 9; row++)
			if (search_filter_has(&passing, row))
				buf_printf(&have, "%s%d", have.len > 0 ? " " : "", (int)row);
		buf_printf(&have, ": %d to %d", (int)passing.first, (int)passing.after);
		HARNESS_EQUAL(passing.bits ? buf_text(&have) : "unknown", rows[i].want);
		buf_release(&have);
		search_filter_release(&passing);
		query_release(&query);
	}
	history_close(h);
	place_remove();
}

CU_TestInfo search_tests[] = {
        {"finds the newest first", finds_the_newest_first},
        {"shows what was found", shows_what_was_found},
        {"goes on page by page", goes_on_page_by_page},
        {"ranks", ranks},
        {"follows changes", follows_changes},
        {"loses nothing when halted", loses_nothing_when_halted},
        {"filters know their rows", filters_know_their_rows},
        {"filters that nearly nothing passes", filters_that_nearly_nothing_passes},
        CU_TEST_INFO_NULL,
};
