/*
 * chat_actions.c - what keys do at the composer, and to the whole of flynn.
 */
#include "screen/chat_actions.h"

#include "app/app.h"
#include "app/best.h"
#include "app/command.h"
#include "app/compact.h"
#include "app/focus.h"
#include "app/panes.h"
#include "app/path_complete.h"
#include "app/turn.h"
#include "app/version.h"
#include "app/view.h"
#include "base/clock.h"
#include "screen/attach_commands.h"
#include "screen/commands.h"
#include "screen/prompt_actions.h"

enum {
	CTRL_C_TWICE_MS = 1000,
};

void
chat_send_prompt(struct app *app)
{
	if (command_is_typed(&app->composer) && !prompts_was_offered(app) && !version_is_of_reply(app))
		commands_run(app);
	else
		prompts_send(app);
}

void
chat_compact(struct app *app)
{
	(void)compact_begin(app, "");
}

/* With one pane there is none above: the key is for the queue of prompts. */
void
chat_pane_up(struct app *app)
{
	if (app->n_panes > 1)
		panes_go(app, LAYOUT_UP);
	else
		prompts_take_back(app);
}

void
chat_break_line(struct app *app)
{
	view_type(app, "\n", 1);
}

/* Only what stands before the cursor, and only when that is all there is. */
static void
complete_command(struct app *app)
{
	struct buf completed = {0}, candidates = {0};
	struct composer *c = &app->composer;

	if (c->cursor < c->text.len)
		return;
	command_complete(&app->commands, app, composer_text(c), &completed, &candidates);
	app->completes_late = candidates.len > 0 || strcmp(buf_text(&completed), composer_text(c)) == 0;
	if (!composer_replace(c, completed.data, completed.len))
		app_say(app, true, "that is too long");
	else if (candidates.len > 0)
		app_say(app, false, buf_text(&candidates));
	buf_release(&completed);
	buf_release(&candidates);
}

void
chat_complete_late(struct app *app)
{
	if (command_is_typed(&app->composer))
		complete_command(app);
	app->stale = true;
}

/* With no command the key goes to the messages. */
void
chat_complete(struct app *app)
{
	if (path_complete_begin(app))
		return;
	if (command_is_typed(&app->composer))
		complete_command(app);
	else
		focus_transcript(app);
}

void
chat_open_paste(struct app *app)
{
	if (!composer_unfold(&app->composer))
		app_say(app, false, "no pasted text is folded");
}

void
chat_stop(struct app *app)
{
	if (!best_stop(app) && !turn_stop(app) && version_is_editing(app))
		version_leave(app);
}

void
chat_stop_clear_or_quit(struct app *app)
{
	int64_t now = clock_ms(), before = app->ctrl_c_ms;

	app->ctrl_c_ms = 0;
	if (best_stop(app) || turn_stop(app))
		return;
	if (app->composer.text.len > 0) {
		composer_clear(&app->composer);
		return;
	}
	if (attach_command_drop_all(app))
		return;
	if (before > 0 && now - before <= CTRL_C_TWICE_MS) {
		app_quit(app, 0);
		return;
	}
	app->ctrl_c_ms = now;
	app_say(app, false, "Ctrl+C again quits");
}

void
chat_quit(struct app *app)
{
	app_quit(app, 0);
}

void
chat_delete_or_quit(struct app *app)
{
	if (view_line(app)->text.len == 0)
		app_quit(app, 0);
	else
		composer_delete(view_line(app));
}

void
chat_redraw(struct app *app)
{
	if (app->term)
		term_redraw(app->term);
}

void
chat_suspend(struct app *app)
{
	if (app->term)
		app_suspend(app);
}

void
chat_toggle_mouse(struct app *app)
{
	app->mouse.is_on = !app->mouse.is_on;
	if (app->term)
		term_mouse(app->term, app->mouse.is_on);
	app_say(app, false,
	        app->mouse.is_on ? "mouse on: the wheel scrolls, a click focuses a pane, Shift+drag selects"
	                         : "mouse off: dragging selects");
}

void
chat_toggle_highlight(struct app *app)
{
	app->code.is_plain = !app->code.is_plain;
	app_say(app, false, app->code.is_plain ? "code is plain" : "code has colours");
}
