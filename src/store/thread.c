/*
 * thread.c - the store thread: what is commanded, and what is asked.
 *
 * Questions have a connection of their own, for reading: while one is being answered, SQLite asks every so often whether to
 * go on (a progress handler), and there the saves that came meanwhile are written over the other connection.
 */
#include "store/thread.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/new_file.h"
#include "store/database.h"
#include "store/prompts.h"
#include "store/saver.h"
#include "store/write.h"

enum {
	END_MS = 3000, /* for what is queued when the program ends */
	REOPEN_MS = SAVER_RETRY_MS / 2,
	STEPS_BETWEEN_LOOKS = 2000, /* of SQLite's machine, well below a millisecond */
	PURGE_PAUSE_MS = 50,
};

/* When the UI takes nothing for long, this waits for it: there is nothing else to do. */
static void
tell(struct store *store, struct store_result *result)
{
	while (!pointer_put(store->results, result)) {
		struct pollfd fd = {store->for_store.read_fd, POLLIN, 0};

		if (atomic_load(&store->quit)) {
			store_result_free(result);
			return;
		}
		if (queue_wait_room(store->results, sizeof(result)))
			poll(&fd, 1, -1);
		wake_clear(&store->for_store);
	}
}

static struct store_result *
result_new(enum store_type type, int64_t id)
{
	struct store_result *r = mem_alloc(sizeof(*r));

	r->type = type;
	r->id = id;
	return r;
}

/* ---- the history ---- */

static void
close_history(struct store *store)
{
	history_close(store->reader);
	history_close(store->history);
	store->reader = store->history = NULL;
}

/* What flynn starts with. A setting that cannot be read is one that is not set. */
static void
read_settings(struct history *h, struct store_result *r)
{
	struct err err;
	char *open = NULL;

	if (history_setting(h, "open", &open, &err) && open)
		r->open = strtoll(open, NULL, 10);
	free(open);
	if (!history_setting(h, "draft", &r->draft, &err))
		r->draft = NULL;
}

/* For reading, which may do where writing does not. */
static struct history *
open_reader(struct store *store, struct err *err)
{
	if (!store->reader)
		store->reader = history_open(store->path, HISTORY_READ, err);
	return store->reader;
}

static void
tell_opened(struct store *store)
{
	struct store_result *r = result_new(STORE_OPENED, 0);
	struct err err;

	if (store->history) {
		if (*history_notice(store->history))
			r->notice = mem_strdup(history_notice(store->history));
		r->recovered = history_recovered(store->history);
		read_settings(store->history, r);
	} else {
		r->err = store->why;
		if (open_reader(store, &err))
			read_settings(store->reader, r);
	}
	log_line(store->log, "history: %s", store->history ? "open" : store->why.text);
	tell(store, r);
}

/* Opens it, unless that was tried just now. News of it is told: the first, and when it is another. */
static bool
open_history(struct store *store)
{
	struct err before = store->why;

	if (store->history)
		return true;
	if (store->next_try_ms > clock_ms())
		return false;
	store->history = history_open(store->path, HISTORY_CREATE, &store->why);
	store->next_try_ms = clock_ms() + REOPEN_MS;
	store->may_purge = store->history != NULL;
	if (store->history) {
		/* It may have been opened as one that nobody writes to. */
		history_close(store->reader);
		store->reader = NULL;
		store->why.code = ERR_NONE;
	}
	if (store->history || before.code == ERR_NONE || strcmp(before.text, store->why.text) != 0)
		tell_opened(store);
	return store->history != NULL;
}

static bool
mend_history(struct store *store)
{
	struct err err = {.text = "damaged again"};

	if (!history_mend(store->history, &err)) {
		log_line(store->log, "history: not mended: %s", err.text);
		return false;
	}
	tell_opened(store);
	return true;
}

/* True: what was saved before is no longer in the history, for it is a new one. Not while a question is being asked. */
static bool
mend_or_replace(struct store *store)
{
	struct history *damaged = store->history;

	if (store->asked || !history_is_damaged(damaged) || mend_history(store) || !history_is_damaged(damaged))
		return false;
	store->history = NULL;
	close_history(store);
	store->history = history_begin_anew(damaged, &store->why);
	store->next_try_ms = clock_ms() + REOPEN_MS;
	if (store->history)
		store->why.code = ERR_NONE;
	tell_opened(store);
	return store->history != NULL;
}

/* ---- commands ---- */

static void
do_save(struct store *store, struct command *c)
{
	struct store_result *r = result_new(STORE_SAVED, (int64_t)c->save->handle);

	r->save = c->save;
	c->save = NULL;
	if (!open_history(store)) {
		r->err = store->why;
	} else if (!write_save(store->history, r->save, &r->start_over, &r->err)) {
		log_line(store->log, "history: not saved: %s", r->err.text);
		r->start_over |= mend_or_replace(store);
	}
	if (r->start_over)
		r->err.code = ERR_NONE;
	tell(store, r);
}

static void
do_load(struct store *store, const struct command *c)
{
	struct store_result *r = result_new(STORE_LOADED, c->id);
	struct history *h = open_history(store) ? store->history : open_reader(store, &r->err);

	if (h && !load_conversation(h, c->id, &r->loaded, &r->err)) {
		log_line(store->log, "history: not loaded: %s", r->err.text);
		if (h == store->history)
			(void)mend_or_replace(store);
	}
	tell(store, r);
}

static void
do_edit(struct store *store, const struct command *c)
{
	struct store_result *r = result_new(STORE_EDITED, c->id);

	if (!open_history(store))
		r->err = store->why;
	else if (!edit_conversation(store->history, c->id, c->edit, c->text, &r->err))
		log_line(store->log, "history: not changed: %s", r->err.text);
	tell(store, r);
}

static void
do_set(struct store *store, const struct command *c)
{
	struct err err = {0};

	if (!open_history(store))
		err = store->why;
	else if (history_set(store->history, c->key, c->text, &err))
		return;
	log_line(store->log, "history: %s not kept: %s", c->key, err.text);
}

static void
do_prompt(struct store *store, const struct command *c)
{
	struct err err;

	if (store->prompts_path && !prompts_add(store->prompts_path, c->text, &err))
		log_line(store->log, "prompts: %s", err.text);
}

static void
tell_prompts(struct store *store)
{
	struct store_result *r = result_new(STORE_PROMPTS, 0);

	if (store->prompts_path)
		r->prompts = prompts_read(store->prompts_path, &r->n_prompts);
	tell(store, r);
}

static void
do_write(struct store *store, struct command *c)
{
	struct store_result *r = result_new(STORE_WRITTEN, 0);

	if (new_file_write(c->key, c->text, strlen(c->text), &r->err)) {
		r->notice = c->key;
		c->key = NULL;
	}
	tell(store, r);
}

/* One of its kind waits at the most: the newer makes the older void. */
static void
keep_question(struct store *store, struct command *c)
{
	struct store_question **place = &store->waiting[c->question->kind];

	if (*place)
		(*place)->free(*place);
	*place = c->question;
	c->question = NULL;
}

static void
do_command(struct store *store, struct command *c)
{
	switch (c->type) {
	case COMMAND_SAVE:
		do_save(store, c);
		break;
	case COMMAND_LOAD:
		do_load(store, c);
		break;
	case COMMAND_EDIT:
		do_edit(store, c);
		break;
	case COMMAND_ASK:
		keep_question(store, c);
		break;
	case COMMAND_SET:
		do_set(store, c);
		break;
	case COMMAND_PROMPT:
		do_prompt(store, c);
		break;
	case COMMAND_WRITE:
		do_write(store, c);
		break;
	}
	command_free(c);
}

static bool
is_over(struct store *store)
{
	if (store->end_ms == 0 && atomic_load(&store->quit))
		store->end_ms = clock_ms() + END_MS;
	return store->end_ms != 0 && clock_ms() >= store->end_ms;
}

static void
take_commands(struct store *store)
{
	struct command *c;

	while (!is_over(store) && (c = pointer_take(store->commands)) != NULL)
		do_command(store, c);
}

/* ---- questions ---- */

static bool
is_void(struct store *store, const struct store_question *question)
{
	return atomic_load(&store->quit) || atomic_load(&store->newest[question->kind]) > question->number;
}

/* What comes next is a save: then it is taken. */
static struct command *
take_save(struct store *store)
{
	const struct queue_record *r = queue_peek(store->commands);
	struct command *c;

	if (!r)
		return NULL;
	memcpy(&c, r->data, sizeof(c));
	return c->type == COMMAND_SAVE ? pointer_take(store->commands) : NULL;
}

/* Called by SQLite in the midst of a question; not 0: leave off. */
static int
look_up(void *arg)
{
	struct store *store = arg;
	struct command *save;

	if (is_void(store, store->asked))
		return 1;
	while ((save = take_save(store)) != NULL)
		do_command(store, save);
	return queue_peek(store->commands) != NULL || (store->history && history_is_damaged(store->history));
}

static void
answer(struct store *store, struct store_question *question, struct err *err)
{
	struct store_result *r = result_new(STORE_ANSWER, question->kind);

	r->question = question;
	r->err = *err;
	if (err->code != ERR_NONE)
		log_line(store->log, "history: no answer: %s", err->text);
	tell(store, r);
}

/* What a question needs may be all that is damaged. If not, saving goes on as long as it can. */
static bool
mend_for_reading(struct store *store, const struct history *reader)
{
	if (!history_is_damaged(reader) || !store->history || history_is_damaged(store->history))
		return false;
	if (mend_history(store))
		return true;
	history_database(store->history)->trouble = DATABASE_FINE;
	return false;
}

static void
ask(struct store *store, struct store_question *question)
{
	struct history *h;
	struct err err = {0};
	bool good, again;

	if (is_void(store, question)) {
		question->free(question);
		return;
	}
	if (!(h = open_reader(store, &err))) {
		answer(store, question, &err);
		return;
	}
	store->asked = question;
	history_database(h)->trouble = DATABASE_FINE;
	sqlite3_progress_handler(history_database(h)->sqlite, STEPS_BETWEEN_LOOKS, look_up, store);
	good = question->ask(h, question, &err);
	sqlite3_progress_handler(history_database(h)->sqlite, 0, NULL, NULL);
	store->asked = NULL;
	again = !good && (err.code == ERR_CANCELLED || mend_for_reading(store, h));
	if (store->history)
		(void)mend_or_replace(store);
	if (!again) {
		answer(store, question, &err);
		return;
	}
	if (is_void(store, question))
		question->free(question);
	else
		store->waiting[question->kind] = question;
}

/* The one that waits longest; false: none does. */
static bool
ask_next(struct store *store)
{
	struct store_question **next = NULL;

	for (int i = 0; i < STORE_KINDS; i++)
		if (store->waiting[i] && (!next || store->waiting[i]->number < (*next)->number))
			next = &store->waiting[i];
	if (next) {
		struct store_question *question = *next;

		*next = NULL;
		ask(store, question);
	}
	return next != NULL;
}

/* ---- the loop ---- */

static void
purge(struct store *store)
{
	struct err err;

	if (!edit_purge(store->history, clock_unix_ms() - EDIT_KEEP_DELETED_MS, &store->may_purge, &err)) {
		log_line(store->log, "history: %s", err.text);
		store->may_purge = false;
	}
}

/* Purging goes by pieces, each after a while of nothing else. */
static void
wait(struct store *store)
{
	struct pollfd fd = {store->for_store.read_fd, POLLIN, 0};
	int ms = store->history && store->may_purge ? PURGE_PAUSE_MS : -1;

	if (queue_sleep(store->commands) && !atomic_load(&store->quit) && poll(&fd, 1, ms) == 0)
		purge(store);
	queue_wake_up(store->commands);
	wake_clear(&store->for_store);
}

void *
thread_run(void *arg)
{
	struct store *store = arg;

	(void)open_history(store);
	tell_prompts(store);
	while (!atomic_load(&store->quit)) {
		take_commands(store);
		if (!ask_next(store))
			wait(store);
	}
	take_commands(store);
	for (int i = 0; i < STORE_KINDS; i++)
		if (store->waiting[i])
			store->waiting[i]->free(store->waiting[i]);
	close_history(store);
	return NULL;
}
