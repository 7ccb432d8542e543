/*
 * long.c - very long texts: saved in pieces, whole in the end, found by their words, and at no time several times in
 * SQLite's memory.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "store/database.h"
#include "store/search.h"
#include "store/search_words.h"
#include "store/write.h"
#include "tests/harness.h"
#include "tests/store/place.h"
#include "tests/store/talk.h"
#include "tests/store/tests.h"

enum {
	LONG = 8 << 20,
	OVERHEAD = 16 << 20, /* SQLite's cache and statements, and what FTS5 gathers for one row */
};

/* Lines whose words repeat, but for the number of each; "é" so that pieces are cut within a character. */
static void
put_lines(struct buf *to, size_t bytes)
{
	char line[128];

	for (unsigned i = 0; to->len < bytes; i++) {
		snprintf(line, sizeof(line), "é line %u of a text that says the same again and again, é.\n", i % 20000);
		talk_put(to, line);
	}
}

static struct message *
add_long(struct talk *t, size_t bytes)
{
	struct conversation *c = t->conversation;
	struct message *m = conversation_add(c, conversation_leaf(c), CHAT_ASSISTANT, "");

	talk_put(&m->content, "firstword begins it. ");
	put_lines(&m->content, bytes);
	talk_put(&m->content, "lastword ends it.");
	conversation_touch(c, m);
	return m;
}

static struct talk *
begin(void)
{
	place_make();
	return talk_new(conversation_new(NULL));
}

static void
expect_peak(const char *what, size_t text)
{
	size_t peak = (size_t)sqlite3_memory_highwater(0);

	HARNESS_CHECK(
	        peak > text && peak < text + OVERHEAD, "%s: %zu bytes of memory for a text of %zu", what, peak, text);
}

static void
reset_peak(void)
{
	(void)sqlite3_memory_highwater(1);
}

/* SQLite makes one copy, the row. */
static void
is_in_memory_once(void)
{
	struct talk *t = begin();
	struct message *m = add_long(t, LONG);
	char *want = mem_printf("%zu complete", m->content.len);

	reset_peak();
	talk_save(t);
	expect_peak("saving", m->content.len);
	place_expect(t->history, "SELECT length(CAST(content AS BLOB)) || ' ' || state FROM message", want);
	free(want);
	talk_free(t);
}

static size_t
count_hits(struct history *h, const char *typed)
{
	struct search search = {0};
	struct query query;
	struct err err;
	size_t n;

	CU_ASSERT_FATAL(query_parse(&query, typed, strlen(typed), &err));
	CU_ASSERT(search_page(h, &(struct search_request){.query = &query, .limit = 10}, &search, &err));
	n = search.n;
	search_release(&search);
	query_release(&query);
	return n;
}

/* Words that the index has not seen yet: FTS5 gathers all of them for one row. */
static void
put_new_words(struct buf *to, size_t bytes)
{
	char word[32];

	for (unsigned i = 0; to->len < bytes; i++) {
		snprintf(word, sizeof(word), "w%x ", i);
		talk_put(to, word);
	}
}

/* FTS5 needs some 140 bytes of memory for each word and each of their beginnings, which are not added to the row. */
static void
is_in_memory_once_with_many_words(void)
{
	struct talk *t = begin();
	struct message *m = add_long(t, 10);
	size_t peak;

	put_new_words(&m->content, 6 * LONG);
	conversation_touch(t->conversation, m);
	reset_peak();
	talk_save(t);
	peak = (size_t)sqlite3_memory_highwater(0);
	HARNESS_CHECK(
	        peak < m->content.len + OVERHEAD / 2, "%zu bytes of memory for a text of %zu", peak, m->content.len);
	CU_ASSERT(count_hits(t->history, "w1 w1000 w20000") == 1);
	place_check(t->history);
	talk_free(t);
}

/* A reply that ended, and was indexed, is continued: its old words go, and each of the new ones is there once. */
static void
is_found_by_its_words_when_it_goes_on(void)
{
	struct talk *t = begin();
	struct message *m = add_long(t, 2 * SEARCH_WORDS_WHOLE);

	talk_save(t);
	put_new_words(&m->content, 4 * SEARCH_WORDS_WHOLE);
	m->state = MESSAGE_STREAMING;
	conversation_touch(t->conversation, m);
	talk_save(t);
	CU_ASSERT(count_hits(t->history, "lastword") == 0);
	talk_end(t, m, MESSAGE_COMPLETE);
	CU_ASSERT(count_hits(t->history, "firstword lastword w1") == 1);
	place_check(t->history);
	conversation_remove(t->conversation, m);
	talk_save(t);
	place_run(t->history, "CREATE VIRTUAL TABLE temp.terms USING fts5vocab(main, message_words, row)");
	place_expect(t->history, "SELECT count(*) FROM temp.terms", "0");
	talk_free(t);
}

/* The same where all of it was in the journal when flynn ended. */
static void
is_in_memory_once_when_it_is_recovered(void)
{
	struct talk *t = begin();
	struct message *reply = talk_begin(t, "hello");
	size_t n;

	put_lines(&reply->content, LONG);
	n = reply->content.len;
	conversation_touch(t->conversation, reply);
	talk_save(t);
	history_close(t->history);
	reset_peak();
	t->history = place_open();
	expect_peak("recovering", n);
	place_expect(t->history, "SELECT state FROM message WHERE id = 2 AND owner IS NULL", "interrupted");
	place_expect(t->history, "SELECT count(*) FROM journal", "0");
	talk_load(t, 1);
	CU_ASSERT(conversation_leaf(t->conversation)->content.len == n);
	talk_free(t);
}

/* Frees it. */
static void
expect_text(const struct talk *t, char *want)
{
	char *have = talk_text(t->conversation);

	CU_ASSERT(strcmp(have, want) == 0);
	free(have);
	free(want);
}

static void
comes_back_as_it_was(void)
{
	struct talk *t = begin();
	struct message *m = add_long(t, 5 * SAVE_TEXT_MAX / 2);
	char *was;

	put_lines(&m->reasoning, 3 * SAVE_TEXT_MAX / 2);
	talk_save(t);
	was = talk_text(t->conversation);
	talk_reopen(t);
	expect_text(t, was);
	place_check(t->history);
	talk_free(t);
}

/* What was there when flynn ended in the middle of it is whole characters, and marked. */
static void
a_part_is_interrupted(void)
{
	struct talk *t = begin();
	struct message *m = add_long(t, 2 * SAVE_TEXT_MAX);
	struct save *save = saver_take(t->saver, t->conversation, 0);
	struct err err;
	bool gone;
	char *text;

	CU_ASSERT(save->messages[0].cut && save->messages[0].content.len <= SAVE_TEXT_MAX);
	CU_ASSERT(write_save(t->history, save, NULL, &gone, &err));
	saver_saved(t->saver, t->conversation, save, 0);
	CU_ASSERT(saver_is_dirty(t->saver, t->conversation) && saver_wait_ms(t->saver, t->conversation, 0) == 0);
	history_close(t->history);
	t->history = place_open();
	text = place_query(t->history, "SELECT content FROM message WHERE state = 'interrupted'");
	CU_ASSERT(strlen(text) > SAVE_TEXT_MAX - 4 && strncmp(text, buf_text(&m->content), strlen(text)) == 0);
	CU_ASSERT(utf8_span(text, strlen(text)) == strlen(text));
	free(text);
	talk_free(t);
}

/* One that is longer than a save holds, and goes on: what was there stays. */
static void
goes_on_where_it_was(void)
{
	struct talk *t = begin();
	struct message *m = add_long(t, 10);
	char *was;

	talk_save(t);
	put_lines(&m->content, 3 * SAVE_TEXT_MAX);
	conversation_touch(t->conversation, m);
	talk_save(t);
	place_expect(t->history, "SELECT state FROM message WHERE owner IS NULL", "complete");
	was = talk_text(t->conversation);
	talk_reopen(t);
	expect_text(t, was);
	talk_free(t);
}

/* And no trace of it stays in the index when it goes. */
static void
is_found_by_its_words(void)
{
	static const char *const found[] = {
	        "firstword", "lastword", "lastw", "firstword lastword", "\"firstword begins\"", "19999 lastword", "é"};
	struct talk *t = begin();
	struct message *m = add_long(t, 2 * SEARCH_WORDS_WHOLE);

	talk_save(t);
	for (size_t i = 0; i < sizeof(found) / sizeof(*found); i++)
		HARNESS_CHECK(count_hits(t->history, found[i]) == 1, "%s", found[i]);
	CU_ASSERT(count_hits(t->history, "missingword") == 0);
	conversation_remove(t->conversation, m);
	talk_save(t);
	place_run(t->history, "CREATE VIRTUAL TABLE temp.terms USING fts5vocab(main, message_words, row)");
	place_expect(t->history, "SELECT count(*) FROM temp.terms", "0");
	talk_free(t);
}

CU_TestInfo long_tests[] = {
        {"is in memory once", is_in_memory_once},
        {"is in memory once with many words", is_in_memory_once_with_many_words},
        {"is in memory once when it is recovered", is_in_memory_once_when_it_is_recovered},
        {"comes back as it was", comes_back_as_it_was},
        {"a part is interrupted", a_part_is_interrupted},
        {"goes on where it was", goes_on_where_it_was},
        {"is found by its words", is_found_by_its_words},
        {"is found by its words when it goes on", is_found_by_its_words_when_it_goes_on},
        CU_TEST_INFO_NULL,
};
