/*
 * token_count.c - what is asked to count a chat, and what servers say to it.
 */
#include "llama/token_count.h"

#include <string.h>

#include "base/compiler.h"
#include "llama/parameters.h"
#include "tests/harness.h"
#include "tests/llama/tests.h"

static void
asks_with_the_chat_itself(void)
{
	static const struct model_settings settings = {
	        .endpoint = "http://h/v1", .auth_token = "sk-0123456789", .extra = "{\"tools\":[]}"};
	static const struct chat_message messages[] = {
	        {CHAT_USER, "Hi", NULL, NULL}, {CHAT_ASSISTANT, "Yes", "hm", NULL}};
	struct err err;
	struct model_client *client = model_client_new(&settings, &err);
	struct parameters parameters = {0};
	const struct chat_request chat = {.messages = messages, .n_messages = 2, .parameters = &parameters};
	struct http_request request;

	parameters_fix(&parameters, "thinking", "off");
	CU_ASSERT_TRUE_FATAL(model_encode_to(client, &chat, TOKEN_COUNT_PATH, &request, &err));
	HARNESS_EQUAL(request.url, "http://h/v1/chat/completions/input_tokens");
	HARNESS_EQUAL(request.body,
	        "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"},{\"role\":\"assistant\",\"content\":\"Yes\","
	        "\"reasoning_content\":\"hm\"}],\"stream\":false,\"chat_template_kwargs\":{\"enable_thinking\":false},"
	        "\"reasoning_effort\":\"none\",\"tools\":[]}");
	HARNESS_EQUAL(request.auth_token, "sk-0123456789");
	http_request_release(&request);
	CU_ASSERT_TRUE_FATAL(model_encode_to(client, &chat, TOKEN_COUNT_PATH_ROUTER, &request, &err));
	HARNESS_EQUAL(request.url, "http://h/v1/chat/completions/input_tokens?autoload=false");
	http_request_release(&request);
	parameters_release(&parameters);
	model_client_free(client);
}

static void
reads_what_is_told(void)
{
	static const struct {
		int status;
		const char *body;
		enum token_count_answer want;
		int64_t tokens;
	} rows[] = {
	        {200, "{\"input_tokens\":30,\"object\":\"response.input_tokens\"}", TOKEN_COUNT_TOLD, 30},
	        {200, "{\"input_tokens\":0}", TOKEN_COUNT_TOLD, 0},
	        {200, "{\"input_tokens\":-4}", TOKEN_COUNT_UNKNOWN, 0},
	        {200, "{\"input_tokens\":\"30\"}", TOKEN_COUNT_UNKNOWN, 0},
	        {200, "<html>", TOKEN_COUNT_UNKNOWN, 0},
	        {200, "", TOKEN_COUNT_UNKNOWN, 0},
	        {404, "{\"error\":{\"message\":\"File Not Found\",\"code\":404}}", TOKEN_COUNT_UNKNOWN, 0},
	        {405, "", TOKEN_COUNT_UNKNOWN, 0},
	        {501, "", TOKEN_COUNT_UNKNOWN, 0},
	        {400, "{\"error\":{\"message\":\"model is not loaded\"}}", TOKEN_COUNT_REFUSED, 0},
	        {401, "", TOKEN_COUNT_REFUSED, 0},
	        {500, "", TOKEN_COUNT_REFUSED, 0},
	        {503, "", TOKEN_COUNT_REFUSED, 0},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		int64_t tokens = 0;

		CU_ASSERT(
		        token_count_read(rows[i].status, rows[i].body, strlen(rows[i].body), &tokens) == rows[i].want);
		CU_ASSERT(rows[i].want != TOKEN_COUNT_TOLD || tokens == rows[i].tokens);
	}
}

CU_TestInfo token_count_tests[] = {
        {"asks with the chat itself", asks_with_the_chat_itself},
        {"reads what is told", reads_what_is_told},
        CU_TEST_INFO_NULL,
};
