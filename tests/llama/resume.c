/*
 * resume.c - what a server is asked about a reply that it keeps, and what is read of its answers.
 */
#include "llama/resume.h"

#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "tests/harness.h"
#include "tests/llama/tests.h"

static struct model_client *
make_client(bool no_resume)
{
	struct model_settings settings = {
	        .endpoint = "http://h:1/llm/v1", .auth_token = "sk-1", .insecure = true, .no_resume = no_resume};
	struct err err;
	struct model_client *client = model_client_new(&settings, &err);

	CU_ASSERT_PTR_NOT_NULL_FATAL(client);
	return client;
}

/* Each of them goes where the chat went, with the same key. */
static void
expect_request(struct http_request *r, const char *method, const char *url, const char *body)
{
	HARNESS_EQUAL(r->url, url);
	HARNESS_EQUAL(r->method ? r->method : "", method);
	HARNESS_EQUAL(r->body ? r->body : "", body);
	HARNESS_EQUAL(r->auth_token, "sk-1");
	CU_ASSERT(r->insecure && r->body_len == strlen(body) && !r->stream_id);
	http_request_release(r);
}

static void
asks_the_server(void)
{
	struct model_client *client = make_client(false);
	const struct model_resume *resume = model_resume(client);
	struct http_request r;

	CU_ASSERT_PTR_NOT_NULL_FATAL(resume);
	resume->rest(client, "a-1", UINT64_C(5000000000), &r);
	expect_request(&r, "", "http://h:1/llm/v1/stream?conv_id=a-1&from=5000000000", "");
	resume->stop(client, "a-1", &r);
	expect_request(&r, "DELETE", "http://h:1/llm/v1/stream?conv_id=a-1", "");
	resume->find(client, "a-1", &r);
	expect_request(&r, "", "http://h:1/llm/v1/streams/lookup", "{\"conversation_ids\":[\"a-1\"]}");
	model_client_free(client);
	client = make_client(true);
	CU_ASSERT_PTR_NULL(model_resume(client));
	model_client_free(client);
}

static void
judges_the_head(void)
{
	static const struct {
		int status;
		const char *type;
		enum resume_answer want;
	} rows[] = {
	        {200, "text/event-stream", RESUME_REST},
	        {200, "Text/Event-Stream; charset=utf-8", RESUME_REST},
	        {200, "text/html", RESUME_GONE},
	        {200, "", RESUME_GONE},
	        {204, "", RESUME_GONE},
	        {302, "text/event-stream", RESUME_GONE},
	        {400, "application/json", RESUME_PAST}, /* its beginning was dropped */
	        {401, "application/json", RESUME_GONE},
	        {404, "application/json", RESUME_GONE},
	        {502, "text/html", RESUME_LATER},
	        {503, "text/event-stream", RESUME_LATER},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const struct http_head head = {rows[i].status, "", rows[i].type, "", ""};

		HARNESS_CHECK(resume_judge(&head) == rows[i].want, "row %zu", i);
	}
}

static void
reads_what_was_found(void)
{
	static const struct {
		int status;
		const char *body;
		bool want;
	} rows[] = {
	        {200, "[{\"conversation_id\":\"a-1\",\"is_done\":false,\"total_bytes\":3156}]", true},
	        {200, "[{\"conversation_id\":\"b\"},{\"conversation_id\":\"a-1\",\"is_done\":true}]", true},
	        {200, "[{\"conversation_id\":\"a-11\"}]", false},
	        {200, "[]", false},
	        {200, "", false},
	        {200, "[", false},
	        {200, "[1,null,\"a-1\",[\"a-1\"]]", false},
	        {200, "{\"conversation_id\":\"a-1\"}", false},
	        {200, "null", false},
	        {404, "[{\"conversation_id\":\"a-1\"}]", false},
	        {0, "", false},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		HARNESS_CHECK(resume_found(rows[i].status, rows[i].body, strlen(rows[i].body), "a-1") == rows[i].want,
		        "row %zu", i);
}

static bool
take_event(UNUSED void *arg, UNUSED const struct chat_event *event)
{
	return true;
}

/* Where the rest of a body may be fed as if nothing had been. */
static void
knows_whether_the_rest_is_missing(void)
{
#define HEAD(status, type)                                                                                             \
	{                                                                                                              \
		status, "", type, "", ""                                                                               \
	}
	static const struct {
		struct http_head head; /* status 0: none came */
		const char *body;
		bool whole, broken,
		        clean; /* whole: not streaming. Lacks the rest when it broke, and when it ended in order */
	} rows[] = {
	        {HEAD(0, ""), "", false, true, true},
	        {HEAD(0, ""), "", true, false, false},
	        {HEAD(200, "text/event-stream"), "", false, true, true},
	        {HEAD(200, "text/event-stream"), "data: {\"choices\":[{\"delta\":{\"con", false, true, true},
	        {HEAD(200, "text/event-stream"),
	                "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n", false, true,
	                false},
	        {HEAD(200, "text/event-stream"), "data: [DONE]\n\n", false, false, false},
	        {HEAD(200, "text/event-stream"), "proxy error: lost\n", false, false, false},
	        {HEAD(200, "application/json"), "{\"choices\":[", false, false, false},
	        {HEAD(404, "application/json"), "{", false, false, false},
	};
#undef HEAD
	struct model_client *client = make_client(false);

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct reply *reply = reply_new(client, !rows[i].whole, (struct reply_sink){take_event, NULL});
		struct err err;
		size_t used;

		if (rows[i].head.status)
			reply_head(reply, &rows[i].head);
		if (*rows[i].body)
			(void)reply_feed(reply, rows[i].body, strlen(rows[i].body), &used, &err);
		HARNESS_CHECK(reply_lacks_rest(reply, true) == rows[i].broken, "row %zu, broken", i);
		HARNESS_CHECK(reply_lacks_rest(reply, false) == rows[i].clean, "row %zu, in order", i);
		reply_free(reply);
	}
	model_client_free(client);
}

CU_TestInfo resume_tests[] = {
        {"asks the server", asks_the_server},
        {"judges the head", judges_the_head},
        {"reads what was found", reads_what_was_found},
        {"knows whether the rest is missing", knows_whether_the_rest_is_missing},
        CU_TEST_INFO_NULL,
};
