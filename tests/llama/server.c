/*
 * server.c - what answers to /health and /props say.
 */
#include "llama/server.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "tests/harness.h"
#include "tests/llama/tests.h"

static struct model_client *
make_client(void)
{
	struct model_settings settings = {.endpoint = "http://h:1/llm/v1", .auth_token = "sk-1", .insecure = true};
	struct err err;

	return model_client_new(&settings, &err);
}

static void
asks_its_questions(void)
{
	struct model_client *client = make_client();
	struct http_request r;

	server_health_request(client, &r);
	HARNESS_EQUAL(r.url, "http://h:1/llm/health");
	CU_ASSERT_PTR_NULL(r.auth_token);
	CU_ASSERT_PTR_NULL(r.body);
	CU_ASSERT_TRUE(r.insecure);
	http_request_release(&r);
	server_props_request(client, &r);
	HARNESS_EQUAL(r.url, "http://h:1/llm/props");
	HARNESS_EQUAL(r.auth_token, "sk-1");
	HARNESS_EQUAL(r.endpoint.text, "http://h:1/llm/v1");
	http_request_release(&r);
	server_models_request(client, &r);
	HARNESS_EQUAL(r.url, "http://h:1/llm/v1/models");
	HARNESS_EQUAL(r.auth_token, "sk-1");
	http_request_release(&r);
	model_client_free(client);
}

static void
judges_health(void)
{
	static const struct {
		int status;
		const char *server, *type, *body;
		enum server_state want;
		const char *error;
	} rows[] = {
	        {200, "llama.cpp", "application/json", "{\"status\":\"ok\"}", SERVER_READY, ""},
	        {200, "nginx", "application/json", "{\"status\":\"ok\"}", SERVER_READY, ""},
	        {200, "llama.cpp", "", "", SERVER_READY, ""},
	        {200, "Apache", "text/html", "<html>", SERVER_FAILING,
	                "what answers is no llama-server: is the endpoint right?"},
	        {200, "", "application/json", "{}", SERVER_FAILING,
	                "what answers is no llama-server: is the endpoint right?"},
	        {503, "llama.cpp", "",
	                "{\"error\":{\"message\":\"Loading model\",\"type\":\"unavailable_error\",\"code\":503}}",
	                SERVER_LOADING, "Loading model"},
	        {503, "", "", "{\"status\":\"loading model\"}", SERVER_LOADING, "Loading model"},
	        {503, "nginx", "text/html", "<html>", SERVER_FAILING, "HTTP 503 Reason"},
	        {502, "nginx", "text/plain", "gone", SERVER_FAILING, "gone"},
	        {401, "", "", "{\"error\":\"key\"}", SERVER_UNAUTHORISED, "key"},
	        {404, "", "", "{\"error\":{\"message\":\"File Not Found\"}}", SERVER_FAILING, "File Not Found"},
	        {302, "", "", "", SERVER_FAILING, "redirected to /login: set the endpoint to it"},
	        {502, "nginx", "text/plain", "gone: sk-1", SERVER_FAILING, "gone: ***"},
	};
	struct model_client *client = make_client();

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct http_head head = {rows[i].status, "Reason", rows[i].type, "/login", rows[i].server};
		struct server_info info = {.error = {ERR_TIMEOUT, "before"}};

		server_health(&info, client, &head, rows[i].body, strlen(rows[i].body));
		HARNESS_CHECK(info.state == rows[i].want, "row %zu is %s", i, server_state_word(info.state));
		HARNESS_EQUAL(info.error.text, rows[i].error);
		CU_ASSERT(info.is_llama_server == (strcmp(rows[i].server, "llama.cpp") == 0));
		CU_ASSERT((info.error.code == ERR_NONE) == server_state_is_up(info.state));
	}
	model_client_free(client);
}

static struct server_info
read_recording(const char *name)
{
	struct model_client *client = make_client();
	struct http_head head = {200, "", "application/json", "", "llama.cpp"};
	struct server_info info = {.state = SERVER_READY};
	char *path = harness_path(name), *body;
	size_t len;

	body = harness_read(path, &len);
	server_props(&info, client, &head, body, len);
	free(body);
	free(path);
	model_client_free(client);
	return info;
}

static void
reads_recorded_props(void)
{
	struct server_info info = read_recording("wire/props.body");

	HARNESS_EQUAL(info.model, "tiny-stories");
	HARNESS_EQUAL(info.build, "b11669-Debian");
	CU_ASSERT(info.n_ctx == 4096);
	CU_ASSERT(info.slots == 2);
	CU_ASSERT_FALSE(info.router);
	CU_ASSERT(info.state == SERVER_READY);
	CU_ASSERT(info.tells_sleep);
	CU_ASSERT(info.inputs == MODEL_READS_TEXT);
	info = read_recording("wire/sleep-before-props.body");
	CU_ASSERT(info.state == SERVER_READY && info.tells_sleep);
	info = read_recording("wire/sleeping-props.body");
	CU_ASSERT(info.state == SERVER_SLEEPING && info.error.code == ERR_NONE);
	HARNESS_EQUAL(info.model, "tiny-stories");
	info = read_recording("wire/router-props.body");
	CU_ASSERT(info.state == SERVER_READY && !info.tells_sleep);
	CU_ASSERT_TRUE(info.router);
	HARNESS_EQUAL(info.model, "");
	CU_ASSERT(info.n_ctx == 0);
}

static void
reads_odd_props(void)
{
	static const struct {
		const char *body, *model;
		int64_t n_ctx;
		int slots;
	} rows[] = {
	        {"{\"model_alias\":\"a/b\",\"model_path\":\"/m/c.gguf\"}", "a/b", 0, 0},
	        {"{\"model_alias\":\"/m/c.gguf\",\"model_path\":\"/m/c.gguf\"}", "c.gguf", 0, 0},
	        {"{\"model_path\":\"C:\\\\m\\\\c.gguf\"}", "c.gguf", 0, 0},
	        {"{\"model_path\":\"/m/\"}", "m/", 0, 0},
	        {"{\"default_generation_settings\":{\"n_ctx\":8192},\"total_slots\":4}", "", 8192, 4},
	        {"{\"default_generation_settings\":{\"n_ctx\":-1},\"total_slots\":1e18}", "", 0, 0},
	        {"{\"default_generation_settings\":5,\"total_slots\":\"x\",\"model_alias\":7}", "", 0, 0},
	        {"[]", "", 0, 0},
	        {"<html>", "", 0, 0},
	        {"", "", 0, 0},
	};
	struct model_client *client = make_client();

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct http_head head = {200, "", "", "", ""};
		struct server_info info = {.state = SERVER_READY};

		server_props(&info, client, &head, rows[i].body, strlen(rows[i].body));
		HARNESS_EQUAL(info.model, rows[i].model);
		CU_ASSERT(info.n_ctx == rows[i].n_ctx);
		CU_ASSERT(info.slots == rows[i].slots);
		CU_ASSERT(info.state == SERVER_READY);
	}
	model_client_free(client);
}

static void
takes_no_other_value_for_sleep(void)
{
	static const char *const bodies[] = {
	        "{\"is_sleeping\":null}", "{\"is_sleeping\":1}", "{\"is_sleeping\":\"true\"}", "{}"};
	struct model_client *client = make_client();

	for (size_t i = 0; i < ARRAY_LEN(bodies); i++) {
		struct http_head head = {200, "", "", "", ""};
		struct server_info info = {.state = SERVER_READY, .tells_sleep = true};

		server_props(&info, client, &head, bodies[i], strlen(bodies[i]));
		HARNESS_CHECK(info.state == SERVER_READY && !info.tells_sleep, "%s", bodies[i]);
	}
	model_client_free(client);
}

static void
judges_refused_props(void)
{
	static const struct {
		int status;
		const char *body;
		enum server_state want;
		const char *error;
	} rows[] = {
	        {401, "{\"error\":{\"message\":\"Invalid API Key sk-1\"}}", SERVER_UNAUTHORISED, "Invalid API Key ***"},
	        {403, "", SERVER_UNAUTHORISED, "HTTP 403"},
	        {404, "", SERVER_READY, ""},
	        {500, "", SERVER_READY, ""},
	        {503, "{\"error\":{\"message\":\"Loading model\",\"type\":\"unavailable_error\"}}", SERVER_LOADING,
	                "Loading model"},
	};
	struct model_client *client = make_client();

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct http_head head = {rows[i].status, "", "", "", ""};
		struct server_info info = {.state = SERVER_READY};

		server_props(&info, client, &head, rows[i].body, strlen(rows[i].body));
		CU_ASSERT(info.state == rows[i].want);
		HARNESS_EQUAL(info.error.text, rows[i].error);
	}
	model_client_free(client);
}

static void
cuts_long_names_between_characters(void)
{
	struct model_client *client = make_client();
	struct http_head head = {200, "", "", "", ""};
	struct server_info info = {0};
	struct buf body = {0};

	buf_puts(&body, "{\"model_alias\":\"x");
	for (int i = 0; i < 200; i++)
		buf_puts(&body, "\xc3\xbc");
	buf_puts(&body, "\"}");
	server_props(&info, client, &head, body.data, body.len);
	CU_ASSERT(strlen(info.model) == 255);
	HARNESS_EQUAL(info.model + 253, "\xc3\xbc");
	buf_release(&body);
	model_client_free(client);
}

static void
judges_broken_connections(void)
{
	static const struct {
		enum err_code code;
		enum server_state want;
		const char *word;
	} rows[] = {
	        {ERR_UNREACHABLE, SERVER_NOT_RUNNING, "not running"},
	        {ERR_TIMEOUT, SERVER_TIMED_OUT, "timed out"},
	        {ERR_TLS, SERVER_FAILING, "failing"},
	        {ERR_INCOMPLETE, SERVER_FAILING, "failing"},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct err broken = {rows[i].code, "words"};
		struct server_info info = {.state = SERVER_READY};

		server_broken(&info, &broken);
		CU_ASSERT(info.state == rows[i].want);
		HARNESS_EQUAL(server_state_word(info.state), rows[i].word);
		HARNESS_EQUAL(info.error.text, "words");
	}
}

static void
add_name(void *arg, const char *name, const char *state, unsigned inputs)
{
	buf_printf(arg, "[%s%s%s", name, *state ? ": " : "", state);
	if (inputs)
		buf_printf(arg, " %u", inputs);
	buf_putc(arg, ']');
}

static void
lists_models(void)
{
	static const struct {
		int status;
		const char *body, *want;
	} rows[] = {
	        {200, "{\"data\":[{\"id\":\"tiny-a\",\"status\":{\"value\":\"unloaded\"}},{\"id\":\"b/c d\"}]}",
	                "[tiny-a: unloaded][b/c d]"},
	        {200,
	                "{\"data\":[{\"id\":\"a\",\"status\":{\"value\":\"loaded\"}},{\"id\":\"b\",\"status\":{"
	                "\"value\":\"unloaded\",\"failed\":true}},"
	                "{\"id\":\"c\",\"status\":{\"value\":\"loading\"}},{\"id\":\"d\",\"status\":{\"value\":\"odd\"}"
	                "},{\"id\":\"e\",\"status\":7}]}",
	                "[a: loaded][b: failed][c: loading][d][e]"},
	        {200,
	                "{\"data\":[{\"id\":\"blind\",\"architecture\":{\"input_modalities\":[\"text\"]}},"
	                "{\"id\":\"seer\",\"architecture\":{\"input_modalities\":[\"text\",\"image\",\"audio\","
	                "\"smell\",7]}},"
	                "{\"id\":\"odd\",\"architecture\":{\"input_modalities\":\"image\"}}]}",
	                "[blind 1][seer 7][odd]"},
	        {200, "{\"data\":[]}", ""},
	        {200, "{\"data\":[{\"id\":\"\"},{\"id\":7},{},7,{\"id\":\"a\"}]}", "[a]"},
	        {200, "{\"data\":{\"id\":\"a\"}}", ""},
	        {200, "[]", ""},
	        {200, "<html>", ""},
	        {200, "", ""},
	        {401, "{\"data\":[{\"id\":\"a\"}]}", ""},
	        {200, "{\"data\":[{\"id\":\"sk-1\"},{\"id\":\"sk-12\"}]}", "[***][sk-12]"},
	};
	struct model_client *client = make_client();

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct http_head head = {rows[i].status, "", "", "", ""};
		struct buf names = {0};

		server_models(client, &head, rows[i].body, strlen(rows[i].body), add_name, &names);
		HARNESS_EQUAL(buf_text(&names), rows[i].want);
		buf_release(&names);
	}
	model_client_free(client);
}

/* Cut, it would be the name of another. */
static void
leaves_out_names_that_are_too_long(void)
{
	struct model_client *client = make_client();
	struct http_head head = {200, "", "", "", ""};

	for (int len = SERVER_MODEL_MAX; len <= SERVER_MODEL_MAX + 1; len++) {
		char *body = mem_printf("{\"data\":[{\"id\":\"%0*d\"}]}", len, 0);
		struct buf names = {0};

		server_models(client, &head, body, strlen(body), add_name, &names);
		CU_ASSERT(names.len == (len > SERVER_MODEL_MAX ? 0 : SERVER_MODEL_MAX + 2));
		buf_release(&names);
		free(body);
	}
	model_client_free(client);
}

CU_TestInfo server_tests[] = {
        {"asks its questions", asks_its_questions},
        {"judges health", judges_health},
        {"reads recorded props", reads_recorded_props},
        {"reads odd props", reads_odd_props},
        {"takes no other value for sleep", takes_no_other_value_for_sleep},
        {"judges refused props", judges_refused_props},
        {"cuts long names between characters", cuts_long_names_between_characters},
        {"judges broken connections", judges_broken_connections},
        {"lists models", lists_models},
        {"leaves out names that are too long", leaves_out_names_that_are_too_long},
        CU_TEST_INFO_NULL,
};
