/*
 * script.c - the stand-in's scripts: the bytes each command becomes, and what is said of a wrong one.
 */
#include "demo/script.h"

#include "base/buf.h"
#include "base/compiler.h"
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
	        {"send \"a\" b", "script:1: expected nothing behind the text, or * and a number"},
	        {"send \"a\" * 0", "script:1: expected nothing behind the text, or * and a number"},
	        {"send \"\\q\"", "script:1: unknown escape; there are \\r \\n \\t \\e \\0 \\\" \\\\ \\xHH"},
	        {"delay soon", "script:1: expected a number"},
	        {"ping pong", "script:1: this command stands alone"},
	        {"on GET", "script:1: expected a method and a path, `any`, or `connect`"},
	        {"then", "script:1: then belongs behind the answer of a route"},
	        {"end", "script:1: end of what? There is no repeat"},
	        {"repeat 2\nping", "script:2: a repeat has no end"},
	        {"repeat 0\nend", "script:1: expected how often, or nothing for ever"},
	        {"stream\nwrite \"\"", "script:2: an empty chunk is the last one: say `last`"},
	        {"json {}", "script:1: expected a status and JSON, as in `json 200 {\"status\":\"ok\"}`"},
	        {"file none", "script:1: cannot read none: No such file or directory"},
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
		HARNESS_CHECK(script_route(&script, rows[i].method, rows[i].path) == rows[i].route, "%s %s",
		        rows[i].method, rows[i].path);
	script_release(&script);
}

CU_TestInfo script_tests[] = {
        {"a command becomes its bytes", a_command_becomes_its_bytes},
        {"a wrong line is named", a_wrong_line_is_named},
        {"the first route that fits counts", the_first_route_that_fits_counts},
        CU_TEST_INFO_NULL,
};
