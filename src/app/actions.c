/*
 * actions.c - the actions: a table of name, help and function, and the keys they have by default, in the text that
 * tui/keymap.h reads. A key without an action is text.
 */
#include "app/actions.h"

#include <assert.h>
#include <stddef.h>
#include <stdlib.h>

#include "app/branches.h"
#include "app/browse.h"
#include "app/commands.h"
#include "app/conversations.h"
#include "app/finder.h"
#include "app/focus.h"
#include "app/help_page.h"
#include "app/prompts.h"
#include "app/suspend.h"
#include "base/clock.h"
#include "base/compiler.h"
#include "base/utf8.h"

enum {
	CTRL_C_TWICE_MS = 1000,
	WHEEL_ROWS = 3,
};

/* ---- actions ---- */

static void
send_prompt(struct app *app)
{
	if (commands_is_one(composer_text(&app->composer)))
		commands_run(app);
	else
		prompts_send(app);
}

static void
break_line(struct app *app)
{
	app_type(app, "\n", 1);
}

/* Only what stands before the cursor, and only when that is all there is. With no command the key goes to the messages. */
static void
complete(struct app *app)
{
	struct buf completed = {0}, candidates = {0};
	struct composer *c = &app->composer;

	if (!commands_is_one(composer_text(c))) {
		focus_transcript(app);
		return;
	}
	if (c->cursor < c->text.len)
		return;
	commands_complete(app, composer_text(c), &completed, &candidates);
	if (!composer_replace(c, completed.data, completed.len))
		app_say(app, true, "that is too long");
	else if (candidates.len > 0)
		app_say(app, false, buf_text(&candidates));
	buf_release(&completed);
	buf_release(&candidates);
}

static void
stop(struct app *app)
{
	if (!app_stop_reply(app) && branches_is_editing(app))
		branches_leave_edit(app);
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
	if (app_line(app)->text.len == 0)
		app_quit(app, 0);
	else
		composer_delete(app_line(app));
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
scroll(struct app *app, long rows)
{
	transcript_scroll(&app->transcript, rows);
	transcript_cursor_keep(&app->transcript);
}

static void
page_up(struct app *app)
{
	scroll(app, -page(app));
}

static void
page_down(struct app *app)
{
	scroll(app, page(app));
}

static void
half_page_up(struct app *app)
{
	scroll(app, -(page(app) + 1) / 2);
}

static void
half_page_down(struct app *app)
{
	scroll(app, (page(app) + 1) / 2);
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

static void
fold_thinking(struct app *app)
{
	transcript_fold(&app->transcript);
}

/* What hinders it, app_retry has said. */
static void
retry(struct app *app)
{
	(void)app_retry(app, NULL);
}

static void
wheel_up(struct app *app)
{
	scroll(app, -WHEEL_ROWS);
}

static void
wheel_down(struct app *app)
{
	scroll(app, WHEEL_ROWS);
}

static void
toggle_mouse(struct app *app)
{
	app->mouse = !app->mouse;
	if (app->term)
		term_mouse(app->term, app->mouse);
	app_say(app, false,
	        app->mouse ? "mouse on: the wheel scrolls, Shift+drag selects" : "mouse off: dragging selects");
}

static void
close_help(struct app *app)
{
	app->help.open = false;
}

static long
help_page_rows(const struct app *app)
{
	return app->help.height > 2 ? app->help.height - 1 : 1;
}

static void
help_up(struct app *app)
{
	help_scroll(&app->help, -1);
}

static void
help_down(struct app *app)
{
	help_scroll(&app->help, 1);
}

static void
help_page_up(struct app *app)
{
	help_scroll(&app->help, -help_page_rows(app));
}

static void
help_page_down(struct app *app)
{
	help_scroll(&app->help, help_page_rows(app));
}

static void
help_start(struct app *app)
{
	help_scroll(&app->help, -app->help.lines);
}

static void
help_end(struct app *app)
{
	help_scroll(&app->help, app->help.lines);
}

/* Actions that only edit. */
#define EDITS(X)                                                                                                       \
	X(undo)                                                                                                        \
	X(redo)                                                                                                        \
	X(left)                                                                                                        \
	X(right)                                                                                                       \
	X(word_left)                                                                                                   \
	X(word_right)                                                                                                  \
	X(home)                                                                                                        \
	X(backspace)                                                                                                   \
	X(delete)                                                                                                      \
	X(transpose)                                                                                                   \
	X(upcase)                                                                                                      \
	X(downcase)                                                                                                    \
	X(capitalize)                                                                                                  \
	X(kill_to_home)                                                                                                \
	X(kill_to_end)                                                                                                 \
	X(kill_blank_word)                                                                                             \
	X(kill_word_left)                                                                                              \
	X(kill_word_right)                                                                                             \
	X(yank)                                                                                                        \
	X(yank_pop)

#define X(name)                                                                                                        \
	static void edit_##name(struct app *app)                                                                       \
	{                                                                                                              \
		composer_##name(app_line(app));                                                                        \
	}
EDITS(X)
#undef X

static void
line_end(struct app *app)
{
	composer_end(app_line(app));
}

/* ---- the table ---- */

/* clang-format off */
static const struct action actions[] = {
	{"send", "send the prompt, or run the /command", send_prompt},
	{"newline", "break the line", break_line},
	{"complete", "complete the /command; with none: to the messages", complete},
	{"new-conversation", "a new conversation; the old one is kept", conversations_new},
	{"stop", "stop the reply; what came is kept; else leave the earlier prompt being changed", stop},
	{"stop-clear-quit", "stop the reply, else clear the input, else (twice) quit", stop_clear_or_quit},
	{"quit", "quit", quit},
	{"redraw", "paint the screen anew", redraw},
	{"suspend", "back to the shell; fg returns", suspend},
	{"page-up", "a page up", page_up},
	{"page-down", "a page down", page_down},
	{"first-message", "to the start of the conversation", first_message},
	{"last-message", "to its end, and follow it", last_message},
	{"fold-thinking", "show the model's reasoning, or fold it away", fold_thinking},
	{"retry", "the last reply again; the old one is kept beside it", retry},
	{"wheel-up", "a few lines up", wheel_up},
	{"wheel-down", "a few lines down", wheel_down},
	{"mouse", "leave the mouse to the terminal, or take its wheel", toggle_mouse},
	{"help", "this help", help_page_open},
	{"help-close", "close the help", close_help},
	{"help-up", "a line up", help_up},
	{"help-down", "a line down", help_down},
	{"help-page-up", "a page up", help_page_up},
	{"help-page-down", "a page down", help_page_down},
	{"help-start", "to its start", help_start},
	{"help-end", "to its end", help_end},
	{"next-message", "the next message; first the rest of one that is taller than the view", focus_next},
	{"previous-message", "the message before; first the start of this one", focus_previous},
	{"first", "the first message", focus_first},
	{"last", "the last message, and follow the end", focus_last},
	{"half-page-down", "half a page down", half_page_down},
	{"half-page-up", "half a page up", half_page_up},
	{"copy", "copy the message", focus_copy},
	{"copy-code", "copy its code block of that number; Y: the first, then the next", focus_copy_code},
	{"retry-message", "another reply to it; the old one is kept beside it", focus_retry},
	{"edit-message", "change the prompt, and send it as another version", focus_edit},
	{"continue-message", "continue the last reply, when it was cut short", focus_continue},
	{"delete-message", "delete it with all below it; /undelete brings it back", focus_delete},
	{"sibling-before", "the version before", focus_sibling_before},
	{"sibling-after", "the version after", focus_sibling_after},
	{"command", "back to the input, with a slash", focus_command},
	{"composer", "back to the input", focus_composer},
	{"stop-or-composer", "stop the reply, else back to the input", focus_stop},
	{"find", "find in this conversation", finder_open},
	{"find-close", "end it, and stay there", finder_close},
	{"find-enter", "the next hit; then n and N go on", finder_enter},
	{"find-next", "the next hit", finder_next},
	{"find-previous", "the hit before", finder_previous},
	{"browse", "all conversations: search, open, rename, delete", browse_open},
	{"browser-up", "the row above", browse_up},
	{"browser-down", "the row below", browse_down},
	{"browser-page-up", "a page up", browse_page_up},
	{"browser-page-down", "a page down", browse_page_down},
	{"browser-home", "the first row; where something is typed: to the start of it", browse_home},
	{"browser-end", "the last row listed; where something is typed: to the end of it", browse_end},
	{"browser-open", "open the conversation, at what was found", browse_enter},
	{"browser-leave", "clear the search; then close", browse_leave},
	{"browser-close", "back to the chat", browse_close},
	{"browser-order", "what was found: the best first, or the newest", browse_turn},
	{"browser-pin", "pin it to the top, or unpin it", browse_pin},
	{"browser-archive", "put it away (is:archived lists those), or take it back", browse_archive},
	{"browser-rename", "give it another title", browse_rename},
	{"browser-delete", "delete it", browse_delete},
	{"browser-undelete", "bring back what was deleted last", browse_undelete},
	{"browser-new", "a new conversation", browse_new},
	{"left", "a character to the left", edit_left},
	{"right", "a character to the right", edit_right},
	{"up", "a row up; above the first: the prompt before, or the last queued one", prompts_up},
	{"down", "a row down; below the last: the prompt after", prompts_down},
	{"edit", "the prompt in $VISUAL or $EDITOR", prompts_edit},
	{"take-back", "take the last queued prompt back", prompts_take_back},
	{"line-start", "to the start of the line", edit_home},
	{"line-end", "to the end of the line", line_end},
	{"end", "back to the end of the conversation, else to the end of the line", end},
	{"backspace", "delete the character before the cursor", edit_backspace},
	{"delete", "delete the character at the cursor", edit_delete},
	{"delete-or-quit", "delete the character at the cursor; on empty input quit", delete_or_quit},
	{"kill-to-start", "cut to the start of the line", edit_kill_to_home},
	{"kill-to-end", "cut to the end of the line", edit_kill_to_end},
	{"kill-blank-word", "cut back to the blank before the cursor", edit_kill_blank_word},
	{"kill-word-left", "cut the word before the cursor", edit_kill_word_left},
	{"kill-word-right", "cut the word behind the cursor", edit_kill_word_right},
	{"yank", "put back what was cut", edit_yank},
	{"yank-pop", "right after that: what was cut before it instead", edit_yank_pop},
	{"word-left", "a word to the left", edit_word_left},
	{"word-right", "a word to the right", edit_word_right},
	{"transpose", "swap the characters around the cursor", edit_transpose},
	{"upcase", "the word in capitals", edit_upcase},
	{"downcase", "the word in small letters", edit_downcase},
	{"capitalize", "the word with a capital", edit_capitalize},
	{"undo", "undo; also what Ctrl+C has cleared", edit_undo},
	{"redo", "do again what was undone", edit_redo},
};

static const char default_keys[] =
	"bind composer Enter send\n"
	"bind composer Tab complete\n"
	"bind composer C-j newline\n"
	"bind composer M-Enter newline\n"
	"bind composer S-Enter newline\n"
	"bind line Left left\n"
	"bind line C-b left\n"
	"bind line Right right\n"
	"bind line C-f right\n"
	"bind composer Up up\n"
	"bind composer Down down\n"
	"bind composer M-Up take-back\n"
	"bind composer C-g edit\n"
	"bind composer C-x C-e edit\n"
	"bind line Home line-start\n"
	"bind line C-a line-start\n"
	"bind composer End end\n"
	"bind line C-e line-end\n"
	"bind line Backspace backspace\n"
	"bind line Delete delete\n"
	"bind line C-d delete-or-quit\n"
	"bind line C-u kill-to-start\n"
	"bind line C-k kill-to-end\n"
	"bind line C-w kill-blank-word\n"
	"bind line M-Backspace kill-word-left\n"
	"bind line M-d kill-word-right\n"
	"bind line C-y yank\n"
	"bind line M-y yank-pop\n"
	"bind line M-b word-left\n"
	"bind line C-Left word-left\n"
	"bind line M-f word-right\n"
	"bind line C-Right word-right\n"
	"bind line C-t transpose\n"
	"bind line M-u upcase\n"
	"bind line M-l downcase\n"
	"bind line M-c capitalize\n"
	"bind line C-_ undo\n"
	"bind line M-_ redo\n"
	"bind anywhere F1 help\n"
	"bind help Esc help-close\n"
	"bind help q help-close\n"
	"bind help F1 help-close\n"
	"bind help C-c help-close\n"
	"bind help Up help-up\n"
	"bind help k help-up\n"
	"bind help WheelUp help-up\n"
	"bind help Down help-down\n"
	"bind help j help-down\n"
	"bind help WheelDown help-down\n"
	"bind help Enter help-down\n"
	"bind help PgUp help-page-up\n"
	"bind help PgDn help-page-down\n"
	"bind help Space help-page-down\n"
	"bind help Home help-start\n"
	"bind help g help-start\n"
	"bind help End help-end\n"
	"bind help G help-end\n"
	"bind anywhere F4 find\n"
	"bind find Enter find-enter\n"
	"bind find Down find-next\n"
	"bind find Up find-previous\n"
	"bind find Esc find-close\n"
	"bind find C-c find-close\n"
	"bind found n find-next\n"
	"bind found Enter find-next\n"
	"bind found Down find-next\n"
	"bind found N find-previous\n"
	"bind found Up find-previous\n"
	"bind found / find\n"
	"bind found Esc find-close\n"
	"bind found q find-close\n"
	"bind found C-c find-close\n"
	"bind anywhere F3 browse\n"
	"bind browser Up browser-up\n"
	"bind browser C-p browser-up\n"
	"bind browser WheelUp browser-up\n"
	"bind browser Down browser-down\n"
	"bind browser C-n browser-down\n"
	"bind browser WheelDown browser-down\n"
	"bind browser PgUp browser-page-up\n"
	"bind browser PgDn browser-page-down\n"
	"bind browser Home browser-home\n"
	"bind browser End browser-end\n"
	"bind browser Enter browser-open\n"
	"bind browser Esc browser-leave\n"
	"bind browser C-c browser-leave\n"
	"bind browser F3 browser-close\n"
	"bind browser Tab browser-order\n"
	"bind browser M-p browser-pin\n"
	"bind browser M-a browser-archive\n"
	"bind browser M-r browser-rename\n"
	"bind browser M-x browser-delete\n"
	"bind browser M-z browser-undelete\n"
	"bind browser M-n browser-new\n"
	"bind transcript j next-message\n"
	"bind transcript Down next-message\n"
	"bind transcript k previous-message\n"
	"bind transcript Up previous-message\n"
	"bind transcript g first\n"
	"bind transcript Home first\n"
	"bind transcript G last\n"
	"bind transcript End last\n"
	"bind transcript C-d half-page-down\n"
	"bind transcript C-u half-page-up\n"
	"bind transcript C-f page-down\n"
	"bind transcript C-b page-up\n"
	"bind transcript y copy\n"
	"bind transcript 1 copy-code\n"
	"bind transcript 2 copy-code\n"
	"bind transcript 3 copy-code\n"
	"bind transcript 4 copy-code\n"
	"bind transcript 5 copy-code\n"
	"bind transcript 6 copy-code\n"
	"bind transcript 7 copy-code\n"
	"bind transcript 8 copy-code\n"
	"bind transcript 9 copy-code\n"
	"bind transcript Y copy-code\n"
	"bind transcript r retry-message\n"
	"bind transcript e edit-message\n"
	"bind transcript c continue-message\n"
	"bind transcript x delete-message\n"
	"bind transcript [ sibling-before\n"
	"bind transcript ] sibling-after\n"
	"bind transcript Space fold-thinking\n"
	"bind transcript / command\n"
	"bind transcript Esc composer\n"
	"bind transcript Tab composer\n"
	"bind transcript Enter composer\n"
	"bind transcript i composer\n"
	"bind transcript C-c stop-or-composer\n"
	"bind anywhere C-n new-conversation\n"
	"bind anywhere Esc stop\n"
	"bind anywhere C-c stop-clear-quit\n"
	"bind anywhere C-q quit\n"
	"bind anywhere C-l redraw\n"
	"bind anywhere C-z suspend\n"
	"bind anywhere PgUp page-up\n"
	"bind anywhere PgDn page-down\n"
	"bind anywhere M-Home first-message\n"
	"bind anywhere M-End last-message\n"
	"bind anywhere M-t fold-thinking\n"
	"bind anywhere WheelUp wheel-up\n"
	"bind anywhere WheelDown wheel-down\n"
	"bind anywhere M-m mouse\n"
	"bind anywhere M-r retry\n";
/* clang-format on */

static char *
key_of(const struct app *app, const char *action)
{
	struct buf keys = {0};

	return keymap_say_action(&app->keymap, CONTEXT_COMPOSER, action, &keys) ? buf_take(&keys) : NULL;
}

void
actions_init(struct app *app)
{
	struct err err;
	bool ok;

	keymap_init(&app->keymap, actions, ARRAY_LEN(actions));
	ok = keymap_read(&app->keymap, default_keys, "default keys", &err);
	assert(ok);
	(void)ok;
	app->key_retry = key_of(app, "retry");
	app->key_send = key_of(app, "send");
	app->key_end = key_of(app, "end");
}

void
actions_release(struct app *app)
{
	keymap_release(&app->keymap);
	free(app->key_retry);
	free(app->key_send);
	free(app->key_end);
}

/* ---- keys ---- */

static bool
is_text(struct key key)
{
	return key.code >= ' ' && key.code < KEYN_ENTER && !(key.mods & (KEY_CTRL_BIT | KEY_ALT_BIT));
}

/* Who types on has not noticed where the keyboard is. */
static void
say_no_key(struct app *app, struct key key)
{
	char name[KEY_TEXT_MAX];
	struct buf keys = {0}, words = {0};

	key_say(key, name);
	buf_printf(&words, "%s does nothing here", name);
	if (keymap_say_action(&app->keymap, app->focus, app->focus == CONTEXT_FOUND ? "find-close" : "composer", &keys))
		buf_printf(&words, ": %s goes back to the input", buf_text(&keys));
	app_say(app, false, buf_text(&words));
	buf_release(&keys);
	buf_release(&words);
}

/* No action has these keys. */
static void
unbound_key(struct app *app, struct key key, bool first)
{
	char text[4];

	if (!first)
		app_say(app, false, "these two keys do nothing");
	else if (app_context(app) == CONTEXT_TRANSCRIPT || app_context(app) == CONTEXT_FOUND)
		say_no_key(app, key);
	else if (keymap_is_line(app_context(app)) && is_text(key))
		app_type(app, text, utf8_encode(key.code, text));
}

void
actions_key(struct app *app, struct key key)
{
	struct key keys[KEYMAP_KEYS_MAX] = {app->chord, key};
	bool first = app->chord.code == KEYN_NONE;
	const struct action *action = NULL;
	enum keymap_match match;

	focus_settle(app);
	match = keymap_find(&app->keymap, app_context(app), first ? &key : keys, first ? 1 : KEYMAP_KEYS_MAX, &action);
	app->stale = true;
	app->key = key;
	app->chord = (struct key){KEYN_NONE, 0};
	if (!action || action->run != stop_clear_or_quit)
		app->ctrl_c_ms = 0;
	if (match == KEYMAP_ACTION)
		action->run(app);
	else if (match == KEYMAP_BEGINNING)
		app->chord = key;
	else
		unbound_key(app, key, first);
}
