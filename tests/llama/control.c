/*
 * control.c - what is asked of a reply that thinks, and what servers say to it.
 */
#include "llama/control.h"

#include <string.h>

#include "base/compiler.h"
#include "tests/harness.h"
#include "tests/llama/tests.h"

static struct model_client *
client(void)
{
	const struct model_settings settings = {.endpoint = "http://h/v1", .auth_token = "sk-0123456789"};
	struct err err;

	return model_client_new(&settings, &err);
}

static void
asks_for_the_end_of_a_thought(void)
{
	struct model_client *c = client();
	struct http_request request;
	struct err err;

	CU_ASSERT_TRUE_FATAL(control_end_thinking(c, "chatcmpl-\"7", &request, &err));
	HARNESS_EQUAL(request.url, "http://h/v1/chat/completions/control");
	HARNESS_EQUAL(request.body, "{\"id\":\"chatcmpl-\\\"7\",\"action\":\"reasoning_end\"}");
	HARNESS_EQUAL(request.auth_token, "sk-0123456789");
	http_request_release(&request);
	model_client_free(c);
}

static void
reads_what_is_said_to_it(void)
{
	static const struct {
		int status;
		const char *body, *want; /* NULL: it is done */
	} rows[] = {
	        {200, "{\"success\":true}", NULL},
	        {200, "{\"success\":false,\"message\":\"no active completion for this id\"}",
	                "no active completion for this id"},
	        {200, "{\"success\":false,\"message\":\"sk-0123456789 is\\nunknown\"}", "*** is unknown"},
	        {200, "{\"success\":false,\"message\":\"\"}", "the server did not say whether it ends the thought"},
	        {200, "{\"message\":\" \\n \"}", "the server did not say whether it ends the thought"},
	        {200, "{\"success\":1}", "the server did not say whether it ends the thought"},
	        {200, "", "the server did not say whether it ends the thought"},
	        {400,
	                "{\"error\":{\"code\":400,\"message\":\"unknown control "
	                "action\",\"type\":\"invalid_request_error\"}}",
	                "unknown control action"},
	        {404, "{\"error\":{\"message\":\"File Not Found\"}}", "this server cannot end a thought"},
	        {501, "", "this server cannot end a thought"},
	};
	struct model_client *c = client();

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct err err = {0};
		bool done = control_answer(c, rows[i].status, rows[i].body, strlen(rows[i].body), &err);

		HARNESS_CHECK(done == !rows[i].want, "row %zu", i);
		if (rows[i].want)
			HARNESS_EQUAL(err.text, rows[i].want);
	}
	model_client_free(c);
}

CU_TestInfo control_tests[] = {
        {"asks for the end of a thought", asks_for_the_end_of_a_thought},
        {"reads what is said to it", reads_what_is_said_to_it},
        CU_TEST_INFO_NULL,
};
