/*
 * script.c - the stand-in's scripts: the bytes each command becomes, and what is said of a wrong one.
 */
#include "demo/route.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "demo/script_reader.h"
#include "tests/demo/tests.h"
#include "tests/harness.h"

#define CHUNK(choices, beside)                                                                                         \
	"data: {\"choices\":[" choices "],\"created\":1795356896,\"id\":\"chatcmpl-standin\",\"model\":\"stand-in\","  \
	"\"system_fingerprint\":\"standin\",\"object\":\"chat.completion.chunk\"" beside "}\n\n"
#define DELTA(delta, reason) CHUNK("{\"finish_reason\":" reason ",\"index\":0,\"delta\":{" delta "}}", "")

static void
a_command_becomes_its_bytes(void)
{
	static const struct {
		const char *script, *bytes;
	} rows[] = {
	        {"send \"a\\r\\n\\t\\e\\\"\\\\\\x41\"", "a\r\n\t\x1b\"\\A"},
	        {"# a comment\n\n  send \"a\"\n\tsend \"b\"", "ab"},
	        {"status 502 Bad Gateway\nheader X: y\nbody \"hello\"",
	                "HTTP/1.1 502 Bad Gateway\r\nX: y\r\nContent-Length: 5\r\n\r\nhello"},
	        {"status 204 No Content\nblank", "HTTP/1.1 204 No Content\r\n\r\n"},
	        {"json 503 {}", "HTTP/1.1 503 Service Unavailable\r\nServer: llama.cpp\r\n"
	                        "Content-Type: application/json; charset=utf-8\r\nContent-Length: 2\r\n\r\n{}"},
	        {"write \"raw\"", "raw"},
	        {"event {\"a\": \"\\u0000\"}", "data: {\"a\": \"\\u0000\"}\n\n"},
	        {"token \"a\\n\\\"\"", DELTA("\"content\":\"a\\u000a\\\"\"", "null")},
	        {"think \"hm\"", DELTA("\"reasoning_content\":\"hm\"", "null")},
	        {"role", DELTA("\"role\":\"assistant\",\"content\":null", "null")},
	        {"finish stop", DELTA("", "\"stop\"")},
	        {"usage 3 4", CHUNK("", ",\"usage\":{\"completion_tokens\":4,\"prompt_tokens\":3,\"total_tokens\":7}")},
	        {"words 0 \"one two\"", DELTA("\"content\":\"one\"", "null") DELTA("\"content\":\" two\"", "null")},
	        {"| one two", DELTA("\"content\":\"one\"", "null") DELTA("\"content\":\" two\"", "null")},
	        {"~ hm\n| a\n+ b\n|   c\n|",
	                DELTA("\"reasoning_content\":\"hm\"", "null") DELTA("\"content\":\"a\"", "null")
	                        DELTA("\"content\":\" b\"", "null") DELTA("\"content\":\"\\u000a  c\"", "null")
	                                DELTA("\"content\":\"\\u000a\"", "null")},
	        {"timings 5 2",
	                CHUNK("", ",\"usage\":{\"completion_tokens\":0,\"prompt_tokens\":7,\"total_tokens\":7},"
	                          "\"timings\":{\"cache_n\":5,\"prompt_n\":2,\"predicted_n\":0,\"predicted_ms\":0,"
	                          "\"predicted_per_second\":0.0}")},
	        {"likely \"a\\xC3\" 100 \" b\" 50",
	                CHUNK("{\"finish_reason\":null,\"index\":0,\"delta\":{\"content\":\"\"},\"logprobs\":{"
	                      "\"content\":[{\"bytes\":[97,195],\"logprob\":0.000000,\"top_logprobs\":["
	                      "{\"bytes\":[97,195],\"logprob\":0.000000},{\"bytes\":[32,98],\"logprob\":-0.693147}]}]}"
	                      "}",
	                        "")},
	        {"likely-thought \"\\\"\" 0",
	                CHUNK("{\"finish_reason\":null,\"index\":0,\"delta\":{\"reasoning_content\":\"\\\"\"},"
	                      "\"logprobs\":{\"content\":[{\"bytes\":[34],\"logprob\":-9999.000000,\"top_logprobs\":["
	                      "{\"bytes\":[34],\"logprob\":-9999.000000}]}]}}",
	                        "")},
	        {"ping\ndone", ":\n\ndata: [DONE]\n\n"},
	        {"last", "0\r\n\r\n"},
	        {"stream\nwrite \"0123456789abcdef\"\nlast\nwrite \"a\"",
	                "HTTP/1.1 200 OK\r\nServer: llama.cpp\r\nAccess-Control-Allow-Origin: \r\nX-Accel-Buffering: "
	                "no\r\n"
	                "Content-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n"
	                "Keep-Alive: timeout=5, max=100\r\n\r\n10\r\n0123456789abcdef\r\n0\r\n\r\na"},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct script script;
		struct buf bytes = {0};
		struct err err;

		if (!script_parse(&script, rows[i].script, NULL, &err)) {
			HARNESS_EQUAL(err.text, rows[i].bytes);
			continue;
		}
		for (size_t k = 0; k < script.not_found; k++)
			buf_put(&bytes, script.steps[k].bytes, script.steps[k].len);
		HARNESS_EQUAL(buf_text(&bytes), rows[i].bytes);
		buf_release(&bytes);
		script_release(&script);
	}
}

static void
a_wrong_line_is_named(void)
{
	static const struct {
		const char *script, *error;
	} rows[] = {
	        {"send \"a\"\nsned \"b\"", "script:2: unknown command sned"},
	        {"send a", "script:1: expected a text in double quotes"},
	        {"send \"a", "script:1: the text does not end with a double quote"},
	        {"send \"a\" b", "script:1: expected nothing after the text, or * and a number"},
	        {"send \"a\" * 0", "script:1: expected nothing after the text, or * and a number"},
	        {"send \"\\q\"", "script:1: unknown escape; there are \\r \\n \\t \\e \\0 \\\" \\\\ \\xHH"},
	        {"delay soon", "script:1: expected a number"},
	        {"ping pong", "script:1: this command stands alone"},
	        {"on GET", "script:1: expected a method and a path, `any`, or `connect`"},
	        {"then", "script:1: then belongs after the answer of a route"},
	        {"end", "script:1: end of what? There is no repeat"},
	        {"repeat 2\nping", "script:2: a repeat has no end"},
	        {"repeat 0\nend", "script:1: expected how often, or nothing for ever"},
	        {"stream\nwrite \"\"", "script:2: an empty chunk is the last one: say `last`"},
	        {"json {}", "script:1: expected a status and JSON, as in `json 200 {\"status\":\"ok\"}`"},
	        {"file none", "script:1: cannot read none: No such file or directory"},
	        {"on GET /x while", "script:1: expected nothing after the path, or while NAME, or when \"TEXT\", or "
	                            "with \"TEXT\""},
	        {"on GET /x if y", "script:1: expected nothing after the path, or while NAME, or when \"TEXT\", or "
	                           "with \"TEXT\""},
	        {"on GET /x when y", "script:1: expected a text in double quotes"},
	        {"until a b", "script:1: expected the name of what is to hold"},
	        {"on GET /x with y", "script:1: expected a text in double quotes"},
	        {"hold", "script:1: expected a name and milliseconds, as in `hold loading 5000`"},
	        {"hold x 1 y", "script:1: expected a name and milliseconds, as in `hold loading 5000`"},
	        {"pace soon", "script:1: expected milliseconds"},
	        {"likely \"a\"", "script:1: expected a text and its percent, as in `likely \" a\" 60 \" the\" 30`"},
	        {"likely \"a\" 5 b", "script:1: expected a text and its percent, as in `likely \" a\" 60 \" the\" 30`"},
	        {"likely \"a\" 101", "script:1: expected a text and its percent, as in `likely \" a\" 60 \" the\" 30`"},
	        {"words soon", "script:1: expected milliseconds and a text, as in `words 20 \"one two\"`"},
	        {"timings 1", "script:1: expected two numbers: tokens of the prompt that were known, that were read"},
	        {"usage 1", "script:1: expected two numbers: tokens of the prompt, tokens of the reply"},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct script script;
		struct err err;

		if (!script_parse(&script, rows[i].script, NULL, &err)) {
			HARNESS_EQUAL(err.text, rows[i].error);
			continue;
		}
		HARNESS_EQUAL("(no error)", rows[i].error);
		script_release(&script);
	}
}

static void
the_first_route_that_fits_counts(void)
{
	static const struct {
		const char *method, *path;
		long route;
	} rows[] = {
	        {"GET", "/health", 0},
	        {"GET", "/health?x=1", 0},
	        {"POST", "/health", -1},
	        {"GET", "/healthy", -1},
	        {"POST", "/v1/chat/completions", 1},
	        {"POST", "/v1/", 1},
	        {"DELETE", "/slots", 2},
	};
	struct script script;
	struct err err;

	CU_ASSERT_FATAL(script_parse(&script, "on GET /health\non POST /v1/*\non any /slots", NULL, &err));
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		HARNESS_CHECK(route_find(&script, &(struct route_request){rows[i].method, rows[i].path, "", NULL,
		                                          NULL}) == rows[i].route,
		        "%s %s", rows[i].method, rows[i].path);
	script_release(&script);
}

static void
a_route_may_ask_for_words(void)
{
	static const struct {
		const char *body;
		long route;
	} rows[] = {
	        {"", 1},
	        {"{\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}", 1},
	        {"{\"messages\":[{\"role\":\"user\",\"content\":\"say It Slow-ly\"}],\"stream\":true}", 0},
	        {"{\"messages\": [{\"content\": \"slow\", \"role\": \"user\"}]}", 0},
	        {"{\"messages\":[{\"content\":\"slow\"},{\"content\":\"\"}]}", 1},
	        {"{\"messages\":[{\"content\":\"fast\"},{\"content\":\"it slow\"}]}", 0},
	        {"{\"messages\":[{\"content\":\"no\"}],\"model\":\"slow\"}", 1},
	        {"{\"messages\":[{\"content\":\"slow \\\"content\\\":\\\"no\"}]}", 0},
	        {"{\"messages\":[{\"content\":\"\\\\\"}],\"x\":\"slow\"}", 1},
	        {"{\"content\":\"slo", 1},
	        {"{\"content\":\"slow", 0},
	        {"{\"content\":\"slow\\", 0},
	        {"{\"content\":slow", 1},
	};
	struct script script;
	struct err err;

	CU_ASSERT_FATAL(script_parse(&script, "on POST /v1/* when \"Slow\"\non POST /v1/*", NULL, &err));
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		HARNESS_CHECK(route_find(&script, &(struct route_request){"POST", "/v1/x", rows[i].body, NULL, NULL}) ==
		                      rows[i].route,
		        "%s", rows[i].body);
	script_release(&script);
}

static bool
is_held(void *arg, const char *name)
{
	return strcmp(arg, name) == 0;
}

static void
a_route_may_ask_for_what_holds(void)
{
	static const struct {
		const char *holds, *body;
		long route;
	} rows[] = {
	        {"", "\"content\":\"tea\"", 2},
	        {"night", "\"content\":\"tea\"", 0},
	        {"day", "\"content\":\"tea\"", 1},
	        {"day", "", 2},
	};
	struct script script;
	struct err err;

	CU_ASSERT_FATAL(script_parse(
	        &script, "on GET /x while night\non GET /x while day when \"tea\"\non GET /x", NULL, &err));
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		char *holds = (char *)rows[i].holds;

		HARNESS_CHECK(route_find(&script, &(struct route_request){"GET", "/x", rows[i].body, is_held, holds}) ==
		                      rows[i].route,
		        "%zu", i);
	}
	script_release(&script);
}

static long
steps_of(const struct script *script, enum script_op op)
{
	long n = 0;

	for (size_t i = 0; i < script->not_found; i++)
		n += script->steps[i].op == op;
	return n;
}

static void
a_line_comes_token_by_token(void)
{
	static const struct {
		const char *line;
		long tokens;
	} rows[] = {
	        {"| one", 1},
	        {"| one two  three", 3},
	        {"|     indented", 1},
	        {"~ one two", 2},
	        {"| one\n|\n+ two", 3},
	        {"| \xe4\xbd\xa0\xe5\xa5\xbd well", 3},
	        {"| na\xc3\xafve", 1},
	        {"words 5 \"a b\\nc\"", 3},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		char *text = mem_printf("pace 5\n%s", rows[i].line);
		struct script script;
		struct err err;

		CU_ASSERT_FATAL(script_parse(&script, text, NULL, &err));
		HARNESS_CHECK(steps_of(&script, SCRIPT_SEND) == rows[i].tokens, "%s: %ld", rows[i].line,
		        steps_of(&script, SCRIPT_SEND));
		HARNESS_CHECK(steps_of(&script, SCRIPT_DELAY) == rows[i].tokens - 1, "%s", rows[i].line);
		script_release(&script);
		free(text);
	}
}

static void
a_chat_is_counted(void)
{
	static const struct {
		const char *body;
		long tokens;
	} rows[] = {
	        {"", 3},
	        {"{\"messages\":[]}", 3},
	        {"{\"messages\":[{\"role\":\"user\",\"content\":\"\"}]}", 7},
	        {"{\"messages\":[{\"role\":\"user\",\"content\":\"two  words\"}]}", 9},
	        {"{\"messages\":[{\"role\":\"user\",\"content\":\"a\\nb\\tc \\\"d e\\\"\"}]}", 12},
	        {"{\"messages\":[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"assistant\",\"content\":\"b c\","
	         "\"reasoning_content\":\"hm hm hm\"}],\"stream\":false}",
	                17},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		CU_ASSERT_EQUAL(route_count_tokens(rows[i].body), rows[i].tokens);
}

CU_TestInfo script_tests[] = {
        {"a command becomes its bytes", a_command_becomes_its_bytes},
        {"a wrong line is named", a_wrong_line_is_named},
        {"the first route that fits counts", the_first_route_that_fits_counts},
        {"a route may ask for words", a_route_may_ask_for_words},
        {"a route may ask for what holds", a_route_may_ask_for_what_holds},
        {"a chat is counted", a_chat_is_counted},
        {"a line comes token by token", a_line_comes_token_by_token},
        CU_TEST_INFO_NULL,
};
