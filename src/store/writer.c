/*
 * writer.c - one function for each command. When there is none, the thread checks the search index once, and removes
 * what was deleted long ago, piece by piece.
 */
#include "store/writer.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/folder.h"
#include "base/new_file.h"
#include "base/regular.h"
#include "base/thread.h"
#include "store/database.h"
#include "store/held.h"
#include "store/instance.h"
#include "store/opener.h"
#include "store/prompts.h"
#include "store/vote.h"
#include "store/worker_thread.h"
#include "store/write.h"

enum {
	END_MS = 3000, /* for what is queued when the program ends */
	PURGE_PAUSE_MS = 50,
	CHECK_PAUSE_MS = 1000, /* longer than between two saves of a reply: a check that is broken off begins anew */
};

struct writer {
	struct store *store;
	struct opener opener;
	int64_t end_ms; /* when to stop; 0: not asked to */
};

static void
tell(struct writer *w, struct store_result *r)
{
	r->done_ms = clock_ms();
	thread_tell(w->store, &w->store->writer, r);
}

/* ---- commands ---- */

/* Tries again after damage was mended, which is done once until something is saved. */
static void
save(struct writer *w, struct store_result *r)
{
	enum opener_result became = OPENER_MENDED;

	while (became == OPENER_MENDED) {
		r->err.code = ERR_NONE;
		if (write_save(w->opener.history, r->save, w->store->prompts_path, &r->start_over, &r->err))
			return;
		log_line(w->store->log, "history: not saved: %s", r->err.text);
		became = opener_see_to_damage(&w->opener);
		r->start_over |= became == OPENER_NEW;
	}
}

static struct save *
unlink_first(struct save **first)
{
	struct save *save = *first;

	*first = save->next;
	save->next = NULL;
	return save;
}

/* Several at once, each with a result of its own. False: none was written, but one alone may be. */
static bool
save_together(struct writer *w, struct save **first)
{
	struct err err = {0};
	bool gone;

	if (!opener_open(&w->opener))
		return false;
	if (!write_save(w->opener.history, *first, w->store->prompts_path, &gone, &err)) {
		log_line(w->store->log, "history: not saved together: %s", err.text);
		if (history_database(w->opener.history)->trouble != DATABASE_BUSY)
			return false;
	}
	while (*first) {
		struct store_result *r = thread_result(STORE_SAVED, (int64_t)(*first)->handle);

		r->save = unlink_first(first);
		r->err = err;
		tell(w, r);
	}
	return true;
}

static void
save_alone(struct writer *w, struct save *takes)
{
	struct store_result *r = thread_result(STORE_SAVED, (int64_t)takes->handle);

	r->save = takes;
	if (opener_open(&w->opener))
		save(w, r);
	else
		r->err = w->opener.why;
	if (r->start_over)
		r->err.code = ERR_NONE;
	tell(w, r);
}

/* What is wrong with one must not keep the others out of the history. */
static void
do_save(struct writer *w, struct command *c)
{
	if (c->save->next && save_together(w, &c->save))
		return;
	while (c->save)
		save_alone(w, unlink_first(&c->save));
}

static bool
load(struct writer *w, struct command *c, struct store_result *r)
{
	struct history *h = opener_readable(&w->opener, &r->err);

	if (!h || load_conversation(h, c->id, &r->loaded, &r->err))
		return true;
	log_line(w->store->log, "history: not loaded: %s", r->err.text);
	return false;
}

static void
do_load(struct writer *w, struct command *c)
{
	struct store_result *r = thread_result(STORE_LOADED, c->id);

	(void)opener_open(&w->opener);
	if (!load(w, c, r) && opener_see_to_damage(&w->opener) == OPENER_MENDED) {
		r->err.code = ERR_NONE;
		(void)load(w, c, r);
	}
	tell(w, r);
}

static void
do_claim(struct writer *w, struct command *c)
{
	struct store_result *r = thread_result(STORE_CLAIMED, c->id);

	if (!opener_open(&w->opener))
		r->err = w->opener.why;
	else if (!instance_claim(w->opener.history, c->id, &r->claimed, &r->err))
		log_line(w->store->log, "history: not claimed: %s", r->err.text);
	tell(w, r);
}

static void
do_edit(struct writer *w, struct command *c)
{
	struct store_result *r = thread_result(STORE_EDITED, c->id);

	if (!opener_open(&w->opener))
		r->err = w->opener.why;
	else if (!edit_conversation(w->opener.history, c->id, c->edit, c->text, &r->err))
		log_line(w->store->log, "history: not changed: %s", r->err.text);
	tell(w, r);
}

static bool
save_vote(struct writer *w, const struct vote *vote, struct store_result *r)
{
	r->err.code = ERR_NONE;
	if (vote_save(w->opener.history, vote, &r->err))
		return true;
	log_line(w->store->log, "history: vote not saved: %s", r->err.text);
	return false;
}

static void
do_vote(struct writer *w, struct command *c)
{
	struct store_result *r = thread_result(STORE_VOTED, 0);

	if (!opener_open(&w->opener))
		r->err = w->opener.why;
	else if (!save_vote(w, c->vote, r) && opener_see_to_damage(&w->opener) == OPENER_MENDED)
		(void)save_vote(w, c->vote, r);
	tell(w, r);
}

/* Of several flynns the first one saves its layout and focus. */
static void
do_set(struct writer *w, struct command *c)
{
	if (!opener_open(&w->opener))
		log_line(w->store->log, "history: %s not kept: %s", c->key, w->opener.why.text);
	else if (instance_is_first(w->opener.history))
		held_add(history_held(w->opener.history), c->key, c->text, clock_ms());
}

static void
write_held(struct writer *w)
{
	struct history *h = w->opener.history;
	struct err err;

	if (!held_write(history_held(h), history_database(h), &err))
		log_line(w->store->log, "history: settings not kept: %s", err.text);
}

static int
held_pause_ms(const struct opener *o)
{
	return o->history ? held_wait_ms(history_held(o->history), clock_ms()) : -1;
}

static void
do_prompt(struct writer *w, struct command *c)
{
	struct err err;

	if (w->store->prompts_path && !prompts_add(w->store->prompts_path, c->text, &err))
		log_line(w->store->log, "prompts: %s", err.text);
}

/* A pipe would make the thread wait for its reader. */
static bool
open_new(struct new_file *file, const char *path, struct err *err)
{
	if (!regular_or_none(path))
		return err_set(err, ERR_USAGE, "cannot write %s: it is no regular file", path);
	return new_file_open(file, path, false, err);
}

static bool
write_export(const struct command *c, struct err *err)
{
	struct loaded loaded = {.conversation = c->conversation};
	struct new_file file;
	struct export export;

	if (!open_new(&file, c->key, err))
		return false;
	export_begin(&export, file.file, c->format);
	export_conversation(&export, &loaded);
	export_end(&export);
	return new_file_close(&file, true, err);
}

static bool
write_rescue(const struct command *c, struct err *err)
{
	struct new_file file;

	if (!folder_make_for(c->key, err) || !open_new(&file, c->key, err))
		return false;
	(void)!fwrite(c->text, 1, strlen(c->text), file.file); /* new_file_close reports a failure */
	return new_file_close(&file, true, err);
}

/* `good`, or the result's err is set. */
static void
tell_written(struct writer *w, struct command *c, struct store_result *r, bool good)
{
	if (good) {
		r->notice = c->key;
		c->key = NULL;
	}
	tell(w, r);
}

static void
do_export(struct writer *w, struct command *c)
{
	struct store_result *r = thread_result(STORE_EXPORTED, 0);

	tell_written(w, c, r, write_export(c, &r->err));
}

static void
do_rescue(struct writer *w, struct command *c)
{
	struct store_result *r = thread_result(STORE_EXPORTED, 0);

	tell_written(w, c, r, write_rescue(c, &r->err));
}

static void
do_command(struct writer *w, struct command *c)
{
	static void (*const commands[])(struct writer *, struct command *) = {
	        [COMMAND_SAVE] = do_save,
	        [COMMAND_LOAD] = do_load,
	        [COMMAND_CLAIM] = do_claim,
	        [COMMAND_EDIT] = do_edit,
	        [COMMAND_SET] = do_set,
	        [COMMAND_PROMPT] = do_prompt,
	        [COMMAND_EXPORT] = do_export,
	        [COMMAND_RESCUE] = do_rescue,
	        [COMMAND_VOTE] = do_vote,
	};

	commands[c->type](w, c);
	command_free(c);
}

/* A question waits for what was commanded before it. */
static void
note_done(struct store *store)
{
	atomic_fetch_add(&store->done, 1);
	if (atomic_exchange(&store->awaited, false))
		wake_ring(&store->reader.wake);
}

static bool
is_over(struct writer *w)
{
	if (w->end_ms == 0 && atomic_load(&w->store->quit))
		w->end_ms = clock_ms() + END_MS;
	return w->end_ms != 0 && clock_ms() >= w->end_ms;
}

static void
take_commands(struct writer *w)
{
	struct command *c;

	while (!is_over(w) && (c = pointer_take(w->store->writer.from_ui)) != NULL) {
		do_command(w, c);
		note_done(w->store);
	}
}

/* ---- the loop ---- */

static void
tell_prompts(struct writer *w)
{
	struct store_result *r = thread_result(STORE_PROMPTS, 0);

	if (w->store->prompts_path)
		r->prompts = prompts_read(w->store->prompts_path, &r->n_prompts);
	tell(w, r);
}

static void
purge(struct writer *w)
{
	struct opener *o = &w->opener;
	struct err err;

	if (!edit_purge(o->history, clock_unix_ms() - EDIT_KEEP_DELETED_MS, &o->may_purge, &err)) {
		log_line(w->store->log, "history: %s", err.text);
		o->may_purge = opener_see_to_damage(o) == OPENER_MENDED;
	}
}

/* Until the next chore; -1: there is none. */
static int
chore_pause_ms(const struct opener *o)
{
	if (o->history && o->checks_left > 0)
		return CHECK_PAUSE_MS;
	return o->history && o->may_purge ? PURGE_PAUSE_MS : -1;
}

/* Without a command for a while: checks the index, then removes what was deleted long ago, piece by piece. */
static void
wait(struct writer *w)
{
	struct opener *o = &w->opener;
	bool is_idle;
	int held;

	if (o->history)
		database_rest(history_database(o->history));
	is_idle = !thread_wait(w->store, &w->store->writer, clock_sooner(chore_pause_ms(o), held_pause_ms(o)));
	held = held_pause_ms(o);
	if (held == 0 || (is_idle && held > 0))
		write_held(w);
	else if (is_idle && o->checks_left > 0)
		opener_check_index(o);
	else if (is_idle)
		purge(w);
}

void *
writer_run(void *arg)
{
	struct writer w = {.store = arg};

	atomic_store(&w.store->writer.number, thread_number());
	if (w.store->path) {
		opener_begin(&w.opener, w.store);
		tell_prompts(&w);
		note_done(w.store);
	}
	while (!atomic_load(&w.store->quit)) {
		take_commands(&w);
		if (gate_has_damage(&w.store->gate))
			opener_mend_for_reader(&w.opener);
		else
			wait(&w);
	}
	take_commands(&w);
	if (held_pause_ms(&w.opener) >= 0)
		write_held(&w);
	if (w.store->path)
		opener_end(&w.opener);
	thread_end(w.store, &w.store->writer);
	return NULL;
}
