/*
 * model.c - the model that a conversation of the history talks to.
 */
#include "app/model.h"
#include "app/model_link.h"
#include "app/models.h"

#include <string.h>

#include "app/branches.h"
#include "app/conversations.h"
#include "app/pane.h"
#include "app/talk.h"
#include "base/compiler.h"
#include "chat/conversation.h"
#include "screen/actions.h"
#include "screen/commands.h"
#include "tests/app/netless.h"
#include "tests/app/tests.h"
#include "tests/harness.h"

static char one[] = "one", two[] = "two", small[] = "small", large[] = "large", tiny[] = "tiny", big[] = "big",
            at_one[] = "http://127.0.0.1:1", at_two[] = "http://127.0.0.1:2", at_three[] = "http://127.0.0.1:3";

static struct config_model models[] = {
        {.name = one, .endpoint = at_one},
        {.name = two, .endpoint = at_two},
        {.name = small, .endpoint = at_three, .model = tiny},
        {.name = large, .endpoint = at_three, .model = big},
};

static const char *
found(struct app *app, const char *endpoint, const char *name)
{
	struct conversation *c = conversation_new(NULL);
	struct message *prompt = conversation_add(c, NULL, CHAT_USER, "hello"),
	               *reply = conversation_add(c, prompt, CHAT_ASSISTANT, "hi");
	const struct link *link;

	CU_ASSERT(buf_append_string(&reply->endpoint, endpoint) && buf_append_string(&reply->model, name));
	conversation_add(c, reply, CHAT_USER, "and now?");
	link = model_of_conversation(app, c);
	conversation_free(c);
	return link ? link->model->name : "";
}

static void
is_that_which_answered(void)
{
	static const struct {
		const char *endpoint, *name, *want;
	} rows[] = {
	        {"http://127.0.0.1:1", "any", "one"},
	        {"http://127.0.0.1:2", "any", "two"},
	        {"http://127.0.0.1:3", "tiny", "small"},
	        {"http://127.0.0.1:3", "big", "large"},
	        {"http://127.0.0.1:3", "another", "small"},
	        {"http://127.0.0.1:4", "tiny", ""},
	        {"", "", ""},
	};
	const struct config config = {.model = models, .models = models, .n_models = ARRAY_LEN(models)};
	struct app app;

	netless_init(&app, &config);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const char *name = found(&app, rows[i].endpoint, rows[i].name);

		HARNESS_CHECK(strcmp(name, rows[i].want) == 0, "row %zu: %s", i, name);
	}
	netless_release(&app);
}

static void
is_the_only_one(void)
{
	const struct config config = {.model = models, .models = models, .n_models = 1};
	struct app app;

	netless_init(&app, &config);
	HARNESS_EQUAL(found(&app, "http://127.0.0.1:1", "any"), "");
	netless_release(&app);
}

/* ---- the system text that comes with a model ---- */

static char terse[] = "Be terse.", loud[] = "Be loud.", plain[] = "plain", quiet[] = "quiet", noisy[] = "noisy";

static struct config_model spoken[] = {
        {.name = plain, .endpoint = at_one},
        {.name = quiet, .endpoint = at_two, .system = terse},
        {.name = noisy, .endpoint = at_three, .system = loud},
};

static const struct config speaking = {.model = spoken, .models = spoken, .n_models = ARRAY_LEN(spoken)};

/* Each step is a command that is entered; what the system text is then. */
static void
comes_with_its_system_text(void)
{
	static const struct {
		const char *steps[4], *want;
	} rows[] = {
	        {{"/model quiet"}, "Be terse."},
	        {{"/model quiet", "/model noisy"}, "Be loud."},
	        {{"/model quiet", "/model plain"}, ""},
	        {{"/model quiet", "/model any"}, "Be terse."},
	        {{"/system Mine.", "/model quiet"}, "Mine."},
	        {{"/model quiet", "/system Mine.", "/model noisy"}, "Mine."},
	        {{"/model quiet", "/system -", "/model noisy"}, ""},
	        {{"/model quiet", "/system Be terse.", "/model noisy"}, "Be terse."},
	        {{"/model quiet", "/system", "/model noisy"}, "Be loud."},
	        {{"/model quiet", "/model nowhere://x", "/model noisy"}, "Be loud."},
	        {{"/model quiet", "said", "/model noisy"}, "Be loud."},
	        {{"/model quiet", "/system -", "fork", "/model noisy"}, ""},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct app app;
		const char *system;
		struct err err;

		netless_init(&app, &speaking);
		CU_ASSERT_FATAL(actions_init(&app, &err));
		for (size_t j = 0; j < ARRAY_LEN(rows[i].steps) && rows[i].steps[j]; j++) {
			const char *step = rows[i].steps[j];
			struct conversation *c = app.pane->talk->session.conversation;

			if (strcmp(step, "said") == 0 || strcmp(step, "fork") == 0)
				conversation_add(c, NULL, CHAT_USER, "hello");
			if (strcmp(step, "fork") == 0)
				CU_ASSERT(branches_fork(&app, conversation_leaf(c)));
			if (step[0] != '/')
				continue;
			composer_reset(&app.composer);
			CU_ASSERT(composer_insert(&app.composer, step, strlen(step)));
			commands_run(&app);
		}
		system = conversation_system(app.pane->talk->session.conversation);
		HARNESS_CHECK(strcmp(system ? system : "", rows[i].want) == 0, "row %zu: %s", i, system ? system : "");
		netless_release(&app);
		actions_release(&app);
	}
}

/* A conversation of the history keeps a text that no model has. */
static void
leaves_a_text_of_the_history(void)
{
	struct app app;
	struct conversation *c = conversation_new("From before.");

	netless_init(&app, &speaking);
	conversations_open(&app, talk_new(c, NULL));
	CU_ASSERT(model_use(&app, "noisy"));
	HARNESS_EQUAL(conversation_system(c), "From before.");
	netless_release(&app);
}

/* ---- what a model takes ---- */

static void
check_takes(struct app *app, const struct link *link, const struct attachments *files, const char *want)
{
	struct err err = {0};
	bool good = models_check_attachments(app, link, files, &err);

	CU_ASSERT(good == (*want == '\0'));
	HARNESS_EQUAL(err.text, want);
}

/* As the server tells it, else the list of a router; what nobody has told, or a server that is gone, is no reason to refuse. */
static void
takes_what_its_server_says(void)
{
	static char offered[] = "tiny";
	static const char refused[] = "tiny takes no pictures: try another, or llama-server --mmproj (p.png)";
	const struct config config = {.model = &models[2], .models = models, .n_models = ARRAY_LEN(models)};
	struct link_offer offers[] = {{.name = offered, .inputs = MODEL_READS_TEXT}};
	struct attachments files = {0};
	struct buf data = {0};
	struct link *link;
	struct app app;

	buf_puts(&data, "p");
	attachments_add(&files, attachment_new(ATTACHMENT_IMAGE, "p.png", NULL, "image/png", &data));
	netless_init(&app, &config);
	link = app.pane->talk->link;
	CU_ASSERT(models_inputs(&app, link) == 0);
	check_takes(&app, link, &files, "");
	link->offers = offers;
	link->n_offers = 1;
	link->server.state = SERVER_READY;
	check_takes(&app, link, &files, refused);
	check_takes(&app, link, &(struct attachments){0}, "");
	link->server.inputs = MODEL_READS_TEXT | MODEL_READS_IMAGE;
	check_takes(&app, link, &files, "");
	link->offers = NULL;
	link->n_offers = 0;
	link->server.inputs = MODEL_READS_TEXT | MODEL_READS_AUDIO;
	check_takes(&app, link, &files, refused);
	link->server.state = SERVER_NOT_RUNNING;
	check_takes(&app, link, &files, "");
	netless_release(&app);
	attachments_release(&files);
}

CU_TestInfo model_tests[] = {
        {"takes what its server says", takes_what_its_server_says},
        {"comes with its system text", comes_with_its_system_text},
        {"leaves a text of the history", leaves_a_text_of_the_history},
        {"is that which answered", is_that_which_answered},
        {"is the only one", is_the_only_one},
        CU_TEST_INFO_NULL,
};
