/*
 * model_rows.c - which models there are to choose from, what each is called, and which one is in use.
 */
#include "config/model_rows.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "config/config_load.h"
#include "tests/config/tests.h"
#include "tests/harness.h"

enum {
	SERVERS_MAX = 3,
};

struct row_case {
	const char *file;                /* text of the configuration; NULL: there is none */
	const char *model;               /* -m */
	const char *bodies[SERVERS_MAX]; /* what each server says; "401", "down": that; NULL: not asked yet */
	const char *want;                /* "*" before the one in use */
};

static bool
load(struct config *c, const char *text, const char *model)
{
	char path[] = "/tmp/flynn-config-XXXXXX";
	struct config_flags flags = {.model = model, .file = text ? path : NULL};
	struct err err;
	int fd = mkstemp(path);
	bool ok;

	unsetenv("FLYNN_ENDPOINT");
	setenv("XDG_CONFIG_HOME", "/proc/0", 1);
	CU_ASSERT_FATAL(fd >= 0);
	CU_ASSERT_FATAL(!text || write(fd, text, strlen(text)) == (ssize_t)strlen(text));
	close(fd);
	ok = config_load(c, &flags, &err);
	HARNESS_CHECK(ok, "%s", err.text);
	unlink(path);
	return ok;
}

static void
take(struct served *s, const struct config_model *m, const char *body)
{
	struct model_settings settings = {.endpoint = m->endpoint ? m->endpoint : "http://h"};
	struct err err = {ERR_UNREACHABLE, "not running"};
	struct model_client *client;

	if (!body)
		return;
	client = model_client_new(&settings, &err);
	if (strcmp(body, "down") == 0)
		served_take_models(s, client, 0, "", 0, &(struct err){ERR_UNREACHABLE, "not running"});
	else if (strcmp(body, "401") == 0)
		served_take_models(s, client, 401, "{\"error\":\"key\"}", 15, NULL);
	else
		served_take_models(s, client, 200, body, strlen(body), NULL);
	model_client_free(client);
}

/* "*one=tiny loaded; big/x=x unloaded; dead unreachable (not running)": name=name on the server, state, why */
static void
put_rows(const struct model_rows *rows, const struct config_servers *servers, const struct config *c,
        const struct served *served, struct buf *out)
{
	for (size_t i = 0; i < rows->n; i++) {
		const struct model_row *row = &rows->items[i];
		const char *there = model_row_on_server(row), *word = model_state_word(row->state);
		struct buf why = {0};

		buf_printf(out, "%s%s%s%s%s%s%s", i ? "; " : "",
		        model_row_is_used(row, servers, c, c->model, NULL) ? "*" : "", row->name, there ? "=" : "",
		        there ? there : "", *word ? " " : "", word);
		if (model_row_why(row, &served[row->server], &why))
			buf_printf(out, " (%s)", buf_text(&why));
		buf_release(&why);
	}
}

static void
expect(const struct row_case *test, size_t number)
{
	struct served served[SERVERS_MAX] = {0};
	struct config_servers servers;
	struct model_rows rows = {0};
	struct buf all = {0};
	struct config c;

	if (!load(&c, test->file, test->model))
		return;
	config_servers_init(&servers, &c);
	CU_ASSERT_FATAL(servers.n <= SERVERS_MAX);
	for (size_t i = 0; i < servers.n; i++)
		take(&served[i], servers.models[i], test->bodies[i]);
	model_rows_make(&rows, &c, &servers, served);
	put_rows(&rows, &servers, &c, served, &all);
	HARNESS_CHECK(strcmp(buf_text(&all), test->want) == 0, "case %zu: %s", number, buf_text(&all));
	buf_release(&all);
	model_rows_release(&rows);
	for (size_t i = 0; i < SERVERS_MAX; i++)
		served_release(&served[i]);
	config_servers_release(&servers);
	config_release(&c);
}

#define SINGLE "{\"data\":[{\"id\":\"tiny\",\"aliases\":[\"tiny\"]}]}"
#define ROUTER                                                                                                         \
	"{\"data\":[{\"id\":\"a\",\"status\":{\"value\":\"loaded\"}},{\"id\":\"b\",\"aliases\":[\"bee\"],"             \
	"\"status\":{\"value\":\"unloaded\"}},{\"id\":\"c\",\"status\":{\"value\":\"unloaded\",\"failed\":true,"       \
	"\"exit_code\":1}}]}"
#define ONE  "models:\n  one:\n    endpoint: http://h:1\n"
#define TWO  ONE "  two:\n    endpoint: http://h:2\n"
#define FAST ONE "  fast:\n    endpoint: http://h:1\n    model: b\n"

static void
makes_rows(void)
{
	static const struct row_case cases[] = {
	        {NULL, NULL, {SINGLE}, "*tiny=tiny loaded"},
	        {NULL, NULL, {"down"}, "*default unreachable (not running)"},
	        {NULL, NULL, {NULL}, "*default"},
	        {NULL, NULL, {ROUTER}, "a=a loaded; b=b unloaded; c=c failed (exit code 1)"},
	        {NULL, "b", {ROUTER}, "*b=b unloaded; a=a loaded; c=c failed (exit code 1)"},
	        {NULL, "bee", {ROUTER}, "*bee=b unloaded; a=a loaded; c=c failed (exit code 1)"},
	        {NULL, "nope", {ROUTER},
	                "*nope=nope failed (the server has no model of this name); a=a loaded; b=b unloaded; c=c "
	                "failed (exit "
	                "code 1)"},
	        {NULL, "nope", {SINGLE}, "*nope=tiny loaded"},
	        {ONE, NULL, {SINGLE}, "*one=tiny loaded"},
	        {ONE, NULL, {"401"}, "*one unreachable (key)"},
	        {ONE, NULL, {ROUTER}, "a=a loaded; b=b unloaded; c=c failed (exit code 1)"},
	        {ONE, "one/b", {ROUTER}, "*b=b unloaded; a=a loaded; c=c failed (exit code 1)"},
	        {TWO, NULL, {SINGLE, "down"}, "*one=tiny loaded; two unreachable (not running)"},
	        {TWO, NULL, {SINGLE, ROUTER},
	                "*one=tiny loaded; two/a=a loaded; two/b=b unloaded; two/c=c failed (exit code 1)"},
	        {TWO, "two/a", {SINGLE, ROUTER},
	                "one=tiny loaded; *two/a=a loaded; two/b=b unloaded; two/c=c failed (exit code 1)"},
	        {TWO, "two", {ROUTER, ROUTER},
	                "a=a loaded; b=b unloaded; c=c failed (exit code 1); two/a=a loaded; two/b=b unloaded; two/c=c "
	                "failed (exit "
	                "code 1)"},
	        {FAST, NULL, {ROUTER}, "fast=b unloaded; a=a loaded; c=c failed (exit code 1)"},
	        {FAST, "fast", {ROUTER}, "*fast=b unloaded; a=a loaded; c=c failed (exit code 1)"},
	        {FAST, NULL, {SINGLE}, "*one=tiny loaded; fast=tiny loaded"},
	        /* a name of the server that the configuration has for something else */
	        {"models:\n  one:\n    endpoint: http://h:1\n  a:\n    endpoint: http://h:2\n", NULL, {ROUTER, SINGLE},
	                "a=tiny loaded; one/a=a loaded; b=b unloaded; c=c failed (exit code 1)"},
	        {ONE, NULL, {"{\"data\":[]}"}, "*one failed (the server has no model of this name)"},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		expect(&cases[i], i);
}

/* -m takes the name of each row, and leads there. */
static void
takes_its_names(void)
{
	static const struct {
		const char *name, *model, *on_server;
	} rows[] = {
	        {"one", "one", NULL},
	        {"two", "two", NULL},
	        {"two/a", "two", "a"},
	        {"two/org/a", "two", "org/a"},
	        {"two/", "one", "two/"},
	        {"twoa", "one", "twoa"},
	        {"org/a", "one", "org/a"},
	        {"one/two", "one", "two"},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct config c;

		if (!load(&c, TWO, rows[i].name))
			continue;
		HARNESS_EQUAL(c.model->name, rows[i].model);
		HARNESS_EQUAL(c.model->model ? c.model->model : "", rows[i].on_server ? rows[i].on_server : "");
		config_release(&c);
	}
}

/* The longest name of the configuration counts. */
static void
prefers_the_longer_name(void)
{
	const char *asked;
	struct config c;

	if (!load(&c, "models:\n  big:\n    endpoint: http://h:1\n  big/x:\n    endpoint: http://h:2\n", NULL))
		return;
	CU_ASSERT_PTR_EQUAL(config_find_model(&c, "big/x", &asked), &c.models[1]);
	CU_ASSERT_PTR_NULL(asked);
	CU_ASSERT_PTR_EQUAL(config_find_model(&c, "big/x/y", &asked), &c.models[1]);
	HARNESS_EQUAL(asked, "y");
	CU_ASSERT_PTR_EQUAL(config_find_model(&c, "big/y", &asked), &c.models[0]);
	HARNESS_EQUAL(asked, "y");
	CU_ASSERT_PTR_NULL(config_find_model(&c, "big/", &asked));
	config_release(&c);
}

/* Another name of the server than that of the configuration's model, and the same by another way. */
static void
knows_what_a_conversation_uses(void)
{
	struct served served[SERVERS_MAX] = {0};
	struct config_servers servers;
	struct model_rows rows = {0};
	struct config c;

	if (!load(&c, FAST, NULL))
		return;
	config_servers_init(&servers, &c);
	CU_ASSERT_FATAL(servers.n == 1);
	take(&served[0], servers.models[0], ROUTER);
	model_rows_make(&rows, &c, &servers, served);
	CU_ASSERT_FATAL(rows.n == 3);
	CU_ASSERT_TRUE(model_row_is_used(&rows.items[0], &servers, &c, &c.models[0], "b"));
	CU_ASSERT_TRUE(model_row_is_used(&rows.items[0], &servers, &c, &c.models[0], "bee"));
	CU_ASSERT_TRUE(model_row_is_used(&rows.items[1], &servers, &c, &c.models[1], "a"));
	CU_ASSERT_FALSE(model_row_is_used(&rows.items[0], &servers, &c, &c.models[1], "a"));
	CU_ASSERT_FALSE(model_row_is_used(&rows.items[1], &servers, &c, &c.models[1], NULL));
	model_rows_release(&rows);
	served_release(&served[0]);
	config_servers_release(&servers);
	config_release(&c);
}

CU_TestInfo config_model_rows_tests[] = {
        {"makes rows", makes_rows},
        {"takes its names", takes_its_names},
        {"prefers the longer name", prefers_the_longer_name},
        {"knows what a conversation uses", knows_what_a_conversation_uses},
        CU_TEST_INFO_NULL,
};
