/*
 * commands.c - the table, and a function for each row.
 */
#include "screen/commands.h"

#include <stdlib.h>
#include <string.h>

#include "app/attach_send.h"
#include "app/branches.h"
#include "app/compact.h"
#include "app/conversation_export.h"
#include "app/conversations.h"
#include "app/copy.h"
#include "app/model.h"
#include "app/pane.h"
#include "app/replay.h"
#include "app/tagging.h"
#include "app/talk.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "pages/bare_page.h"
#include "pages/context_page.h"
#include "pages/diff_page.h"
#include "pages/help_page.h"
#include "pages/lens_page.h"
#include "pages/log_page.h"
#include "pages/models_page.h"
#include "pages/replay_page.h"
#include "pages/request_page.h"
#include "pages/stats_page.h"
#include "pages/tree_page.h"
#include "pages/votes_page.h"
#include "screen/attach_commands.h"
#include "screen/best_command.h"
#include "screen/compare.h"
#include "screen/editor_actions.h"
#include "screen/message_actions.h"
#include "screen/pane_commands.h"
#include "screen/prompt_actions.h"
#include "screen/role_commands.h"
#include "screen/set_commands.h"
#include "screen/thinking_commands.h"

/* ---- what commands do ---- */

static bool
run_help(struct app *app, UNUSED const char *argument)
{
	help_page_open(app);
	return true;
}

static bool
run_log(struct app *app, UNUSED const char *argument)
{
	log_page_open(app);
	return true;
}

static bool
run_diff(struct app *app, UNUSED const char *argument)
{
	return diff_page_open(app);
}

static bool
run_lens(struct app *app, UNUSED const char *argument)
{
	return lens_page_open(app);
}

static bool
run_replay(struct app *app, UNUSED const char *argument)
{
	return replay_page_open(app, &(struct replay_options){0});
}

static bool
run_request(struct app *app, UNUSED const char *argument)
{
	return request_page_open(app);
}

static bool
run_votes(struct app *app, UNUSED const char *argument)
{
	return votes_page_open(app);
}

static bool
run_stats(struct app *app, UNUSED const char *argument)
{
	stats_page_open(app);
	return true;
}

static bool
run_context(struct app *app, UNUSED const char *argument)
{
	context_page_open(app);
	return true;
}

static bool
run_new(struct app *app, UNUSED const char *argument)
{
	conversations_new(app);
	return true;
}

static bool
run_back(struct app *app, UNUSED const char *argument)
{
	conversations_back(app);
	return true;
}

static bool
run_quit(struct app *app, UNUSED const char *argument)
{
	app_quit(app, 0);
	return true;
}

static bool
run_system(struct app *app, const char *argument)
{
	struct conversation *c = app->pane->talk->session.conversation;
	const char *now = conversation_system(c);
	struct buf words = {0};

	if (*argument) {
		talk_forget_system(app->pane->talk);
		app->pane->talk->system_said = true;
	}
	if (strcmp(argument, "-") == 0) {
		conversation_set_system(c, NULL);
		app_say(app, false, "no system prompt from the next message on");
	} else if (*argument) {
		conversation_set_system(c, argument);
		app_say(app, false, "system prompt set, from the next message on");
	} else {
		buf_printf(&words, now ? "system prompt: %s" : "there is no system prompt", now);
		app_say(app, false, buf_text(&words));
		buf_release(&words);
	}
	return true;
}

static bool
run_model(struct app *app, const char *argument)
{
	if (*argument)
		return model_use(app, argument);
	models_page_open(app);
	return true;
}

static bool
run_retry(struct app *app, UNUSED const char *argument)
{
	return message_retry_last(app);
}

static bool
run_rename(struct app *app, const char *argument)
{
	const struct conversation_info *info = conversation_info(app->pane->talk->session.conversation);
	struct buf words = {0};

	if (*argument) {
		conversations_rename(app, argument);
		return true;
	}
	buf_printf(&words, info->title.len > 0 ? "title: %s" : "there is no title yet", buf_text(&info->title));
	app_say(app, false, buf_text(&words));
	buf_release(&words);
	return true;
}

static bool
run_pin(struct app *app, UNUSED const char *argument)
{
	conversations_pin(app);
	return true;
}

static bool
run_archive(struct app *app, UNUSED const char *argument)
{
	conversations_archive(app);
	return true;
}

static struct message *
last_message(const struct app *app)
{
	return conversation_leaf(app->pane->talk->session.conversation);
}

static struct message *
last_prompt(const struct app *app)
{
	struct message *last = last_message(app);

	return last && last->role == CHAT_ASSISTANT ? last->parent : last;
}

static bool
run_edit(struct app *app, UNUSED const char *argument)
{
	return editor_action_edit_message(app, last_prompt(app));
}

static bool
run_continue(struct app *app, UNUSED const char *argument)
{
	return message_continue_last(app);
}

static bool
run_compare(struct app *app, const char *prompt)
{
	return compare_run(app, prompt, commands_run);
}

static bool
run_best(struct app *app, const char *argument)
{
	return best_command(app, argument, commands_run);
}

static bool
run_fork(struct app *app, UNUSED const char *argument)
{
	return branches_fork(app, last_message(app));
}

/* The last prompt, and its reply with it. */
static bool
run_delete(struct app *app, UNUSED const char *argument)
{
	return branches_delete(app, last_prompt(app));
}

static bool
run_tree(struct app *app, UNUSED const char *argument)
{
	tree_page_open(app);
	return true;
}

static bool
run_undelete(struct app *app, UNUSED const char *argument)
{
	return branches_undelete(app);
}

static const char *
copy_candidate(UNUSED const struct app *app, const char *first, size_t i)
{
	return i == 0 && !*first ? "all" : NULL;
}

static const char *
model_candidate(const struct app *app, const char *first, size_t i)
{
	return *first ? NULL : model_name(app, i);
}

/* ---- the table ---- */

static bool
run_export(struct app *app, const char *argument)
{
	return export_run(app, argument);
}

static bool
run_bare(struct app *app, UNUSED const char *argument)
{
	bare_open(app);
	return true;
}

/* clang-format off */
static const struct command commands[] = {
	{"archive", {0}, "", "archive the conversation, or unarchive it", run_archive, NULL},
	{"attach", {"file"}, "[paths]", "attach files to the next prompt: text, pictures, sounds; patterns and ~ as in the shell", attach_command, NULL},
	{"back", {0}, "", "return to the previous conversation", run_back, NULL},
	{"bare", {0}, "", "show only the text, for selecting with the mouse; any key returns", run_bare, NULL},
	{"best", {0}, "n prompt", "ask for n replies (2 to 6) side by side; Enter keeps the one of its pane, the others become versions of it", run_best, NULL},
	{"close", {0}, "", "close the pane; its conversation stays open", pane_command_close, NULL},
	{"compact", {0}, "[what to keep]", "sum the conversation up, but for its last two turns, on a new branch", compact_begin, NULL},
	{"compare", {0}, "[prompt|--blind prompt]", "send one prompt to all panes, with statistics below the replies; --blind: the names of models are hidden until you vote for a reply; without a prompt: show or hide the statistics",
		run_compare, compare_candidate},
	{"context", {0}, "", "show what is in the context, turn by turn, and mute turns", run_context, NULL},
	{"continue", {0}, "", "continue the last reply, which was cut short", run_continue, NULL},
	{"copy", {0}, "[n|all]", "copy the last reply; n: its n-th code block; all: the whole conversation",
		copy_asked, copy_candidate},
	{"delete", {0}, "", "delete the last prompt with its reply", run_delete, NULL},
	{"detach", {0}, "[n]", "do not send the n-th attached file; without a number: none of them", detach_command, NULL},
	{"diff", {0}, "", "compare the last replies of this pane and the next one word by word; with one pane: the last reply and its version before",
		run_diff, NULL},
	{"edit", {0}, "", "edit the last prompt; the old one is kept as a version", run_edit, NULL},
	{"export", {0}, "[file]", "write the conversation to a new file: .md, .txt, or .json with all its branches",
		run_export, NULL},
	{"fork", {0}, "", "copy the conversation down to here into a new one", run_fork, NULL},
	{"help", {"?", "h"}, "", "this help", run_help, NULL},
	{"lens", {0}, "", "walk the tokens of the last reply, see what else the model had in mind, and go on with another one", run_lens, NULL},
	{"log", {0}, "", "show the last network events", run_log, NULL},
	{"model", {"models"}, "[name]", "list the models of all servers, to use, load or unload one; with a name: use that model in this conversation", run_model, model_candidate},
	{"new", {"clear"}, "", "start a new conversation; the old one stays open", run_new, NULL},
	{"only", {0}, "", "close all other panes", pane_command_only, NULL},
	{"pin", {0}, "", "pin the conversation to the top, or unpin it", run_pin, NULL},
	{"preset", {0}, "[name]", "list the presets, to choose one; with a name: use that one in this conversation; -: use none",
		preset_command, preset_candidate},
	{"prompt", {0}, "[name]", "list the library of prompts, to choose one; with a name: put that one into the input",
		prompt_command, prompt_candidate},
	{"quit", {"exit", "q"}, "", "quit", run_quit, NULL},
	{"rename", {"title"}, "[title]", "show the conversation's title; with a text: set it", run_rename, NULL},
	{"replay", {0}, "", "play the conversation again as it came, with its timing: Space pauses, Left and Right go by turns", run_replay, NULL},
	{"request", {0}, "", "show the last request as it was sent, and the prompt that the server makes of it; y copies it as a curl command", run_request, NULL},
	{"retry", {"regen", "regenerate"}, "", "ask for the last reply again; the old one is kept as a version", run_retry, NULL},
	{"set", {"parameters"}, "[name [value]]", "show the parameters of requests; with a name: show it; with a value: set it for this conversation, default resets it",
		set_command_run, set_command_candidate},
	{"split", {0}, "[n]", "open a pane below this one, with a new conversation; with a number: with that one",
		pane_command_split, NULL},
	{"stats", {"statistics"}, "", "show how fast replies came, of this conversation and of each model, and what the server's slots do", run_stats, NULL},
	{"swap", {0}, "", "swap the pane with the next one", pane_command_swap, NULL},
	{"system", {0}, "[text]", "show the system prompt; with a text: set it for this conversation; -: remove it", run_system,
		NULL},
	{"tag", {0}, "[name ...]", "show the conversation's tags; with names: give it these too (F3 and flynn history find them by tag:NAME)", tagging_tag,
		tagging_candidate},
	{"think", {0}, "[how]", "set how the model thinks: on, off, low, medium, high, auto, or at most N tokens", thinking_run,
		thinking_candidate},
	{"tree", {0}, "", "show every branch of the conversation: open, delete, fork", run_tree, NULL},
	{"undelete", {"undo"}, "", "restore what was deleted last", run_undelete, NULL},
	{"untag", {0}, "[name ...]", "take these tags away; without a name: all of them", tagging_untag, tagging_candidate_to_remove},
	{"votes", {0}, "", "show how often each model was voted for in blind comparisons", run_votes, NULL},
	{"vsplit", {0}, "[n]", "like /split, but beside this one", pane_command_vsplit, NULL},
	{"zoom", {0}, "", "zoom this pane to the whole screen, or back", pane_command_zoom, NULL},
};
/* clang-format on */

struct commands
commands_table(void)
{
	return (struct commands){commands, ARRAY_LEN(commands)};
}

/* ---- running ---- */

/* A command may have put a text of its own there. */
static void
forget_input(struct app *app, const char *input)
{
	recall_add(&app->recall, input);
	if (app->composer.text.len == 0)
		composer_reset(&app->composer);
}

static bool
run(struct app *app, const struct command *command, const char *argument)
{
	if (!*command->argument && *argument) {
		app_say(app, true, "this command takes no argument");
		return false;
	}
	return command->run(app, argument);
}

void
commands_run(struct app *app)
{
	char *input = mem_strdup(composer_text(&app->composer)), *argument = command_argument(input);
	struct err err;
	const struct command *command = command_find(&app->commands, input, &err);

	if (!command && command_is_path(input)) {
		prompts_offer(app);
	} else if (!command) {
		app_say(app, true, err.text);
	} else {
		attach_command_begins(app);
		composer_clear(&app->composer);
		if (run(app, command, argument))
			forget_input(app, input);
		else
			composer_undo(&app->composer);
		attach_command_ends(app);
	}
	free(argument);
	free(input);
}
