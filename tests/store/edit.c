/*
 * edit.c - conversations changed where they lie, and purged.
 */
#include "store/edit.h"

#include <stdlib.h>

#include "base/clock.h"
#include "tests/harness.h"
#include "tests/store/place.h"
#include "tests/store/talk.h"
#include "tests/store/tests.h"

static struct talk *
two_messages(void)
{
	struct talk *t;

	place_make();
	t = talk_new(conversation_new(NULL));
	talk_end(t, talk_begin(t, "a"), MESSAGE_COMPLETE);
	return t;
}

static void
each_edit_changes_its_own(void)
{
	static const struct {
		enum edit_type type;
		const char *want;
	} rows[] = {
	        {EDIT_RENAME, "New person 0 0 1"},
	        {EDIT_PIN, "New person 1 0 1"},
	        {EDIT_ARCHIVE, "New person 1 1 1"},
	        {EDIT_DELETE, "New person 1 1 0"},
	        {EDIT_UNDELETE, "New person 1 1 1"},
	        {EDIT_UNPIN, "New person 0 1 1"},
	        {EDIT_UNARCHIVE, "New person 0 0 1"},
	};
	struct talk *t = two_messages();
	struct err err;

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		CU_ASSERT(edit_conversation(t->history, 1, rows[i].type, "New", &err));
		place_expect(t->history,
		        "SELECT title || ' ' || titled || ' ' || pinned || ' ' || archived || ' ' || (deleted IS NULL)"
		        "  FROM conversation",
		        rows[i].want);
	}
	CU_ASSERT(!edit_conversation(t->history, 9, EDIT_PIN, NULL, &err));
	HARNESS_EQUAL(err.text, "there is no conversation 9");
	talk_free(t);
}

static void
what_is_deleted_is_not_loaded(void)
{
	struct talk *t = two_messages();
	struct loaded loaded;
	struct err err;

	CU_ASSERT(edit_conversation(t->history, 1, EDIT_DELETE, NULL, &err));
	CU_ASSERT(!load_conversation(t->history, 1, &loaded, &err));
	HARNESS_EQUAL(err.text, "there is no conversation 1");
	talk_free(t);
}

/* Until nothing more is said to be there. */
static void
purge(struct talk *t, int64_t before_ms)
{
	struct err err;
	bool more = true;

	for (int i = 0; more; i++) {
		CU_ASSERT_FATAL(i < 100);
		CU_ASSERT_FATAL(edit_purge(t->history, before_ms, &more, &err));
	}
}

static void
purging_takes_only_what_is_old(void)
{
	struct talk *t = two_messages();
	struct message *m = conversation_leaf(t->conversation);
	struct err err;

	for (int i = 0; i < 300; i++)
		m = conversation_add(t->conversation, m, CHAT_USER, "more");
	talk_save(t);
	conversation_delete(t->conversation, conversation_find(t->conversation, 3));
	talk_save(t);
	purge(t, clock_unix_ms() - 60000);
	place_expect(t->history, "SELECT count(*) FROM message", "302");
	purge(t, clock_unix_ms() + 60000);
	place_expect(t->history, "SELECT count(*) FROM message", "2");
	place_check(t->history);
	CU_ASSERT(edit_conversation(t->history, 1, EDIT_DELETE, NULL, &err));
	purge(t, clock_unix_ms() + 60000);
	place_expect(t->history, "SELECT (SELECT count(*) FROM message) + (SELECT count(*) FROM conversation)", "0");
	place_check(t->history);
	talk_free(t);
}

/* Deleted for good by another flynn while it is open here: what is said then begins a new one, with all of it. */
static void
what_is_gone_is_saved_anew(void)
{
	struct talk *t = two_messages();

	place_run(t->history, "DELETE FROM conversation");
	conversation_add(t->conversation, conversation_leaf(t->conversation), CHAT_USER, "more");
	talk_save(t);
	place_expect(t->history,
	        "SELECT group_concat(content, '|') FROM message JOIN conversation ON conversation.id = conversation",
	        "a||more");
	CU_ASSERT(conversation_info(t->conversation)->row == 2);
	place_check(t->history);
	talk_free(t);
}

static void
going_on_brings_back_what_was_deleted(void)
{
	struct talk *t = two_messages();
	struct err err;

	CU_ASSERT(edit_conversation(t->history, 1, EDIT_DELETE, NULL, &err));
	place_run(t->history, "UPDATE message SET deleted = 5");
	conversation_add(t->conversation, conversation_leaf(t->conversation), CHAT_USER, "more");
	talk_save(t);
	place_expect(t->history,
	        "SELECT (SELECT count(*) FROM message WHERE deleted IS NULL) || ' ' || (deleted IS NULL) FROM "
	        "conversation",
	        "3 1");
	talk_free(t);
}

CU_TestInfo edit_tests[] = {
        {"each edit changes its own", each_edit_changes_its_own},
        {"what is deleted is not loaded", what_is_deleted_is_not_loaded},
        {"purging takes only what is old", purging_takes_only_what_is_old},
        {"what is gone is saved anew", what_is_gone_is_saved_anew},
        {"going on brings back what was deleted", going_on_brings_back_what_was_deleted},
        CU_TEST_INFO_NULL,
};
