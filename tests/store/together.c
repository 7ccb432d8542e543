/*
 * together.c - the saves of several conversations in one transaction, and what becomes of the others when one cannot be written.
 */
#include <poll.h>
#include <stdlib.h>

#include "store/database.h"
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

static struct store_result *
next_saved(struct store *store)
{
	struct store_result *r;

	for (;;) {
		struct pollfd fd = {store_fd(store), POLLIN, 0};

		while ((r = store_take(store)) != NULL) {
			if (r->type == STORE_SAVED)
				return r;
			store_result_free(r);
		}
		if (store_sleep(store))
			CU_ASSERT_FATAL(poll(&fd, 1, 10000) > 0);
		store_awake(store, fd.revents != 0);
	}
}

static struct store *
start(void)
{
	char *path = place_path("history.db");
	struct err err;
	struct store *store = store_new(path, NULL, NULL, &err);

	CU_ASSERT_FATAL(store != NULL);
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
		struct store_result *r = next_saved(store);

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
		struct store_result *r = next_saved(store);

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
        {"the others are saved though one is gone", the_others_are_saved_though_one_is_gone},
        {"a lock is waited for once", a_lock_is_waited_for_once},
        CU_TEST_INFO_NULL,
};
