/*
 * key_press.c - one or two keys, and what the keymap makes of them where the keyboard is.
 */
#include "screen/key_press.h"

#include <string.h>

#include "app/app.h"
#include "app/blind.h"
#include "app/focus.h"
#include "app/held_keys.h"
#include "app/pane.h"
#include "app/replay.h"
#include "app/view.h"
#include "base/compiler.h"
#include "base/utf8.h"
#include "pages/bare_page.h"
#include "pages/link_picker.h"

/* Who types on has not noticed where the keyboard is. */
static void
say_no_key(struct app *app, struct key key)
{
	enum key_context context = view_context(app);
	char name[KEY_TEXT_MAX];
	struct buf keys = {0}, words = {0};

	key_say(key, name);
	buf_printf(&words, "%s does nothing here", name);
	if (keymap_say_action(&app->keymap, context,
	            context == CONTEXT_FOUND     ? "find-close"
	            : context == CONTEXT_SIDEBAR ? "sidebar-leave"
	                                         : "composer",
	            &keys))
		buf_printf(&words, ": %s goes back to the input", buf_text(&keys));
	app_say(app, false, buf_text(&words));
	buf_release(&keys);
	buf_release(&words);
}

/* Where a digit is a vote. */
static bool
is_chat(enum key_context context)
{
	return context == CONTEXT_COMPOSER || context == CONTEXT_TRANSCRIPT;
}

/* No action has these keys. */
static void
unbound_key(struct app *app, struct key key, bool first)
{
	char text[4];

	if (!first)
		app_say(app, false, "these two keys do nothing");
	else if (view_context(app) == CONTEXT_BARE)
		bare_close(app);
	else if (view_context(app) == CONTEXT_ADDRESS)
		follow_close(app);
	else if (is_chat(view_context(app)) && blind_take_key(app, key))
		return;
	else if (view_context(app) == CONTEXT_TRANSCRIPT || view_context(app) == CONTEXT_FOUND ||
	         view_context(app) == CONTEXT_SIDEBAR)
		say_no_key(app, key);
	else if (keymap_is_line(view_context(app)) && key_is_text(key))
		view_type(app, text, utf8_encode(key.code, text));
}

/* Moves the view, and does nothing to the conversation. */
static bool
only_looks(const struct action *action)
{
	static const char *const names[] = {"page-up", "page-down", "half-page-up", "half-page-down", "line-up",
	        "line-down", "wheel-up", "wheel-down", "first-message", "last-message", "redraw", "suspend"};

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (strcmp(action->name, names[i]) == 0)
			return true;
	return false;
}

static bool
is_harmless(const struct action *action)
{
	return only_looks(action) || strcmp(action->name, "quit") == 0;
}

/* Changes the text that is being written, and nothing else. */
static bool
writes(const struct action *action)
{
	static const char *const names[] = {"newline", "left", "right", "line-start", "line-end", "backspace", "delete",
	        "kill-to-start", "kill-to-end", "kill-space-word", "kill-word-left", "kill-word-right", "yank",
	        "yank-pop", "word-left", "word-right", "transpose", "upcase", "downcase", "capitalize", "undo", "redo"};

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (strcmp(action->name, names[i]) == 0)
			return true;
	return false;
}

/* NULL: no action has the key. */
static enum key_effect
effect_of(const struct app *app, const struct action *action, struct key key)
{
	if (!action)
		return view_context(app) == CONTEXT_COMPOSER && key_is_text(key) ? KEY_WRITES : KEY_ACTS;
	if (is_harmless(action))
		return KEY_LOOKS;
	return view_context(app) == CONTEXT_COMPOSER && writes(action) ? KEY_WRITES : KEY_ACTS;
}

static bool
stops(const struct action *action)
{
	return strcmp(action->name, "stop") == 0 || strcmp(action->name, "stop-clear-quit") == 0;
}

/* Nothing else is done to what is only a copy. */
static bool
is_for_replay(const struct action *action)
{
	return is_harmless(action) || strncmp(action->name, "replay-", 7) == 0 || strncmp(action->name, "help", 4) == 0;
}

static void
run(struct app *app, const struct action *action)
{
	if (replay_is_on(app) && !is_for_replay(action)) {
		app_say(app, false, "a replay is playing: Esc ends it");
		return;
	}
	if (bare_is_open(app) && !only_looks(action))
		bare_close(app);
	action_run(action, app);
}

void
press_key(struct app *app, struct key key)
{
	struct key keys[KEYMAP_KEYS_MAX] = {app->chord, key};
	bool first = app->chord.code == KEYN_NONE;
	const struct action *action = NULL;
	enum keymap_match match;

	focus_settle(app->pane);
	match = keymap_find(&app->keymap, view_context(app), first ? &key : keys, first ? 1 : KEYMAP_KEYS_MAX, &action);
	app->stale = true;
	app->key = key;
	app->chord = (struct key){KEYN_NONE, 0};
	if (match == KEYMAP_ACTION && stops(action) && held_keys_give_up(app))
		return;
	if (held_keys_hold(app, key, match == KEYMAP_BEGINNING ? KEY_ACTS : effect_of(app, action, key)))
		return;
	if (!action || strcmp(action->name, "stop-clear-quit") != 0)
		app->ctrl_c_ms = 0;
	if (!action || strcmp(action->name, "send") != 0)
		app->offered = app->excess_said = app->words_refused = false;
	app->completes_late = false;
	if (match == KEYMAP_ACTION)
		run(app, action);
	else if (match == KEYMAP_BEGINNING)
		app->chord = key;
	else
		unbound_key(app, key, first);
}
