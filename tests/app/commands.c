/*
 * commands.c - which command a word means, what Tab makes of it, and what commands do to an app that has no server.
 */
#include "screen/commands.h"

#include <stdlib.h>
#include <string.h>

#include "app/conversations.h"
#include "app/pane.h"
#include "app/talk.h"
#include "app/view.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "screen/actions.h"
#include "screen/screen.h"
#include "tests/app/netless.h"
#include "tests/app/tests.h"
#include "tests/harness.h"

/* An app with two models and no net. */
static char local[] = "local", loud[] = "loud", brief[] = "Be brief.";
static struct config_model models[] = {{.name = local, .system = brief}, {.name = loud}};
static const struct config config = {.models = models, .n_models = 2, .model = models};

static void
init(struct app *app)
{
	struct err err;

	netless_init(app, &config);
	CU_ASSERT_FATAL(actions_init(app, &err));
}

static void
release(struct app *app)
{
	netless_release(app);
	actions_release(app);
}

static void
type(struct app *app, const char *text)
{
	view_type(app, text, strlen(text));
}

static void
press(struct app *app, uint32_t code)
{
	screen_key(app, (struct key){code, 0});
}

static void
tells_commands_from_prompts(void)
{
	static const struct {
		const char *in;
		bool is_one;
		const char *prompt;
	} rows[] = {
	        {"", false, ""},
	        {"hello", false, "hello"},
	        {"/new", true, "/new"},
	        {"/", true, "/"},
	        {"//new", false, "/new"},
	        {"//", false, "/"},
	        {" /new", false, " /new"},
	        {"a//b", false, "a//b"},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		HARNESS_CHECK(command_is_one(rows[i].in) == rows[i].is_one, "%s", rows[i].in);
		HARNESS_EQUAL(command_as_prompt(rows[i].in), rows[i].prompt);
	}
}

static void
finds_names_aliases_and_beginnings(void)
{
	static const struct {
		const char *in, *want; /* a name, or the error */
	} rows[] = {
	        {"/new", "new"},
	        {"/clear", "new"},
	        {"/n", "new"},
	        {"/cle", "new"},
	        {"/cl", "/cl may be /close /clear"},
	        {"/q", "quit"},
	        {"/exit", "quit"},
	        {"/regen", "retry"},
	        {"/rege", "retry"},
	        {"/ret", "retry"},
	        {"/system Be brief.", "system"},
	        {"/sys\nBe brief.", "system"},
	        {"/mdoel", "no command /mdoel: did you mean /model?"},
	        {"/modelx", "no command /modelx: did you mean /model?"},
	        {"/hlep", "no command /hlep: did you mean /help?"},
	        {"/exprot", "no command /exprot: did you mean /export?"},
	        {"/newchat", "no command /newchat: did you mean /new?"},
	        {"/modelsx", "no command /modelsx: did you mean /models?"},
	        {"/temp", "no command /temp: /help lists them, and // sends a slash"},
	        {"/save", "no command /save: /help lists them, and // sends a slash"},
	        {"/load", "no command /load: /help lists them, and // sends a slash"},
	        {"/set top_k 5", "set"},
	        {"/history", "no command /history: /help lists them, and // sends a slash"},
	        {"/usr/bin/env", "no command /usr/bin/env: /help lists them, and // sends a slash"},
	};
	const struct commands commands = commands_table();

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct err err = {0};
		const struct command *c = command_find(&commands, rows[i].in, &err);

		HARNESS_EQUAL(c ? c->name : err.text, rows[i].want);
	}
}

static void
says_what_a_beginning_may_be(void)
{
	const struct commands commands = commands_table();
	struct err err = {0};

	CU_ASSERT(command_find(&commands, "/", &err) == NULL);
	CU_ASSERT(strncmp(err.text, "/ may be /", 10) == 0);
}

static void
completes_with_tab(void)
{
	static const struct {
		const char *in, *completed, *candidates;
	} rows[] = {
	        {"/ne", "/new ", ""},
	        {"/exi", "/exit ", ""},
	        {"/sys", "/system ", ""},
	        {"/xyz", "/xyz", ""},
	        {"/new ", "/new ", ""},
	        {"/model lou", "/model loud ", ""},
	        {"/model  l", "/model  lo", "local loud"},
	        {"/m ", "/m lo", "local loud"},
	        {"/model x", "/model x", ""},
	        {"/xyz l", "/xyz l", ""},
	        {"/model local l", "/model local l", ""},
	        {"/copy all a", "/copy all a", ""},
	        {"/set temp", "/set temperature ", ""},
	        {"/set x", "/set xtc_", "xtc_probability xtc_threshold"},
	        {"/set  samplers to", "/set  samplers top_", "top_n_sigma top_k top_p"},
	        {"/set samplers xtc,  pen", "/set samplers xtc,  penalties ", ""},
	        {"/set ignore_eos ", "/set ignore_eos ", "on off default"},
	        {"/set reasoning_effort hi", "/set reasoning_effort high ", ""},
	        {"/set grammar d", "/set grammar default ", ""},
	        {"/set nonsense d", "/set nonsense d", ""},
	};
	struct app app;

	init(&app);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct buf completed = {0}, candidates = {0};

		command_complete(&app.commands, &app, rows[i].in, &completed, &candidates);
		HARNESS_EQUAL(buf_text(&completed), rows[i].completed);
		HARNESS_EQUAL(buf_text(&candidates), rows[i].candidates);
		buf_release(&completed);
		buf_release(&candidates);
	}
	release(&app);
}

static void
has_names_that_differ(void)
{
	const struct commands commands = commands_table();
	const struct command *table = commands.rows;

	for (size_t i = 0; i < commands.n; i++) {
		char *input = mem_printf("/%s", table[i].name);
		struct err err;

		HARNESS_CHECK(command_find(&commands, input, &err) == &table[i], "%s", input);
		HARNESS_CHECK(*table[i].help && table[i].argument, "%s", input);
		free(input);
		for (size_t j = 0; j < COMMAND_ALIASES_MAX && table[i].aliases[j]; j++) {
			input = mem_printf("/%s", table[i].aliases[j]);
			HARNESS_CHECK(command_find(&commands, input, &err) == &table[i], "%s", input);
			free(input);
		}
	}
}

static void
keeps_the_input_of_a_wrong_command(void)
{
	static const char *const rows[] = {"/nwe", "/", "/new now", "/retry"};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct app app;

		init(&app);
		type(&app, rows[i]);
		press(&app, KEYN_ENTER);
		HARNESS_EQUAL(composer_text(&app.composer), rows[i]);
		HARNESS_CHECK(app.message.text != NULL, "%s", rows[i]);
		release(&app);
	}
}

/* A command that does not work changes nothing: what was typed can be undone as before. */
static void
keeps_undo_when_a_command_fails(void)
{
	struct app app;

	init(&app);
	type(&app, "one");
	composer_clear(&app.composer);
	type(&app, "/new now");
	press(&app, KEYN_LEFT);
	press(&app, KEYN_ENTER);
	HARNESS_EQUAL(composer_text(&app.composer), "/new now");
	CU_ASSERT(app.composer.cursor == strlen("/new no"));
	composer_undo(&app.composer);
	composer_undo(&app.composer);
	HARNESS_EQUAL(composer_text(&app.composer), "one");
	release(&app);
}

/* The ones that worked, with prompts, in the order they were entered. */
static void
recalls_commands(void)
{
	struct app app;

	init(&app);
	type(&app, "/system Be long.");
	press(&app, KEYN_ENTER);
	type(&app, "/rename");
	press(&app, KEYN_ENTER);
	HARNESS_EQUAL(composer_text(&app.composer), "");
	press(&app, KEYN_UP);
	HARNESS_EQUAL(composer_text(&app.composer), "/rename");
	press(&app, KEYN_UP);
	HARNESS_EQUAL(composer_text(&app.composer), "/system Be long.");
	press(&app, KEYN_DOWN);
	press(&app, KEYN_DOWN);
	HARNESS_EQUAL(composer_text(&app.composer), "");
	release(&app);
}

static void
tabs_in_the_composer(void)
{
	struct app app;

	init(&app);
	type(&app, "/mod");
	press(&app, KEYN_TAB);
	press(&app, KEYN_TAB);
	HARNESS_EQUAL(composer_text(&app.composer), "/model lo");
	HARNESS_EQUAL(app.message.text, "local loud");
	CU_ASSERT(app.completes_late);
	type(&app, "c");
	press(&app, KEYN_TAB);
	HARNESS_EQUAL(composer_text(&app.composer), "/model local ");
	CU_ASSERT(!app.completes_late);
	press(&app, KEYN_TAB);
	HARNESS_EQUAL(composer_text(&app.composer), "/model local ");
	release(&app);
}

static void
sets_and_shows_the_system_prompt(void)
{
	struct app app;

	init(&app);
	type(&app, "/system");
	press(&app, KEYN_ENTER);
	HARNESS_EQUAL(app.message.text, "system prompt: Be brief.");
	HARNESS_EQUAL(composer_text(&app.composer), "");
	type(&app, "/system  Be \n long. \n");
	press(&app, KEYN_ENTER);
	HARNESS_EQUAL(conversation_system(app.pane->talk->session.conversation), "Be \n long.");
	type(&app, "/system -");
	press(&app, KEYN_ENTER);
	CU_ASSERT(conversation_system(app.pane->talk->session.conversation) == NULL);
	release(&app);
}

/* The conversation's first prompt, or "". */
static const char *
first_prompt(const struct app *app)
{
	size_t n;
	struct message *const *path = conversation_path(app->pane->talk->session.conversation, &n);

	return n > 0 ? buf_text(&path[0]->content) : "";
}

static void
goes_round_the_conversations(void)
{
	static const char *const prompts[] = {"one", "two", "three"}, *const round[] = {"two", "one", "three", "two"};
	struct app app;

	init(&app);
	conversations_back(&app);
	HARNESS_EQUAL(app.message.text, "there is no other conversation");
	for (size_t i = 0; i < ARRAY_LEN(prompts); i++) {
		conversations_new(&app);
		conversation_add(app.pane->talk->session.conversation, NULL, CHAT_USER, prompts[i]);
	}
	for (size_t i = 0; i < ARRAY_LEN(round); i++) {
		conversations_back(&app);
		HARNESS_EQUAL(first_prompt(&app), round[i]);
	}
	conversations_new(&app);
	HARNESS_EQUAL(conversation_system(app.pane->talk->session.conversation), "Be brief.");
	HARNESS_EQUAL(first_prompt(&app), "");
	conversations_back(&app);
	HARNESS_EQUAL(first_prompt(&app), "two");
	CU_ASSERT(app.n_talks == 3);
	release(&app);
}

static void
leaves_what_is_typed_in_its_conversation(void)
{
	struct app app;

	init(&app);
	conversation_add(app.pane->talk->session.conversation, NULL, CHAT_USER, "one");
	type(&app, "half a thought");
	conversations_new(&app);
	HARNESS_EQUAL(composer_text(&app.composer), "");
	type(&app, "another");
	conversations_back(&app);
	HARNESS_EQUAL(composer_text(&app.composer), "half a thought");
	conversations_back(&app);
	HARNESS_EQUAL(composer_text(&app.composer), "another");
	CU_ASSERT(app.n_talks == 2);
	release(&app);
}

CU_TestInfo commands_tests[] = {
        {"tells commands from prompts", tells_commands_from_prompts},
        {"finds names, aliases and beginnings", finds_names_aliases_and_beginnings},
        {"says what a beginning may be", says_what_a_beginning_may_be},
        {"completes with Tab", completes_with_tab},
        {"has names that differ", has_names_that_differ},
        {"keeps the input of a wrong command", keeps_the_input_of_a_wrong_command},
        {"keeps undo when a command fails", keeps_undo_when_a_command_fails},
        {"recalls commands", recalls_commands},
        {"Tab completes in the composer", tabs_in_the_composer},
        {"sets and shows the system prompt", sets_and_shows_the_system_prompt},
        {"goes round the conversations", goes_round_the_conversations},
        {"leaves what is typed in its conversation", leaves_what_is_typed_in_its_conversation},
        CU_TEST_INFO_NULL,
};
