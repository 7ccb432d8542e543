/*
 * replay_status.c - a replay in the status bar: where it is in place of the server's state, and its keys where messages are.
 */
#include <stdio.h>

#include "app/app.h"
#include "app/key_hint.h"
#include "app/replay.h"
#include "tui/statusbar.h"

static void
set_state(const struct replay *r, struct status *status)
{
	size_t turn = player_turn(&r->player) + 1, n = r->player.n_turns, space = sizeof(status->state[0]);
	const char *now = r->player.phase == PLAYER_IS_OVER ? " · the end" : r->paused ? " · paused" : "";

	snprintf(status->state[0], space, "replay · turn %zu of %zu · speed %g%s", turn, n, r->speed, now);
	snprintf(status->state[1], space, "replay %zu of %zu · %g×%s", turn, n, r->speed, now);
	snprintf(status->state[2], space, "replay %zu/%zu · %g×%s", turn, n, r->speed, now);
}

/* "Left, Right turns" */
static char *
pair_of_keys(const struct app *app, const char *first, const char *second, const char *what)
{
	struct buf words = {0};

	if (keymap_say_action(&app->keymap, CONTEXT_REPLAY, first, &words))
		buf_puts(&words, ", ");
	if (keymap_say_action(&app->keymap, CONTEXT_REPLAY, second, &words))
		buf_printf(&words, " %s", what);
	return buf_take(&words);
}

static const char *
what_pause_does(const struct replay *r)
{
	return r->player.phase == PLAYER_IS_OVER ? "plays again" : r->paused ? "goes on" : "pauses";
}

/* As many as fit beside the rest, the most needed first. */
static const char *
keys_of(const struct app *app, const struct status *status)
{
	struct replay *r = app->replay;
	int cols = statusbar_message_cols(status, app->composer.cols);

	buf_clear(&r->keys);
	hint_put(&r->keys, hint_key(&app->keymap, CONTEXT_REPLAY, "replay-pause", what_pause_does(r)), cols);
	hint_put(&r->keys, hint_key(&app->keymap, CONTEXT_REPLAY, "replay-close", "ends"), cols);
	hint_put(&r->keys, pair_of_keys(app, "replay-back", "replay-next", "turns"), cols);
	hint_put(&r->keys, pair_of_keys(app, "replay-slower", "replay-faster", "speed"), cols);
	return buf_text(&r->keys);
}

void
replay_set_status(const struct app *app, struct status *status)
{
	if (!app->replay)
		return;
	set_state(app->replay, status);
	if (!status->message && app->replay->options.time != REPLAY_AT_ONCE)
		status->message = keys_of(app, status);
}
