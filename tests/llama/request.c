/*
 * request.c - clients made from settings, and the requests that they encode.
 */
#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "llama/model_client.h"
#include "tests/harness.h"
#include "tests/llama/tests.h"

static const struct chat_message talk[] = {
        {CHAT_SYSTEM, "Be kind.", NULL, NULL},
        {CHAT_USER, "\"Gr\xc3\xbc\xc3\x9f\"\n", NULL, NULL},
        {CHAT_ASSISTANT, "Hi", "They greet.", NULL},
        {CHAT_USER, "", NULL, NULL},
};

static void
encodes_what_is_asked_for_and_no_more(void)
{
	static const struct {
		const char *model, *want;
		struct chat_request request;
	} rows[] = {
	        {NULL, "{\"messages\":[],\"stream\":false}", {.messages = talk}},
	        {"qwen",
	                "{\"messages\":[{\"role\":\"system\",\"content\":\"Be "
	                "kind.\"}],\"model\":\"qwen\",\"stream\":false}",
	                {.messages = talk, .n_messages = 1}},
	        {NULL,
	                "{\"messages\":[{\"role\":\"system\",\"content\":\"Be kind.\"},"
	                "{\"role\":\"user\",\"content\":\"\\\"Gr\xc3\xbc\xc3\x9f\\\"\\n\"},"
	                "{\"role\":\"assistant\",\"content\":\"Hi\",\"reasoning_content\":\"They greet.\"},"
	                "{\"role\":\"user\",\"content\":\"\"}],\"stream\":true,"
	                "\"stream_options\":{\"include_usage\":true},\"return_progress\":true}",
	                {.messages = talk, .n_messages = 4, .stream = true}},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct model_settings settings = {.endpoint = "http://h/v1", .model = rows[i].model};
		struct err err = {0};
		struct model_client *client = model_client_new(&settings, &err);
		struct http_request http;

		CU_ASSERT_TRUE_FATAL(model_encode(client, &rows[i].request, &http, &err));
		HARNESS_EQUAL(http.body, rows[i].want);
		CU_ASSERT(http.body_len == strlen(http.body));
		HARNESS_EQUAL(http.url, "http://h/v1/chat/completions");
		HARNESS_EQUAL(http.accept, rows[i].request.stream ? "text/event-stream" : "application/json");
		CU_ASSERT_PTR_NULL(http.auth_token);
		http_request_release(&http);
		model_client_free(client);
	}
}

static void
carries_the_settings(void)
{
	struct model_settings settings = {
	        .provider = "llamacpp",
	        .endpoint = "unix:/run/l.sock",
	        .auth_token = "sk-1",
	        .model = "",
	        .ca_file = "/ca.pem",
	        .insecure = true,
	        .timeout_ms = 5000,
	};
	struct err err = {0};
	struct model_client *client = model_client_new(&settings, &err);
	struct chat_request request = {.messages = talk, .n_messages = 1, .answer_now = true, .stream_id = "name"};
	struct http_request http;

	CU_ASSERT_TRUE_FATAL(client != NULL && model_encode(client, &request, &http, &err));
	HARNESS_EQUAL(http.endpoint.unix_path, "/run/l.sock");
	HARNESS_EQUAL(http.url, "http://localhost/v1/chat/completions");
	HARNESS_EQUAL(http.auth_token, "sk-1");
	HARNESS_EQUAL(http.ca_file, "/ca.pem");
	HARNESS_EQUAL(http.stream_id, "name");
	CU_ASSERT_TRUE(http.insecure);
	CU_ASSERT(client->timeout_ms == 5000);
	CU_ASSERT_PTR_NULL(client->model);
	HARNESS_EQUAL(client->provider->name, "llamacpp");
	http_request_release(&http);
	model_client_free(client);
	model_client_free(NULL);
	reply_free(NULL);
}

static void
refuses_bad_settings(void)
{
	static const struct {
		struct model_settings settings;
		const char *error;
	} rows[] = {
	        {{.provider = "x", .endpoint = "http://h"},
	                "unknown provider \"x\": the providers are llamacpp, openai"},
	        {{.provider = "", .endpoint = "http://h"}, "unknown provider \"\": the providers are llamacpp, openai"},
	        {{.endpoint = "h"}, "\"h\" has no scheme: write http://h"},
	        {{.endpoint = "http://h", .auth_token = "sk-1\n"},
	                "auth_token holds a control character: write it as one line, without a final newline"},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct err err = {0};

		CU_ASSERT_PTR_NULL(model_client_new(&rows[i].settings, &err));
		HARNESS_EQUAL(err.text, rows[i].error);
		CU_ASSERT(err.code == ERR_CONFIG);
	}
	HARNESS_EQUAL(model_client_providers(), "llamacpp, openai");
}

CU_TestInfo request_tests[] = {
        {"encodes what is asked for and no more", encodes_what_is_asked_for_and_no_more},
        {"carries the settings", carries_the_settings},
        {"refuses bad settings", refuses_bad_settings},
        CU_TEST_INFO_NULL,
};
