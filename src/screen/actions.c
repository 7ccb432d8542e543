/*
 * actions.c - the actions: a table of name, help and function, and those of them that are a few lines.
 */
#include "screen/actions.h"

#include <stddef.h>
#include <stdlib.h>

#include "app/branches.h"
#include "app/conversations.h"
#include "app/finder.h"
#include "app/focus.h"
#include "app/panes.h"
#include "app/scroll.h"
#include "app/turn.h"
#include "app/version.h"
#include "app/view.h"
#include "base/clock.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "pages/bare_page.h"
#include "pages/browse.h"
#include "pages/help_page.h"
#include "pages/link_picker.h"
#include "pages/log_page.h"
#include "pages/model_list.h"
#include "pages/palette.h"
#include "pages/recall_search.h"
#include "pages/sidebar.h"
#include "pages/tree_page.h"
#include "screen/commands.h"
#include "screen/key_bindings.h"
#include "screen/message_actions.h"
#include "screen/prompt_actions.h"
#include "screen/thinking_commands.h"

enum {
	CTRL_C_TWICE_MS = 1000,
};

/* ---- actions ---- */

static void
send_prompt(struct app *app)
{
	if (command_is_typed(&app->composer) && !prompts_was_offered(app))
		commands_run(app);
	else
		prompts_send(app);
}

/* With one pane there is none above: the key is for the queue of prompts. */
static void
pane_up(struct app *app)
{
	if (app->n_panes > 1)
		panes_go(app, LAYOUT_UP);
	else
		prompts_take_back(app);
}

static void
break_line(struct app *app)
{
	view_type(app, "\n", 1);
}

/* Only what stands before the cursor, and only when that is all there is. With no command the key goes to the messages. */
static void
complete(struct app *app)
{
	struct buf completed = {0}, candidates = {0};
	struct composer *c = &app->composer;

	if (!command_is_typed(c)) {
		focus_transcript(app);
		return;
	}
	if (c->cursor < c->text.len)
		return;
	command_complete(&app->commands, app, composer_text(c), &completed, &candidates);
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
	if (!turn_stop(app) && version_is_editing(app))
		version_leave(app);
}

static void
stop_clear_or_quit(struct app *app)
{
	int64_t now = clock_ms(), before = app->ctrl_c_ms;

	app->ctrl_c_ms = 0;
	if (turn_stop(app))
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
	if (view_line(app)->text.len == 0)
		app_quit(app, 0);
	else
		composer_delete(view_line(app));
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
		app_suspend(app);
}

static void
toggle_mouse(struct app *app)
{
	app->mouse = !app->mouse;
	if (app->term)
		term_mouse(app->term, app->mouse);
	app_say(app, false,
	        app->mouse ? "mouse on: the wheel scrolls, a click focuses a pane, Shift+drag selects"
	                   : "mouse off: dragging selects");
}

static void
toggle_highlight(struct app *app)
{
	app->plain_code = !app->plain_code;
	app_say(app, false, app->plain_code ? "code is plain" : "code has colours");
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
		composer_##name(view_line(app));                                                                       \
	}
EDITS(X)
#undef X

static void
line_end(struct app *app)
{
	composer_end(view_line(app));
}

/* ---- the table ---- */

/* clang-format off */
static const struct action actions[] = {
	{"send", "send the prompt, or run the /command", .run = send_prompt},
	{"newline", "break the line", .run = break_line},
	{"complete", "complete the /command; with none: to the messages", .run = complete},
	{"new-conversation", "a new conversation; the old one is kept", .run = conversations_new},
	{"stop", "stop the reply; what came is kept; else leave the earlier prompt being changed", .run = stop},
	{"stop-clear-quit", "stop the reply, else clear the input, else (twice) quit", .run = stop_clear_or_quit},
	{"quit", "quit", .run = quit},
	{"redraw", "paint the screen again", .run = redraw},
	{"suspend", "back to the shell; fg returns", .run = suspend},
	{"page-up", "a page up", .run_with = scroll_pages, .arg = -1},
	{"page-down", "a page down", .run_with = scroll_pages, .arg = 1},
	{"first-message", "to the start of the conversation", .run = scroll_to_first},
	{"last-message", "to its end, and follow it", .run = scroll_to_last},
	{"fold-thinking", "show or hide the model's reasoning", .run = scroll_fold},
	{"answer-now", "end the model's thinking: it answers now", .run = thinking_answer_now},
	{"bare", "nothing but the texts, for selecting with the mouse", .run = bare_open},
	{"bare-close", "back from the bare view, as any other key does", .run = bare_close},
	{"line-up", "a line up", .run_with = scroll_lines, .arg = -1},
	{"line-down", "a line down", .run_with = scroll_lines, .arg = 1},
	{"highlight", "show or hide the colours of code", .run = toggle_highlight},
	{"raw", "replies as raw text, or rendered as Markdown", .run = scroll_raw},
	{"retry", "the last reply again; the old one is kept beside it", .run = message_action_retry_last},
	{"split-pane", "another pane with a new conversation, along the longer side of this one", .run = panes_split_longer},
	{"split-below", "another pane below this one, with a new conversation", .run = panes_split_below},
	{"split-beside", "another pane beside this one, with a new conversation", .run = panes_split_beside},
	{"close-pane", "close the pane; its conversation stays open", .run = panes_close},
	{"only-pane", "close all other panes", .run = panes_only},
	{"zoom-pane", "all the room for this pane, and back", .run = panes_zoom},
	{"pane-left", "to the pane on the left", .run_with = panes_go, .arg = LAYOUT_LEFT},
	{"pane-right", "to the pane on the right", .run_with = panes_go, .arg = LAYOUT_RIGHT},
	{"pane-up", "to the pane above; with one pane: take the last queued prompt back", .run = pane_up},
	{"pane-down", "to the pane below", .run_with = panes_go, .arg = LAYOUT_DOWN},
	{"next-pane", "to the next pane, and round again", .run = panes_next},
	{"swap-left", "swap this pane with the one on the left", .run_with = panes_swap, .arg = LAYOUT_LEFT},
	{"swap-right", "swap this pane with the one on the right", .run_with = panes_swap, .arg = LAYOUT_RIGHT},
	{"swap-up", "swap this pane with the one above", .run_with = panes_swap, .arg = LAYOUT_UP},
	{"swap-down", "swap this pane with the one below", .run_with = panes_swap, .arg = LAYOUT_DOWN},
	{"swap-next", "swap this pane with the next one", .run = panes_swap_next},
	{"border-left", "move this pane's border to the left", .run_with = panes_border, .arg = LAYOUT_LEFT},
	{"border-right", "move this pane's border to the right", .run_with = panes_border, .arg = LAYOUT_RIGHT},
	{"border-up", "move this pane's border up", .run_with = panes_border, .arg = LAYOUT_UP},
	{"border-down", "move this pane's border down", .run_with = panes_border, .arg = LAYOUT_DOWN},
	{"even-panes", "the same room for all panes", .run = panes_even},
	{"conversation", "the conversation of that number", .run = panes_conversation},
	{"next-changed", "to the conversation whose reply has finished or failed", .run = panes_next_changed},
	{"wheel-up", "a few lines up", .run_with = scroll_wheel, .arg = -1},
	{"wheel-down", "a few lines down", .run_with = scroll_wheel, .arg = 1},
	{"mouse", "leave the mouse to the terminal, or take it back", .run = toggle_mouse},
	{"help", "this help", .run = help_page_open},
	{"help-close", "close the help", .run = help_page_close},
	{"help-up", "a line up", .run_with = help_page_lines, .arg = -1},
	{"help-down", "a line down", .run_with = help_page_lines, .arg = 1},
	{"help-page-up", "a page up", .run_with = help_page_screens, .arg = -1},
	{"help-page-down", "a page down", .run_with = help_page_screens, .arg = 1},
	{"help-start", "to its start", .run_with = help_page_end, .arg = -1},
	{"help-end", "to its end", .run_with = help_page_end, .arg = 1},
	{"next-message", "the next message; first the rest of one that is taller than the view", .run = message_action_next},
	{"previous-message", "the message before; first the start of this one", .run = message_action_previous},
	{"first", "the first message", .run = message_action_first},
	{"last", "the last message, and follow the end", .run = message_action_last},
	{"half-page-down", "half a page down", .run_with = scroll_half_pages, .arg = 1},
	{"half-page-up", "half a page up", .run_with = scroll_half_pages, .arg = -1},
	{"next-code", "the next code block; y copies it then", .run = focus_next_code},
	{"previous-code", "the code block before", .run = focus_previous_code},
	{"fold-message", "show the message's reasoning, or fold it away; without any: its text", .run = message_action_fold},
	{"fold-text", "fold its text to the first lines, or show all of it", .run = message_action_fold_text},
	{"copy", "copy the message", .run = message_action_copy},
	{"copy-code", "copy its code block of that number, else the one after the last copied", .run = message_action_copy_code},
	{"open", "open a link in the message: shows it first", .run = follow_open},
	{"open-address", "open it", .run = follow_go},
	{"next-address", "the next link", .run_with = follow_move, .arg = 1},
	{"previous-address", "the link before", .run_with = follow_move, .arg = -1},
	{"address", "the link of that number", .run = follow_number},
	{"copy-address", "copy its address", .run = follow_copy},
	{"address-close", "open none", .run = follow_close},
	{"retry-message", "another reply to it; the old one is kept beside it", .run = message_action_retry},
	{"edit-message", "change the prompt, and send it as another version", .run = message_action_edit},
	{"continue-message", "continue the last reply, when it was cut short", .run = message_action_continue},
	{"delete-message", "delete it with all below it; /undelete brings it back", .run = message_action_delete},
	{"sibling-before", "the version before", .run_with = message_action_sibling, .arg = -1},
	{"sibling-after", "the version after", .run_with = message_action_sibling, .arg = 1},
	{"command", "back to the input, with a slash", .run = message_action_command},
	{"composer", "back to the input", .run = focus_composer},
	{"stop-or-composer", "stop the reply, else back to the input", .run = message_action_stop},
	{"find", "find in this conversation", .run = finder_open},
	{"find-close", "end it, and stay there", .run = finder_close},
	{"find-enter", "the next hit, and on from hit to hit", .run = finder_enter},
	{"find-next", "the next hit", .run = finder_next},
	{"find-previous", "the hit before", .run = finder_previous},
	{"models", "the models there are, and whether they can be reached, to choose from", .run = model_list_open},
	{"models-close", "leave it as it is", .run = model_list_close},
	{"models-choose", "use it for this conversation", .run = model_list_choose},
	{"models-up", "the model above", .run_with = model_list_move, .arg = -1},
	{"models-down", "the model below", .run_with = model_list_move, .arg = 1},
	{"log", "what happened on the network last, the newest first", .run = log_page_open},
	{"log-close", "back to the chat", .run = log_page_close},
	{"log-up", "a line up", .run_with = log_page_lines, .arg = -1},
	{"log-down", "a line down", .run_with = log_page_lines, .arg = 1},
	{"log-page-up", "a page up", .run_with = log_page_screens, .arg = -1},
	{"log-page-down", "a page down", .run_with = log_page_screens, .arg = 1},
	{"log-start", "to the newest line", .run_with = log_page_end, .arg = -1},
	{"log-end", "to the oldest line", .run_with = log_page_end, .arg = 1},
	{"sidebar", "the sidebar: a column of conversations", .run = sidebar_toggle},
	{"sidebar-close", "close the sidebar", .run = sidebar_toggle},
	{"sidebar-leave", "back to the conversation; the sidebar stays", .run = sidebar_leave},
	{"sidebar-up", "the conversation above", .run_with = sidebar_move, .arg = -1},
	{"sidebar-down", "the conversation below", .run_with = sidebar_move, .arg = 1},
	{"sidebar-first", "the first conversation", .run_with = sidebar_end, .arg = -1},
	{"sidebar-last", "the last conversation", .run_with = sidebar_end, .arg = 1},
	{"sidebar-open", "open the conversation", .run = sidebar_enter},
	{"browse", "all conversations: search, open, rename, delete", .run = browse_open},
	{"browser-up", "the row above", .run_with = browse_move, .arg = -1},
	{"browser-down", "the row below", .run_with = browse_move, .arg = 1},
	{"browser-page-up", "a page up", .run_with = browse_screens, .arg = -1},
	{"browser-page-down", "a page down", .run_with = browse_screens, .arg = 1},
	{"browser-home", "the first row; where something is typed: to the start of it", .run = browse_home},
	{"browser-end", "the last row listed; where something is typed: to the end of it", .run = browse_end},
	{"browser-open", "open the conversation, at what was found", .run = browse_enter},
	{"browser-leave", "clear the search; then close", .run = browse_leave},
	{"browser-close", "back to the chat", .run = browse_close},
	{"browser-order", "what was found: the best first, or the newest", .run = browse_reorder},
	{"browser-pin", "pin it to the top, or unpin it", .run = browse_pin},
	{"browser-archive", "put it away (is:archived lists those), or take it back", .run = browse_archive},
	{"browser-rename", "give it another title", .run = browse_rename},
	{"browser-delete", "delete it", .run = browse_delete},
	{"browser-undelete", "bring back what was deleted last", .run = browse_undelete},
	{"browser-new", "a new conversation", .run = browse_new},
	{"palette", "everything that can be done here, by a few letters", .run = palette_open},
	{"palette-up", "the row above", .run_with = palette_move, .arg = -1},
	{"palette-down", "the row below", .run_with = palette_move, .arg = 1},
	{"palette-page-up", "a page up", .run_with = palette_screens, .arg = -1},
	{"palette-page-down", "a page down", .run_with = palette_screens, .arg = 1},
	{"palette-run", "run it", .run = palette_run},
	{"palette-fill", "a command: into the input, for its argument", .run = palette_fill},
	{"palette-close", "close it", .run = palette_close},
	{"tree", "the whole conversation, every branch: look, open, delete, fork", .run = tree_page_open},
	{"tree-up", "the message above", .run_with = tree_page_move, .arg = -1},
	{"tree-down", "the message below", .run_with = tree_page_move, .arg = 1},
	{"tree-page-up", "a page up", .run_with = tree_page_screens, .arg = -1},
	{"tree-page-down", "a page down", .run_with = tree_page_screens, .arg = 1},
	{"tree-first", "to the start", .run_with = tree_page_end, .arg = -1},
	{"tree-last", "to the end", .run_with = tree_page_end, .arg = 1},
	{"tree-left", "fold away what is below it, else to the message above it", .run = tree_page_left},
	{"tree-right", "unfold it, else to the message below it", .run = tree_page_right},
	{"tree-fold", "fold away what is below it, or unfold it", .run = tree_page_fold},
	{"tree-sibling-before", "the version before", .run_with = tree_page_sibling, .arg = -1},
	{"tree-sibling-after", "the version after", .run_with = tree_page_sibling, .arg = 1},
	{"tree-open", "its branch in the chat, at this message", .run = tree_page_enter},
	{"tree-prune", "delete it with all below it", .run = tree_page_prune},
	{"tree-undo", "bring back what was deleted last", .run = tree_page_undo},
	{"tree-fork", "a conversation of its own, down to here", .run = tree_page_fork},
	{"tree-copy", "copy the message", .run = tree_page_copy},
	{"tree-find", "find in the messages", .run = tree_page_find},
	{"tree-find-enter", "stay there, with what was found marked", .run = tree_page_find_enter},
	{"tree-find-leave", "back to where it began", .run = tree_page_find_leave},
	{"tree-next", "the next one found", .run_with = tree_page_found, .arg = 1},
	{"tree-previous", "the one found before", .run_with = tree_page_found, .arg = -1},
	{"tree-close", "back to the chat", .run = tree_page_close},
	{"recall", "find an earlier prompt by a part of it", .run = recall_search_open},
	{"recall-older", "the one before that has it too", .run_with = recall_search_next, .arg = -1},
	{"recall-newer", "the one after it", .run_with = recall_search_next, .arg = 1},
	{"recall-take", "take it into the input", .run = recall_search_take},
	{"recall-leave", "leave the input as it was", .run = recall_search_leave},
	{"left", "a character to the left", .run = edit_left},
	{"right", "a character to the right", .run = edit_right},
	{"up", "a row up; above the first: the prompt before, or the last queued one", .run = prompts_up},
	{"down", "a row down; below the last: the prompt after", .run = prompts_down},
	{"edit", "the prompt in $VISUAL or $EDITOR", .run = prompts_edit},
	{"take-back", "take the last queued prompt back", .run = prompts_take_back},
	{"line-start", "to the start of the line", .run = edit_home},
	{"line-end", "to the end of the line", .run = line_end},
	{"end", "back to the end of the conversation, else to the end of the line", .run = scroll_end},
	{"backspace", "delete the character before the cursor", .run = edit_backspace},
	{"delete", "delete the character at the cursor", .run = edit_delete},
	{"delete-or-quit", "delete the character at the cursor; on empty input quit", .run = delete_or_quit},
	{"kill-to-start", "cut to the start of the line", .run = edit_kill_to_home},
	{"kill-to-end", "cut to the end of the line", .run = edit_kill_to_end},
	{"kill-blank-word", "cut back to the space before the cursor", .run = edit_kill_blank_word},
	{"kill-word-left", "cut the word before the cursor", .run = edit_kill_word_left},
	{"kill-word-right", "cut the word after the cursor", .run = edit_kill_word_right},
	{"yank", "put back what was cut", .run = edit_yank},
	{"yank-pop", "right after that: what was cut before it instead", .run = edit_yank_pop},
	{"word-left", "a word to the left", .run = edit_word_left},
	{"word-right", "a word to the right", .run = edit_word_right},
	{"transpose", "swap the characters around the cursor", .run = edit_transpose},
	{"upcase", "the word in capitals", .run = edit_upcase},
	{"downcase", "the word in small letters", .run = edit_downcase},
	{"capitalize", "the word with a capital", .run = edit_capitalize},
	{"undo", "undo; also what Ctrl+C has cleared", .run = edit_undo},
	{"redo", "do again what was undone", .run = edit_redo},
};

/* clang-format on */

static char *
key_of(const struct app *app, const char *action)
{
	struct buf keys = {0};

	return keymap_say_action(&app->keymap, CONTEXT_COMPOSER, action, &keys) ? buf_take(&keys) : NULL;
}

/* From the composer to the last message, and what continues it there. */
static char *
keys_to_continue(const struct app *app)
{
	struct buf keys = {0};

	if (!keymap_say_action(&app->keymap, CONTEXT_COMPOSER, "complete", &keys))
		return mem_strdup("/continue");
	buf_putc(&keys, ' ');
	if (keymap_say_action(&app->keymap, CONTEXT_TRANSCRIPT, "continue-message", &keys))
		return buf_take(&keys);
	buf_release(&keys);
	return mem_strdup("/continue");
}

bool
actions_keymap(struct keymap *map, const struct config *config, struct err *err)
{
	return keys_init(map, actions, ARRAY_LEN(actions), config, err);
}

bool
actions_init(struct app *app, struct err *err)
{
	app->commands = commands_table();
	if (!actions_keymap(&app->keymap, app->config, err))
		return false;
	if (!actions_keymap(&app->default_keymap, NULL, err)) {
		keymap_release(&app->keymap);
		return false;
	}
	app->key_retry = key_of(app, "retry");
	app->key_send = key_of(app, "send");
	app->key_end = key_of(app, "end");
	app->key_begin = key_of(app, "new-conversation");
	app->key_continue = keys_to_continue(app);
	return true;
}

void
actions_release(struct app *app)
{
	keymap_release(&app->keymap);
	keymap_release(&app->default_keymap);
	free(app->key_retry);
	free(app->key_send);
	free(app->key_end);
	free(app->key_begin);
	free(app->key_continue);
}
