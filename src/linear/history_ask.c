/*
 * history_ask.c - what is new is sent to the history first; what a save on its way does not hold is sent when that has come back.
 */
#include "linear/history_ask.h"

#include "app/app.h"
#include "app/keeper.h"
#include "base/clock.h"
#include "linear/state.h"

static void
send_question(struct app *app)
{
	struct linear *l = linear_of(app);

	l->waits_for = WAITS_FOR_HISTORY;
	if (l->ask(app))
		return;
	l->waits_for = WAITS_FOR_NOTHING;
	(void)app_refuse(app, "the history is busy: try again");
}

void
history_ask_turn(struct app *app)
{
	struct linear *l = linear_of(app);

	if (l->waits_for != WAITS_FOR_SAVES)
		return;
	if (app->keeper->trouble || !keeper_lacks(app, l->asked_ms))
		send_question(app);
	else
		keeper_flush_all(app);
}

void
history_ask(struct app *app, bool (*ask)(struct app *))
{
	struct linear *l = linear_of(app);

	l->ask = ask;
	l->asked_ms = clock_ms();
	l->waits_for = WAITS_FOR_SAVES;
	history_ask_turn(app);
}
