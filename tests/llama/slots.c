/*
 * slots.c - what servers say of their slots: recordings of real ones, an older form, and what is no list.
 */
#include "llama/slots.h"

#include <string.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "tests/harness.h"
#include "tests/llama/tests.h"

static struct model_client *
client_of(const char *model)
{
	const struct model_settings settings = {
	        .endpoint = "http://h/v1", .auth_token = "sk-0123456789", .model = model};
	struct err err;

	return model_client_new(&settings, &err);
}

static struct model_client *
client(void)
{
	return client_of(NULL);
}

static void
asks_for_the_slots_of_a_model(void)
{
	static const struct {
		const char *model, *want;
	} rows[] = {{NULL, "http://h/slots"}, {"a b/ü&c", "http://h/slots?autoload=false&model=a%20b%2F%C3%BC%26c"},
	        {"tiny-1.5_x~", "http://h/slots?autoload=false&model=tiny-1.5_x~"}};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct model_client *c = client_of(rows[i].model);
		struct http_request request;

		slots_request(c, &request);
		HARNESS_EQUAL(request.url, rows[i].want);
		HARNESS_EQUAL(request.auth_token, "sk-0123456789");
		CU_ASSERT(!request.body);
		http_request_release(&request);
		model_client_free(c);
	}
}

static void
reads_what_each_slot_does(void)
{
	static const struct {
		const char *body;
		size_t n, busy;
		struct slot first;
	} rows[] = {
	        {"[]", 0, 0, {0}},
	        {"[{\"id\":0,\"n_ctx\":4096,\"speculative\":false,\"is_processing\":false},"
	         "{\"id\":1,\"n_ctx\":4096,\"speculative\":false,\"is_processing\":false}]",
	                2, 0, {.n_ctx = 4096, .task = -1}},
	        {"[{\"id\":3,\"id_task\":7,\"n_ctx\":4096,\"is_processing\":true,\"n_prompt_tokens\":72,\"n_prompt_"
	         "tokens_"
	         "processed\":30,"
	         "\"n_prompt_tokens_cache\":0,\"next_token\":[{\"has_next_token\":true,\"n_remain\":208,\"n_decoded\":"
	         "42}]}]",
	                1, 1, {3, true, 4096, 72, 42, 7}},
	        /* Older: an object, and a count of the prompt alone. */
	        {"[{\"id\":0,\"n_ctx\":4096,\"is_processing\":true,\"n_prompt_tokens\":30,\"n_prompt_tokens_"
	         "processed\":20,"
	         "\"n_prompt_tokens_cache\":10,\"next_token\":{\"n_decoded\":42}}]",
	                1, 1, {0, true, 4096, 72, 42, -1}},
	        {"[{\"id\":0,\"n_ctx\":4096,\"is_processing\":true,\"n_prompt_tokens\":498,\"n_prompt_tokens_"
	         "processed\":0}]",
	                1, 1, {0, true, 4096, 498, 0, -1}},
	        {"[{\"id\":-1,\"n_ctx\":1e300,\"is_processing\":1,\"next_token\":[]},7,null]", 3, 0, {.task = -1}},
	};
	struct model_client *c = client();

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct slots slots;
		struct err err;

		CU_ASSERT(slots_read(&slots, c, 200, rows[i].body, strlen(rows[i].body), &err));
		CU_ASSERT(slots.n == rows[i].n && slots.n_busy == rows[i].busy);
		if (slots.n > 0) {
			CU_ASSERT(slots.rows[0].id == rows[i].first.id);
			CU_ASSERT(slots.rows[0].is_busy == rows[i].first.is_busy);
			CU_ASSERT(slots.rows[0].n_ctx == rows[i].first.n_ctx);
			CU_ASSERT(slots.rows[0].used == rows[i].first.used);
			CU_ASSERT(slots.rows[0].written == rows[i].first.written);
			CU_ASSERT(slots.rows[0].task == rows[i].first.task);
		}
		slots_release(&slots);
	}
	model_client_free(c);
}

static void
reads_no_more_than_a_bound(void)
{
	struct model_client *c = client();
	struct buf body = {0};
	struct slots slots;
	struct err err;

	for (int i = 0; i < 2 * SLOTS_MAX; i++)
		buf_printf(&body, "%s{\"id\":%d,\"is_processing\":true}", i ? "," : "[", i);
	buf_puts(&body, "]");
	CU_ASSERT(slots_read(&slots, c, 200, buf_text(&body), body.len, &err));
	CU_ASSERT(slots.n == SLOTS_MAX && slots.n_busy == SLOTS_MAX && slots.rows[SLOTS_MAX - 1].id == SLOTS_MAX - 1);
	slots_release(&slots);
	buf_release(&body);
	model_client_free(c);
}

static void
says_why_there_are_none(void)
{
	static const struct {
		int status;
		const char *body, *want;
	} rows[] = {
	        {501,
	                "{\"error\":{\"code\":501,\"message\":\"This server does not support slots endpoint. Start it "
	                "with "
	                "`--slots`\",\"type\":\"not_supported_error\"}}",
	                "the server does not tell: it runs with --no-slots"},
	        {404, "{\"error\":{\"message\":\"File Not Found\"}}", "this server does not tell"},
	        {400, "{\"error\":{\"code\":400,\"message\":\"model name is missing from the request\"}}",
	                "model name is missing from the request"},
	        {401, "{\"error\":{\"code\":401,\"message\":\"sk-0123456789 is no key\"}}", "*** is no key"},
	        {200, "{\"slots\":[]}", "what the server says of its slots is no list"},
	        {200, "", "what the server says of its slots is no list"},
	        {200, "[{\"id\":0}", "what the server says of its slots is no list"},
	};
	struct model_client *c = client();

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct slots slots;
		struct err err = {0};

		CU_ASSERT(!slots_read(&slots, c, rows[i].status, rows[i].body, strlen(rows[i].body), &err));
		HARNESS_EQUAL(err.text, rows[i].want);
		slots_release(&slots);
	}
	model_client_free(c);
}

CU_TestInfo slots_tests[] = {
        {"asks for the slots of a model", asks_for_the_slots_of_a_model},
        {"reads what each slot does", reads_what_each_slot_does},
        {"reads no more than a bound", reads_no_more_than_a_bound},
        {"says why there are none", says_why_there_are_none},
        CU_TEST_INFO_NULL,
};
