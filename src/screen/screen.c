/*
 * screen.c - the full screen from its start to its end, and where keys and pastes go.
 */
#include "screen/screen.h"

#include <stdlib.h>

#include "app/best.h"
#include "app/blind.h"
#include "app/context.h"
#include "app/finder.h"
#include "app/glimpse.h"
#include "app/held_keys.h"
#include "app/keeper.h"
#include "app/life.h"
#include "app/pane.h"
#include "app/turn_slots.h"
#include "app/tagging.h"
#include "app/view.h"
#include "base/clock.h"
#include "base/utf8.h"
#include "pages/pages.h"
#include "pages/replay_page.h"
#include "screen/actions.h"
#include "screen/answers.h"
#include "screen/key_press.h"

bool
screen_init(struct app *app, const struct config *config, const struct keeper_options *keep, struct log *log,
        struct err *err)
{
	life_begin(app, config, screen_chat_view());
	if (!actions_init(app, err)) {
		view_release(app);
		return false;
	}
	pages_register(app);
	if (life_init(app, keep, answers(), log, err))
		return true;
	actions_release(app);
	return false;
}

bool
screen_start(struct app *app, struct err *err)
{
	return term_start(app->term, err) && life_start(app, err);
}

/* What was done to a glimpse is kept with the rest of its conversation. */
static void
end_glimpse(struct app *app)
{
	struct glimpse_left left;

	if (glimpse_is_touched(app))
		(void)keeper_await(app, glimpse_is_on, clock_ms() + keeper_hastened(KEEPER_STUCK_MS));
	glimpse_end(app, &left);
	glimpse_drop(app, &left);
}

/* What was typed while keys waited belongs to the draft. */
static void
take_held_text(struct app *app)
{
	struct held_key held;
	char text[4];

	(void)held_keys_give_up(app);
	while (held_keys_next(app, &held)) {
		if (held.paste)
			view_paste(app, held.paste, held.n);
		else if (key_is_text(held.key))
			view_type(app, text, utf8_encode(held.key.code, text));
		free(held.paste);
	}
}

const char *
screen_end(struct app *app)
{
	replay_page_close(app);
	end_glimpse(app);
	take_held_text(app);
	return life_end(app);
}

void
screen_release(struct app *app)
{
	life_release(app);
	actions_release(app);
}

/* ---- keys ---- */

void
screen_key(struct app *app, struct key key)
{
	if (!held_keys_wait(app))
		app_say(app, false, NULL);
	turn_slots_read(app);
	finder_catch_up(app->pane);
	app->pane->finder.show = false;
	view_settle(app);
	press_key(app, key);
	blind_settle(app);
	best_settle(app);
	context_typed(app);
	tagging_settle(app);
	view_settle(app);
}

void
screen_paste(struct app *app, const char *text, size_t n)
{
	if (held_keys_hold_paste(app, text, n))
		return;
	app_say(app, false, NULL);
	app->offered = app->excess_said = app->words_refused = false;
	view_paste(app, text, n);
	context_typed(app);
	tagging_settle(app);
	view_settle(app);
}

void
screen_take_held(struct app *app)
{
	struct held_key held;

	while (held_keys_next(app, &held)) {
		if (held.paste)
			screen_paste(app, held.paste, held.n);
		else
			screen_key(app, held.key);
		free(held.paste);
		app->stale = true;
	}
}
