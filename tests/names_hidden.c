/*
 * names_hidden.c - while a blind comparison waits for its vote no frame shows the name of a model, or where its server is,
 * whatever command is typed and whatever page is opened. Commands are taken from the table, so that a new one is tried too.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "app/command.h"
#include "app/hidden.h"
#include "base/compiler.h"
#include "screen/commands.h"
#include "tests/harness.h"
#include "tests/play.h"

/* What every name here holds, and nothing else. */
static const char *const secrets[] = {"zebra", "quagga", "okapi"};

#define SERVER(path, model)                                                                                            \
	"on GET /" path "/health\njson 200 {\"status\":\"ok\"}\n"                                                      \
	"on GET /" path "/v1/models\njson 200 {\"data\":[{\"id\":\"" model "\"}]}\n"                                   \
	"on GET /" path "/props\n"                                                                                     \
	"json 200 {\"default_generation_settings\":{\"n_ctx\":4096},\"model_alias\":\"" model "\"}\n"                  \
	"on GET /" path "/slots\njson 200 [{\"id\":0,\"n_ctx\":4096,\"is_processing\":false}]\n"
#define REPLY(path, model)                                                                                             \
	"on POST /" path "/v1/chat/completions\n"                                                                      \
	"stream\nmodel " model "\nlikely \"A\" 60 \"The\" 40\nlikely \" reply.\" 90\ntimings 0 9\ndone\nlast\n"

static const char server[] = SERVER("okapi1", "zebra-one") REPLY("okapi1", "zebra-one") SERVER(
        "okapi2", "zebra-two") REPLY("okapi2", "zebra-two") SERVER("okapi3",
        "/models/zebra-three.gguf") "on POST /okapi3/v1/chat/completions\n"
                                    "json 500 {\"error\":{\"code\":500,\"message\":\"model '/models/zebra-three.gguf' "
                                    "(quagga3) has "
                                    "failed at {\\\"okapi3\\\"}: zebra-three.gguf\",\"type\":\"server_error\"}}\n";

static const char config[] = "default: quagga1\n"
                             "models:\n"
                             "  quagga1:\n    endpoint: {endpoint}/okapi1\n    parameters: {logprobs: 2}\n"
                             "  quagga2:\n    endpoint: {endpoint}/okapi2\n    parameters: {temperature: 0.5}\n"
                             "  quagga3:\n    endpoint: {endpoint}/okapi3\n    model: okapi3\n"
                             "presets:\n"
                             "  short:\n    model: quagga2\n    parameters: {top_k: 3}\n";

static const char history[] = "conversation 5m Before\nuser Hello\nreply Earlier\nmodel zebra-one\n"
                              "usage {\"prompt_tokens\":3,\"completion_tokens\":4}\n";

#define BEGIN                                                                                                          \
	"until \" ready\"\n"                                                                                           \
	"key M-w v\nuntil \"2 new\"\ntype \"/model quagga2\\n\"\nuntil \"uses quagga2 now\"\nkey End\n"                \
	"key M-w v\nuntil \"3 new\"\ntype \"/model quagga3\\n\"\nuntil \"uses quagga3 now\"\nkey End\n"                \
	"key M-w =\n"                                                                                                  \
	"type \"/compare --blind Why?\\n\"\n"                                                                          \
	"key End\nuntil \"! failed: why is told\"\nuntil \"1, 2: vote\"\ngone \"waiting\"\ngone \"writing\"\n"         \
	"key M-1\nuntil \"━ 1\"\n"

/* On whatever is open. */
#define LOOK_ABOUT                                                                                                     \
	"key Down\nkey Tab\nkey End\nkey PgDn\nkey Home\nsize 60x14\nsize 140x30\n"                                    \
	"key Esc\nkey Esc\nkey C-u\n"

struct seen {
	struct app *app;
	size_t frames; /* while names are hidden */
	char *shown;   /* the first frame with a secret; NULL: there was none */
	bool at_end;   /* they are hidden with the last frame */
};

static void
look(void *arg, const struct grid *grid)
{
	struct seen *seen = arg;
	char *text;

	seen->at_end = hidden_is_on(seen->app);
	if (!seen->at_end)
		return;
	seen->frames++;
	text = grid_text(grid);
	for (size_t i = 0; i < ARRAY_LEN(secrets) && !seen->shown; i++)
		if (strstr(text, secrets[i]))
			seen->shown = strdup(text);
	free(text);
}

static void
begins(void *arg, struct app *app)
{
	((struct seen *)arg)->app = app;
}

/* Plays this behind the beginning; `name` is for what it says of a failure. */
static void
expect_no_secret(const char *name, const char *keys, bool stays)
{
	struct buf script = {0}, why = {0};
	struct seen seen = {0};
	struct play play = {.server = server,
	        .config = config,
	        .history = history,
	        .rows = 30,
	        .cols = 140,
	        .begins = begins,
	        .frame = look,
	        .arg = &seen};
	bool good;

	buf_printf(&script, "%s%s", BEGIN, keys);
	play.script = buf_text(&script);
	good = play_run(&play, &why, NULL);
	HARNESS_CHECK(good, "%s: %s", name, buf_text(&why));
	HARNESS_CHECK(seen.frames > 0, "%s: names were not hidden", name);
	HARNESS_CHECK(!seen.shown, "%s:\n%s", name, seen.shown);
	HARNESS_CHECK(!stays || seen.at_end, "%s: the comparison has ended", name);
	buf_release(&script);
	free(seen.shown);
	buf_release(&why);
}

/* Commands that take a conversation out of its pane, or its reply out of the conversation. */
static bool
leaves(const char *name)
{
	static const char *const names[] = {"back", "close", "delete", "fork", "new", "only"};

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	return false;
}

static void
by_no_command(void)
{
	const struct commands commands = commands_table();
	struct buf all = {0}, alone = {0};

	for (size_t i = 0; i < commands.n; i++) {
		const char *name = commands.rows[i].name;

		if (strcmp(name, "quit") == 0)
			continue;
		buf_clear(&alone);
		buf_printf(&alone, "type \"/%s\\n\"\n" LOOK_ABOUT, name);
		if (leaves(name))
			expect_no_secret(name, buf_text(&alone), false);
		else
			buf_puts(&all, buf_text(&alone));
	}
	expect_no_secret("all other commands", buf_text(&all), true);
	buf_release(&alone);
	buf_release(&all);
}

static void
by_no_page(void)
{
	static const char *const keys[] = {"key F1\n", "key F2\n", "key F3\n", "key F5\n", "key F6\n", "key F7\n",
	        "key F8\n", "key F9\n", "key C-p\n", "key C-r\n", "key M-Up\nkey p\n", "key M-Up\nkey M-v\n",
	        "type \"/model \"\nkey Tab\n", "type \"/model q\"\nkey Tab\n", "type \"/preset \"\nkey Tab\n",
	        "type \"/preset short\\n\"\n", "type \"/model other\\n\"\nkey C-u\n", "type \"/set temperature\\n\"\n"};
	struct buf script = {0};

	buf_puts(&script, "type \"/lens\\n\"\nuntil \"perplexity\"\n" LOOK_ABOUT);
	for (size_t i = 0; i < ARRAY_LEN(keys); i++)
		buf_printf(&script, "%s%s", keys[i], LOOK_ABOUT);
	expect_no_secret("pages", buf_text(&script), true);
	buf_release(&script);
}

/* The same after another reply, in the middle of one, and with fewer panes. */
static void
by_no_turn(void)
{
	static const char turns[] = "type \"/compare More?\\n\"\nuntil \"> More?\"\nuntil \"vote for the best\"\n"
	                            "gone \"waiting\"\ngone \"writing\"\ntype \"Go on\\n\"\nuntil \"> Go on\"\n"
	                            "gone \"waiting\"\ngone \"writing\"\n"
	                            "key M-r\nuntil \"version 2 of 2\"\nkey Esc\n"
	                            "key M-w x\nkey M-w o\n";

	expect_no_secret("turns", turns, false);
}

int
main(void)
{
	static CU_TestInfo tests[] = {
	        {"by no command", by_no_command},
	        {"by no page", by_no_page},
	        {"by no turn", by_no_turn},
	        CU_TEST_INFO_NULL,
	};
	CU_SuiteInfo suites[] = {
	        {"names of models are shown", NULL, NULL, NULL, NULL, tests},
	        CU_SUITE_INFO_NULL,
	};

	play_init();
	return harness_main(suites);
}
