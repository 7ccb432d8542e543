/*
 * keeper.c - a saver for each open conversation, and the store that they share. One save of a conversation is on its
 * way at a time; a store that is busy, or fails, only makes the next one larger.
 */
#include "app/keeper.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/pane.h"
#include "app/talk.h"
#include "base/clock.h"
#include "base/mem.h"
#include "store/saver.h"
#include "store/vote.h"
#include "store/worker.h"
#include "text/clean.h"

enum {
	LATE_LOOK_MS = 1000, /* whether it is over */
	SOON_MS = 10,        /* what is due then is saved in a turn that is made anyway */
};

static int hastened = 1;

void
keeper_hasten(int times)
{
	hastened = times;
}

int
keeper_hastened(int ms)
{
	return ms / hastened;
}

bool
keeper_init(struct app *app, const struct keeper_options *options, const struct keeper_above *above, struct log *log,
        struct err *err)
{
	struct keeper *k = app->keeper = mem_alloc(sizeof(*k));

	*k = (struct keeper){.above = above, .shown = -1};
	if (!options)
		return true;
	k->first = *options;
	k->first.history = k->first.prompts = NULL;
	k->restoring = !options->fresh;
	k->store = store_prepare(options->history, options->prompts, log, err);
	return k->store != NULL;
}

bool
keeper_start(struct app *app, struct err *err)
{
	return !app->keeper->store || store_start(app->keeper->store, err);
}

/* ---- saving ---- */

void
keeper_watch(struct app *app, struct talk *talk)
{
	if (!app->keeper->store || talk->saver)
		return;
	talk->handle = ++app->keeper->last_handle;
	talk->saver = saver_new(talk->handle);
}

static struct talk *
talk_of(const struct app *app, uint64_t handle)
{
	for (size_t i = 0; i < app->n_talks; i++)
		if (app->talks[i]->saver && app->talks[i]->handle == handle)
			return app->talks[i];
	return NULL;
}

static void
set_draft(struct talk *talk, const char *typed)
{
	char *kept = talk->prompts.n > 0 ? prompt_queue_join(&talk->prompts, typed) : NULL;

	saver_set_draft(talk->saver, kept ? kept : typed);
	free(kept);
}

/* The history keeps a place in a message as a number: 0 is its start, the others are bytes of its text, from 1. A view that
 * was after the text is at its last row again. */
int64_t
keeper_number_of_spot(struct spot spot)
{
	static const int64_t after_text = INT64_C(1) << 40;

	if (spot.part == SPOT_CONTENT && spot.byte < (size_t)after_text)
		return (int64_t)spot.byte + 1;
	return spot.part >= SPOT_TAIL ? after_text : 0;
}

struct spot
keeper_spot_of_number(int64_t number)
{
	return number > 0 ? (struct spot){SPOT_CONTENT, (size_t)number - 1} : (struct spot){SPOT_HEAD, 0};
}

static void
look(struct app *app, struct talk *talk)
{
	struct pane *pane = pane_of(app, talk);
	const struct composer *composer = app->aside ? app->aside : &app->composer;
	bool shown = talk == app->pane->talk;
	char *typed = shown && composer_has_pasted_slash(composer) ? composer_typed(composer) : NULL;
	const char *draft = typed ? typed : shown ? composer_text(composer) : talk->draft;
	struct transcript_place place = {0};

	if (pane && pane->transcript.session == &talk->session) {
		transcript_place(&pane->transcript, &place);
		saver_set_place(talk->saver, place.message, keeper_number_of_spot(place.spot));
	}
	set_draft(talk, draft ? draft : "");
	free(typed);
}

static void
keep_for_recall(struct app *app, const char *draft)
{
	recall_add(&app->recall, draft);
	keeper_prompt(app, draft);
}

/* The history has one place for what is typed into conversations without a message. What this takes the place of, of
 * another conversation or of a flynn before, can be recalled as if it had been sent. */
static void
note_draft(struct app *app, const struct save *save)
{
	struct keeper *k = app->keeper;
	bool begins = save->n_messages > 0;

	if (save->row != 0 || !(save->what & SAVE_DRAFT) || (begins && save->handle != k->draft_of))
		return;
	if (k->draft && save->handle != k->draft_of)
		keep_for_recall(app, k->draft);
	free(k->draft);
	k->draft = !begins && save->draft.len > 0 ? mem_strdup(buf_text(&save->draft)) : NULL;
	k->draft_of = save->handle;
}

/* One that the queue did not take is made again. */
static void
send_saves(struct app *app, struct save *first, int64_t now_ms)
{
	if (!first || store_save(app->keeper->store, first))
		return;
	while (first) {
		struct save *save = first;

		first = save->next;
		save->next = NULL;
		saver_failed(talk_of(app, save->handle)->saver, save, now_ms);
	}
}

static struct save *
take_save(struct app *app, struct talk *talk, int64_t now_ms)
{
	struct save *save = saver_take(talk->saver, talk->session.conversation, now_ms);

	if (save)
		note_draft(app, save);
	return save;
}

static int
wait_of(const struct talk *talk, int64_t now_ms)
{
	return saver_wait_ms(talk->saver, talk->session.conversation, now_ms);
}

/* When to come again. */
static int
saving_wait_ms(const struct app *app, int64_t now_ms)
{
	int wait = -1;

	for (size_t i = 0; i < app->n_talks; i++)
		wait = clock_sooner(wait, wait_of(app->talks[i], now_ms));
	return wait;
}

/* All that is new goes into one transaction, whichever of it is due; but for what has failed, which waits for its time. */
static void
save_news(struct app *app, int64_t now_ms)
{
	struct save *first = NULL, **link = &first;

	for (size_t i = 0; i < app->n_talks; i++) {
		struct talk *talk = app->talks[i];

		if (!app->keeper->last && wait_of(talk, now_ms) > SAVER_LIMIT_MS)
			continue;
		*link = take_save(app, talk, now_ms);
		link = *link ? &(*link)->next : link;
	}
	send_saves(app, first, now_ms);
}

void
keeper_flush(struct app *app, struct talk *talk)
{
	int64_t now_ms = clock_ms();

	if (!talk->saver)
		return;
	look(app, talk);
	send_saves(app, take_save(app, talk, now_ms), now_ms);
}

void
keeper_flush_all(struct app *app)
{
	for (size_t i = 0; i < app->n_talks; i++)
		keeper_flush(app, app->talks[i]);
}

bool
keeper_lacks(const struct app *app, int64_t since_ms)
{
	for (size_t i = 0; i < app->n_talks; i++) {
		const struct talk *talk = app->talks[i];

		if (talk->saver && saver_lacks(talk->saver, talk->session.conversation, since_ms))
			return true;
	}
	return app->keeper->n_votes > 0;
}

/* The next flynn shows what this one shows. */
static void
tell_shown(struct app *app)
{
	struct keeper *k = app->keeper;
	int64_t row = conversation_info(app->pane->talk->session.conversation)->row;
	char number[32];

	if (row == k->shown || k->restoring || !k->begun)
		return;
	snprintf(number, sizeof(number), "%lld", (long long)row);
	if (store_set(k->store, "open", row ? number : NULL))
		k->shown = row;
}

static int
save_all(struct app *app, int64_t now_ms)
{
	int wait;

	for (size_t i = 0; i < app->n_talks; i++)
		look(app, app->talks[i]);
	wait = saving_wait_ms(app, now_ms);
	if ((wait >= 0 && wait <= SOON_MS) || app->keeper->last) {
		save_news(app, now_ms);
		wait = saving_wait_ms(app, now_ms);
	}
	tell_shown(app);
	return clock_sooner(wait, app->keeper->above->save(app, now_ms, app->keeper->last));
}

/* ---- what comes from the store ---- */

static bool
is_same_text(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

/* After every save: draws only where the words are others. */
static void
show_trouble(struct app *app)
{
	struct keeper *k = app->keeper;
	const char *why = k->late ? "the disk does not answer" : k->why;
	char *words = why ? mem_printf("not saving: %s", why) : NULL;
	char *trouble = words ? clean_line(words) : NULL;

	free(words);
	app->stale |= !is_same_text(k->trouble, trouble);
	free(k->trouble);
	k->trouble = trouble;
}

/* The layout may not have been saved either: no result reports it. */
static void
tell_again(struct keeper *k)
{
	k->shown = -1;
	k->looks_told = false;
}

static void
set_trouble(struct app *app, const struct err *err)
{
	free(app->keeper->why);
	app->keeper->why = err->code != ERR_NONE ? mem_strdup(err->text) : NULL;
	show_trouble(app);
}

/* When to look again; see keeper_turn. A store that computes is not late: it has what it needs of the disk. */
static int
watch_store(struct app *app, int64_t now_ms)
{
	struct keeper *k = app->keeper;
	int64_t busy_ms = store_busy_ms(k->store, now_ms);
	int late_ms = keeper_hastened(KEEPER_LATE_MS);
	bool overdue = busy_ms >= late_ms, late = overdue && !store_computes(k->store);

	if (late != k->late) {
		k->late = late;
		show_trouble(app);
	}
	if (busy_ms < 0)
		return -1;
	return overdue ? LATE_LOOK_MS : (int)(late_ms - busy_ms);
}

/* What a page shows of it is the row: the history's list has it open. */
static void
tell_saver(struct app *app, struct talk *talk, struct store_result *r)
{
	struct conversation *c = talk->session.conversation;
	int64_t row = conversation_info(c)->row;

	if (r->err.code != ERR_NONE)
		saver_failed(talk->saver, r->save, clock_ms());
	else if (r->start_over)
		saver_start_over(talk->saver, c, r->save);
	else
		saver_saved(talk->saver, c, r->save, r->done_ms);
	r->save = NULL;
	app->stale |= conversation_info(c)->row != row;
}

void
keeper_saved(struct app *app, struct store_result *r)
{
	struct talk *talk = talk_of(app, r->save->handle);

	if (app->keeper->why && r->err.code == ERR_NONE)
		tell_again(app->keeper);
	set_trouble(app, &r->err);
	if (talk)
		tell_saver(app, talk, r);
}

void
keeper_voted(struct app *app, const struct store_result *r)
{
	app->keeper->n_votes--;
	if (r->err.code != ERR_NONE)
		app_say(app, true, r->err.text);
}

/* The draft may be on its way to the store already, and replace it. */
static void
take_draft(struct app *app, const char *draft)
{
	struct keeper *k = app->keeper;

	if (draft && !k->draft)
		k->draft = mem_strdup(draft);
	else if (draft && strcmp(draft, k->draft) != 0)
		keep_for_recall(app, draft);
}

void
keeper_opened(struct app *app, const struct store_result *r)
{
	set_trouble(app, &r->err);
	if (r->notice)
		app_say(app, r->err.code != ERR_NONE, r->notice);
	else if (r->recovered.messages > 0)
		app_say(app, false, "a reply was cut short when flynn ended");
	if (!app->keeper->begun)
		take_draft(app, r->draft);
	/* What it was told before it was open, it does not know. */
	if (r->err.code == ERR_NONE)
		app->keeper->shown = -1;
}

/* The one that there is, or NULL. */
static struct store *
any_store(const struct app *app)
{
	return app->keeper->store ? app->keeper->store : app->keeper->files;
}

void
keeper_take(struct app *app)
{
	struct store *store = any_store(app);
	struct store_result *r;

	while (store && (r = store_take(store)) != NULL)
		app->keeper->above->take(app, r);
}

/* When to take the results of saves that nobody has to be woken up for; see keeper_turn. At the end they are what is waited for. */
static int
wait_patiently(struct app *app)
{
	struct keeper *k = app->keeper;
	int patience = k->last ? -1 : store_patience_ms(k->store, clock_ms());

	k->patient = patience >= 0;
	return patience;
}

int
keeper_turn(struct app *app)
{
	int64_t now_ms = clock_ms();
	int wait;

	keeper_take(app);
	if (!app->keeper->store)
		return -1;
	wait = clock_sooner(save_all(app, now_ms), watch_store(app, now_ms));
	return clock_sooner(wait, wait_patiently(app));
}

bool
keeper_export(struct app *app, const char *path, enum export_format format, struct conversation *c)
{
	struct conversation *copy;
	struct err err;

	if (!any_store(app) && !(app->keeper->files = store_new(NULL, NULL, NULL, &err))) {
		app_say(app, true, err.text);
		return false;
	}
	copy = conversation_copy(c);
	if (store_export(any_store(app), path, format, copy))
		return true;
	conversation_free(copy);
	app_say(app, true, "the disk is busy: try again");
	return false;
}

void
keeper_prompt(struct app *app, const char *prompt)
{
	/* It is recalled in this run all the same; the log says what failed. */
	if (app->keeper->store && !store_prompt(app->keeper->store, prompt))
		return;
}

void
keeper_vote(struct app *app, struct vote *vote)
{
	if (app->keeper->store && store_vote(app->keeper->store, vote)) {
		app->keeper->n_votes++;
		return;
	}
	if (app->keeper->store)
		app_say(app, true, "the history is busy: the vote was not kept");
	vote_free(vote);
}

int
keeper_fd(const struct app *app)
{
	return any_store(app) ? store_fd(any_store(app)) : -1;
}

bool
keeper_sleep(struct app *app)
{
	return !any_store(app) || store_sleep(any_store(app), app->keeper->patient);
}

void
keeper_awake(struct app *app, bool readable)
{
	if (any_store(app))
		store_awake(any_store(app), readable);
}
