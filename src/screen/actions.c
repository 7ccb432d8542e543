/*
 * actions.c - the actions: a table of name, help and function, and those of them that are a few lines.
 */
#include "screen/actions.h"

#include <stddef.h>
#include <stdlib.h>

#include "app/branches.h"
#include "app/compact.h"
#include "app/conversations.h"
#include "app/finder.h"
#include "app/focus.h"
#include "app/panes.h"
#include "app/path_complete.h"
#include "app/replay.h"
#include "app/scroll.h"
#include "app/turn.h"
#include "app/view.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "pages/bare_page.h"
#include "pages/browse.h"
#include "pages/choice_list.h"
#include "pages/context_page.h"
#include "pages/diff_page.h"
#include "pages/help_page.h"
#include "pages/lens_page.h"
#include "pages/link_picker.h"
#include "pages/log_page.h"
#include "pages/models_page.h"
#include "pages/palette.h"
#include "pages/parameter_page.h"
#include "pages/recall_search.h"
#include "pages/replay_page.h"
#include "pages/reply_parameters.h"
#include "pages/request_page.h"
#include "pages/sidebar.h"
#include "pages/stats_page.h"
#include "pages/tree_page.h"
#include "pages/votes_page.h"
#include "screen/attach_commands.h"
#include "screen/chat_actions.h"
#include "screen/commands.h"
#include "screen/editor_actions.h"
#include "screen/key_bindings.h"
#include "screen/message_actions.h"
#include "screen/prompt_actions.h"
#include "screen/thinking_commands.h"

/* ---- actions ---- */

static void
open_lens(struct app *app)
{
	(void)lens_page_open(app);
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
	X(kill_space_word)                                                                                             \
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
	{"send", "send the prompt, or run the /command", .run = chat_send_prompt},
	{"newline", "break the line", .run = chat_break_line},
	{"complete", "complete the /command; on other text: go to the messages", .run = chat_complete},
	{"detach", "do not send the file that was attached last", .run = attach_command_drop_last},
	{"open-paste", "show the text of the pasted chip at the cursor", .run = chat_open_paste},
	{"new-conversation", "start a new conversation; the old one stays open", .run = conversations_new},
	{"stop", "stop the reply and keep its text; else cancel editing an earlier prompt", .run = chat_stop},
	{"stop-clear-quit", "stop the reply; else clear the input; pressed twice: quit", .run = chat_stop_clear_or_quit},
	{"quit", "quit", .run = chat_quit},
	{"redraw", "redraw the screen", .run = chat_redraw},
	{"suspend", "suspend to the shell; fg returns", .run = chat_suspend},
	{"page-up", "scroll up a page", .run_with = scroll_pages, .arg = -1},
	{"page-down", "scroll down a page", .run_with = scroll_pages, .arg = 1},
	{"first-message", "go to the start of the conversation", .run = scroll_to_first},
	{"last-message", "go to the end of the conversation and follow it", .run = scroll_to_last},
	{"fold-thinking", "show or hide the model's reasoning", .run = scroll_fold},
	{"compact", "sum the conversation up, but for its last two turns", .run = chat_compact},
	{"answer-now", "end the reasoning: the model answers now", .run = thinking_answer_now},
	{"bare", "show only the text, for selecting with the mouse", .run = bare_open},
	{"bare-close", "close the bare view, as any other key does", .run = bare_close},
	{"line-up", "scroll up a line", .run_with = scroll_lines, .arg = -1},
	{"line-down", "scroll down a line", .run_with = scroll_lines, .arg = 1},
	{"highlight", "show or hide the colours of code", .run = chat_toggle_highlight},
	{"raw", "replies as raw text, or rendered as Markdown", .run = scroll_raw},
	{"retry", "ask for the last reply again; the old one is kept as a version", .run = message_action_retry_last},
	{"lens-again", "ask for the last reply again with its tokens, and walk them", .run = message_action_retry_with_tokens},
	{"split-pane", "split the pane along its longer side, with a new conversation", .run = panes_split_longer},
	{"split-below", "open a pane below this one, with a new conversation", .run = panes_split_below},
	{"split-beside", "open a pane beside this one, with a new conversation", .run = panes_split_beside},
	{"close-pane", "close the pane; its conversation stays open", .run = panes_close},
	{"only-pane", "close all other panes", .run = panes_only},
	{"zoom-pane", "zoom this pane to the whole screen, or back", .run = panes_zoom},
	{"pane-left", "focus the pane on the left", .run_with = panes_go, .arg = LAYOUT_LEFT},
	{"pane-right", "focus the pane on the right", .run_with = panes_go, .arg = LAYOUT_RIGHT},
	{"pane-up", "focus the pane above; with one pane: take back the last queued prompt", .run = chat_pane_up},
	{"pane-down", "focus the pane below", .run_with = panes_go, .arg = LAYOUT_DOWN},
	{"next-pane", "focus the next pane", .run = panes_next},
	{"swap-left", "swap this pane with the one on the left", .run_with = panes_swap, .arg = LAYOUT_LEFT},
	{"swap-right", "swap this pane with the one on the right", .run_with = panes_swap, .arg = LAYOUT_RIGHT},
	{"swap-up", "swap this pane with the one above", .run_with = panes_swap, .arg = LAYOUT_UP},
	{"swap-down", "swap this pane with the one below", .run_with = panes_swap, .arg = LAYOUT_DOWN},
	{"swap-next", "swap this pane with the next one", .run = panes_swap_next},
	{"border-left", "move this pane's border to the left", .run_with = panes_border, .arg = LAYOUT_LEFT},
	{"border-right", "move this pane's border to the right", .run_with = panes_border, .arg = LAYOUT_RIGHT},
	{"border-up", "move this pane's border up", .run_with = panes_border, .arg = LAYOUT_UP},
	{"border-down", "move this pane's border down", .run_with = panes_border, .arg = LAYOUT_DOWN},
	{"even-panes", "make all panes the same size", .run = panes_even},
	{"conversation", "show the conversation with that number", .run = panes_conversation},
	{"next-changed", "go to the conversation whose reply has finished or failed", .run = panes_next_changed},
	{"wheel-up", "scroll up a few lines", .run_with = scroll_wheel, .arg = -1},
	{"wheel-down", "scroll down a few lines", .run_with = scroll_wheel, .arg = 1},
	{"mouse", "turn mouse support off or on", .run = chat_toggle_mouse},
	{"help", "this help", .run = help_page_open},
	{"help-close", "close the help", .run = help_page_close},
	{"help-up", "scroll up a line", .run_with = help_page_lines, .arg = -1},
	{"help-down", "scroll down a line", .run_with = help_page_lines, .arg = 1},
	{"help-page-up", "scroll up a page", .run_with = help_page_screens, .arg = -1},
	{"help-page-down", "scroll down a page", .run_with = help_page_screens, .arg = 1},
	{"help-start", "go to the start", .run_with = help_page_end, .arg = -1},
	{"help-end", "go to the end", .run_with = help_page_end, .arg = 1},
	{"next-message", "select the next message; scroll first through one taller than the screen", .run = message_action_next},
	{"previous-message", "select the previous message; first go to the start of this one", .run = message_action_previous},
	{"first", "select the first message", .run = message_action_first},
	{"last", "select the last message and follow the end", .run = message_action_last},
	{"half-page-down", "scroll down half a page", .run_with = scroll_half_pages, .arg = 1},
	{"half-page-up", "scroll up half a page", .run_with = scroll_half_pages, .arg = -1},
	{"next-code", "select the next code block; y copies it", .run = focus_next_code},
	{"previous-code", "select the previous code block", .run = focus_previous_code},
	{"fold-message", "show or hide the message's reasoning; if it has none: fold its text", .run = message_action_fold},
	{"fold-text", "fold the message to its first lines, or unfold it", .run = message_action_fold_text},
	{"copy", "copy the message", .run = message_action_copy},
	{"copy-code", "copy the code block with that number, or the one after the last copied", .run = message_action_copy_code},
	{"open", "show the files and links of the message, to open one", .run = follow_open},
	{"open-address", "open the file or link", .run = follow_go},
	{"next-address", "select the next file or link", .run_with = follow_move, .arg = 1},
	{"previous-address", "select the previous file or link", .run_with = follow_move, .arg = -1},
	{"address", "select the file or link with that number", .run = follow_number},
	{"copy-address", "copy the link's address, or the file's path", .run = follow_copy},
	{"address-close", "cancel", .run = follow_close},
	{"retry-message", "ask for another reply; the old one is kept as a version", .run = message_action_retry},
	{"edit-message", "edit it: a prompt is sent, a reply is saved, as another version", .run = message_action_edit},
	{"mute-message", "do not send this turn, or send it again", .run = message_action_mute},
	{"continue-message", "continue the last reply, if it was cut short", .run = message_action_continue},
	{"delete-message", "delete the message and all below it; /undelete restores them", .run = message_action_delete},
	{"sibling-before", "show the previous version", .run_with = message_action_sibling, .arg = -1},
	{"sibling-after", "show the next version", .run_with = message_action_sibling, .arg = 1},
	{"command", "go to the input and type a slash", .run = message_action_command},
	{"composer", "return to the input", .run = focus_composer},
	{"stop-or-composer", "stop the reply, else return to the input", .run = message_action_stop},
	{"find", "find in this conversation", .run = finder_open},
	{"find-close", "end the search and stay there", .run = finder_close},
	{"find-enter", "go to the next hit and leave the search line", .run = finder_enter},
	{"find-next", "go to the next hit", .run = finder_next},
	{"find-previous", "go to the previous hit", .run = finder_previous},
	{"models", "list the models of all servers and their states: use, load, unload", .run = models_page_open},
	{"models-close", "close the list without a change", .run = models_page_close},
	{"models-choose", "use this model for the conversation; a router loads it", .run = models_page_choose},
	{"models-load", "have the router load this model", .run = models_page_load},
	{"models-unload", "have the router unload this model", .run = models_page_unload},
	{"models-page-up", "a page up in the list of models", .run_with = models_page_screens, .arg = -1},
	{"models-page-down", "a page down in the list of models", .run_with = models_page_screens, .arg = 1},
	{"models-up", "select the model above", .run_with = models_page_move, .arg = -1},
	{"models-down", "select the model below", .run_with = models_page_move, .arg = 1},
	{"parameters", "show and change the parameters of requests", .run = parameter_page_open},
	{"parameters-up", "select the parameter above", .run_with = parameter_page_move, .arg = -1},
	{"parameters-down", "select the parameter below", .run_with = parameter_page_move, .arg = 1},
	{"parameters-page-up", "scroll up a page", .run_with = parameter_page_screens, .arg = -1},
	{"parameters-page-down", "scroll down a page", .run_with = parameter_page_screens, .arg = 1},
	{"parameters-first", "select the first parameter", .run_with = parameter_page_end, .arg = -1},
	{"parameters-last", "select the last parameter", .run_with = parameter_page_end, .arg = 1},
	{"parameters-less", "a step down, or the word before", .run_with = parameter_page_step, .arg = -1},
	{"parameters-more", "a step up, or the next word; open the list of samplers", .run_with = parameter_page_step, .arg = 1},
	{"parameters-much-less", "ten steps down", .run_with = parameter_page_step, .arg = -10},
	{"parameters-much-more", "ten steps up", .run_with = parameter_page_step, .arg = 10},
	{"parameters-enter", "type another value, choose the next word, or open the list", .run = parameter_page_enter},
	{"parameters-type", "begin to type another number", .run = parameter_page_type},
	{"parameters-backspace", "delete a letter of the filter; without one: reset the parameter", .run = parameter_page_backspace},
	{"parameters-reset", "reset the parameter: preset, model or server decide again", .run = parameter_page_take_back},
	{"parameters-reset-all", "reset all parameters of this conversation", .run = parameter_page_reset},
	{"parameters-undo", "undo the last change", .run = parameter_page_undo},
	{"parameters-close", "return to the chat; changes are kept", .run = parameter_page_close},
	{"parameter-take", "take the value; an empty one resets the parameter", .run = parameter_page_take_value},
	{"parameter-leave", "leave the value as it was", .run = parameter_page_leave_value},
	{"samplers-up", "select the sampler above", .run_with = parameter_page_item, .arg = -1},
	{"samplers-down", "select the sampler below", .run_with = parameter_page_item, .arg = 1},
	{"samplers-move-up", "move the sampler up: it is used earlier", .run_with = parameter_page_item_move, .arg = -1},
	{"samplers-move-down", "move the sampler down: it is used later", .run_with = parameter_page_item_move, .arg = 1},
	{"samplers-switch", "switch the sampler on or off", .run = parameter_page_item_switch},
	{"samplers-reset", "reset the list of samplers", .run = parameter_page_list_default},
	{"samplers-close", "close the list of samplers", .run = parameter_page_list_close},
	{"message-parameters", "show the parameters that the reply was made with", .run = reply_parameters_open},
	{"reply-parameters-use", "use these parameters for this conversation", .run = reply_parameters_use},
	{"reply-parameters-close", "close the list without a change", .run = reply_parameters_close},
	{"reply-parameters-up", "select the parameter above", .run_with = reply_parameters_move, .arg = -1},
	{"reply-parameters-down", "select the parameter below", .run_with = reply_parameters_move, .arg = 1},
	{"choices-close", "close the list without a change", .run = choice_list_close},
	{"choices-choose", "use the preset, or put the prompt into the input", .run = choice_list_choose},
	{"choices-up", "select the one above", .run_with = choice_list_move, .arg = -1},
	{"choices-down", "select the one below", .run_with = choice_list_move, .arg = 1},
	{"choices-page-up", "go a page up", .run_with = choice_list_pages, .arg = -1},
	{"choices-page-down", "go a page down", .run_with = choice_list_pages, .arg = 1},
	{"context", "show what is in the context, and mute turns", .run = context_page_open},
	{"context-up", "select the row above", .run_with = context_page_move, .arg = -1},
	{"context-down", "select the row below", .run_with = context_page_move, .arg = 1},
	{"context-page-up", "scroll up a page", .run_with = context_page_screens, .arg = -1},
	{"context-page-down", "scroll down a page", .run_with = context_page_screens, .arg = 1},
	{"context-first", "select the first row", .run_with = context_page_end, .arg = -1},
	{"context-last", "select the last row", .run_with = context_page_end, .arg = 1},
	{"context-mute", "do not send this turn, or send it again", .run = context_page_mute},
	{"context-go", "go to this turn in the chat", .run = context_page_enter},
	{"context-close", "return to the chat", .run = context_page_close},
	{"log", "show the last network events, newest first", .run = log_page_open},
	{"votes-close", "return to the chat", .run = votes_page_close},
	{"votes-up", "scroll up a line", .run_with = votes_page_lines, .arg = -1},
	{"votes-down", "scroll down a line", .run_with = votes_page_lines, .arg = 1},
	{"votes-page-up", "scroll up a page", .run_with = votes_page_screens, .arg = -1},
	{"votes-page-down", "scroll down a page", .run_with = votes_page_screens, .arg = 1},
	{"log-close", "return to the chat", .run = log_page_close},
	{"log-up", "scroll up a line", .run_with = log_page_lines, .arg = -1},
	{"log-down", "scroll down a line", .run_with = log_page_lines, .arg = 1},
	{"log-page-up", "scroll up a page", .run_with = log_page_screens, .arg = -1},
	{"log-page-down", "scroll down a page", .run_with = log_page_screens, .arg = 1},
	{"log-start", "go to the newest line", .run_with = log_page_end, .arg = -1},
	{"log-end", "go to the oldest line", .run_with = log_page_end, .arg = 1},
	{"diff-close", "return to the chat", .run = diff_page_close},
	{"diff-next", "go to the next change", .run_with = diff_page_change, .arg = 1},
	{"diff-previous", "go to the change before", .run_with = diff_page_change, .arg = -1},
	{"diff-copy", "copy the comparison, changes between [- -] and {+ +}", .run = diff_page_copy},
	{"diff-up", "scroll up a line", .run_with = diff_page_lines, .arg = -1},
	{"diff-down", "scroll down a line", .run_with = diff_page_lines, .arg = 1},
	{"diff-page-up", "scroll up a page", .run_with = diff_page_screens, .arg = -1},
	{"diff-page-down", "scroll down a page", .run_with = diff_page_screens, .arg = 1},
	{"diff-start", "go to the start", .run_with = diff_page_end, .arg = -1},
	{"diff-end", "go to the end", .run_with = diff_page_end, .arg = 1},
	{"lens", "walk the tokens of the reply, and see what else the model had in mind", .run = open_lens},
	{"lens-close", "close the token lens", .run = lens_page_close},
	{"lens-left", "go to the token before", .run_with = lens_page_tokens, .arg = -1},
	{"lens-right", "go to the next token", .run_with = lens_page_tokens, .arg = 1},
	{"lens-up", "choose the candidate above", .run_with = lens_page_choose, .arg = -1},
	{"lens-down", "choose the candidate below", .run_with = lens_page_choose, .arg = 1},
	{"lens-next-unsure", "go to the next token of less than 50 %", .run_with = lens_page_unsure, .arg = 1},
	{"lens-previous-unsure", "go to the last one of them before this token", .run_with = lens_page_unsure, .arg = -1},
	{"lens-page-up", "go up half a page", .run_with = lens_page_screens, .arg = -1},
	{"lens-page-down", "go down half a page", .run_with = lens_page_screens, .arg = 1},
	{"lens-start", "go to the first token", .run_with = lens_page_end, .arg = -1},
	{"lens-end", "go to the last token, and follow a reply that is on its way", .run_with = lens_page_end, .arg = 1},
	{"lens-take", "go on with the chosen candidate, as another version of the reply", .run = lens_page_take},
	{"lens-copy", "copy the candidates of the token with their probabilities", .run = lens_page_copy},
	{"request-close", "return to the chat", .run = request_page_close},
	{"request-copy", "copy the request as a curl command, without the auth token", .run = request_page_copy},
	{"request-up", "scroll up a line", .run_with = request_page_lines, .arg = -1},
	{"request-down", "scroll down a line", .run_with = request_page_lines, .arg = 1},
	{"request-page-up", "scroll up a page", .run_with = request_page_screens, .arg = -1},
	{"request-page-down", "scroll down a page", .run_with = request_page_screens, .arg = 1},
	{"request-start", "go to the start", .run_with = request_page_end, .arg = -1},
	{"request-end", "go to the end", .run_with = request_page_end, .arg = 1},
	{"request-section", "go to the prompt as the template makes it, or back to the JSON", .run = request_page_section},
	{"replay-close", "end the replay", .run = replay_page_close},
	{"replay-pause", "pause, or go on; at the end: play again from the beginning", .run = replay_pause},
	{"replay-back", "go to the beginning of the turn, or to the turn before", .run_with = replay_go, .arg = -1},
	{"replay-next", "go to the next turn", .run_with = replay_go, .arg = 1},
	{"replay-faster", "play twice as fast, up to 64 times", .run_with = replay_faster, .arg = 1},
	{"replay-slower", "play half as fast, down to a quarter", .run_with = replay_faster, .arg = -1},
	{"stats-close", "return to the chat", .run = stats_page_close},
	{"stats-up", "scroll up a line", .run_with = stats_page_lines, .arg = -1},
	{"stats-down", "scroll down a line", .run_with = stats_page_lines, .arg = 1},
	{"stats-page-up", "scroll up a page", .run_with = stats_page_screens, .arg = -1},
	{"stats-page-down", "scroll down a page", .run_with = stats_page_screens, .arg = 1},
	{"stats-start", "go to the start", .run_with = stats_page_end, .arg = -1},
	{"stats-end", "go to the end", .run_with = stats_page_end, .arg = 1},
	{"stats-left", "show the measures to the left", .run_with = stats_page_columns, .arg = -1},
	{"stats-right", "show the measures to the right", .run_with = stats_page_columns, .arg = 1},
	{"stats-section", "go to the next part: conversation, models, slots", .run = stats_page_section},
	{"sidebar", "show or hide the sidebar, a list of conversations", .run = sidebar_toggle},
	{"sidebar-close", "close the sidebar", .run = sidebar_toggle},
	{"sidebar-leave", "return to the conversation; the sidebar stays open", .run = sidebar_leave},
	{"sidebar-up", "select the conversation above", .run_with = sidebar_move, .arg = -1},
	{"sidebar-down", "select the conversation below", .run_with = sidebar_move, .arg = 1},
	{"sidebar-first", "select the first conversation", .run_with = sidebar_end, .arg = -1},
	{"sidebar-last", "select the last conversation", .run_with = sidebar_end, .arg = 1},
	{"sidebar-open", "open the conversation", .run = sidebar_enter},
	{"browse", "all conversations: search, open, rename, delete", .run = browse_open},
	{"browser-up", "select the row above", .run_with = browse_move, .arg = -1},
	{"browser-down", "select the row below", .run_with = browse_move, .arg = 1},
	{"browser-page-up", "scroll up a page", .run_with = browse_screens, .arg = -1},
	{"browser-page-down", "scroll down a page", .run_with = browse_screens, .arg = 1},
	{"browser-home", "select the first row; in a typed search: go to its start", .run = browse_home},
	{"browser-end", "select the last row; in a typed search: go to its end", .run = browse_end},
	{"browser-open", "open the conversation at the hit", .run = browse_enter},
	{"browser-leave", "clear the search; if it is empty: close", .run = browse_leave},
	{"browser-close", "return to the chat", .run = browse_close},
	{"browser-order", "sort the hits by relevance, or by date; behind tag: complete the name", .run = browse_reorder},
	{"browser-pin", "pin the conversation to the top, or unpin it", .run = browse_pin},
	{"browser-archive", "archive the conversation (is:archived lists them), or unarchive it", .run = browse_archive},
	{"browser-rename", "rename the conversation", .run = browse_rename},
	{"browser-tag", "change the tags of the conversation", .run = browse_tag},
	{"browser-delete", "delete the conversation", .run = browse_delete},
	{"browser-undelete", "restore what was deleted last", .run = browse_undelete},
	{"browser-new", "start a new conversation", .run = browse_new},
	{"palette", "find an action, a command or a conversation by a few letters", .run = palette_open},
	{"palette-up", "select the row above", .run_with = palette_move, .arg = -1},
	{"palette-down", "select the row below", .run_with = palette_move, .arg = 1},
	{"palette-page-up", "scroll up a page", .run_with = palette_screens, .arg = -1},
	{"palette-page-down", "scroll down a page", .run_with = palette_screens, .arg = 1},
	{"palette-run", "run the selected row", .run = palette_run},
	{"palette-fill", "put the command into the input, to add its argument", .run = palette_fill},
	{"palette-close", "close the palette", .run = palette_close},
	{"tree", "show every branch of the conversation: open, delete, fork", .run = tree_page_open},
	{"tree-up", "select the message above", .run_with = tree_page_move, .arg = -1},
	{"tree-down", "select the message below", .run_with = tree_page_move, .arg = 1},
	{"tree-page-up", "scroll up a page", .run_with = tree_page_screens, .arg = -1},
	{"tree-page-down", "scroll down a page", .run_with = tree_page_screens, .arg = 1},
	{"tree-first", "go to the start", .run_with = tree_page_end, .arg = -1},
	{"tree-last", "go to the end", .run_with = tree_page_end, .arg = 1},
	{"tree-left", "fold the messages below; if folded: go to the message above", .run = tree_page_left},
	{"tree-right", "unfold the messages below; if unfolded: go to the first of them", .run = tree_page_right},
	{"tree-fold", "fold or unfold the messages below", .run = tree_page_fold},
	{"tree-sibling-before", "go to the previous version", .run_with = tree_page_sibling, .arg = -1},
	{"tree-sibling-after", "go to the next version", .run_with = tree_page_sibling, .arg = 1},
	{"tree-open", "show this branch in the chat, at this message", .run = tree_page_enter},
	{"tree-prune", "delete the message and all below it", .run = tree_page_prune},
	{"tree-undo", "restore what was deleted last", .run = tree_page_undo},
	{"tree-fork", "copy the messages down to here into a new conversation", .run = tree_page_fork},
	{"tree-copy", "copy the message", .run = tree_page_copy},
	{"tree-find", "find in the messages", .run = tree_page_find},
	{"tree-find-enter", "end the search and stay there, with all hits marked", .run = tree_page_find_enter},
	{"tree-find-leave", "cancel the search and go back to where it began", .run = tree_page_find_leave},
	{"tree-next", "go to the next hit", .run_with = tree_page_found, .arg = 1},
	{"tree-previous", "go to the previous hit", .run_with = tree_page_found, .arg = -1},
	{"tree-close", "return to the chat", .run = tree_page_close},
	{"recall", "search the earlier prompts", .run = recall_search_open},
	{"recall-older", "the next older prompt that matches", .run_with = recall_search_next, .arg = -1},
	{"recall-newer", "the next newer prompt that matches", .run_with = recall_search_next, .arg = 1},
	{"recall-take", "put the prompt into the input", .run = recall_search_take},
	{"recall-leave", "cancel, and leave the input as it was", .run = recall_search_leave},
	{"left", "a character to the left", .run = edit_left},
	{"right", "a character to the right", .run = edit_right},
	{"up", "a row up; in the first row: the previous prompt, or the last queued one", .run = prompts_up},
	{"down", "a row down; in the last row: the next prompt", .run = prompts_down},
	{"edit", "edit the prompt in $VISUAL or $EDITOR", .run = editor_action_edit},
	{"take-back", "take back the last queued prompt", .run = prompts_take_back},
	{"line-start", "go to the start of the line", .run = edit_home},
	{"line-end", "go to the end of the line", .run = line_end},
	{"end", "return to the end of the conversation; if it is in view: go to the end of the line", .run = scroll_end},
	{"backspace", "delete the character before the cursor", .run = edit_backspace},
	{"delete", "delete the character at the cursor", .run = edit_delete},
	{"delete-or-quit", "delete the character at the cursor; on empty input quit", .run = chat_delete_or_quit},
	{"kill-to-start", "cut to the start of the line", .run = edit_kill_to_home},
	{"kill-to-end", "cut to the end of the line", .run = edit_kill_to_end},
	{"kill-space-word", "cut back to the space before the cursor", .run = edit_kill_space_word},
	{"kill-word-left", "cut the word before the cursor", .run = edit_kill_word_left},
	{"kill-word-right", "cut the word after the cursor", .run = edit_kill_word_right},
	{"yank", "insert the text that was cut last", .run = edit_yank},
	{"yank-pop", "right after that: insert the text cut before it instead", .run = edit_yank_pop},
	{"word-left", "a word to the left", .run = edit_word_left},
	{"word-right", "a word to the right", .run = edit_word_right},
	{"transpose", "swap the characters around the cursor", .run = edit_transpose},
	{"upcase", "make the word upper case", .run = edit_upcase},
	{"downcase", "make the word lower case", .run = edit_downcase},
	{"capitalize", "capitalize the word", .run = edit_capitalize},
	{"undo", "undo, also after Ctrl+C has cleared the input", .run = edit_undo},
	{"redo", "redo what was undone", .run = edit_redo},
};

/* clang-format on */

static char *
key_of(const struct app *app, const char *action)
{
	struct buf keys = {0};

	return keymap_say_action(&app->keymap, CONTEXT_COMPOSER, action, &keys) ? buf_take(&keys) : NULL;
}

/* From the composer to the last message, and what continues it there. */
/* From the composer to the messages, and there; NULL: it takes more. */
static char *
keys_on_message(const struct app *app, const char *action)
{
	struct buf keys = {0};

	if (keymap_say_action(&app->keymap, CONTEXT_COMPOSER, "complete", &keys)) {
		buf_putc(&keys, ' ');
		if (keymap_say_action(&app->keymap, CONTEXT_TRANSCRIPT, action, &keys))
			return buf_take(&keys);
	}
	buf_release(&keys);
	return NULL;
}

static char *
keys_to_continue(const struct app *app)
{
	char *keys = keys_on_message(app, "continue-message");

	return keys ? keys : mem_strdup("/continue");
}

bool
actions_keymap(struct keymap *map, const struct config *config, struct err *err)
{
	struct keymap defaults;
	bool ok;

	keys_init_default(&defaults, actions, ARRAY_LEN(actions));
	if (!config) {
		*map = defaults;
		return true;
	}
	ok = keys_init(map, &defaults, config, err);
	keymap_release(&defaults);
	return ok;
}

bool
actions_init(struct app *app, struct err *err)
{
	app->commands = commands_table();
	keys_init_default(&app->default_keymap, actions, ARRAY_LEN(actions));
	if (!keys_init(&app->keymap, &app->default_keymap, app->config, err)) {
		keymap_release(&app->default_keymap);
		return false;
	}
	app->keys.retry = key_of(app, "retry");
	app->keys.send = key_of(app, "send");
	app->keys.end = key_of(app, "end");
	app->keys.begin = key_of(app, "new-conversation");
	app->keys.compact = key_of(app, "compact");
	app->keys.context = key_of(app, "context");
	app->keys.go_on = keys_to_continue(app);
	app->keys.change = keys_on_message(app, "edit-message");
	return true;
}

void
actions_release(struct app *app)
{
	keymap_release(&app->keymap);
	keymap_release(&app->default_keymap);
	free(app->keys.retry);
	free(app->keys.send);
	free(app->keys.end);
	free(app->keys.begin);
	free(app->keys.compact);
	free(app->keys.context);
	free(app->keys.go_on);
	free(app->keys.change);
}
