/*
 * opener.c - after each change of the file at the path the reader is let in, so that it opens the new one too.
 */
#include "store/opener.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "store/database.h"
#include "store/draft.h"
#include "store/held.h"
#include "store/instance.h"
#include "store/prompts.h"
#include "store/saver.h"
#include "store/sqlite.h"
#include "store/word_index.h"

enum {
	REOPEN_MS = SAVER_RETRY_MS / 2,
	CHECKS_MAX = 5,
	STEPS_BETWEEN_LOOKS = 500, /* of SQLite's machine */
	DAY_MS = 24 * 60 * 60 * 1000,
};

/* A setting: when the search index was last found sound as a whole, in ms since 1970. */
static const char checked[] = "index_checked";

/* ---- telling ---- */

/* What flynn starts with. A setting that cannot be read is one that is not set. */
static void
read_settings(struct history *h, struct store_result *r)
{
	struct err err;
	char *open = NULL;

	if (history_setting(h, "open", &open, &err) && open)
		r->open = strtoll(open, NULL, 10);
	free(open);
	if (!history_setting(h, "layout", &r->layout, &err))
		r->layout = NULL;
}

/* The newest draft is what flynn begins with, unless another one that begins now was faster; older ones, of flynns that
 * ended while this was open already, can be recalled. */
static void
take_up_drafts(struct opener *o, struct history *h, struct store_result *r)
{
	const char *prompts = o->store->prompts_path;
	struct drafts drafts;
	struct err err;
	bool good = drafts_left(h, &drafts, &err), may_write = h == o->history && prompts, own = true;

	for (size_t i = 0; good && may_write && i + 1 < drafts.n; i++)
		good = prompts_add(prompts, drafts.texts[i], &err);
	if (good && may_write)
		good = drafts_take_up(h, &drafts, &own, &err);
	if (drafts.n > 0 && (own || !good))
		r->draft = mem_strdup(drafts.texts[drafts.n - 1]);
	if (!good)
		log_line(o->store->log, "history: drafts stay where they are: %s", err.text);
	drafts_release(&drafts);
}

static void
tell_opened(struct opener *o)
{
	struct store_result *r = thread_result(STORE_OPENED, 0);
	struct history *h = o->history;
	struct err err;

	if (h && *history_notice(h))
		r->notice = mem_strdup(history_notice(h));
	if (h)
		r->recovered = history_recovered(h);
	else
		r->err = o->why;
	h = opener_readable(o, &err);
	if (h) {
		read_settings(h, r);
		take_up_drafts(o, h, r);
	}
	log_line(o->store->log, "history: %s", o->history ? "open" : o->why.text);
	thread_tell(o->store, &o->store->writer, r);
}

/* ---- opening ---- */

static void
close_readable(struct opener *o)
{
	history_close(o->readable);
	o->readable = NULL;
}

/* It may have been opened, here and by the reader, as one that nobody writes to. */
static void
note_open(struct opener *o)
{
	o->may_purge = true;
	o->checks_left = CHECKS_MAX;
	o->why.code = ERR_NONE;
	(void)instance_is_first(o->history);
	close_readable(o);
	gate_shut(&o->store->gate);
}

/* Reports the state of the history to the UI: the first one, and each that differs. */
static void
try_to_open(struct opener *o)
{
	struct err before = o->why;

	o->history = history_open(o->store->path, HISTORY_CREATE, &o->why);
	o->next_try_ms = clock_ms() + REOPEN_MS;
	if (o->history)
		note_open(o);
	if (o->history || before.code == ERR_NONE || strcmp(before.text, o->why.text) != 0)
		tell_opened(o);
	gate_open(&o->store->gate);
}

bool
opener_open(struct opener *o)
{
	if (!o->history && o->next_try_ms <= clock_ms())
		try_to_open(o);
	return o->history != NULL;
}

void
opener_begin(struct opener *o, struct store *store)
{
	*o = (struct opener){.store = store};
	try_to_open(o);
}

void
opener_end(struct opener *o)
{
	gate_shut(&o->store->gate);
	close_readable(o);
	history_close(o->history);
	o->history = NULL;
}

struct history *
opener_readable(struct opener *o, struct err *err)
{
	if (o->history)
		return o->history;
	if (!o->readable)
		o->readable = history_open(o->store->path, HISTORY_READ, err);
	return o->readable;
}

/* ---- damage ---- */

static bool
repair(struct opener *o)
{
	struct err err = {.text = "damaged again"};

	if (!history_mend(o->history, &err)) {
		log_line(o->store->log, "history: not mended: %s", err.text);
		return false;
	}
	tell_opened(o);
	return true;
}

static bool
replace(struct opener *o)
{
	o->history = history_begin_anew(o->history, &o->why);
	o->next_try_ms = clock_ms() + REOPEN_MS;
	if (o->history)
		o->why.code = ERR_NONE;
	tell_opened(o);
	return o->history != NULL;
}

enum opener_result
opener_see_to_damage(struct opener *o)
{
	enum opener_result result = OPENER_SAME;

	if (!o->history || !history_may_be_mended(o->history))
		return result;
	gate_shut(&o->store->gate);
	if (repair(o))
		result = OPENER_MENDED;
	else if (history_is_damaged(o->history) && replace(o))
		result = OPENER_NEW;
	gate_open(&o->store->gate);
	return result;
}

/* Called by SQLite; not 0: leave off. */
static int
has_something_to_do(void *arg)
{
	struct opener *o = arg;

	return atomic_load(&o->store->quit) || queue_peek(o->store->writer.from_ui) != NULL;
}

/* What is found sound today is not read through again at each start, but compared. */
static bool
is_check_due(struct history *h)
{
	int64_t now_ms = clock_unix_ms(), then_ms = INT64_MAX;
	struct err err;
	char *value;

	if (history_setting(h, checked, &value, &err) && value)
		then_ms = strtoll(value, NULL, 10);
	free(value);
	return then_ms > now_ms || then_ms <= now_ms - DAY_MS;
}

static void
note_checked(struct history *h)
{
	char now[32];

	snprintf(now, sizeof(now), "%" PRId64, clock_unix_ms());
	held_add(history_held(h), checked, now, clock_ms());
}

void
opener_check_index(struct opener *o)
{
	struct database *db = history_database(o->history);
	bool due = is_check_due(o->history);
	enum word_index_state state;
	struct err err;

	o->checks_left--;
	sqlite3_progress_handler(db->sqlite, STEPS_BETWEEN_LOOKS, has_something_to_do, o);
	state = due ? word_index_check(db, &err) : word_index_compare(db, &err);
	sqlite3_progress_handler(db->sqlite, 0, NULL, NULL);
	if (state == WORD_INDEX_SOUND)
		o->checks_left = 0;
	if (state == WORD_INDEX_SOUND && due)
		note_checked(o->history);
	if (state != WORD_INDEX_DAMAGED)
		return;
	o->checks_left = 0;
	log_line(o->store->log, "history: %s", err.text);
	db->trouble = DATABASE_DAMAGED;
	(void)opener_see_to_damage(o);
}

void
opener_mend_for_reader(struct opener *o)
{
	gate_shut(&o->store->gate);
	if (o->history && !repair(o))
		history_database(o->history)->trouble = DATABASE_FINE;
	gate_open(&o->store->gate);
}
