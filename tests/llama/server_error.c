/*
 * server_error.c - the words of servers that refused.
 */
#include "llama/server_error.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "llama/json.h"
#include "tests/harness.h"
#include "tests/llama/tests.h"

static void
finds_the_words_of_a_body(void)
{
	static const struct {
		int status;
		const char *reason, *type, *body, *want;
		enum err_code code;
	} rows[] = {
	        {400, "Bad Request", "application/json", "{\"error\":{\"message\":\"no\",\"code\":400}}", "no",
	                ERR_SERVER},
	        {401, "", "application/json", "{\"error\":{\"message\":\"key\"}}", "key", ERR_UNAUTHORISED},
	        {403, "", "", "{\"error\":{\"message\":\"off\"}}", "off", ERR_UNAUTHORISED},
	        {503, "", "", "{\"error\":{\"message\":\"Loading model\",\"type\":\"unavailable_error\"}}",
	                "Loading model", ERR_LOADING},
	        {400, "", "", "{\"error\":{\"message\":\"long\",\"type\":\"exceed_context_size_error\"}}", "long",
	                ERR_CONTEXT},
	        {500, "", "", "{\"error\":{\"message\":\"model name=a b failed to load\",\"type\":\"server_error\"}}",
	                "model name=a b failed to load", ERR_MODEL},
	        {400, "", "", "{\"error\":{\"message\":\"model 'nope' not found\"}}", "model 'nope' not found",
	                ERR_MODEL},
	        {400, "", "", "{\"error\":{\"message\":\"model is not loaded\"}}", "model is not loaded", ERR_MODEL},
	        {400, "", "", "{\"error\":{\"message\":\"model is not loaded yet\"}}", "model is not loaded yet",
	                ERR_SERVER},
	        {400, "", "", "{\"error\":{\"message\":\"model ' not found\"}}", "model ' not found", ERR_SERVER},
	        {503, "Busy", "", "{\"error\":{\"message\":\"x\",\"type\":\"y\"}}", "x", ERR_SERVER},
	        {500, "", "", "{\"error\":\"text\"}", "text", ERR_SERVER},
	        {422, "", "", "{\"detail\":\"text\"}", "text", ERR_SERVER},
	        {422, "", "", "{\"detail\":[{\"loc\":[\"body\"],\"msg\":\"field required\"},{\"msg\":\"b\"}]}",
	                "field required", ERR_SERVER},
	        {500, "", "", "{\"error\":{\"message\":\"\"},\"detail\":\"d\"}", "d", ERR_SERVER},
	        {429, "", "", "{\"message\":\"slow down\",\"request_id\":\"1\"}", "slow down", ERR_SERVER},
	        {401, "", "", "{\"message\":\"no key sk-1\"}", "no key ***", ERR_UNAUTHORISED},
	        {500, "", "", "{\"success\":false,\"errors\":[{\"code\":7,\"message\":\"no\"}]}", "no", ERR_SERVER},
	        {502, "Bad Gateway", "", "{\"message\":7,\"errors\":{}}", "HTTP 502 Bad Gateway", ERR_SERVER},
	        {502, "Bad Gateway", "application/json", "{\"error\":{\"message\":5}}", "HTTP 502 Bad Gateway",
	                ERR_SERVER},
	        {502, "Bad Gateway", "application/json", "{\"errors\":[]}", "HTTP 502 Bad Gateway", ERR_SERVER},
	        {502, "Bad Gateway", "application/json", "[1]", "HTTP 502 Bad Gateway", ERR_SERVER},
	        {502, "Bad Gateway", "text/html", "<html><h1>502</h1></html>", "HTTP 502 Bad Gateway", ERR_SERVER},
	        {502, "Bad Gateway", "text/html; charset=x", "words", "HTTP 502 Bad Gateway", ERR_SERVER},
	        {502, "Bad Gateway", "", "\n <!doctype html>", "HTTP 502 Bad Gateway", ERR_SERVER},
	        {502, "Bad Gateway", "text/plain", "", "HTTP 502 Bad Gateway", ERR_SERVER},
	        {502, "Bad Gateway", "text/plain", " \r\n ", "HTTP 502 Bad Gateway", ERR_SERVER},
	        {502, "", "text/plain", "", "HTTP 502", ERR_SERVER},
	        {401, "Unauthorized", "", "", "HTTP 401 Unauthorized", ERR_UNAUTHORISED},
	        {502, "Bad Gateway", "text/plain", "upstream is gone\nmore\n", "upstream is gone", ERR_SERVER},
	        {502, "Bad Gateway", "", "\r\n  upstream is gone  \r\nmore", "upstream is gone", ERR_SERVER},
	        {500, "", "", "{\"error\":{\"message\":\"two\\r\\nlines \\n\"}}", "two lines", ERR_SERVER},
	        {500, "", "", "bad \xff byte", "bad \xef\xbf\xbd byte", ERR_SERVER},
	        {401, "", "", "no key sk-1 or sk-1sk-1", "no key *** or ******", ERR_UNAUTHORISED},
	        {401, "", "", "{\"error\":{\"message\":\"s\\u006b-1\"}}", "***", ERR_UNAUTHORISED},
	        {500, "sk-1", "", "", "HTTP 500 ***", ERR_SERVER},
	        {502, "Bad Gateway", "", "\xef\xbb\xbf<html>", "HTTP 502 Bad Gateway", ERR_SERVER},
	        {502, "Bad Gateway", "", "\xef\xbb\xbfgone", "gone", ERR_SERVER},
	        {502, "Bad Gateway", "", "\xef\xbb\xbf{\"error\":\"no\"}", "no", ERR_SERVER},
	        {502, "Bad Gateway", "text/plain", "\x1f\x8b\x08 gzip", "HTTP 502 Bad Gateway", ERR_SERVER},
	        {502, "Bad Gateway", "text/plain", "tab\tand \x1b[1mcolour", "tab\tand \x1b[1mcolour", ERR_SERVER},
	        {502, "Bad Gateway", "text/plain", "del\x7f", "HTTP 502 Bad Gateway", ERR_SERVER},
	        {400, "Bad Request", "", "{\"error\":{\"message\":\"tr", "HTTP 400 Bad Request: tr…", ERR_SERVER},
	        {401, "", "", "{\"error\":{\"message\":\"tr", "HTTP 401: tr…", ERR_UNAUTHORISED},
	        {400, "Bad Request", "", "{\"error\":{\"message\":\"a key sk-1 t", "HTTP 400 Bad Request: a key *** t…",
	                ERR_SERVER},
	        {400, "Bad Request", "", "{\"error\":{\"message\":\"whole\",\"co", "HTTP 400 Bad Request: whole…",
	                ERR_SERVER},
	        {400, "Bad Request", "", "{\"error\":{\"message\":\"", "HTTP 400 Bad Request", ERR_SERVER},
	        {400, "Bad Request", "", "{\"error\":{\"mess", "HTTP 400 Bad Request", ERR_SERVER},
	        {400, "Bad Request", "", "{\"detail\":\"hal", "HTTP 400 Bad Request: hal…", ERR_SERVER},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct http_head head = {rows[i].status, rows[i].reason, rows[i].type, "", ""};
		struct err err = {0};

		CU_ASSERT_FALSE(server_error_from_body(&head, rows[i].body, strlen(rows[i].body), false, "sk-1", &err));
		HARNESS_EQUAL(err.text, rows[i].want);
		HARNESS_CHECK(err.code == rows[i].code, "%s: %s", rows[i].body, err_name(err.code));
	}
}

/* The connection broke off, or there was too much of it. */
static void
says_the_status_of_a_body_that_was_cut(void)
{
	static const struct {
		const char *body, *want;
	} rows[] = {
	        {"the upst", "HTTP 502 Bad Gateway: the upst…"},
	        {"the upstream is gone\n", "the upstream is gone"},
	        {"the upstream is gone\r\nand mo", "the upstream is gone"},
	        {" \n the", "HTTP 502 Bad Gateway: the…"},
	        {"caf\xc3", "HTTP 502 Bad Gateway: caf\xef\xbf\xbd…"},
	        {"<ht", "HTTP 502 Bad Gateway"},
	        {"", "HTTP 502 Bad Gateway"},
	        {"{\"error\":{\"message\":\"tr", "HTTP 502 Bad Gateway: tr…"},
	        {"{\"error\":{\"message\":\"whole\"}}", "whole"},
	        {"\x1f\x8b", "HTTP 502 Bad Gateway"},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct http_head head = {502, "Bad Gateway", "text/plain", "", ""};
		struct err err = {0};

		server_error_from_body(&head, rows[i].body, strlen(rows[i].body), true, NULL, &err);
		HARNESS_EQUAL(err.text, rows[i].want);
	}
}

static void
cuts_after_500_characters(void)
{
	struct http_head head = {500, "", "", "", ""};
	struct buf body = {0};
	struct err err;

	for (int i = 0; i < 499; i++)
		buf_puts(&body, "\xc3\xbc");
	buf_puts(&body, "sk-1 and more");
	server_error_from_body(&head, body.data, body.len, false, "sk-1", &err);
	CU_ASSERT(utf8_count(err.text, strlen(err.text)) == 500);
	HARNESS_EQUAL(err.text + strlen(err.text) - 3, "\xc3\xbc*");
	server_error_from_body(&head, body.data, body.len, false, NULL, &err);
	HARNESS_EQUAL(err.text + strlen(err.text) - 3, "\xc3\xbcs");
	buf_release(&body);
}

static void
finds_errors_in_a_stream(void)
{
	static const struct {
		const char *object, *want; /* NULL: no error */
		enum err_code code;
	} rows[] = {
	        {"{\"error\":{\"code\":500,\"message\":\"full\",\"type\":\"server_error\"}}", "full", ERR_SERVER},
	        {"{\"error\":{\"code\":503,\"message\":\"l\",\"type\":\"unavailable_error\"}}", "l", ERR_LOADING},
	        {"{\"error\":{\"code\":401,\"message\":\"sk-1\"}}", "***", ERR_UNAUTHORISED},
	        {"{\"error\":\"words\"}", "words", ERR_SERVER},
	        {"{\"error\":{}}", "the server reported an error without a reason", ERR_SERVER},
	        {"{\"error\":500}", "the server reported an error without a reason", ERR_SERVER},
	        {"{\"error\":true}", "the server reported an error without a reason", ERR_SERVER},
	        {"{\"detail\":\"d\"}", "d", ERR_SERVER},
	        {"{\"error\":null}", NULL, ERR_NONE},
	        {"{\"error\":false}", NULL, ERR_NONE},
	        {"{\"error\":\"\"}", NULL, ERR_NONE},
	        {"{\"detail\":5}", NULL, ERR_NONE},
	        {"{\"message\":\"m\"}", NULL, ERR_NONE},
	        {"{}", NULL, ERR_NONE},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct err err = {0};
		cJSON *object = json_parse(rows[i].object, strlen(rows[i].object), &err);
		bool fine = server_error_from_object(object, "sk-1", &err);

		HARNESS_CHECK(fine == !rows[i].want, "%s", rows[i].object);
		HARNESS_EQUAL(err.text, rows[i].want ? rows[i].want : "");
		HARNESS_CHECK(err.code == rows[i].code, "%s: %s", rows[i].object, err_name(err.code));
		cJSON_Delete(object);
	}
}

static void
reads_the_older_error_field(void)
{
	static const struct {
		const char *value, *want;
		enum err_code code;
	} rows[] = {
	        {"{\"code\":500,\"message\":\"full\",\"type\":\"server_error\"}", "full", ERR_SERVER},
	        {"{\"code\":401,\"message\":\"key\"}", "key", ERR_UNAUTHORISED},
	        {"{\"error\":{\"message\":\"full\"}}", "full", ERR_SERVER},
	        {"plain sk-1 words", "plain *** words", ERR_SERVER},
	        {"{\"code\":5}", "{\"code\":5}", ERR_SERVER},
	        {"{\"message\":", "{\"message\":", ERR_SERVER},
	        {"", "the server reported an error without a reason", ERR_SERVER},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct err err = {0};

		CU_ASSERT_FALSE(server_error_from_field(rows[i].value, strlen(rows[i].value), "sk-1", &err));
		HARNESS_EQUAL(err.text, rows[i].want);
		HARNESS_CHECK(err.code == rows[i].code, "%s: %s", rows[i].value, err_name(err.code));
	}
}

CU_TestInfo server_error_tests[] = {
        {"finds the words of a body", finds_the_words_of_a_body},
        {"says the status of a body that was cut", says_the_status_of_a_body_that_was_cut},
        {"cuts after 500 characters", cuts_after_500_characters},
        {"finds errors in a stream", finds_errors_in_a_stream},
        {"reads the older error field", reads_the_older_error_field},
        CU_TEST_INFO_NULL,
};
