/*
 * reader.c - one question of each kind waits at the most, the oldest comes first. While it is being answered, a
 * progress handler decides every so often whether SQLite goes on.
 *
 * The thread holds a read transaction, which keeps SQLite from restarting the write-ahead log, only while it answers
 * a question; a search ends within seconds, so the log grows by what is saved meanwhile and no more.
 */
#include "store/reader.h"

#include <assert.h>
#include <stdlib.h>

#include "base/clock.h"
#include "store/database.h"
#include "store/sqlite.h"
#include "store/worker_thread.h"

enum {
	STEPS_BETWEEN_LOOKS = 500, /* of SQLite's machine; FTS5 reads a block of its index in some ten */
};

struct reader {
	struct store *store;
	struct history *history; /* or NULL */
	struct store_question *waiting[STORE_KINDS];
	struct store_question *asked; /* now */
	uint64_t mended_for;          /* the last question that found damage */
};

/* ---- taking ---- */

static bool
is_void(struct store *store, const struct store_question *question)
{
	return atomic_load(&store->quit) || atomic_load(&store->newest[question->kind]) > question->number;
}

/* A newer question replaces an older one of its kind. */
static void
take_questions(struct reader *r)
{
	struct store_question *question;

	while ((question = pointer_take(r->store->reader.from_ui)) != NULL) {
		struct store_question **place = &r->waiting[question->kind];

		if (*place)
			(*place)->free(*place);
		*place = question;
	}
}

/* The one that waits longest, or NULL. */
static struct store_question *
oldest(const struct reader *r)
{
	struct store_question *first = NULL;

	for (int i = 0; i < STORE_KINDS; i++)
		if (r->waiting[i] && (!first || r->waiting[i]->number < first->number))
			first = r->waiting[i];
	return first;
}

/* ---- coming and going ---- */

static void
leave(struct reader *r)
{
	history_close(r->history);
	r->history = NULL;
	gate_leave(&r->store->gate);
}

static struct history *
open_history(struct reader *r, struct err *err)
{
	if (!r->history)
		r->history = history_open(r->store->path, HISTORY_READ, err);
	return r->history;
}

/* In ms; 0: it can be asked now; -1: not before something happens. */
static int
wait_ms(struct store *store, const struct store_question *question)
{
	int64_t left = question->patience_ms - clock_ms();

	if (!gate_enter(&store->gate))
		return -1;
	atomic_store(&store->awaited, true);
	if (left <= 0 || atomic_load(&store->done) >= question->after || is_void(store, question))
		return 0;
	return (int)left;
}

/* ---- asking ---- */

/* Called by SQLite in the midst of a question; not 0: leave off. */
static int
look_up(void *arg)
{
	struct reader *r = arg;

	return is_void(r->store, r->asked) || gate_is_shut(&r->store->gate);
}

static void
answer(struct reader *r, struct store_question *question, const struct err *err)
{
	struct store_result *result = thread_result(STORE_ANSWER, question->kind);

	result->question = question;
	result->err = *err;
	if (err->code != ERR_NONE)
		log_line(r->store->log, "history: no answer: %s", err->text);
	thread_tell(r->store, &r->store->reader, result);
}

/* What a question needs may be all that is damaged: true, once for each: it is to be asked again. */
static bool
has_damage(struct reader *r, const struct store_question *question)
{
	if (!history_may_be_mended(r->history) || r->mended_for == question->number)
		return false;
	r->mended_for = question->number;
	leave(r);
	gate_tell_damage(&r->store->gate);
	return true;
}

static bool
ask(struct reader *r, struct store_question *question, struct err *err)
{
	struct database *db;
	bool good;

	if (!open_history(r, err))
		return false;
	db = history_database(r->history);
	db->trouble = DATABASE_FINE;
	r->asked = question;
	sqlite3_progress_handler(db->sqlite, STEPS_BETWEEN_LOOKS, look_up, r);
	good = question->ask(r->history, question, err);
	sqlite3_progress_handler(db->sqlite, 0, NULL, NULL);
	/* Else SQLite could never restart the log. */
	assert(sqlite3_txn_state(db->sqlite, NULL) == SQLITE_TXN_NONE);
	return good;
}

/* Answers it, frees it, or keeps it for later. */
static void
take_up(struct reader *r, struct store_question *question)
{
	struct err err = {0};
	bool good;

	r->waiting[question->kind] = NULL;
	if (is_void(r->store, question)) {
		question->free(question);
		return;
	}
	good = ask(r, question, &err);
	if (good || (err.code != ERR_CANCELLED && !(r->history && has_damage(r, question))))
		answer(r, question, &err);
	else
		r->waiting[question->kind] = question;
}

/* ---- the loop ---- */

static void
turn(struct reader *r)
{
	struct store_question *question = oldest(r);
	int ms = question ? wait_ms(r->store, question) : -1;

	if (ms == 0)
		take_up(r, question);
	else
		(void)thread_wait(r->store, &r->store->reader, ms);
	if (gate_is_shut(&r->store->gate))
		leave(r);
}

void *
reader_run(void *arg)
{
	struct reader r = {.store = arg};

	while (!atomic_load(&r.store->quit)) {
		take_questions(&r);
		turn(&r);
	}
	for (int i = 0; i < STORE_KINDS; i++)
		if (r.waiting[i])
			r.waiting[i]->free(r.waiting[i]);
	leave(&r);
	thread_end(r.store, &r.store->reader);
	return NULL;
}
