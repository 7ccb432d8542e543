/*
 * together.c - the saves of several conversations in one transaction, and what becomes of the others when one cannot be written.
 */
#include <poll.h>
#include <stdlib.h>

#include "store/database.h"
#include "store/held.h"
#include "store/saver.h"
#include "store/worker.h"
#include "store/write.h"
#include "tests/harness.h"
#include "tests/store/place.h"
#include "tests/store/talk.h"
#include "tests/store/tests.h"

enum {
	TALKS = 3,
	SPOILT = 1, /* the one that is gone from the history */
};

struct scene {
	struct history *history;
	struct talk *talks[TALKS];
	int commits;
};

static int
count_commit(void *commits)
{
	++*(int *)commits;
	return 0;
}

/* Each has a message that the history has too. */
static void
begin(struct scene *s)
{
	*s = (struct scene){0};
	place_make();
	s->history = place_open();
	for (size_t i = 0; i < TALKS; i++) {
		s->talks[i] = talk_join(s->history, conversation_new(NULL));
		conversation_add(s->talks[i]->conversation, NULL, CHAT_USER, "old");
		talk_save(s->talks[i]);
	}
	sqlite3_commit_hook(history_database(s->history)->sqlite, count_commit, &s->commits);
}

static void
end(struct scene *s)
{
	for (size_t i = 0; i < TALKS; i++)
		talk_drop(s->talks[i]);
	if (s->history)
		history_close(s->history);
	place_remove();
}

/* One more message in each: their saves, in a row. */
static struct save *
take_all(struct scene *s)
{
	struct save *first = NULL, **link = &first;

	for (size_t i = 0; i < TALKS; i++) {
		struct conversation *c = s->talks[i]->conversation;

		conversation_add(c, conversation_leaf(c), CHAT_USER, "new");
		*link = saver_take(s->talks[i]->saver, c, 0);
		CU_ASSERT_FATAL(*link != NULL);
		link = &(*link)->next;
	}
	return first;
}

static void
several_conversations_are_one_commit(void)
{
	struct save *first, *next;
	struct scene s;
	struct err err;
	bool gone;

	begin(&s);
	first = take_all(&s);
	CU_ASSERT(write_save(s.history, first, NULL, &gone, &err));
	CU_ASSERT(s.commits == 1);
	place_expect(s.history, "SELECT group_concat(content) FROM message", "old,old,old,new,new,new");
	place_expect(s.history, "SELECT group_concat(conversation) FROM (SELECT conversation FROM message ORDER BY id)",
	        "1,2,3,1,2,3");
	for (size_t i = 0; i < TALKS; i++, first = next) {
		next = first->next;
		first->next = NULL;
		saver_saved(s.talks[i]->saver, s.talks[i]->conversation, first, 0);
		CU_ASSERT(conversation_leaf(s.talks[i]->conversation)->row == (int64_t)(TALKS + i + 1));
	}
	end(&s);
}

static void
none_is_written_where_one_cannot_be(void)
{
	struct save *first;
	struct scene s;
	struct err err;
	bool gone;

	begin(&s);
	place_run(s.history, "DELETE FROM message WHERE conversation = 2; DELETE FROM conversation WHERE id = 2");
	first = take_all(&s);
	s.commits = 0;
	CU_ASSERT(!write_save(s.history, first, NULL, &gone, &err) && gone);
	CU_ASSERT(s.commits == 0);
	place_expect(s.history, "SELECT count(*) FROM message", "2");
	for (const struct save *save = first; save; save = save->next)
		CU_ASSERT(save->row != 0 && save->messages[0].row == 0);
	save_free(first);
	end(&s);
}

/* One more message in the first talk. */
static bool
save_one(struct scene *s)
{
	struct conversation *c = s->talks[0]->conversation;
	struct save *save;
	struct err err;
	bool gone, good;

	conversation_add(c, conversation_leaf(c), CHAT_USER, "new");
	save = saver_take(s->talks[0]->saver, c, 0);
	CU_ASSERT_FATAL(save != NULL);
	good = write_save(s->history, save, NULL, &gone, &err);
	if (good)
		saver_saved(s->talks[0]->saver, c, save, 0);
	else
		saver_failed(s->talks[0]->saver, save, 0);
	return good;
}

static void
settings_go_with_the_next_save(void)
{
	struct scene s;

	begin(&s);
	CU_ASSERT(held_wait_ms(history_held(s.history), 0) == -1);
	held_add(history_held(s.history), "open", "1", 1000);
	held_add(history_held(s.history), "layout", "two panes", 1010);
	held_add(history_held(s.history), "open", "2", 1020);
	CU_ASSERT(
	        held_wait_ms(history_held(s.history), 1020) == 230 && held_wait_ms(history_held(s.history), 9000) == 0);
	place_expect(s.history, "SELECT count(*) FROM setting WHERE key IN ('open', 'layout')", "0");
	CU_ASSERT(save_one(&s) && s.commits == 1 && held_wait_ms(history_held(s.history), 1020) == -1);
	place_expect(
	        s.history, "SELECT group_concat(value) FROM setting WHERE key IN ('open', 'layout')", "two panes,2");
	held_add(history_held(s.history), "open", NULL, 1000);
	CU_ASSERT(save_one(&s) && s.commits == 2);
	place_expect(s.history, "SELECT count(*) FROM setting WHERE key = 'open'", "0");
	end(&s);
}

static void
settings_wait_while_saves_fail(void)
{
	struct scene s;
	struct err err;

	begin(&s);
	place_run(s.history, "CREATE TRIGGER t BEFORE INSERT ON message BEGIN SELECT RAISE(ABORT, 'no'); END");
	held_add(history_held(s.history), "open", "2", 1000);
	CU_ASSERT(!save_one(&s) && held_wait_ms(history_held(s.history), 1000) == 250);
	place_expect(s.history, "SELECT count(*) FROM setting WHERE key = 'open'", "0");
	CU_ASSERT(held_write(history_held(s.history), history_database(s.history), &err) &&
	          held_wait_ms(history_held(s.history), 1000) == -1);
	place_expect(s.history, "SELECT value FROM setting WHERE key = 'open'", "2");
	end(&s);
}

static void
settings_that_fail_spoil_no_save(void)
{
	struct scene s;
	struct err err;

	begin(&s);
	place_run(s.history, "CREATE TRIGGER t BEFORE INSERT ON setting WHEN new.key = 'open'"
	                     "  BEGIN SELECT RAISE(ABORT, 'no'); END");
	held_add(history_held(s.history), "open", "2", 1000);
	held_add(history_held(s.history), "layout", "two panes", 1000);
	s.commits = 0;
	CU_ASSERT(save_one(&s) && s.commits == 1 && held_wait_ms(history_held(s.history), 1000) == 250);
	CU_ASSERT(!held_write(history_held(s.history), history_database(s.history), &err) &&
	          held_wait_ms(history_held(s.history), 1000) == -1);
	place_expect(s.history, "SELECT count(*) FROM setting WHERE key = 'layout'", "1");
	CU_ASSERT(save_one(&s));
	end(&s);
}

/* The next result of this type; others are let go. */
static struct store_result *
next_of(struct store *store, enum store_type type)
{
	struct store_result *r;

	for (;;) {
		struct pollfd fd = {store_fd(store), POLLIN, 0};

		while ((r = store_take(store)) != NULL) {
			if (r->type == type)
				return r;
			store_result_free(r);
		}
		if (store_sleep(store, false))
			CU_ASSERT_FATAL(poll(&fd, 1, 10000) > 0);
		store_awake(store, fd.revents != 0);
	}
}

/* It has opened the history. */
static struct store *
start(void)
{
	char *path = place_path("history.db");
	struct err err;
	struct store *store = store_new(path, NULL, NULL, &err);
	struct store_result *r;

	CU_ASSERT_FATAL(store != NULL);
	r = next_of(store, STORE_OPENED);
	HARNESS_CHECK(r->err.code == ERR_NONE, "%s", r->err.text);
	store_result_free(r);
	free(path);
	return store;
}

static void
the_others_are_saved_though_one_is_gone(void)
{
	struct store *store;
	struct scene s;

	begin(&s);
	place_run(s.history, "DELETE FROM message WHERE conversation = 2; DELETE FROM conversation WHERE id = 2");
	store = start();
	CU_ASSERT_FATAL(store_save(store, take_all(&s)));
	for (size_t i = 0; i < TALKS; i++) {
		struct store_result *r = next_of(store, STORE_SAVED);

		CU_ASSERT(r->err.code == ERR_NONE && !r->save->next && r->start_over == (i == SPOILT));
		store_result_free(r);
	}
	store_free(store);
	place_expect(s.history, "SELECT group_concat(content) FROM message WHERE conversation = 1", "old,new");
	place_expect(s.history, "SELECT group_concat(content) FROM message WHERE conversation = 3", "old,new");
	end(&s);
}

/* Each would be tried again for two seconds. */
static void
a_lock_is_waited_for_once(void)
{
	struct store *store;
	struct scene s;

	begin(&s);
	store = start();
	place_run(s.history, "BEGIN IMMEDIATE");
	CU_ASSERT_FATAL(store_save(store, take_all(&s)));
	for (size_t i = 0; i < TALKS; i++) {
		struct store_result *r = next_of(store, STORE_SAVED);

		HARNESS_CHECK(r->err.code != ERR_NONE && !r->start_over, "%s", r->err.text);
		store_result_free(r);
		if (i == 0)
			place_run(s.history, "COMMIT"); /* those after it would go well */
	}
	store_free(store);
	end(&s);
}

CU_TestInfo together_tests[] = {
        {"several conversations are one commit", several_conversations_are_one_commit},
        {"none is written where one cannot be", none_is_written_where_one_cannot_be},
        {"settings go with the next save", settings_go_with_the_next_save},
        {"settings wait while saves fail", settings_wait_while_saves_fail},
        {"settings that fail spoil no save", settings_that_fail_spoil_no_save},
        {"the others are saved though one is gone", the_others_are_saved_though_one_is_gone},
        {"a lock is waited for once", a_lock_is_waited_for_once},
        CU_TEST_INFO_NULL,
};
