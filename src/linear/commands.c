/*
 * commands.c - a row for every command: how it is done here.
 */
#include "linear/commands.h"

#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/attach_send.h"
#include "app/branches.h"
#include "app/browse_ask.h"
#include "app/conversation_export.h"
#include "app/model.h"
#include "app/model_link.h"
#include "app/pane.h"
#include "app/preset.h"
#include "app/prompt_send.h"
#include "app/talk.h"
#include "app/turn.h"
#include "base/clock.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "linear/facts.h"
#include "linear/lists.h"
#include "linear/pages.h"
#include "linear/question.h"
#include "linear/series.h"
#include "linear/state.h"
#include "linear/telling.h"
#include "linear/token_choice.h"
#include "store/worker.h"
#include "system/prompt_reader.h"

/* ---- prompts ---- */

static bool
model_comes_first(struct app *app, void (*again)(struct app *))
{
	const struct link *link = app->pane->talk->link;

	if (!model_is_missing(link) || !server_state_is_up(link->server.state))
		return false;
	linear_note(app, "this server has several models: choose one");
	list_models(app, again);
	return true;
}

void
linear_send(struct app *app)
{
	if (model_comes_first(app, linear_send))
		return;
	prompt_send(app, linear_send);
	(void)telling_turn(app);
}

/* ---- what commands do ---- */

/* The screen's own word is for a key. */
static bool
needs_screen(struct app *app, UNUSED const char *argument)
{
	return app_refuse(app, "this command needs the full screen: flynn without --linear has it");
}

static bool
is_for_screen(const struct command *c)
{
	return c->run == needs_screen;
}

static void
say_help_of(struct app *app, const struct command *c)
{
	linear_line(app, "/%s%s%s: %s.", c->name, *c->argument ? " " : "", c->argument, c->help);
}

static bool
help_of(struct app *app, const char *name)
{
	char *input = mem_printf("/%s", name + (*name == '/'));
	struct err err;
	const struct command *c = command_find(&app->commands, input, &err);

	free(input);
	if (!c)
		return app_refuse(app, err.text);
	say_help_of(app, c);
	if (is_for_screen(c))
		linear_note(app, "it needs the full screen");
	return true;
}

static bool
run_help(struct app *app, const char *argument)
{
	struct buf others = {0};

	if (*argument)
		return help_of(app, argument);
	linear_line(app,
	        "A line is sent with Enter. One that ends with a backslash goes on in the next line; so does all "
	        "between two lines of three quotes.");
	linear_line(app, "Ctrl+C stops a reply, Ctrl+D ends flynn. Two slashes at the start send one.");
	for (size_t i = 0; i < app->commands.n; i++) {
		const struct command *c = &app->commands.rows[i];

		if (is_for_screen(c))
			buf_printf(&others, " /%s", c->name);
		else
			say_help_of(app, c);
	}
	linear_line(app, "These need the full screen:%s.", buf_text(&others));
	buf_release(&others);
	return true;
}

static bool
run_model(struct app *app, const char *argument)
{
	if (*argument)
		return model_use(app, argument);
	list_models(app, NULL);
	return true;
}

static bool
run_preset(struct app *app, const char *argument)
{
	if (*argument)
		return preset_use(app, strcmp(argument, "-") == 0 ? NULL : argument);
	list_presets(app);
	return true;
}

static bool
run_prompt(struct app *app, const char *argument)
{
	if (!app->config->prompts_folder)
		return app_refuse(app, "there is no library of prompts here");
	if (*argument) {
		prompt_reader_read(app->prompt_reader, argument);
		linear_of(app)->waits_for = WAITS_FOR_TEXT;
	} else {
		list_prompts(app);
	}
	return true;
}

static bool
run_history(struct app *app, const char *argument)
{
	return list_history(app, argument);
}

static bool
run_tree(struct app *app, UNUSED const char *argument)
{
	list_messages(app);
	return true;
}

static void
retry(struct app *app)
{
	if (!talk_is_empty(app->pane->talk) && model_comes_first(app, retry))
		return;
	(void)turn_retry(app, NULL);
	(void)telling_turn(app);
}

static bool
run_retry(struct app *app, UNUSED const char *argument)
{
	retry(app);
	return true;
}

static void
go_on(struct app *app)
{
	if (session_can_continue(&app->pane->talk->session) && model_comes_first(app, go_on))
		return;
	(void)branches_continue(app);
	(void)telling_turn(app);
}

static bool
run_continue(struct app *app, UNUSED const char *argument)
{
	go_on(app);
	return true;
}

static struct message *
last_prompt(const struct app *app)
{
	struct message *last = conversation_leaf(app->pane->talk->session.conversation);

	return last && last->role == CHAT_ASSISTANT ? last->parent : last;
}

static void
send_version(struct app *app, const char *text)
{
	struct message *prompt = last_prompt(app);

	if (!prompt || !branches_may_edit(app, prompt))
		return;
	turn_send_version(app, prompt, text);
	(void)telling_turn(app);
}

static bool
run_edit(struct app *app, const char *argument)
{
	const struct message *prompt = last_prompt(app);

	if (!branches_may_edit(app, prompt))
		return false;
	if (*argument) {
		send_version(app, argument);
		return true;
	}
	linear_put_text(app, buf_text(&prompt->content));
	question_ask_text(app, "type the new text of this prompt, or Enter to leave it", send_version);
	return true;
}

static bool
run_stop(struct app *app, UNUSED const char *argument)
{
	return app_refuse(app, "there is nothing to stop");
}

static bool
run_set_list(struct app *app, UNUSED const char *argument)
{
	list_parameters(app);
	return true;
}

static bool
run_export(struct app *app, const char *argument)
{
	if (!export_run(app, argument))
		return false;
	linear_of(app)->waits_for = WAITS_FOR_EXPORT;
	return true;
}

/* ---- the table ---- */

enum form {
	AS_IT_IS,
	OF_ITS_OWN,
	LISTED, /* without an argument it is of its own, else as it is */
	ON_SCREEN,
};

struct linear_row {
	const char *name;
	enum form form;
	bool (*run)(struct app *, const char *argument);
	const char *argument, *help; /* NULL: as on the screen */
};

/* clang-format off */
static const struct linear_row rows[] = {
	{"archive", AS_IT_IS, NULL, NULL, NULL},
	{"attach", AS_IT_IS, NULL, NULL, NULL},
	{"back", AS_IT_IS, NULL, NULL, NULL},
	{"bare", ON_SCREEN, NULL, NULL, NULL},
	{"best", OF_ITS_OWN, series_best, NULL, "ask for n replies (2 to 6), one after the other, then choose the one to keep; the others become versions of it"},
	{"close", ON_SCREEN, NULL, NULL, NULL},
	{"compact", AS_IT_IS, NULL, NULL, NULL},
	{"compare", OF_ITS_OWN, series_compare, "[--blind] prompt", "ask every model of the configuration, one after the other, then choose the reply to keep; behind --blind their names are hidden, and their order is by chance, until you vote for the best"},
	{"context", OF_ITS_OWN, facts_context, NULL, "say how full the context is"},
	{"continue", OF_ITS_OWN, run_continue, NULL, NULL},
	{"copy", OF_ITS_OWN, facts_copy, NULL, NULL},
	{"delete", AS_IT_IS, NULL, NULL, NULL},
	{"detach", AS_IT_IS, NULL, NULL, NULL},
	{"diff", OF_ITS_OWN, pages_diff, NULL, "compare the last reply with its version before, word by word"},
	{"edit", OF_ITS_OWN, run_edit, "[text]", "say the last prompt, and ask for another text of it; the old one is kept as a version"},
	{"export", OF_ITS_OWN, run_export, NULL, NULL},
	{"fork", AS_IT_IS, NULL, NULL, NULL},
	{"help", OF_ITS_OWN, run_help, "[command]", "this help, or that of one command"},
	{"lens", OF_ITS_OWN, token_choice_run, "[number|words]", "list the tokens of the last reply that the model was least sure of, to see what else it had in mind, and go on with that; with a number: that token; with words: those that they are made of; again: ask for the reply again with its tokens"},
	{"log", OF_ITS_OWN, facts_log, NULL, NULL},
	{"model", OF_ITS_OWN, run_model, NULL, "list the models of all servers, to use one; with a name: use that model in this conversation"},
	{"new", AS_IT_IS, NULL, NULL, NULL},
	{"only", ON_SCREEN, NULL, NULL, NULL},
	{"pin", AS_IT_IS, NULL, NULL, NULL},
	{"preset", OF_ITS_OWN, run_preset, NULL, NULL},
	{"prompt", OF_ITS_OWN, run_prompt, NULL, "list the library of prompts, to choose one; with a name: say that one, and ask what goes into it"},
	{"quit", AS_IT_IS, NULL, NULL, NULL},
	{"rename", AS_IT_IS, NULL, NULL, NULL},
	{"replay", ON_SCREEN, NULL, NULL, NULL},
	{"request", OF_ITS_OWN, pages_request, NULL, "read the last request as it was sent"},
	{"retry", OF_ITS_OWN, run_retry, NULL, NULL},
	{"set", LISTED, run_set_list, NULL, "say which parameters are set; with a name: tell it; with a value: set it for this conversation, default resets it"},
	{"split", ON_SCREEN, NULL, NULL, NULL},
	{"stats", OF_ITS_OWN, facts_stats, NULL, "say how fast the last reply came"},
	{"swap", ON_SCREEN, NULL, NULL, NULL},
	{"system", AS_IT_IS, NULL, NULL, NULL},
	{"tag", AS_IT_IS, NULL, NULL, NULL},
	{"think", AS_IT_IS, NULL, NULL, NULL},
	{"tree", OF_ITS_OWN, run_tree, NULL, "list every message of the conversation; the number of one shows its branch"},
	{"undelete", AS_IT_IS, NULL, NULL, NULL},
	{"untag", AS_IT_IS, NULL, NULL, NULL},
	{"votes", OF_ITS_OWN, pages_votes, NULL, NULL},
	{"vsplit", ON_SCREEN, NULL, NULL, NULL},
	{"zoom", ON_SCREEN, NULL, NULL, NULL},
};

/* What keys do on the screen. */
static const struct command own[] = {
	{"history", {"browse", "open"}, "[words]", "list the last conversations, or those with these words, to open one", run_history, NULL},
	{"last", {0}, "[thought]", "read the last reply again, or what the model thought before it", facts_last, NULL},
	{"stop", {0}, "", "stop the reply that is being written; it does not wait for its end", run_stop, NULL},
};
/* clang-format on */

static const struct linear_row *
row_of(const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (strcmp(rows[i].name, name) == 0)
			return &rows[i];
	return NULL;
}

const char *
linear_commands_missing(const struct commands *of_screen)
{
	for (size_t i = 0; i < of_screen->n; i++)
		if (!row_of(of_screen->rows[i].name))
			return of_screen->rows[i].name;
	return NULL;
}

/* One that nobody has thought of may open a page. */
static struct command
make_command(const struct command *on_screen)
{
	const struct linear_row *row = row_of(on_screen->name);
	struct command c = *on_screen;

	if (!row || row->form == ON_SCREEN)
		c.run = needs_screen;
	else if (row->form == OF_ITS_OWN)
		c.run = row->run;
	if (row && row->argument)
		c.argument = row->argument;
	if (row && row->help)
		c.help = row->help;
	return c;
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(((const struct command *)a)->name, ((const struct command *)b)->name);
}

void
linear_commands_init(struct app *app, const struct commands *of_screen)
{
	struct linear *l = linear_of(app);
	size_t n = of_screen->n;

	l->commands = mem_alloc((n + ARRAY_LEN(own)) * sizeof(*l->commands));
	for (size_t i = 0; i < n; i++)
		l->commands[i] = make_command(&of_screen->rows[i]);
	memcpy(l->commands + n, own, sizeof(own));
	n += ARRAY_LEN(own);
	qsort(l->commands, n, sizeof(*l->commands), by_name);
	app->commands = (struct commands){l->commands, n};
	app->keys = (struct action_keys){.retry = mem_strdup("/retry"),
	        .begin = mem_strdup("/new"),
	        .compact = mem_strdup("/compact"),
	        .go_on = mem_strdup("/continue"),
	        .change = mem_strdup("/edit")};
}

void
linear_commands_release(struct app *app)
{
	free(app->keys.retry);
	free(app->keys.begin);
	free(app->keys.compact);
	free(app->keys.go_on);
	free(app->keys.change);
}

/* ---- running ---- */

static void
run(struct app *app, const struct command *command, const char *argument)
{
	const struct linear_row *row = row_of(command->name);

	if (!*command->argument && *argument)
		(void)app_refuse(app, "this command takes no argument");
	else if (row && row->form == LISTED && !*argument)
		(void)row->run(app, argument);
	else
		(void)command->run(app, argument);
}

void
linear_command_run(struct app *app, const char *input)
{
	char *argument = command_argument(input);
	struct err err;
	const struct command *command = command_find(&app->commands, input, &err);

	if (command)
		run(app, command, argument);
	else
		app_say(app, true, err.text);
	free(argument);
}

/* ---- waiting ---- */

void
linear_commands_turn(struct app *app)
{
	lists_turn(app);
}

int
linear_commands_wait_ms(const struct app *app)
{
	const struct linear *l = linear_of(app);
	int64_t left = l->waits_until_ms - clock_ms();

	return l->waits_for != WAITS_FOR_MODELS ? -1 : left > 0 ? (int)left : 0;
}

void
linear_history_answer(struct app *app, struct store_result *r)
{
	if (r->question->kind == BROWSE_ASK_VOTES)
		pages_votes_answer(app, r);
	else
		list_history_answer(app, r);
}
