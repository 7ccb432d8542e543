/*
 * actions.c - the actions, each a name and a function of the app, and their keys. A key without an action is text.
 */
#include "app/actions.h"

#include <stddef.h>

#include "app/suspend.h"
#include "base/clock.h"
#include "base/compiler.h"
#include "base/utf8.h"

enum {
	CTRL_C_TWICE_MS = 1000,
};

/* ---- actions ---- */

static void
send_prompt(struct app *app)
{
	if (app->session.state != SESSION_IDLE)
		app_say(app, false, "a reply is on its way: Esc stops it, then Enter sends");
	else if (!composer_is_blank(&app->composer))
		app_send(app);
}

static void
break_line(struct app *app)
{
	app_paste(app, "\n", 1);
}

static void
stop(struct app *app)
{
	app_stop_reply(app);
}

static void
stop_clear_or_quit(struct app *app)
{
	int64_t now = clock_ms(), before = app->ctrl_c_ms;

	app->ctrl_c_ms = 0;
	if (app_stop_reply(app))
		return;
	if (app->composer.text.len > 0) {
		composer_clear(&app->composer);
		return;
	}
	if (before > 0 && now - before <= CTRL_C_TWICE_MS) {
		app_quit(app, 0);
		return;
	}
	app->ctrl_c_ms = now;
	app_say(app, false, "Ctrl+C again quits");
}

static void
quit(struct app *app)
{
	app_quit(app, 0);
}

static void
delete_or_quit(struct app *app)
{
	if (app->composer.text.len == 0)
		app_quit(app, 0);
	else
		composer_delete(&app->composer);
}

static void
redraw(struct app *app)
{
	if (app->term)
		term_redraw(app->term);
}

static void
suspend(struct app *app)
{
	if (app->term)
		suspend_program(app->term);
}

static long
page(const struct app *app)
{
	return app->transcript.rows > 2 ? app->transcript.rows - 2 : 1;
}

static void
page_up(struct app *app)
{
	transcript_scroll(&app->transcript, -page(app));
}

static void
page_down(struct app *app)
{
	transcript_scroll(&app->transcript, page(app));
}

/* While the view stands somewhere above, End brings it back; else it is a key of the line. */
static void
end(struct app *app)
{
	if (app->transcript.follow)
		composer_end(&app->composer);
	else
		transcript_end(&app->transcript);
}

static void
first_message(struct app *app)
{
	transcript_start(&app->transcript);
}

static void
last_message(struct app *app)
{
	transcript_end(&app->transcript);
}

/* Actions that only edit. */
#define EDITS(X)                                                                                                       \
	X(left)                                                                                                        \
	X(right)                                                                                                       \
	X(up)                                                                                                          \
	X(down)                                                                                                        \
	X(home)                                                                                                        \
	X(backspace)                                                                                                   \
	X(delete)                                                                                                      \
	X(kill_to_home)                                                                                                \
	X(kill_to_end)                                                                                                 \
	X(kill_word)

#define X(name)                                                                                                        \
	static void edit_##name(struct app *app)                                                                       \
	{                                                                                                              \
		composer_##name(&app->composer);                                                                       \
	}
EDITS(X)
#undef X

static void
line_end(struct app *app)
{
	composer_end(&app->composer);
}

/* ---- keys ---- */

static const struct binding {
	struct key key;
	void (*run)(struct app *);
} bindings[] = {
        {{KEYN_ENTER, 0}, send_prompt},
        {{'j', KEY_CTRL_BIT}, break_line},
        {{KEYN_ENTER, KEY_ALT_BIT}, break_line},
        {{KEYN_ENTER, KEY_SHIFT_BIT}, break_line},
        {{KEYN_ESCAPE, 0}, stop},
        {{'c', KEY_CTRL_BIT}, stop_clear_or_quit},
        {{'d', KEY_CTRL_BIT}, delete_or_quit},
        {{'q', KEY_CTRL_BIT}, quit},
        {{'l', KEY_CTRL_BIT}, redraw},
        {{'z', KEY_CTRL_BIT}, suspend},
        {{KEYN_PAGE_UP, 0}, page_up},
        {{KEYN_PAGE_DOWN, 0}, page_down},
        {{KEYN_HOME, KEY_ALT_BIT}, first_message},
        {{KEYN_END, KEY_ALT_BIT}, last_message},
        {{KEYN_LEFT, 0}, edit_left},
        {{'b', KEY_CTRL_BIT}, edit_left},
        {{KEYN_RIGHT, 0}, edit_right},
        {{'f', KEY_CTRL_BIT}, edit_right},
        {{KEYN_UP, 0}, edit_up},
        {{KEYN_DOWN, 0}, edit_down},
        {{KEYN_HOME, 0}, edit_home},
        {{'a', KEY_CTRL_BIT}, edit_home},
        {{KEYN_END, 0}, end},
        {{'e', KEY_CTRL_BIT}, line_end},
        {{KEYN_BACKSPACE, 0}, edit_backspace},
        {{KEYN_DELETE, 0}, edit_delete},
        {{'u', KEY_CTRL_BIT}, edit_kill_to_home},
        {{'k', KEY_CTRL_BIT}, edit_kill_to_end},
        {{'w', KEY_CTRL_BIT}, edit_kill_word},
};

static const struct binding *
find_binding(struct key key)
{
	for (size_t i = 0; i < ARRAY_LEN(bindings); i++)
		if (bindings[i].key.code == key.code && bindings[i].key.mods == key.mods)
			return &bindings[i];
	return NULL;
}

void
actions_key(struct app *app, struct key key)
{
	const struct binding *binding = find_binding(key);
	char text[4];

	app->stale = true;
	if (!binding || binding->run != stop_clear_or_quit)
		app->ctrl_c_ms = 0;
	if (binding)
		binding->run(app);
	else if (key.code >= ' ' && key.code < KEYN_ENTER && !(key.mods & (KEY_CTRL_BIT | KEY_ALT_BIT)))
		app_paste(app, text, utf8_encode(key.code, text));
}
