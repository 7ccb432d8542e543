/*
 * served.c - lists of models, what a router says of them as they come and go, and what may be asked of it.
 */
#include "llama/served.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "tests/harness.h"
#include "tests/llama/tests.h"

static struct model_client *
make_client(void)
{
	struct model_settings settings = {.endpoint = "http://h:1/llm/v1", .auth_token = "sk-secret-1"};
	struct err err;

	return model_client_new(&settings, &err);
}

/* "tiny-a loaded 4096 1174272 text image; broken failed exit code 1" */
static void
put_all(const struct served *s, struct buf *out)
{
	static const char *const inputs[] = {
#define X(input, bit, name) name,
	        MODEL_INPUTS(X)
#undef X
	};

	for (size_t i = 0; i < s->n; i++) {
		const struct served_model *m = &s->models[i];
		char why[SERVED_WHY_MAX];

		served_put_why(m, why);
		buf_printf(out, "%s%s %s", i ? "; " : "", m->name, model_state_word(m->state));
		if (m->percent >= 0)
			buf_printf(out, " %d %%", m->percent);
		buf_printf(out, "%s%s", *why ? " " : "", why);
		if (m->n_ctx > 0)
			buf_printf(out, " %lld", (long long)m->n_ctx);
		if (m->size > 0)
			buf_printf(out, " %lld", (long long)m->size);
		for (unsigned bit = 0; bit < ARRAY_LEN(inputs); bit++)
			if (m->inputs & 1u << bit)
				buf_printf(out, " %s", inputs[bit]);
	}
}

static void
take(struct served *s, const char *body)
{
	struct model_client *client = make_client();

	served_take_models(s, client, 200, body, strlen(body), NULL);
	model_client_free(client);
}

static void
is(const struct served *s, const char *want)
{
	struct buf all = {0};

	put_all(s, &all);
	HARNESS_EQUAL(buf_text(&all), want);
	buf_release(&all);
}

#define STATUS(name, status) "{\"id\":\"" name "\",\"status\":" status "}"
#define LIST(models)         "{\"data\":[" models "],\"object\":\"list\"}"

static void
reads_lists(void)
{
	static const struct {
		const char *body, *want;
		bool router;
	} rows[] = {
	        {LIST(STATUS("a", "{\"value\":\"unloaded\"}") "," STATUS("b", "{\"value\":\"loaded\"}")),
	                "a unloaded; b loaded", true},
	        {LIST("{\"id\":\"a\",\"status\":{\"value\":\"loaded\"},\"architecture\":{\"input_modalities\":["
	              "\"text\",\"image\","
	              "\"video\"]},\"context_length\":2048,\"meta\":{\"n_ctx\":4096,\"size\":1174272}}"),
	                "a loaded 4096 1174272 text image video", true},
	        {LIST("{\"id\":\"a\",\"status\":{\"value\":\"unloaded\"},\"context_length\":2048}"), "a unloaded 2048",
	                true},
	        {LIST(STATUS("a", "{\"value\":\"unloaded\",\"failed\":true,\"exit_code\":1}")), "a failed exit code 1",
	                true},
	        {LIST(STATUS("a", "{\"value\":\"unloaded\",\"failed\":true}")), "a failed", true},
	        {LIST(STATUS("a", "{\"value\":\"unloaded\",\"exit_code\":-9}")), "a failed exit code -9", true},
	        {LIST(STATUS("a", "{\"value\":\"unloaded\",\"exit_code\":1e30}")), "a unloaded", true},
	        {LIST(STATUS("a", "{\"value\":\"sleeping\"}") "," STATUS("b", "{\"value\":\"downloading\"}")),
	                "a sleeping; b downloading", true},
	        {LIST(STATUS("a", "{\"value\":\"loading\",\"progress\":{\"stages\":[\"text_model\"],\"current\":"
	                          "\"text_model\",\"value\":0.43}}")),
	                "a loading 43 %", true},
	        {LIST("{\"id\":\"m\",\"meta\":{\"n_ctx\":512,\"size\":10},\"architecture\":{\"input_modalities\":["
	              "\"text\",\"audio\"]}}"),
	                "m loaded 512 10 text audio", false},
	        {LIST("{\"id\":\"x\"},{\"id\":\"y\"}"), "x loaded; y loaded", false},
	        {LIST("{\"id\":\"\"},{\"id\":7},{},7,null,{\"id\":\"ok\",\"meta\":7,\"architecture\":[],\"context_"
	              "length\":-1}"),
	                "ok loaded", false},
	        {LIST("{\"id\":\"sk-secret-1\"}"), "*** loaded", false},
	        {LIST(STATUS("a", "7") "," STATUS("b", "{\"value\":\"dreaming\"}")), "a loaded; b loaded", true},
	        {LIST(""), "", false},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct served s = {0};

		take(&s, rows[i].body);
		is(&s, rows[i].want);
		HARNESS_CHECK(s.router == rows[i].router && s.state == MODEL_LOADED && s.error.code == ERR_NONE,
		        "row %zu", i);
		served_release(&s);
	}
}

static void
finds_by_name_and_alias(void)
{
	struct served s = {0};

	take(&s, LIST("{\"id\":\"one\",\"aliases\":[\"first\",7,\"two\",\"a\\nb\"]},{\"id\":\"two\",\"aliases\":[]}"));
	CU_ASSERT_PTR_EQUAL(served_find(&s, "first"), &s.models[0]);
	CU_ASSERT_PTR_EQUAL(served_find(&s, "two"), &s.models[1]);
	CU_ASSERT_PTR_NULL(served_find(&s, "fir"));
	CU_ASSERT_PTR_NULL(served_find(&s, "a"));
	CU_ASSERT_PTR_NULL(served_find(&s, ""));
	served_release(&s);
}

static void
judges_what_is_no_list(void)
{
	static const struct {
		int status;
		const char *body;
		enum model_state state;
		const char *why;
	} rows[] = {
	        {503, "{\"error\":{\"message\":\"Loading model\",\"type\":\"unavailable_error\",\"code\":503}}",
	                MODEL_LOADING, "Loading model"},
	        {401, "{\"error\":{\"message\":\"Invalid API Key sk-secret-1\"}}", MODEL_UNREACHABLE,
	                "Invalid API Key ***"},
	        {404, "{\"error\":{\"message\":\"File Not Found\"}}", MODEL_UNREACHABLE, "File Not Found"},
	        {200, "<html>", MODEL_UNREACHABLE, "what answers is no llama-server: is the endpoint right?"},
	        {200, "{\"data\":{}}", MODEL_UNREACHABLE, "what answers is no llama-server: is the endpoint right?"},
	        {302, "", MODEL_UNREACHABLE, "what answers is no llama-server: is the endpoint right?"},
	};
	struct model_client *client = make_client();

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct served s = {0};

		take(&s, LIST("{\"id\":\"x\"}"));
		served_take_models(&s, client, rows[i].status, rows[i].body, strlen(rows[i].body), NULL);
		HARNESS_CHECK(s.state == rows[i].state && s.n == 0, "row %zu", i);
		HARNESS_EQUAL(s.error.text, rows[i].why);
		served_release(&s);
	}
	model_client_free(client);
}

static void
knows_that_nobody_answers(void)
{
	struct model_client *client = make_client();
	struct served s = {0};
	struct err broken;

	take(&s, LIST("{\"id\":\"x\"}"));
	err_set(&broken, ERR_UNREACHABLE, "llama-server not running at h");
	served_take_models(&s, client, 0, "", 0, &broken);
	CU_ASSERT(s.state == MODEL_UNREACHABLE && s.n == 0);
	HARNESS_EQUAL(s.error.text, "llama-server not running at h");
	take(&s, LIST("{\"id\":\"x\"}"));
	CU_ASSERT(s.state == MODEL_LOADED && s.error.code == ERR_NONE);
	served_release(&s);
	model_client_free(client);
}

static void
follows_recorded_events(void)
{
	/* the states of tiny-a, tiny-b and broken, in the order of the recording */
	static const char *const begin[] = {"a loading", "a loading 0 %", "a loading 100 %",
	        "a loaded 4096 252172032 text", "a unloaded 4096 252172032 text", NULL};
	struct served s = {0};
	char *path = harness_path("wire/router-models-sse.body"), *body, *line;
	size_t len, n = 0;
	bool failed = false, reload = false;

	take(&s, LIST(STATUS("tiny-a", "{\"value\":\"unloaded\"}") "," STATUS(
	                 "tiny-b", "{\"value\":\"unloaded\"}") "," STATUS("broken", "{\"value\":\"unloaded\"}")));
	body = harness_read(path, &len);
	for (line = strtok(body, "\n"); line; line = strtok(NULL, "\n")) {
		bool known;

		if (strncmp(line, "data: ", 6) != 0)
			continue;
		known = served_take_event(&s, line + 6, strlen(line + 6));
		reload |= !known;
		CU_ASSERT(known || strstr(line, "models_reload"));
		if (begin[n]) {
			struct served first = {.models = s.models, .n = 1};
			struct buf words = {0};

			put_all(&first, &words);
			HARNESS_CHECK(strcmp(buf_text(&words) + 5, begin[n]) == 0, "%s", buf_text(&words));
			buf_release(&words);
			n++;
		}
		failed |= served_find(&s, "broken")->state == MODEL_FAILED;
	}
	CU_ASSERT_TRUE(failed);
	CU_ASSERT_TRUE(reload);
	is(&s, "tiny-a unloaded 4096 252172032 text; tiny-b unloaded 4096 1174272 text; broken failed exit code 1");
	free(body);
	free(path);
	served_release(&s);
}

static void
takes_odd_events(void)
{
#define EVENT(data) "{\"model\":\"a\",\"event\":\"status_change\",\"data\":" data "}"
	static const struct {
		const char *event;
		bool known;
		const char *want;
	} rows[] = {
	        {EVENT("{\"status\":\"loading\",\"progress\":{\"stages\":[\"text_model\",\"mmproj\"],\"current\":"
	               "\"mmproj\",\"value\":0.5}}"),
	                true, "a loading 75 %"},
	        {EVENT("{\"status\":\"loading\",\"progress\":{\"stages\":[],\"value\":7}}"), true, "a loading 75 %"},
	        {EVENT("{\"status\":\"loading\"}"), true, "a loading 75 %"},
	        {EVENT("{\"status\":\"loaded\"}"), true, "a loaded"},
	        {EVENT("{\"status\":\"dreaming\"}"), false, "a loaded"},
	        {EVENT("7"), false, "a loaded"},
	        {"{\"model\":\"b\",\"event\":\"status_change\",\"data\":{\"status\":\"loaded\"}}", false, "a loaded"},
	        {"{\"model\":\"*\",\"event\":\"models_reload\"}", false, "a loaded"},
	        {"{\"model\":\"a\",\"event\":\"renamed\",\"data\":{\"status\":\"unloaded\"}}", false, "a loaded"},
	        {"", false, "a loaded"},
	        {"{\"model\":7}", false, "a loaded"},
	        {EVENT("{\"status\":\"sleeping\"}"), true, "a sleeping"},
	};
	struct served s = {0};

	take(&s, LIST(STATUS("a", "{\"value\":\"unloaded\"}")));
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		HARNESS_CHECK(
		        served_take_event(&s, rows[i].event, strlen(rows[i].event)) == rows[i].known, "row %zu", i);
		is(&s, rows[i].want);
	}
	served_release(&s);
}

/* A list that is asked for while a model is loaded has no progress in it. */
static void
keeps_the_progress_it_was_told(void)
{
	struct served s = {0};
	const char *event = EVENT("{\"status\":\"loading\",\"progress\":{\"value\":0.43}}");

	take(&s, LIST(STATUS("a", "{\"value\":\"unloaded\"}")));
	CU_ASSERT_TRUE(served_take_event(&s, event, strlen(event)));
	take(&s, LIST(STATUS("a", "{\"value\":\"loading\"}")));
	is(&s, "a loading 43 %");
	take(&s, LIST(STATUS("a", "{\"value\":\"loaded\"}")));
	is(&s, "a loaded");
	served_release(&s);
}

static void
takes_props_of_the_only_model(void)
{
	struct model_client *client = make_client();
	struct served s = {0};
	const char *asleep = "{\"is_sleeping\":true,\"default_generation_settings\":{\"n_ctx\":256}}",
	           *awake = "{\"is_sleeping\":false}";

	take(&s, LIST("{\"id\":\"m\",\"meta\":{\"n_ctx\":512}}"));
	served_take_props(&s, client, 200, asleep, strlen(asleep));
	is(&s, "m sleeping 256");
	served_take_props(&s, client, 404, "", 0);
	is(&s, "m sleeping 256");
	served_take_props(&s, client, 200, awake, strlen(awake));
	is(&s, "m loaded 256");
	take(&s, LIST(STATUS("m", "{\"value\":\"unloaded\"}")));
	served_take_props(&s, client, 200, asleep, strlen(asleep));
	is(&s, "m unloaded");
	served_release(&s);
	model_client_free(client);
}

static void
asks_to_load_and_unload(void)
{
	struct model_client *client = make_client();
	struct http_request r;
	struct err err;

	served_events_request(client, &r);
	HARNESS_EQUAL(r.url, "http://h:1/llm/models/sse");
	HARNESS_EQUAL(r.accept, "text/event-stream");
	HARNESS_EQUAL(r.auth_token, "sk-secret-1");
	http_request_release(&r);
	CU_ASSERT_TRUE(served_load_request(client, "a \"b\"", &r, &err));
	HARNESS_EQUAL(r.url, "http://h:1/llm/models/load");
	HARNESS_EQUAL(r.body, "{\"model\":\"a \\\"b\\\"\"}");
	HARNESS_EQUAL(r.auth_token, "sk-secret-1");
	http_request_release(&r);
	CU_ASSERT_TRUE(served_unload_request(client, "a", &r, &err));
	HARNESS_EQUAL(r.url, "http://h:1/llm/models/unload");
	http_request_release(&r);
	model_client_free(client);
}

static void
judges_orders(void)
{
#define REFUSED(words) "{\"error\":{\"code\":400,\"message\":\"" words "\",\"type\":\"invalid_request_error\"}}"
	static const struct {
		int status;
		const char *body;
		bool taken;
		enum err_code code;
		const char *why;
	} rows[] = {
	        {200, "{\"success\":true}", true, ERR_NONE, ""},
	        {204, "", true, ERR_NONE, ""},
	        {400, REFUSED("model is already running"), false, ERR_NONE, ""},
	        {400, REFUSED("model is not running"), false, ERR_NONE, ""},
	        {400, REFUSED("model name is missing from the request"), false, ERR_SERVER,
	                "model name is missing from the request"},
	        {404, "{\"error\":{\"message\":\"File Not Found\",\"type\":\"not_found_error\",\"code\":404}}", false,
	                ERR_SERVER, "File Not Found"},
	        {401, "", false, ERR_UNAUTHORISED, "HTTP 401"},
	};
	struct model_client *client = make_client();

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct err err = {0};
		bool taken = served_take_order(client, rows[i].status, rows[i].body, strlen(rows[i].body), &err);

		HARNESS_CHECK(taken == rows[i].taken && err.code == rows[i].code, "row %zu: %s", i, err_name(err.code));
		HARNESS_EQUAL(err.text, rows[i].why);
	}
	model_client_free(client);
}

CU_TestInfo served_tests[] = {
        {"reads lists", reads_lists},
        {"finds by name and alias", finds_by_name_and_alias},
        {"judges what is no list", judges_what_is_no_list},
        {"knows that nobody answers", knows_that_nobody_answers},
        {"follows recorded events", follows_recorded_events},
        {"takes odd events", takes_odd_events},
        {"keeps the progress it was told", keeps_the_progress_it_was_told},
        {"takes props of the only model", takes_props_of_the_only_model},
        {"asks to load and unload", asks_to_load_and_unload},
        {"judges orders", judges_orders},
        CU_TEST_INFO_NULL,
};
