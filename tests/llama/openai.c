/*
 * openai.c - the provider for other servers: what it sends, what it does not, and the habits of vLLM, SGLang and Ollama in what they
 * answer.
 */
#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "llama/model_client.h"
#include "llama/parameters.h"
#include "llama/server.h"
#include "llama/served.h"
#include "tests/harness.h"
#include "tests/llama/play.h"
#include "tests/llama/tests.h"

static struct model_client *
client_at(const char *endpoint)
{
	const struct model_settings settings = {.provider = "openai",
	        .name = "gpt",
	        .endpoint = endpoint,
	        .model = "qwen3",
	        .auth_token = "sk-0123456789"};
	struct err err;

	return model_client_new(&settings, &err);
}

/* ---- requests ---- */

static const struct chat_message talk[] = {
        {CHAT_USER, "Hi", NULL, NULL},
        {CHAT_ASSISTANT, "Hello", "They greet.", NULL},
        {CHAT_USER, "And now?", NULL, NULL},
};

/* Each row of the table of parameters, with a value that it takes. */
static void
set_all(struct parameters *set)
{
	static const char *const typed[] = {"1", "on", "high", "penalties", "x", "{\"a\":1}"};
	size_t n;
	const struct parameter *table = parameter_table(&n);
	struct err err;

	for (size_t i = 0; i < n; i++) {
		char *json = NULL;

		for (size_t v = 0; !json && v < ARRAY_LEN(typed); v++)
			json = parameter_parse(&table[i], typed[v], &err);
		HARNESS_CHECK(json != NULL, "no value for %s", table[i].name);
		parameters_set(set, &table[i], json);
	}
}

static void
sends_fields_of_that_api_alone(void)
{
	struct model_client *client = client_at("http://h/v1/");
	struct parameters set = {0};
	struct chat_request request = {.messages = talk,
	        .n_messages = ARRAY_LEN(talk),
	        .stream = true,
	        .answer_now = true,
	        .parameters = &set};
	struct http_request http = {0};
	struct err err;

	set_all(&set);
	CU_ASSERT_TRUE_FATAL(model_encode(client, &request, &http, &err));
	HARNESS_EQUAL(http.url, "http://h/v1/chat/completions");
	HARNESS_EQUAL(http.auth_token, "sk-0123456789");
	CU_ASSERT_PTR_NULL(http.stream_id);
	HARNESS_EQUAL(http.body,
	        "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"},{\"role\":\"assistant\","
	        "\"content\":\"Hello\"},{\"role\":\"user\",\"content\":\"And now?\"}],\"model\":\"qwen3\","
	        "\"stream\":true,\"temperature\":1,\"top_p\":1,\"seed\":1,\"logit_bias\":{\"a\":1},\"presence_"
	        "penalty\":1,"
	        "\"frequency_penalty\":1,\"max_tokens\":1,\"stop\":[\"1\"],\"reasoning_effort\":\"high\","
	        "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"reply\","
	        "\"schema\":{\"a\":1}}},\"logprobs\":true,\"top_logprobs\":1,"
	        "\"stream_options\":{\"include_usage\":true}}");
	http_request_release(&http);
	parameters_release(&set);
	model_client_free(client);
}

/* llama-server takes a list, too, and false for never. */
static void
sends_biases_as_an_object(void)
{
	static const struct {
		const char *typed, *want;
	} rows[] = {
	        {"[[15043,-2],[\"no\",1.5],[7,false]]", "\"logit_bias\":{\"15043\":-2,\"no\":1.5,\"7\":-100}}"},
	        {"{\"15043\":-2}", "\"logit_bias\":{\"15043\":-2}}"},
	        {"[]", "\"logit_bias\":{}}"},
	};
	struct model_client *client = client_at("http://h");

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct parameters set = {0};
		struct chat_request request = {.messages = talk, .n_messages = 1, .parameters = &set};
		struct http_request http = {0};
		struct err err;

		parameters_fix(&set, "logit_bias", rows[i].typed);
		CU_ASSERT_TRUE_FATAL(model_encode(client, &request, &http, &err));
		HARNESS_EQUAL(strstr(http.body, "\"logit_bias"), rows[i].want);
		http_request_release(&http);
		parameters_release(&set);
	}
	model_client_free(client);
}

static void
asks_for_no_usage_without_a_stream(void)
{
	struct model_client *client = client_at("http://h");
	struct chat_request request = {.messages = talk, .n_messages = 1};
	struct http_request http = {0};
	struct err err;

	CU_ASSERT_TRUE_FATAL(model_encode(client, &request, &http, &err));
	HARNESS_EQUAL(http.url, "http://h/v1/chat/completions");
	HARNESS_EQUAL(http.body,
	        "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"model\":\"qwen3\",\"stream\":false}");
	http_request_release(&http);
	model_client_free(client);
}

static void
keeps_no_reply_on_the_server(void)
{
	struct model_client *client = client_at("http://h");

	CU_ASSERT_PTR_NULL(model_resume(client));
	CU_ASSERT_FALSE(model_is_llama_server(client));
	HARNESS_EQUAL(client->server_name, "gpt");
	model_client_free(client);
}

static void
needs_a_model(void)
{
	const struct model_settings settings = {.provider = "openai", .endpoint = "http://h", .model = ""};
	struct err err = {0};

	CU_ASSERT_PTR_NULL(model_client_new(&settings, &err));
	CU_ASSERT(err.code == ERR_CONFIG);
	HARNESS_EQUAL(err.text, "provider openai needs the model's name on the server: add model: NAME");
}

static void
refuses_other_parameters_by_name(void)
{
	struct parameters set = {0};
	struct err err = {0};

	parameters_fix(&set, "temperature", "0.5");
	CU_ASSERT_TRUE(model_check_parameters("openai", "gpt", &set, &err));
	parameters_fix(&set, "top_k", "20");
	CU_ASSERT_TRUE(model_check_parameters("llamacpp", "local", &set, &err));
	CU_ASSERT_FALSE(model_check_parameters("openai", "gpt", &set, &err));
	CU_ASSERT(err.code == ERR_USAGE);
	HARNESS_EQUAL(err.text, "gpt takes no top_k, which is of llama-server alone (provider: openai); extra: in its "
	                        "configuration sends anything");
	parameters_release(&set);
}

/* ---- replies: the rows say which server it is that has this habit ---- */

#define EVENT(json)  "data: " json "\n\n"
#define CHOICE(rest) EVENT("{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0," rest "}]}")
#define DELTA(rest)  CHOICE("\"delta\":{" rest "},\"logprobs\":null,\"finish_reason\":null")
#define HI           DELTA("\"content\":\"Hi\"")
#define STOP         CHOICE("\"delta\":{},\"finish_reason\":\"stop\"")
#define DONE         EVENT("[DONE]")

static const struct reply_row {
	const char *body, *want;
} replies[] = {
        /* vLLM: a chunk for the role with an empty text, the reason with empty text, the usage in a chunk without choices. */
        {DELTA("\"role\":\"assistant\",\"content\":\"\"")
                        HI CHOICE("\"delta\":{\"content\":\"\"},\"finish_reason\":\"stop\",\"stop_reason\":null")
                                EVENT("{\"id\":\"c\",\"choices\":[],\"usage\":{\"prompt_tokens\":7,\"total_tokens\":9,"
                                      "\"completion_tokens\":2}}") DONE,
                "content(Hi) finish(stop) usage(7,2,-1) | complete"},
        /* No usage, although it was asked for. */
        {HI STOP DONE, "content(Hi) finish(stop) | complete"},
        /* OpenAI: usage is null until the last chunk. */
        {EVENT("{\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"Hi\",\"refusal\":null}}],"
               "\"usage\":null}") STOP DONE,
                "content(Hi) finish(stop) | complete"},
        /* vLLM and Ollama: thoughts in `reasoning`; older vLLM and SGLang: in `reasoning_content`; some in both, which is one. */
        {DELTA("\"role\":\"assistant\",\"content\":\"\",\"reasoning\":\"hm\"") HI STOP DONE,
                "reasoning(hm) content(Hi) finish(stop) | complete"},
        {DELTA("\"reasoning_content\":\"hm\",\"content\":null") HI STOP DONE,
                "reasoning(hm) content(Hi) finish(stop) | complete"},
        {DELTA("\"reasoning\":\"hm\",\"reasoning_content\":\"hm\"") HI STOP DONE,
                "reasoning(hm) content(Hi) finish(stop) | complete"},
        {DELTA("\"reasoning\":\"hm\",\"reasoning_content\":null") HI STOP DONE,
                "reasoning(hm) content(Hi) finish(stop) | complete"},
        {DELTA("\"reasoning\":{\"effort\":null},\"content\":\"Hi\"") STOP DONE, "content(Hi) finish(stop) | complete"},
        /* A model that declines, in a member of its own; what is no text there is none. */
        {DELTA("\"content\":null,\"refusal\":\"I \"") DELTA("\"refusal\":\"cannot.\"") STOP DONE,
                "content(I ) content(cannot.) finish(stop) | complete"},
        {DELTA("\"content\":\"Hi\",\"refusal\":false") STOP DONE, "content(Hi) finish(stop) | complete"},
        /* A finish_reason that never comes, or is empty: [DONE] ends it. */
        {HI DONE, "content(Hi) | complete"},
        {HI CHOICE("\"delta\":{},\"finish_reason\":\"\"") DONE, "content(Hi) | complete"},
        {HI STOP, "content(Hi) finish(stop) | complete"},
        {HI, "content(Hi) | incomplete: the stream ended without a finish_reason; the reply is incomplete"},
        /* [DONE] without its blank, with more, with CRLF; text after it is none. */
        {HI "data:[DONE]\n\n", "content(Hi) | complete"},
        {HI "data:  [DONE] \r\n\r\n", "content(Hi) | complete"},
        {HI DONE HI, "content(Hi) | complete"},
        /* Comments that keep the connection open, before and between; CRLF. */
        {": OPENROUTER PROCESSING\n\n" HI ": keep-alive\n\n" STOP ":\r\n\r\n" DONE,
                "content(Hi) finish(stop) | complete"},
        {"data: {\"choices\":[{\"delta\":{\"content\":\"Hi\"}}]}\r\n\r\ndata: "
         "{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\r\n\r\ndata: [DONE]\r\n\r\n",
                "content(Hi) finish(stop) | complete"},
        /* Errors in a stream: vLLM and SGLang as they are and as they were, Ollama, FastAPI, Mistral. */
        {HI EVENT("{\"error\":{\"message\":\"out of blocks\",\"type\":\"InternalServerError\",\"param\":null,"
                  "\"code\":500}}") DONE,
                "content(Hi) | server: out of blocks"},
        {HI EVENT("{\"object\":\"error\",\"message\":\"out of blocks\",\"type\":\"InternalServerError\","
                  "\"param\":null,\"code\":500}") DONE,
                "content(Hi) | server: out of blocks"},
        {HI EVENT("{\"error\":\"an error was encountered\"}"), "content(Hi) | server: an error was encountered"},
        {HI EVENT("{\"detail\":\"Not here\"}"), "content(Hi) | server: Not here"},
        {HI EVENT("{\"object\":\"error\",\"message\":{\"detail\":[{\"loc\":[\"body\"],\"msg\":\"not permitted\"}]}}"),
                "content(Hi) | server: not permitted"},
        {EVENT("{\"error\":{\"message\":\"too long\",\"type\":\"invalid_request_error\",\"code\":"
               "\"context_length_exceeded\"}}"),
                "| context: too long"},
        {"event: error\ndata: {\"object\":\"error\",\"message\":\"gone\"}\n\n", "| server: gone"},
};

static void
reads_the_habits_of_servers(void)
{
	for (size_t i = 0; i < ARRAY_LEN(replies); i++)
		for (size_t cut = 0; cut < strlen(replies[i].body); cut++) {
			struct play how = {.openai = true, .first = cut};
			struct buf out = {0};
			bool same;

			play(&how, replies[i].body, strlen(replies[i].body), &out);
			same = strcmp(buf_text(&out), replies[i].want) == 0;
			HARNESS_CHECK(same, "cut at %zu: %s", cut, replies[i].body);
			if (!same)
				HARNESS_EQUAL(buf_text(&out), replies[i].want);
			buf_release(&out);
			if (!same)
				break;
		}
}

/* ---- refusals ---- */

static const struct refusal_row {
	int status;
	const char *body, *want;
} refusals[] = {
        {400,
                "{\"object\":\"error\",\"message\":\"This model's maximum context length is 4096 tokens. However, you "
                "requested 5000 tokens.\",\"type\":\"BadRequestError\",\"param\":null,\"code\":400}",
                "| context: This model's maximum context length is 4096 tokens. However, you requested 5000 tokens."},
        {404,
                "{\"error\":{\"message\":\"The model `x` does not "
                "exist.\",\"type\":\"NotFoundError\",\"param\":\"model\",\"code\":404}}",
                "| server: The model `x` does not exist."},
        {404,
                "{\"error\":{\"message\":\"model \\\"x\\\" not "
                "found\",\"type\":\"not_found_error\",\"param\":null,\"code\":null}}",
                "| server: model \"x\" not found"},
        {401, "{\"error\":\"Unauthorized\"}", "| unauthorised: Unauthorized"},
        {422, "{\"detail\":[{\"type\":\"missing\",\"loc\":[\"body\"],\"msg\":\"Field required\"}]}",
                "| server: Field required"},
        {404, "{\"detail\":\"Not Found\"}", "| server: Not Found"},
        {429, "{\"object\":\"error\",\"message\":\"Rate limit exceeded\",\"type\":\"rate_limited\",\"code\":\"1300\"}",
                "| server: Rate limit exceeded"},
        {404, "404 page not found", "| server: 404 page not found"},
        {500, "Internal Server Error", "| server: Internal Server Error"},
};

static void
says_a_refusal_in_the_servers_words(void)
{
	for (size_t i = 0; i < ARRAY_LEN(refusals); i++) {
		struct play how = {.openai = true, .status = refusals[i].status, .content_type = "application/json"};
		struct buf out = {0};

		play(&how, refusals[i].body, strlen(refusals[i].body), &out);
		HARNESS_EQUAL(buf_text(&out), refusals[i].want);
		buf_release(&out);
	}
}

/* ---- whether it is there ---- */

static void
is_judged_by_its_list_of_models(void)
{
	static const struct {
		int status;
		const char *body, *error;
		enum server_state state;
		int64_t n_ctx;
		bool listed;
	} rows[] = {
	        {200, "{\"object\":\"list\",\"data\":[{\"id\":\"other\"},{\"id\":\"qwen3\",\"max_model_len\":32768}]}",
	                "", SERVER_READY, 32768, true},
	        {200, "{\"object\":\"list\",\"data\":[{\"id\":\"other\"}]}", "", SERVER_READY, 0, false},
	        {200, "{\"data\":[{\"id\":\"qwen3\"},{\"id\":\"cut o", "", SERVER_READY, 0, true},
	        {200, "{\"status\":\"ok\"}", "what answers is no server of OpenAI's API: is the endpoint right?",
	                SERVER_FAILING, 0, false},
	        {200, "<html>", "what answers is no server of OpenAI's API: is the endpoint right?", SERVER_FAILING, 0,
	                false},
	        {401, "{\"error\":\"Unauthorized\"}", "Unauthorized", SERVER_UNAUTHORISED, 0, false},
	        {404, "{\"detail\":\"Not Found\"}", "Not Found", SERVER_FAILING, 0, false},
	        {502, "Bad Gateway", "Bad Gateway", SERVER_FAILING, 0, false},
	};
	struct model_client *client = client_at("http://h/v1");
	struct http_request request;

	server_health_request(client, &request);
	HARNESS_EQUAL(request.url, "http://h/v1/models");
	HARNESS_EQUAL(request.auth_token, "sk-0123456789");
	http_request_release(&request);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct server_info info = {0};
		struct http_head head = {
		        .status = rows[i].status, .reason = "", .content_type = "", .location = "", .server = ""};

		server_health(&info, client, &head, rows[i].body, strlen(rows[i].body));
		CU_ASSERT(info.state == rows[i].state);
		CU_ASSERT(info.n_ctx == rows[i].n_ctx);
		CU_ASSERT(info.listed == rows[i].listed);
		HARNESS_EQUAL(info.model, info.state == SERVER_READY ? "qwen3" : "");
		HARNESS_EQUAL(info.error.text, rows[i].error);
	}
	model_client_free(client);
}

/* A "status" in a list is a llama-server router's; of another server it is none of ours. */
static void
is_no_router(void)
{
	static const char list[] = "{\"data\":[{\"id\":\"a\",\"status\":{\"value\":\"unloaded\"}},"
	                           "{\"id\":\"b\",\"max_model_len\":8192}]}";
	struct model_client *client = client_at("http://h/v1");
	struct served served = {0};

	served_take_models(&served, client, 200, list, strlen(list), NULL);
	CU_ASSERT_FALSE(served.router);
	CU_ASSERT(served.n == 2 && served.models[0].state == MODEL_LOADED && served.models[1].n_ctx == 8192);
	served_release(&served);
	model_client_free(client);
}

CU_TestInfo openai_tests[] = {
        {"sends fields of that API alone", sends_fields_of_that_api_alone},
        {"sends biases as an object", sends_biases_as_an_object},
        {"asks for no usage without a stream", asks_for_no_usage_without_a_stream},
        {"keeps no reply on the server", keeps_no_reply_on_the_server},
        {"needs a model", needs_a_model},
        {"refuses other parameters by name", refuses_other_parameters_by_name},
        {"reads the habits of servers", reads_the_habits_of_servers},
        {"says a refusal in the server's words", says_a_refusal_in_the_servers_words},
        {"is judged by its list of models", is_judged_by_its_list_of_models},
        {"is no router", is_no_router},
        CU_TEST_INFO_NULL,
};
