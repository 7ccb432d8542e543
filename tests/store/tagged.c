/*
 * tagged.c - tags in the history: saved with their conversation, listed, found, exported, and changed by several at once.
 */
#include "store/tagged.h"

#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "store/edit.h"
#include "store/list.h"
#include "store/search.h"
#include "tests/harness.h"
#include "tests/store/archive.h"
#include "tests/store/place.h"
#include "tests/store/talk.h"
#include "tests/store/tests.h"

#define ALL_TAGS "SELECT group_concat(conversation || name, ' ') FROM (SELECT * FROM tag ORDER BY conversation, name)"

static struct tags *
tags_of(struct talk *t)
{
	return &conversation_info(t->conversation)->tags;
}

static void
change(struct talk *t, const char *added, const char *removed)
{
	CU_ASSERT(!added || tags_add(tags_of(t), added));
	CU_ASSERT(!removed || tags_remove(tags_of(t), removed));
	conversation_touch_info(t->conversation);
	talk_save(t);
}

static void
expect_tags(const struct tags *tags, const char *want)
{
	struct buf text = {0};

	tags_put(&text, tags);
	HARNESS_EQUAL(buf_text(&text), want);
	buf_release(&text);
}

static void
are_saved_with_the_conversation(void)
{
	struct talk *t;

	place_make();
	t = talk_new(conversation_new(NULL));
	CU_ASSERT(tags_add(tags_of(t), "work"));
	conversation_touch_info(t->conversation);
	CU_ASSERT(!saver_take(t->saver, t->conversation, t->now_ms));
	talk_end(t, talk_begin(t, "hello"), MESSAGE_COMPLETE);
	place_expect(t->history, ALL_TAGS, "1work");
	change(t, "home", NULL);
	change(t, "a/b", "work");
	place_expect(t->history, ALL_TAGS, "1a/b 1home");
	talk_reopen(t);
	expect_tags(tags_of(t), "a/b home");
	CU_ASSERT(!saver_take(t->saver, t->conversation, t->now_ms));
	place_check(t->history);
	talk_free(t);
}

/* Each says what it changed, and nothing else. */
static void
two_flynns_keep_each_others(void)
{
	struct talk *a, *b;
	struct err err;

	place_make();
	a = talk_new(conversation_new(NULL));
	talk_end(a, talk_begin(a, "hello"), MESSAGE_COMPLETE);
	change(a, "old", NULL);
	change(a, "both", NULL);
	b = talk_join(place_open(), conversation_new(NULL));
	talk_load(b, 1);
	change(b, "theirs", "old");
	change(b, "same", NULL);
	change(a, "ours", NULL);
	change(a, "same", "both");
	CU_ASSERT(edit_conversation(a->history, 1, EDIT_TAG, "third same", &err));
	CU_ASSERT(edit_conversation(a->history, 1, EDIT_UNTAG, "ours absent", &err));
	change(b, "last", NULL);
	place_expect(a->history, ALL_TAGS, "1last 1same 1theirs 1third");
	history_close(b->history);
	talk_drop(b);
	talk_free(a);
}

static void
go_with_the_conversation(void)
{
	struct talk *t;
	struct err err;
	struct tags names = {0};
	bool more;

	place_make();
	t = talk_new(conversation_new(NULL));
	talk_end(t, talk_begin(t, "hello"), MESSAGE_COMPLETE);
	change(t, "work", NULL);
	CU_ASSERT(tagged_names(t->history, &names, &err));
	expect_tags(&names, "work");
	tags_release(&names);
	CU_ASSERT(edit_conversation(t->history, 1, EDIT_DELETE, NULL, &err));
	CU_ASSERT(tagged_names(t->history, &names, &err) && names.n == 0);
	CU_ASSERT_FALSE(edit_conversation(t->history, 1, EDIT_TAG, "late", &err));
	HARNESS_EQUAL(err.text, "there is no conversation 1");
	place_expect(t->history, ALL_TAGS, "1work");
	CU_ASSERT(edit_conversation(t->history, 1, EDIT_UNDELETE, NULL, &err));
	CU_ASSERT(tagged_names(t->history, &names, &err) && names.n == 1);
	tags_release(&names);
	CU_ASSERT(edit_conversation(t->history, 1, EDIT_DELETE, NULL, &err));
	do {
		CU_ASSERT(edit_purge(t->history, INT64_MAX, &more, &err));
	} while (more);
	place_expect(t->history, "SELECT count(*) FROM tag", "0");
	place_check(t->history);
	talk_free(t);
}

static void
are_changed_all_or_none(void)
{
	struct talk *t;
	struct err err;

	place_make();
	t = talk_new(conversation_new(NULL));
	talk_end(t, talk_begin(t, "hello"), MESSAGE_COMPLETE);
	CU_ASSERT_FALSE(edit_conversation(t->history, 1, EDIT_TAG, "good b@d", &err));
	HARNESS_EQUAL(err.text, "b@d: a tag has letters and digits, and - _ . / between them");
	CU_ASSERT_FALSE(edit_conversation(t->history, 9, EDIT_TAG, "good", &err));
	HARNESS_EQUAL(err.text, "there is no conversation 9");
	place_expect(t->history, "SELECT count(*) FROM tag", "0");
	CU_ASSERT(edit_conversation(t->history, 1, EDIT_TAG, "Good better", &err));
	place_expect(t->history, ALL_TAGS, "1better 1good");
	talk_free(t);
}

/* Whatever another program has written is no name: shown nowhere, and it stays. */
static void
what_is_no_name_is_left_alone(void)
{
	struct talk *t;

	place_make();
	t = talk_new(conversation_new(NULL));
	talk_end(t, talk_begin(t, "hello"), MESSAGE_COMPLETE);
	place_run(t->history,
	        "INSERT INTO tag VALUES (1, 'good'), (1, 'Upper'), (1, ''), (1, 'a' || char(27) || '[1m'),"
	        " (1, x'ff'), (1, printf('%.*c', 500, 'x'))");
	talk_reopen(t);
	expect_tags(tags_of(t), "good");
	change(t, "more", "good");
	place_expect(t->history, "SELECT count(*) FROM tag", "6");
	talk_free(t);
}

/* ---- finding ---- */

/* Ten conversations a to j, each with a message "fox" and one "hen". Their tags stand below. */
static struct history *
ten(void)
{
	static const char *const tags[] = {
	        "work", "work home", "work/flynn", "workshop", "", "home", "work", "", "été", "home work"};
	struct history *h;
	struct err err;

	place_make();
	h = place_open();
	place_run(h, "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10)"
	             " INSERT INTO conversation (id, uuid, title, created, updated, leaf)"
	             " SELECT i, printf('01234567-89ab-4def-8123-%012d', i), 'The ' || char(96 + i) || ' talk', 1000, "
	             "2000, i FROM n");
	place_run(h, "INSERT INTO message (id, conversation, uuid, role, state, content, created)"
	             " SELECT id, id, printf('f1234567-89ab-4def-8123-%012d', id), 'user', 'complete', 'fox', 1"
	             "  FROM conversation UNION ALL"
	             " SELECT 10 + id, id, printf('e1234567-89ab-4def-8123-%012d', id), 'user', 'complete', 'hen', 1"
	             "  FROM conversation");
	for (size_t i = 0; i < ARRAY_LEN(tags); i++)
		CU_ASSERT(edit_conversation(h, (int64_t)i + 1, EDIT_TAG, tags[i], &err));
	CU_ASSERT(edit_conversation(h, 7, EDIT_ARCHIVE, NULL, &err));
	return h;
}

/* The letters of what a query lists, or of the conversations whose messages it finds. */
static void
expect_found(struct history *h, const char *typed, const char *want)
{
	struct query query;
	struct list list = {0};
	struct search search = {0};
	struct buf seen = {0};
	struct err err;

	CU_ASSERT_FATAL(query_parse(&query, typed, strlen(typed), &err));
	CU_ASSERT(query.words.n > 0
	                  ? search_page(h, &(struct search_request){.query = &query, .limit = 20}, &search, &err)
	                  : list_page(h, &(struct list_request){.query = &query, .limit = 20}, &list, &err));
	for (size_t i = 0; i < search.n; i++)
		buf_putc(&seen, (char)('a' + search.hits[i].conversation - 1));
	for (size_t i = 0; i < list.n; i++)
		buf_putc(&seen, (char)('a' + list.rows[i].key.row - 1));
	HARNESS_CHECK(strcmp(buf_text(&seen), want) == 0, "%s: found %s, not %s", typed, buf_text(&seen), want);
	buf_release(&seen);
	search_release(&search);
	list_release(&list);
	query_release(&query);
}

static void
filter_lists_and_searches(void)
{
	static const struct {
		const char *typed, *want;
	} rows[] = {
	        {"tag:work ", "jcba"},
	        {"tag:work", "jcba"}, /* there is one of that name */
	        {"tag:wor", "jdcba"},
	        {"tag:wor ", ""},
	        {"tag:wor* ", "jdcba"},
	        {"tag:WORK", "jcba"},
	        {"tag:\"work\"", "jcba"},
	        {"tag:work/", "c"},
	        {"tag:work/flynn", "c"},
	        {"tag:work/f", "c"},
	        {"tag:work tag:home", "jb"},
	        {"tag:home tag:work ", "jb"},
	        {"tag:home tag:workshop", ""},
	        {"tag:\xc3\x89t\xc3\xa9", "i"},
	        {"tag:ete", ""},
	        {"tag:none", ""},
	        {"tag:work is:archived", "g"},
	        {"fox tag:work ", "jgcba"},
	        {"tag:work fox", "jgcba"},
	        {"fox tag:home", "jfb"},
	        {"fox tag:home tag:work", "jb"},
	        {"fox hen tag:home", ""},
	        {"fox tag:none ", ""},
	        {"fox tag:work role:user", "jgcba"},
	        {"fox tag:work is:archived", "g"},
	        {"fox tag:work role:assistant", ""},
	};
	struct history *h = ten();

	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		expect_found(h, rows[i].typed, rows[i].want);
	history_close(h);
	place_remove();
}

static void
are_told_with_what_is_found(void)
{
	struct history *h = ten();
	struct query query;
	struct list list;
	struct search search;
	struct err err;

	CU_ASSERT_FATAL(query_parse(&query, "hen tag:home tag:work", 21, &err));
	CU_ASSERT(search_page(h, &(struct search_request){.query = &query, .limit = 20}, &search, &err));
	CU_ASSERT_FATAL(search.n == 2);
	expect_tags(&search.hits[0].tags, "home work");
	search_release(&search);
	CU_ASSERT(list_page(h, &(struct list_request){.limit = 20}, &list, &err));
	CU_ASSERT_FATAL(list.n == 9);
	expect_tags(&list.rows[0].tags, "home work");
	expect_tags(&list.rows[1].tags, "été");
	expect_tags(&list.rows[2].tags, "");
	list_release(&list);
	query_release(&query);
	history_close(h);
	place_remove();
}

/* Where next to nothing passes, what can is found first. */
static void
filter_a_long_history(void)
{
	struct history *h;
	struct err err;

	place_make();
	h = place_open();
	place_run(h, "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5)"
	             " INSERT INTO conversation (id, uuid, created, updated, leaf) SELECT i, 'u' || i, 1, 2, i FROM n");
	place_run(h, "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)"
	             " INSERT INTO message (conversation, uuid, role, state, content, created)"
	             " SELECT iif(i IN (7, 9), 2, 1), 'm' || i, 'user', 'complete', 'fox', 1 FROM n");
	CU_ASSERT(edit_conversation(h, 2, EDIT_TAG, "rare", &err));
	expect_found(h, "fox tag:rare", "bb");
	expect_found(h, "fox tag:rare role:user", "bb");
	history_close(h);
	place_remove();
}

/* ---- elsewhere ---- */

static void
are_exported_and_imported(void)
{
	struct history *h = ten();
	char *json = archive_export(h, EXPORT_JSON), *words;
	struct import_counts counts;

	history_close(h);
	place_remove();
	place_make();
	h = place_open();
	words = archive_import(h, json, strlen(json), &counts);
	HARNESS_EQUAL(words, "");
	place_expect(h, "SELECT group_concat(name, ' ') FROM (SELECT name FROM tag ORDER BY name)",
	        "home home home work work work work work/flynn workshop été");
	expect_found(h, "tag:work/flynn", "c");
	place_check(h);
	free(words);
	free(json);
	history_close(h);
	place_remove();
}

CU_TestInfo tagged_tests[] = {
        {"are saved with the conversation", are_saved_with_the_conversation},
        {"two flynns keep each other's", two_flynns_keep_each_others},
        {"go with the conversation", go_with_the_conversation},
        {"are changed all or none", are_changed_all_or_none},
        {"what is no name is left alone", what_is_no_name_is_left_alone},
        {"filter lists and searches", filter_lists_and_searches},
        {"are told with what is found", are_told_with_what_is_found},
        {"filter a long history", filter_a_long_history},
        {"are exported and imported", are_exported_and_imported},
        CU_TEST_INFO_NULL,
};
