/*
 * index.c - the search index and text/find agree: whatever the one has, the other marks, and the other way round.
 */
#include <sqlite3.h>
#include <string.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "base/utf8.h"
#include "store/query.h"
#include "store/search_words.h"
#include "tests/harness.h"
#include "tests/store/tests.h"
#include "text/find.h"

static sqlite3 *
open_index(void)
{
	sqlite3 *db;

	if (sqlite3_open(":memory:", &db) != SQLITE_OK ||
	        sqlite3_exec(db, "CREATE VIRTUAL TABLE t USING fts5(x, tokenize='unicode61 remove_diacritics 2')", NULL,
	                NULL, NULL) != SQLITE_OK)
		CU_FAIL_FATAL("no index");
	return db;
}

static void
add(sqlite3 *db, int64_t id, const char *text, size_t n)
{
	struct buf split = {0};
	sqlite3_stmt *s;

	if (!search_words_split(&split, text, n))
		buf_put(&split, text, n);
	CU_ASSERT_FATAL(sqlite3_prepare_v2(db, "INSERT INTO t (rowid, x) VALUES (?, ?)", -1, &s, NULL) == SQLITE_OK);
	sqlite3_bind_int64(s, 1, id);
	sqlite3_bind_text(s, 2, buf_text(&split), (int)split.len, SQLITE_TRANSIENT);
	CU_ASSERT(sqlite3_step(s) == SQLITE_DONE);
	sqlite3_finalize(s);
	buf_release(&split);
}

/* Every character there is, between two others: it parts them, is dropped, or becomes what find makes of it. */
static void
folds_every_character_alike(void)
{
	sqlite3 *db = open_index();
	sqlite3_stmt *s;
	unsigned seen = 0;

	sqlite3_exec(db, "BEGIN; CREATE VIRTUAL TABLE v USING fts5vocab(t, 'instance')", NULL, NULL, NULL);
	for (uint32_t c = 1; c < 0xe0200; c += (uint32_t)harness_stride()) {
		char text[8] = "a";
		size_t n = 1;

		if (c >= 0x2fe00 && c < 0xe0000) /* nothing but Han */
			c = 0xe0000;
		if (c >= 0xd800 && c < 0xe000)
			continue;
		n += utf8_encode(c, text + 1);
		text[n++] = 'b';
		add(db, c, text, n);
	}
	CU_ASSERT_FATAL(sqlite3_prepare_v2(db, "SELECT doc, term FROM v", -1, &s, NULL) == SQLITE_OK);
	while (sqlite3_step(s) == SQLITE_ROW) {
		uint32_t c = (uint32_t)sqlite3_column_int64(s, 0);
		const char *term = (const char *)sqlite3_column_text(s, 1);
		struct find find = {0};
		struct find_range range;
		char text[8] = "a";
		size_t n = 1 + utf8_encode(c, text + 1);

		text[n++] = 'b';
		find_add(&find, term, strlen(term), false);
		if (find.n != 1 || !find_next(&find, text, n, 0, &range))
			HARNESS_CHECK(0, "U+%04X became %s", (unsigned)c, term);
		find_release(&find);
		seen++;
	}
	CU_ASSERT(seen > 180000 / harness_stride());
	sqlite3_finalize(s);
	sqlite3_close(db);
}

/* ---- random texts ---- */

static uint32_t seed = 7;

static uint32_t
below(uint32_t n)
{
	seed = seed * 1664525 + 1013904223;
	return (seed >> 8) % n;
}

static void
put_random(struct buf *to, unsigned parts)
{
	static const char *const words[] = {"a", "ab", "Ab", "É", "e\xcc\x81", "世", "界", "한", "ก", "ั", "ß", "1", "_",
	        "-", "\"", "*", "👋", "🤖", "\xcc\x81", "が", "か\xe3\x82\x99", "İ", "ſ", "Ω", "\xe4\xb8", "\xff"};

	for (; parts > 0; parts--) {
		buf_puts(to, words[below(ARRAY_LEN(words))]);
		if (below(3) == 0)
			buf_putc(to, below(5) == 0 ? '\n' : ' ');
	}
}

static bool
index_has(sqlite3 *db, int64_t id, const struct buf *match)
{
	sqlite3_stmt *s;
	int code;

	CU_ASSERT_FATAL(
	        sqlite3_prepare_v2(db, "SELECT 1 FROM t WHERE t MATCH ? AND rowid = ?", -1, &s, NULL) == SQLITE_OK);
	sqlite3_bind_text(s, 1, match->data, (int)match->len, SQLITE_STATIC);
	sqlite3_bind_int64(s, 2, id);
	code = sqlite3_step(s);
	HARNESS_CHECK(code == SQLITE_ROW || code == SQLITE_DONE, "%s: %s", match->data, sqlite3_errmsg(db));
	sqlite3_finalize(s);
	return code == SQLITE_ROW;
}

static void
finds_what_the_index_has(void)
{
	sqlite3 *db = open_index();
	unsigned found = 0, missed = 0;

	for (int64_t id = 1; id <= 300; id++) {
		struct buf text = {0}, mended = {0};

		put_random(&text, 1 + below(30));
		CU_ASSERT(utf8_append_mended(&mended, text.data, text.len));
		add(db, id, buf_text(&mended), mended.len);
		for (int i = 0; i < 60; i++) {
			struct buf typed = {0};
			struct query query;
			struct err err;

			put_random(&typed, 1 + below(3));
			/* A mark alone is no query. */
			if (query_parse(&query, buf_text(&typed), typed.len, &err) && query.match.len > 0) {
				bool has = index_has(db, id, &query.match);
				bool finds = find_all(&query.words, buf_text(&mended), mended.len);

				HARNESS_CHECK(query.words.has_signs ? has || !finds : has == finds,
				        "%s in %s: index %d, find %d", query.match.data, buf_text(&mended), has, finds);
				found += has;
				missed += !has;
			}
			query_release(&query);
			buf_release(&typed);
		}
		buf_release(&text);
		buf_release(&mended);
	}
	HARNESS_CHECK(found > 1000 && missed > 1000, "%u found, %u not", found, missed);
	sqlite3_close(db);
}

CU_TestInfo index_tests[] = {
        {"folds every character alike", folds_every_character_alike},
        {"finds what the index has", finds_what_the_index_has},
        CU_TEST_INFO_NULL,
};
