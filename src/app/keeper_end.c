/*
 * keeper_end.c - flynn ends: each conversation is saved once more, the store has some time, and what it has not kept then
 * goes into a file.
 */
#include <poll.h>
#include <stdlib.h>

#include "app/app.h"
#include "app/keeper.h"
#include "app/rescue.h"
#include "app/talk.h"
#include "base/clock.h"
#include "base/mem.h"
#include "store/saver.h"
#include "store/worker.h"

enum {
	TRIES = 3, /* to save: the disk may be full and then not */
};

static void
interrupt_all(struct app *app)
{
	for (size_t i = 0; i < app->n_talks; i++)
		if (!talk_is_idle(app->talks[i]))
			session_interrupt(&app->talks[i]->session);
}

static bool
is_dirty(const struct app *app)
{
	for (size_t i = 0; i < app->n_talks; i++)
		if (saver_is_dirty(app->talks[i]->saver, app->talks[i]->session.conversation))
			return true;
	return false;
}

static bool
is_waiting(const struct app *app)
{
	for (size_t i = 0; i < app->n_talks; i++)
		if (saver_is_waiting(app->talks[i]->saver))
			return true;
	return false;
}

bool
keeper_await(struct app *app, bool (*waits)(const struct app *), int64_t end_ms)
{
	struct pollfd fd = {keeper_fd(app), POLLIN, 0};
	int64_t left;

	app->keeper->patient = false;
	for (keeper_take(app); waits(app); keeper_take(app)) {
		if ((left = end_ms - clock_ms()) <= 0)
			return false;
		if (keeper_sleep(app))
			poll(&fd, 1, (int)left);
		keeper_awake(app, fd.revents != 0);
	}
	return true;
}

/* A save gets more time while the history computes, but not for ever. Whether it does is asked before what it has done is taken: in
 * between it may be done. */
static bool
await_saves(struct app *app, int64_t end_ms)
{
	int64_t last_ms = end_ms + STORE_LONGER_MS;
	bool computes = true;

	while (!keeper_await(app, is_waiting, end_ms)) {
		if (!computes)
			return false;
		computes = store_computes(app->keeper->store) && clock_ms() < last_ms;
		end_ms = clock_ms() + (computes ? STORE_COMPUTING_MS : 0);
	}
	return true;
}

/* A long text takes more saves than one: each that comes back gives the next one some time. */
static void
save_the_last(struct app *app)
{
	int64_t end_ms = clock_ms() + keeper_hastened(KEEPER_LAST_MS);
	struct keeper *k = app->keeper;

	k->restoring = false;
	k->last = true;
	(void)store_computes(k->store);
	for (int failed = 0; failed < TRIES && await_saves(app, end_ms); failed += k->why != NULL) {
		keeper_turn(app);
		if (!is_dirty(app))
			return;
		if (end_ms < clock_ms() + STORE_COMPUTING_MS)
			end_ms = clock_ms() + STORE_COMPUTING_MS;
	}
}

/* The store does what it was told still. False: it is stuck. */
static bool
end_store(struct app *app)
{
	int ms = is_dirty(app) ? KEEPER_STUCK_MS : KEEPER_STORE_MS;
	bool ended = store_end_computing(app->keeper->store, keeper_hastened(ms));

	keeper_take(app);
	return ended;
}

const char *
keeper_end(struct app *app)
{
	struct keeper *k = app->keeper;
	bool ended;

	if (k->ended || !k->store)
		return k->parting;
	k->ended = true;
	interrupt_all(app);
	save_the_last(app);
	ended = end_store(app);
	k->parting = rescue(app, ended && k->why ? k->why : "the disk does not answer");
	if (!k->parting && !ended)
		k->parting = mem_strdup("the disk does not answer: flynn quit without waiting, all was saved before");
	return k->parting;
}

void
keeper_release(struct app *app)
{
	struct keeper *k = app->keeper;

	if (!k)
		return;
	(void)keeper_end(app);
	store_free(k->store);
	store_free(k->files);
	free(k->trouble);
	free(k->why);
	free(k->parting);
	free(k->draft);
	free(k->last_model);
	free(k->last_asked);
	free(k->looks);
	free(k);
	app->keeper = NULL;
}
