/*
 * worker.c - the store's two threads: what is commanded is done, in order, and does not wait for what is asked.
 */
#include "store/worker.h"

#include <poll.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "store/database.h"
#include "store/saver.h"
#include "tests/harness.h"
#include "tests/store/place.h"
#include "tests/store/talk.h"
#include "tests/store/tests.h"

/* The next result; the test ends when there is none for ten seconds. */
static struct store_result *
next(struct store *store)
{
	struct store_result *r;

	while (!(r = store_take(store))) {
		struct pollfd fd = {store_fd(store), POLLIN, 0};

		if (store_sleep(store, false))
			CU_ASSERT_FATAL(poll(&fd, 1, 10000) > 0);
		store_awake(store, fd.revents != 0);
	}
	return r;
}

/* The next result, which is of this type. */
static struct store_result *
expect(struct store *store, enum store_type type)
{
	struct store_result *r = next(store);

	HARNESS_CHECK(r->type == type, "it is %d: %s", (int)r->type, r->err.text);
	return r;
}

static void
expect_start(struct store *store)
{
	struct store_result *r = expect(store, STORE_OPENED);

	HARNESS_CHECK(r->err.code == ERR_NONE, "%s", r->err.text);
	store_result_free(r);
	store_result_free(expect(store, STORE_PROMPTS));
}

/* Sends what is new of it, and hands back what became of that. */
static void
save(struct store *store, struct saver *saver, struct conversation *c)
{
	struct store_result *r;
	struct save *s = saver_take(saver, c, 0);

	CU_ASSERT_FATAL(s && store_save(store, s));
	r = expect(store, STORE_SAVED);
	CU_ASSERT(r->err.code == ERR_NONE && !r->start_over && r->id == 5);
	saver_saved(saver, c, r->save, 0);
	r->save = NULL;
	store_result_free(r);
}

/* Whether somebody who is patient was woken up all the same. */
static bool
rings(struct store *store)
{
	struct pollfd fd = {store_fd(store), POLLIN, 0};

	return poll(&fd, 1, 0) > 0;
}

/* The results of saves are there without a wake-up; those that somebody waits for are not put off. */
static void
saves_wake_nobody_who_is_patient(void)
{
	struct conversation *c = conversation_new(NULL);
	struct saver *saver = saver_new(5);
	struct store_result *r;
	struct store *store;
	int64_t now_ms;

	place_make();
	store = place_start();
	expect_start(store);
	now_ms = clock_ms();
	CU_ASSERT(store_patience_ms(store, now_ms) == -1);
	conversation_add(c, NULL, CHAT_USER, "hello");
	CU_ASSERT_FATAL(store_sleep(store, true) && store_save(store, saver_take(saver, c, 0)));
	while (!(r = store_take(store)))
		sched_yield();
	CU_ASSERT(r->type == STORE_SAVED && r->done_ms >= now_ms && !rings(store));
	store_awake(store, false);
	store_result_free(r);
	CU_ASSERT(store_load(store, 1) && store_patience_ms(store, clock_ms()) == -1);
	store_result_free(expect(store, STORE_LOADED));
	store_free(store);
	saver_free(saver);
	conversation_free(c);
	place_remove();
}

static void
begins_where_it_ended(void)
{
	struct store *store;
	struct store_result *r;
	struct conversation *c = conversation_new("system");
	struct saver *saver = saver_new(5);

	place_make();
	store = place_start();
	expect_start(store);
	conversation_add(c, NULL, CHAT_USER, "hello");
	save(store, saver, c);
	CU_ASSERT(store_set(store, "open", "1"));
	CU_ASSERT(store_prompt(store, "hello") && store_edit(store, 1, EDIT_RENAME, "Greeting"));
	store_free(store);
	store = place_start();
	r = expect(store, STORE_OPENED);
	CU_ASSERT(r->open == 1 && r->recovered.messages == 0 && !r->notice);
	CU_ASSERT(!r->draft);
	store_result_free(r);
	r = expect(store, STORE_PROMPTS);
	CU_ASSERT_FATAL(r->n_prompts == 1);
	HARNESS_EQUAL(r->prompts[0], "hello");
	store_result_free(r);
	CU_ASSERT(store_load(store, 1));
	r = expect(store, STORE_LOADED);
	CU_ASSERT_FATAL(r->loaded.conversation != NULL);
	HARNESS_EQUAL(buf_text(&conversation_info(r->loaded.conversation)->title), "Greeting");
	store_result_free(r);
	CU_ASSERT(store_load(store, 77) && store_edit(store, 78, EDIT_PIN, NULL));
	r = expect(store, STORE_LOADED);
	HARNESS_EQUAL(r->err.text, "there is no conversation 77");
	store_result_free(r);
	r = expect(store, STORE_EDITED);
	HARNESS_EQUAL(r->err.text, "there is no conversation 78");
	store_result_free(r);
	store_free(store);
	saver_free(saver);
	conversation_free(c);
	place_remove();
}

static void
type(struct store *store, const char *draft)
{
	struct conversation *c = conversation_new(NULL);
	struct saver *saver = saver_new(5);

	saver_set_draft(saver, draft);
	save(store, saver, c);
	saver_free(saver);
	conversation_free(c);
}

/* Two flynns with a draft each in a conversation without a message: the next one begins with the newer, and can recall
 * the other. One that is still there keeps its own. */
static void
two_drafts_are_both_there(void)
{
	struct store *stores[3];
	struct store_result *r;

	if (!place_has_two_users())
		return;
	place_make();
	for (int i = 0; i < 3; i++) {
		stores[i] = place_start();
		expect_start(stores[i]);
		type(stores[i], (const char *[]){"one", "two", "three"}[i]);
	}
	store_free(stores[1]);
	store_free(stores[0]);
	stores[0] = place_start();
	r = expect(stores[0], STORE_OPENED);
	HARNESS_EQUAL(r->draft, "two");
	store_result_free(r);
	r = expect(stores[0], STORE_PROMPTS);
	CU_ASSERT_FATAL(r->n_prompts == 1);
	HARNESS_EQUAL(r->prompts[0], "one");
	store_result_free(r);
	store_free(stores[0]);
	store_free(stores[2]);
	place_remove();
}

/* ---- questions ---- */

struct counting {
	struct store_question question;
	int64_t up_to, counted;
};

static bool
count(struct history *h, struct store_question *question, struct err *err)
{
	struct counting *c = (struct counting *)question;
	char *sql = mem_printf("WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < %lld)"
	                       "  SELECT count(*) FROM n",
	        (long long)c->up_to);
	bool good = database_number(history_database(h), sql, &c->counted, err);

	free(sql);
	return good;
}

static void
free_question(struct store_question *question)
{
	free(question);
}

static struct store_question *
counting_new(int kind, int64_t up_to)
{
	struct counting *c = mem_alloc(sizeof(*c));

	*c = (struct counting){{.kind = kind, .ask = count, .free = free_question}, up_to, 0};
	return &c->question;
}

static int64_t
answer(struct store *store)
{
	struct store_result *r = expect(store, STORE_ANSWER);
	int64_t counted = ((struct counting *)r->question)->counted;

	CU_ASSERT(r->err.code == ERR_NONE);
	store_result_free(r);
	return counted;
}

static void
answers_questions(void)
{
	struct store *store;

	place_make();
	store = place_start();
	expect_start(store);
	CU_ASSERT(store_ask(store, counting_new(0, 10)));
	CU_ASSERT(answer(store) == 10);
	store_free(store);
	place_remove();
}

enum {
	FOREVER = 1000000000, /* it counts for minutes, unless it is made to leave off */
};

static void
a_newer_question_ends_the_older(void)
{
	struct store *store;

	place_make();
	store = place_start();
	expect_start(store);
	for (int i = 1; i <= 20; i++)
		CU_ASSERT(store_ask(store, counting_new(1, i < 20 ? FOREVER : 7)));
	CU_ASSERT(answer(store) == 7);
	store_free(store);
	place_remove();
}

static void
commands_do_not_wait_for_a_question(void)
{
	struct conversation *c = conversation_new(NULL);
	struct saver *saver = saver_new(5);
	struct store *store;
	struct store_result *r;

	place_make();
	store = place_start();
	expect_start(store);
	CU_ASSERT(store_ask(store, counting_new(1, FOREVER)));
	for (int i = 0; i < 20; i++) {
		conversation_add(c, conversation_leaf(c), CHAT_USER, "more");
		save(store, saver, c);
	}
	CU_ASSERT(store_load(store, 1));
	r = expect(store, STORE_LOADED);
	CU_ASSERT(conversation_find(r->loaded.conversation, 20) != NULL);
	store_result_free(r);
	CU_ASSERT(store_ask(store, counting_new(2, 3)));
	CU_ASSERT(store_ask(store, counting_new(1, 5)));
	CU_ASSERT(answer(store) + answer(store) == 8);
	CU_ASSERT(store_ask(store, counting_new(1, FOREVER)));
	store_free(store);
	saver_free(saver);
	conversation_free(c);
	place_remove();
}

/* One that reads a row, and then stays where it is until it is let go: as a search within a single step of FTS5, where
 * nothing can end it. */
struct staying {
	struct store_question question;
	int begun, go;
};

static bool
stay(struct history *h, struct store_question *question, struct err *err)
{
	const struct staying *s = (const struct staying *)question;
	sqlite3_stmt *row = database_prepare(history_database(h), "SELECT id FROM message", err);
	bool failed;
	char byte = 0;

	CU_ASSERT_FATAL(row && database_row(history_database(h), row, &failed, err));
	CU_ASSERT_FATAL(write(s->begun, &byte, 1) == 1 && read(s->go, &byte, 1) == 1);
	sqlite3_reset(row);
	return true;
}

static void
a_save_is_durable_while_a_search_runs(void)
{
	struct conversation *c = conversation_new(NULL);
	struct saver *saver = saver_new(5);
	struct staying *staying = mem_alloc(sizeof(*staying));
	struct store *store;
	struct history *other;
	int begun[2], go[2];
	char byte = 0;

	CU_ASSERT_FATAL(pipe(begun) == 0 && pipe(go) == 0);
	place_make();
	store = place_start();
	expect_start(store);
	conversation_add(c, NULL, CHAT_USER, "one");
	save(store, saver, c);
	*staying = (struct staying){{.kind = 1, .ask = stay, .free = free_question}, begun[1], go[0]};
	CU_ASSERT_FATAL(store_ask(store, &staying->question) && read(begun[0], &byte, 1) == 1);
	conversation_add(c, conversation_leaf(c), CHAT_USER, "two");
	save(store, saver, c);
	other = place_open();
	place_expect(other, "SELECT count(*) FROM message", "2");
	history_close(other);
	CU_ASSERT(write(go[1], &byte, 1) == 1);
	store_result_free(expect(store, STORE_ANSWER));
	store_free(store);
	for (int i = 0; i < 2; i++) {
		close(begun[i]);
		close(go[i]);
	}
	saver_free(saver);
	conversation_free(c);
	place_remove();
}

/* Searching all the time does not make the log grow for ever: it is restarted between two questions. */
static void
the_log_does_not_grow_under_searches(void)
{
	enum { SAVES = 400, BYTES = 60000, MOST = 12 * 1024 * 1024 };
	struct conversation *c = conversation_new(NULL);
	struct saver *saver = saver_new(5);
	struct store *store;
	struct stat st;
	char *log, *text = mem_alloc(BYTES + 1);

	memset(text, 'x', BYTES);
	place_make();
	log = place_path("history.db-wal");
	store = place_start();
	expect_start(store);
	for (int i = 0; i < SAVES; i++) {
		CU_ASSERT(store_ask(store, counting_new(1, 1000)));
		CU_ASSERT(answer(store) == 1000);
		conversation_add(c, NULL, CHAT_USER, text);
		save(store, saver, c);
	}
	HARNESS_CHECK(stat(log, &st) == 0 && st.st_size < MOST, "%lld", (long long)st.st_size);
	store_free(store);
	free(text);
	free(log);
	saver_free(saver);
	conversation_free(c);
	place_remove();
}

/* The history that the store begins with holds one message. */
static void
make_history(void)
{
	struct talk *t;

	place_make();
	t = talk_new(conversation_new(NULL));
	conversation_add(t->conversation, NULL, CHAT_USER, "foxes");
	talk_save(t);
	history_close(t->history);
	talk_drop(t);
}

static bool
match(struct history *h, struct store_question *question, struct err *err)
{
	struct counting *c = (struct counting *)question;

	return database_number(history_database(h),
	        "SELECT count(*) FROM message_words WHERE message_words MATCH 'foxes'", &c->counted, err);
}

static void
what_a_question_needs_is_mended(void)
{
	struct store_question *question;
	struct store_result *r;
	struct store *store;

	make_history();
	store = place_start();
	expect_start(store);
	place_break_index();
	for (int i = 0; i < 2; i++) {
		question = counting_new(1, 0);
		question->ask = match;
		CU_ASSERT_FATAL(store_ask(store, question));
		if (i == 0) {
			r = expect(store, STORE_OPENED);
			HARNESS_EQUAL(r->notice, "the search index of the history was damaged: it was rebuilt");
			store_result_free(r);
		}
		CU_ASSERT(answer(store) == 1);
	}
	store_free(store);
	place_remove();
}

/* The writer may come across the damage by itself, before it is told to save: then what it saves needs no second time. */
static void
a_question_makes_way_for_a_new_file(void)
{
	struct conversation *c = conversation_new(NULL);
	struct saver *saver = saver_new(5);
	struct store *store;
	struct store_result *r;
	struct history *h;

	make_history();
	place_break_table("conversation");
	store = place_start();
	expect_start(store);
	CU_ASSERT(store_ask(store, counting_new(1, FOREVER)));
	conversation_add(c, NULL, CHAT_USER, "kept");
	CU_ASSERT_FATAL(store_save(store, saver_take(saver, c, 0)));
	r = expect(store, STORE_OPENED);
	HARNESS_CHECK(r->notice && strncmp(r->notice, "the history was damaged: it is kept as /", 40) == 0, "%s %s",
	        r->err.text, r->notice);
	store_result_free(r);
	r = expect(store, STORE_SAVED);
	CU_ASSERT(r->err.code == ERR_NONE);
	if (r->start_over) {
		saver_start_over(saver, c, r->save);
		r->save = NULL;
		save(store, saver, c);
	}
	store_result_free(r);
	store_free(store);
	h = place_open();
	place_expect(h, "SELECT content FROM message", "kept");
	history_close(h);
	saver_free(saver);
	conversation_free(c);
	place_remove();
}

static void
goes_on_when_the_lock_is_gone(void)
{
	struct conversation *c = conversation_new(NULL);
	struct saver *saver = saver_new(5);
	struct store *store;
	struct store_result *r;
	struct history *other;

	place_make();
	other = place_open();
	store = place_start();
	expect_start(store);
	place_run(other, "BEGIN IMMEDIATE");
	conversation_add(c, NULL, CHAT_USER, "hello");
	CU_ASSERT_FATAL(store_save(store, saver_take(saver, c, 0)));
	r = expect(store, STORE_SAVED);
	CU_ASSERT(strncmp(r->err.text, "history is locked by another program (", 38) == 0);
	saver_failed(saver, r->save, 1000);
	r->save = NULL;
	store_result_free(r);
	CU_ASSERT(saver_wait_ms(saver, c, 1000) == SAVER_RETRY_MS);
	place_run(other, "COMMIT");
	save(store, saver, c);
	store_free(store);
	history_close(other);
	saver_free(saver);
	conversation_free(c);
	place_remove();
}

static void
exports_to_new_files_only(void)
{
	static const char *const wanted[] = {"", "it is there already"};
	struct conversation *c;
	char *path, *written;
	struct store *store;
	struct err err;
	size_t n;

	place_make();
	path = place_path("out.md");
	store = store_new(NULL, NULL, NULL, &err);
	CU_ASSERT_FATAL(store != NULL);
	for (int i = 0; i < 2; i++) {
		struct store_result *r;

		c = conversation_new(NULL);
		conversation_add(c, NULL, CHAT_USER, i == 0 ? "first" : "second");
		CU_ASSERT(store_export(store, path, EXPORT_MARKDOWN, c));
		r = expect(store, STORE_EXPORTED);
		HARNESS_CHECK(strstr(r->err.text, wanted[i]) && (r->notice != NULL) == (i == 0), "%s", r->err.text);
		store_result_free(r);
	}
	store_free(store);
	written = harness_read(path, &n);
	HARNESS_EQUAL(written, "# Untitled conversation\n\n## You\n\nfirst\n");
	free(written);
	free(path);
	place_remove();
}

CU_TestInfo worker_tests[] = {
        {"saves wake nobody who is patient", saves_wake_nobody_who_is_patient},
        {"begins where it ended", begins_where_it_ended},
        {"two drafts are both there", two_drafts_are_both_there},
        {"answers questions", answers_questions},
        {"a newer question ends the older", a_newer_question_ends_the_older},
        {"commands do not wait for a question", commands_do_not_wait_for_a_question},
        {"a save is durable while a search runs", a_save_is_durable_while_a_search_runs},
        {"the log does not grow under searches", the_log_does_not_grow_under_searches},
        {"what a question needs is mended", what_a_question_needs_is_mended},
        {"a question makes way for a new file", a_question_makes_way_for_a_new_file},
        {"goes on when the lock is gone", goes_on_when_the_lock_is_gone},
        {"exports to new files only, without a history too", exports_to_new_files_only},
        CU_TEST_INFO_NULL,
};
