/*
 * rules.c - what becomes of a save whose rows another flynn has changed, and what is loaded of a history in which something is
 * hidden, gone or too long.
 */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "store/write.h"
#include "tests/harness.h"
#include "tests/store/place.h"
#include "tests/store/talk.h"
#include "tests/store/tests.h"

static struct talk *
begin(void)
{
	place_make();
	return talk_new(conversation_new(NULL));
}

static void
append(struct talk *t, struct message *m, const char *text)
{
	talk_put(&m->content, text);
	conversation_touch(t->conversation, m);
}

/* ---- saving ---- */

/* Writes what is due; false, and `*gone`, as write_save has them. The first message's `lost` is what the saver is told. */
static bool
write_once(struct talk *t, bool *gone, bool *lost)
{
	struct save *save = saver_take(t->saver, t->conversation, 0);
	struct err err = {0};
	bool good;

	CU_ASSERT_FATAL(save != NULL && save->n_messages > 0);
	good = write_save(t->history, save, NULL, gone, &err);
	*lost = save->messages[0].lost;
	if (good)
		saver_saved(t->saver, t->conversation, save, 0);
	else
		saver_failed(t->saver, save, 0);
	return good;
}

static void
a_message_of_another_writer_is_lost(void)
{
	bool ends[] = {false, true}, gone, lost;

	for (size_t i = 0; i < 2; i++) {
		struct talk *t = begin();
		struct message *reply = talk_begin(t, "tell");

		place_run(t->history, "UPDATE message SET owner = 77 WHERE id = 2");
		append(t, reply, "once");
		reply->state = ends[i] ? MESSAGE_COMPLETE : MESSAGE_STREAMING;
		CU_ASSERT(write_once(t, &gone, &lost) && lost);
		place_expect(t->history, "SELECT content || coalesce(owner, '') FROM message WHERE id = 2", "77");
		place_expect(t->history, "SELECT count(*) FROM journal", "0");
		talk_save(t);
		CU_ASSERT(conversation_leaf(t->conversation) == reply);
		talk_reopen(t);
		HARNESS_EQUAL(buf_text(&conversation_leaf(t->conversation)->content), "once");
		talk_free(t);
	}
}

/* All of it is written again, as a new conversation. */
static void
a_message_that_is_gone_starts_over(void)
{
	struct talk *t = begin();
	struct message *reply = talk_begin(t, "tell");

	place_run(t->history, "DELETE FROM message WHERE id = 2");
	append(t, reply, "once");
	talk_end(t, reply, MESSAGE_COMPLETE);
	CU_ASSERT(conversation_info(t->conversation)->row == 2);
	place_expect(t->history, "SELECT group_concat(content, '|') FROM message WHERE conversation = 2", "tell|once");
	talk_free(t);
}

static void
a_parent_that_has_no_row_is_gone(void)
{
	struct talk *t = begin();
	struct save *save;
	struct err err;
	bool gone = false;

	conversation_add(t->conversation, conversation_add(t->conversation, NULL, CHAT_USER, "a"), CHAT_ASSISTANT, "b");
	save = saver_take(t->saver, t->conversation, 0);
	save->messages[1].parent.id = 99;
	CU_ASSERT(!write_save(t->history, save, NULL, &gone, &err) && gone);
	CU_ASSERT(save->row == 0 && save->messages[0].row == 0);
	place_expect(t->history, "SELECT count(*) FROM message", "0");
	saver_start_over(t->saver, t->conversation, save);
	talk_save(t);
	place_expect(t->history, "SELECT group_concat(content, '|') FROM message", "a|b");
	talk_free(t);
}

/* Taken back here, answered there. */
static void
an_answered_message_is_not_removed(void)
{
	struct talk *t = begin();
	struct message *m;

	conversation_add(t->conversation, NULL, CHAT_USER, "a");
	m = conversation_add(t->conversation, conversation_leaf(t->conversation), CHAT_USER, "b");
	talk_save(t);
	place_run(t->history, "INSERT INTO message (conversation, parent, role, state, content, created)"
	                      " VALUES (1, 2, 'assistant', 'complete', 'c', 0)");
	conversation_remove(t->conversation, m);
	talk_save(t);
	place_expect(t->history, "SELECT group_concat(content, '|') FROM message", "a|b|c");
	talk_free(t);
}

static void
times_are_the_messages_own(void)
{
	struct talk *t = begin();

	conversation_add(t->conversation, NULL, CHAT_USER, "a")->created_ms = 5;
	talk_save(t);
	place_expect(t->history, "SELECT created FROM message", "5");
	talk_free(t);
}

/* ---- loading ---- */

static void
a_place_in_a_hidden_message_is_none(void)
{
	struct talk *t = begin();

	talk_end(t, talk_begin(t, "a"), MESSAGE_COMPLETE);
	place_run(t->history, "UPDATE conversation SET seen_message = 2, seen_line = 17");
	talk_load(t, 1);
	CU_ASSERT(t->loaded.seen == 2 && t->loaded.seen_line == 17);
	place_run(t->history, "UPDATE message SET deleted = 1 WHERE id = 2");
	talk_load(t, 1);
	CU_ASSERT(t->loaded.seen == 0 && t->loaded.seen_line == 0);
	talk_free(t);
}

static void
what_is_below_a_hidden_message_is_hidden(void)
{
	struct talk *t = begin();

	talk_end(t, talk_begin(t, "a"), MESSAGE_COMPLETE);
	talk_end(t, talk_begin(t, "b"), MESSAGE_COMPLETE);
	place_run(t->history, "UPDATE message SET deleted = 1 WHERE id = 2");
	talk_load(t, 1);
	CU_ASSERT(conversation_leaf(t->conversation)->id == 1 && !conversation_find(t->conversation, 2));
	talk_free(t);
}

/* Another program has written it. It is cut between two characters. */
static void
what_is_too_long_is_cut(void)
{
	struct talk *t = begin();
	const struct buf *title;

	talk_end(t, talk_begin(t, "a"), MESSAGE_COMPLETE);
	place_run(t->history, "UPDATE conversation SET title = 'x' || replace(hex(zeroblob(2500)), '00', 'é')");
	talk_load(t, 1);
	title = &conversation_info(t->conversation)->title;
	CU_ASSERT(title->len == CONVERSATION_TITLE_MAX - 1 && utf8_span(title->data, title->len) == title->len);
	talk_free(t);
}

CU_TestInfo rules_tests[] = {
        {"a message of another writer is lost", a_message_of_another_writer_is_lost},
        {"a message that is gone starts over", a_message_that_is_gone_starts_over},
        {"a parent that has no row is gone", a_parent_that_has_no_row_is_gone},
        {"an answered message is not removed", an_answered_message_is_not_removed},
        {"times are the messages' own", times_are_the_messages_own},
        {"a place in a hidden message is none", a_place_in_a_hidden_message_is_none},
        {"what is below a hidden message is hidden", what_is_below_a_hidden_message_is_hidden},
        {"what is too long is cut", what_is_too_long_is_cut},
        CU_TEST_INFO_NULL,
};
