/*
 * history.c - what goes into the history comes out of it.
 */
#include "store/history.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "store/database.h"
#include "store/load.h"
#include "store/saver.h"
#include "store/sqlite.h"
#include "store/write.h"
#include "tests/harness.h"
#include "tests/store/place.h"
#include "tests/store/talk.h"
#include "tests/store/tests.h"

static int
mode_of(const char *name)
{
	char *path = place_path(name);
	struct stat st = {0};

	stat(path, &st);
	free(path);
	return st.st_mode & 0777;
}

static void
files_are_private(void)
{
	struct history *h;

	place_make();
	h = place_open();
	place_run(h, "INSERT INTO setting VALUES ('a', 'b')");
	CU_ASSERT(mode_of("history.db") == 0600);
	CU_ASSERT(mode_of("history.db-wal") == 0600);
	CU_ASSERT(mode_of("history.db-shm") == 0600);
	CU_ASSERT(mode_of("history.lock") == 0600);
	history_close(h);
	place_remove();
}

static void
keeps_settings(void)
{
	struct history *h;
	struct err err;
	char *value;

	place_make();
	h = place_open();
	CU_ASSERT(history_setting(h, "open", &value, &err) && !value);
	CU_ASSERT(history_set(h, "open", "7", &err) && history_set(h, "open", "8", &err));
	history_close(h);
	h = place_open();
	CU_ASSERT(history_setting(h, "open", &value, &err));
	HARNESS_EQUAL(value, "8");
	free(value);
	CU_ASSERT(history_set(h, "open", NULL, &err) && history_setting(h, "open", &value, &err) && !value);
	history_close(h);
	place_remove();
}

/* ---- round trips ---- */

/* A conversation with everything that can be in one. */
static struct conversation *
everything(void)
{
	struct conversation *c = conversation_new("Be \xc3\xa9 brief.");
	struct conversation_info *info = conversation_info(c);
	struct message *a = conversation_add(c, NULL, CHAT_USER, "a 'quoted' \"prompt\"\nof two lines"), *b, *d;

	buf_puts(&info->title, "A title");
	info->titled = TITLE_BY_MODEL;
	info->created_ms = 1000;
	info->pinned = true;
	info->archived = true;
	conversation_touch_info(c);
	a->created_ms = 1001;
	b = conversation_add(c, a, CHAT_ASSISTANT, "");
	talk_put(&b->reasoning, "thought \xe4\xb8\xad\xe6\x96\x87");
	talk_put(&b->content, "reply");
	buf_puts(&b->model, "qwen");
	buf_puts(&b->endpoint, "http://localhost:8080");
	buf_puts(&b->parameters, "{\"temperature\":0.2}");
	buf_puts(&b->finish_reason, "stop");
	b->usage = (struct chat_usage){11, 22, -1};
	b->timings = (struct chat_timings){1, 2, 3, 4.5, 0.1, 1.0 / 3, 1e9, 9, 8, 70};
	b->thought_tokens = 5;
	b->thought_ms = 600;
	b->tool_calls = true;
	d = conversation_add(c, a, CHAT_ASSISTANT, "another");
	d->state = MESSAGE_FAILED;
	d->error = mem_alloc(sizeof(*d->error));
	err_set(d->error, ERR_TIMEOUT, "llama-server request timed out");
	conversation_add(c, d, CHAT_USER, "");
	conversation_add(c, NULL, CHAT_SYSTEM, "a second root")->state = MESSAGE_STOPPED;
	conversation_set_leaf(c, b);
	return c;
}

static void
everything_comes_back(void)
{
	struct conversation *c = everything();
	struct talk *t;
	char *before = talk_text(c), *after;

	place_make();
	t = talk_new(c);
	saver_set_draft(t->saver, "half a thou");
	saver_set_place(t->saver, 2, 17);
	talk_save(t);
	talk_reopen(t);
	after = talk_text(t->conversation);
	HARNESS_EQUAL(after, before);
	HARNESS_EQUAL(buf_text(&t->loaded.draft), "half a thou");
	CU_ASSERT(t->loaded.seen == 2 && t->loaded.seen_line == 17);
	CU_ASSERT(!conversation_is_changed(t->conversation));
	CU_ASSERT(strlen(conversation_info(t->conversation)->uuid) == 36);
	place_check(t->history);
	talk_free(t);
	free(before);
	free(after);
}

/* Both were on their way to the disk when they were taken back. */
static void
what_is_taken_back_meanwhile_is_not_kept(void)
{
	struct conversation *c = conversation_new(NULL);
	struct message *a = conversation_add(c, NULL, CHAT_USER, "a"), *b = conversation_add(c, a, CHAT_ASSISTANT, "");
	struct talk *t;
	struct save *save;
	struct err err;
	bool gone;

	place_make();
	t = talk_new(c);
	save = saver_take(t->saver, c, 0);
	conversation_remove(c, b);
	CU_ASSERT(!saver_take(t->saver, c, 0));
	CU_ASSERT(write_save(t->history, save, NULL, &gone, &err));
	conversation_remove(c, a);
	saver_saved(t->saver, c, save, 0);
	talk_save(t);
	place_expect(t->history, "SELECT count(*) FROM message", "0");
	CU_ASSERT(!saver_is_dirty(t->saver, c));
	talk_free(t);
}

/* A reply of these pieces, saved after each; the loop cuts the run off at every one of them. */
static void
a_reply_is_journalled_and_folded(void)
{
	static const char *const pieces[] = {"Once ", "upon", "", " a time", " \xf0\x9f\x90\xbb", "."};
	struct talk *t;
	struct message *reply;

	place_make();
	t = talk_new(conversation_new(NULL));
	reply = talk_begin(t, "tell");
	for (size_t i = 0; i < ARRAY_LEN(pieces); i++) {
		talk_put(i < 3 ? &reply->reasoning : &reply->content, pieces[i]);
		conversation_touch(t->conversation, reply);
		talk_save(t);
	}
	place_expect(t->history, "SELECT count(*) FROM journal", "5");
	talk_end(t, reply, MESSAGE_COMPLETE);
	place_expect(t->history, "SELECT count(*) FROM journal", "0");
	place_expect(t->history, "SELECT reasoning || '|' || content || '|' || state FROM message WHERE id = 2",
	        "Once upon| a time \xf0\x9f\x90\xbb.|complete");
	place_expect(t->history, "SELECT rowid FROM message_words WHERE message_words MATCH 'upon'", "2");
	place_check(t->history);
	talk_free(t);
}

static void
a_settled_reply_goes_on(void)
{
	struct talk *t;
	struct message *reply;

	place_make();
	t = talk_new(conversation_new(NULL));
	reply = talk_begin(t, "count");
	talk_put(&reply->content, "one ");
	talk_end(t, reply, MESSAGE_STOPPED);
	talk_reopen(t);
	reply = conversation_leaf(t->conversation);
	reply->state = MESSAGE_STREAMING;
	conversation_touch(t->conversation, reply);
	talk_save(t);
	talk_put(&reply->content, "two ");
	conversation_touch(t->conversation, reply);
	talk_save(t);
	talk_put(&reply->content, "three");
	talk_end(t, reply, MESSAGE_COMPLETE);
	place_expect(t->history, "SELECT group_concat(content || ' ' || state, '|') FROM message",
	        "count complete|one two three complete");
	place_check(t->history);
	talk_free(t);
}

static void
removed_messages_go(void)
{
	struct talk *t;
	struct message *reply;
	char *have;

	place_make();
	t = talk_new(conversation_new(NULL));
	reply = talk_begin(t, "never answered");
	talk_save(t);
	conversation_remove(t->conversation, reply);
	talk_save(t);
	talk_reopen(t);
	have = talk_text(t->conversation);
	CU_ASSERT(conversation_next(t->conversation, NULL) && !conversation_find(t->conversation, 2));
	free(have);
	place_check(t->history);
	talk_free(t);
}

static void
deleted_messages_are_hidden_and_come_back(void)
{
	struct talk *t;
	struct message *a, *b;
	char *all, *have;

	place_make();
	t = talk_new(conversation_new(NULL));
	a = conversation_add(t->conversation, NULL, CHAT_USER, "a");
	b = conversation_add(t->conversation, a, CHAT_ASSISTANT, "b");
	conversation_add(t->conversation, b, CHAT_USER, "c");
	conversation_add(t->conversation, a, CHAT_ASSISTANT, "d");
	talk_save(t);
	all = talk_text(t->conversation);
	conversation_delete(t->conversation, b->first_child);
	conversation_delete(t->conversation, b);
	talk_save(t);
	place_expect(t->history, "SELECT group_concat(content, ' ') FROM message WHERE deleted IS NULL", "a d");
	conversation_undelete(t->conversation);
	talk_save(t);
	place_expect(t->history, "SELECT group_concat(content, ' ') FROM message WHERE deleted IS NULL", "a b d");
	conversation_undelete(t->conversation);
	conversation_set_leaf(t->conversation, conversation_find(t->conversation, 4));
	talk_reopen(t);
	have = talk_text(t->conversation);
	HARNESS_EQUAL(have, all);
	free(have);
	free(all);
	talk_free(t);
}

static int
count_step(void *arg)
{
	++*(int *)arg;
	return 0;
}

/* SQLite's steps to save a prompt and the beginning of its reply below so many messages. */
static int
steps_below(int messages)
{
	struct talk *t;
	int steps = 0;

	place_make();
	t = talk_new(conversation_new(NULL));
	for (int i = 0; i < messages; i++) {
		struct message *m = conversation_add(
		        t->conversation, conversation_leaf(t->conversation), i % 2 ? CHAT_ASSISTANT : CHAT_USER, "a");

		if (i % 2)
			buf_puts(&m->model, "m");
	}
	talk_save(t);
	sqlite3_progress_handler(history_database(t->history)->sqlite, 1, count_step, &steps);
	(void)talk_begin(t, "what next?");
	sqlite3_progress_handler(history_database(t->history)->sqlite, 0, NULL, NULL);
	talk_free(t);
	return steps;
}

static void
a_prompt_costs_the_same_however_much_is_above_it(void)
{
	int few = steps_below(10), many = steps_below(1010);

	HARNESS_CHECK(few > 100 && many < few + 100, "%d steps below 10 messages, %d below 1,010", few, many);
}

/* Between two saves, in any order: as it is in the end. */
static void
deleting_and_bringing_back_between_two_saves(void)
{
	static const char shown[] = "SELECT group_concat(content, ' ') FROM message WHERE deleted IS NULL";
	struct talk *t;
	struct message *a, *b;

	place_make();
	t = talk_new(conversation_new(NULL));
	a = conversation_add(t->conversation, NULL, CHAT_USER, "a");
	b = conversation_add(t->conversation, a, CHAT_ASSISTANT, "b");
	conversation_add(t->conversation, b, CHAT_USER, "c");
	talk_save(t);
	conversation_delete(t->conversation, a);
	talk_save(t);
	conversation_undelete(t->conversation);
	conversation_delete(t->conversation, b);
	talk_save(t);
	place_expect(t->history, shown, "a");
	conversation_undelete(t->conversation);
	conversation_add(t->conversation, b, CHAT_USER, "d");
	conversation_delete(t->conversation, b);
	talk_save(t);
	place_expect(t->history, shown, "a");
	conversation_undelete(t->conversation);
	talk_save(t);
	place_expect(t->history, shown, "a b c d");
	talk_free(t);
}

static void
ten_thousand_messages_load_at_once(void)
{
	struct talk *t;
	struct message *m = NULL;

	place_make();
	t = talk_new(conversation_new(NULL));
	for (int i = 0; i < 10000; i++) {
		m = conversation_add(t->conversation, m, i % 2 ? CHAT_ASSISTANT : CHAT_USER,
		        "Some text of about the length that a message has, which is more than one line.");
		m->usage = (struct chat_usage){i, 2, 3};
		m->timings = (struct chat_timings){1, 2, 3, 4.5, 0.1, 1.0 / 3, 1e9, 9, 8, 70};
	}
	talk_save(t);
	talk_reopen(t);
	CU_ASSERT(conversation_find(t->conversation, 10000) == conversation_leaf(t->conversation));
	talk_free(t);
}

CU_TestInfo history_tests[] = {
        {"files are private", files_are_private},
        {"keeps settings", keeps_settings},
        {"everything comes back", everything_comes_back},
        {"what is taken back meanwhile is not kept", what_is_taken_back_meanwhile_is_not_kept},
        {"a reply is journalled and folded", a_reply_is_journalled_and_folded},
        {"a settled reply goes on", a_settled_reply_goes_on},
        {"removed messages go", removed_messages_go},
        {"deleted messages are hidden and come back", deleted_messages_are_hidden_and_come_back},
        {"deleting and bringing back between two saves", deleting_and_bringing_back_between_two_saves},
        {"a prompt costs the same however much is above it", a_prompt_costs_the_same_however_much_is_above_it},
        {"ten thousand messages load at once", ten_thousand_messages_load_at_once},
        CU_TEST_INFO_NULL,
};
