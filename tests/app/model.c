/*
 * model.c - the model that a conversation of the history talks to.
 */
#include "app/link.h"
#include "app/model.h"

#include <string.h>

#include "base/compiler.h"
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

CU_TestInfo model_tests[] = {
        {"is that which answered", is_that_which_answered},
        {"is the only one", is_the_only_one},
        CU_TEST_INFO_NULL,
};
