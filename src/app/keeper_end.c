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
	TRIES = 3, /* a save may be of a file that was put aside meanwhile, or find the disk full and then not */
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

/* Until no save is on its way. False: the time is over. */
static bool
wait_for_saves(struct app *app, int64_t end_ms)
{
	struct pollfd fd = {keeper_fd(app), POLLIN, 0};
	int64_t left;

	for (keeper_take(app); is_waiting(app); keeper_take(app)) {
		if ((left = end_ms - clock_ms()) <= 0)
			return false;
		if (keeper_sleep(app))
			poll(&fd, 1, (int)left);
		keeper_awake(app, fd.revents != 0);
	}
	return true;
}

static void
save_the_last(struct app *app)
{
	int64_t end_ms = clock_ms() + keeper_hastened(KEEPER_LAST_MS);

	app->keeper->restoring = false;
	app->keeper->last = true;
	for (int i = 0; i < TRIES && wait_for_saves(app, end_ms); i++) {
		keeper_turn(app);
		if (!is_dirty(app))
			return;
	}
}

/* The store does what it was told still. False: it is stuck. */
static bool
end_store(struct app *app)
{
	int ms = is_dirty(app) ? KEEPER_STUCK_MS : KEEPER_STORE_MS;
	bool ended = store_end(app->keeper->store, keeper_hastened(ms));

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
	free(k->looks);
	free(k);
	app->keeper = NULL;
}
