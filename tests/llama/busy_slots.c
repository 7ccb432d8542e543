/*
 * busy_slots.c - what the recorded answers to /slots say, odd ones, and the slot that a reply is found in.
 */
#include "llama/busy_slots.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "tests/harness.h"
#include "tests/llama/tests.h"

static void
read_recording(const char *name, struct buf *body)
{
	char *path = mem_printf("%s/wire/%s.body", getenv("FLYNN_TESTS"), name), bytes[4096];
	FILE *file = fopen(path, "r");
	size_t n;

	CU_ASSERT_PTR_NOT_NULL_FATAL(file);
	while ((n = fread(bytes, 1, sizeof(bytes), file)) > 0)
		buf_put(body, bytes, n);
	fclose(file);
	free(path);
}

static void
reads_recordings(void)
{
	static const struct {
		const char *name;
		int total, busy;
		struct busy_slot first;
	} rows[] = {
	        {"slots-idle", 2, 0, {0}},
	        {"slots-busy", 1, 1, {0, 72, 42}},
	        {"resume-slots-running", 2, 1, {0, 42, 12}},
	        {"resume-slots-after-delete", 2, 0, {0}},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct buf body = {0};
		struct busy_slots slots;

		read_recording(rows[i].name, &body);
		busy_slots_read(&slots, 200, buf_text(&body), body.len);
		HARNESS_CHECK(slots.told && slots.total == rows[i].total && slots.busy == rows[i].busy, "%s: %d of %d",
		        rows[i].name, slots.busy, slots.total);
		if (rows[i].busy > 0)
			HARNESS_CHECK(
			        memcmp(&slots.at[0], &rows[i].first, sizeof(slots.at[0])) == 0, "%s", rows[i].name);
		buf_release(&body);
	}
}

/* An older server has an object where newer ones have an array of one. */
static void
reads_what_else_may_come(void)
{
	static const struct {
		int status;
		const char *body;
		bool told;
		int total, busy;
	} rows[] = {
	        {501, "{\"error\":{\"code\":501,\"message\":\"off\"}}", false, 0, 0},
	        {401, "[{\"is_processing\":true}]", false, 0, 0},
	        {200, "[]", false, 0, 0},
	        {200, "{}", false, 0, 0},
	        {200, "[{\"is_processing\":tru", false, 0, 0},
	        {200, "", false, 0, 0},
	        {200, "[1,{\"is_processing\":1},{\"is_processing\":true}]", true, 3, 1},
	        {200, "[{\"is_processing\":true,\"id_task\":\"x\",\"next_token\":[]}]", true, 1, 1},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct busy_slots slots;

		busy_slots_read(&slots, rows[i].status, rows[i].body, strlen(rows[i].body));
		HARNESS_CHECK(slots.told == rows[i].told && slots.total == rows[i].total && slots.busy == rows[i].busy,
		        "row %zu: %d, %d of %d", i, slots.told, slots.busy, slots.total);
	}
}

static void
counts_more_than_it_tells_apart(void)
{
	struct busy_slots slots;
	struct buf body = {0};

	for (int i = 0; i < BUSY_SLOTS_MAX + 6; i++)
		buf_printf(&body, "%s{\"is_processing\":true,\"id_task\":%d,\"next_token\":{\"n_decoded\":%d}}",
		        i ? "," : "[", i, i);
	buf_puts(&body, "]");
	busy_slots_read(&slots, 200, buf_text(&body), body.len);
	CU_ASSERT(slots.total == BUSY_SLOTS_MAX + 6 && slots.busy == slots.total);
	CU_ASSERT(slots.at[3].decoded == 3 && busy_slots_have(&slots, BUSY_SLOTS_MAX - 1));
	CU_ASSERT(!busy_slots_have(&slots, BUSY_SLOTS_MAX));
	buf_release(&body);
}

static void
finds_the_slot_of_a_reply(void)
{
	static const struct {
		struct busy_slot slots[3];
		int busy;
		struct slot_trace trace;
		int64_t want;
	} rows[] = {
	        {{{7, 72, 42}}, 1, {30, 40}, 7},
	        {{{7, 72, 42}}, 1, {30, 43}, -1},             /* behind what came: another's */
	        {{{7, 72, 42}}, 1, {90, 40}, -1},             /* another prompt */
	        {{{7, 30, 42}}, 1, {30, 40}, 7},              /* an older server does not count the reply */
	        {{{7, 72, 42}}, 1, {0, 40}, 7},               /* the prompt was not told */
	        {{{3, 70, 40}, {4, 33, 3}}, 2, {30, 2}, 4},   /* the same prompt twice: the nearer one */
	        {{{3, 512, 0}, {4, 900, 0}}, 2, {600, 0}, 3}, /* the prompt is read: so far, no more than there is */
	        {{{-1, 72, 42}}, 1, {30, 40}, -1},            /* it cannot be followed */
	        {{{0}}, 0, {30, 40}, -1},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct busy_slots slots = {.told = true, .total = 4, .busy = rows[i].busy};

		memcpy(slots.at, rows[i].slots, sizeof(rows[i].slots));
		HARNESS_CHECK(busy_slots_task(&slots, &rows[i].trace) == rows[i].want, "row %zu: %d", i,
		        (int)busy_slots_task(&slots, &rows[i].trace));
	}
}

static void
asks_of_the_model(void)
{
	static const struct {
		const char *model, *url;
	} rows[] = {
	        {NULL, "http://h/llm/slots"},
	        {"tiny", "http://h/llm/slots?model=tiny"},
	        {"a b/c:Q4&x=1#é", "http://h/llm/slots?model=a%20b%2Fc%3AQ4%26x%3D1%23%C3%A9"},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const struct model_settings settings = {
		        .endpoint = "http://h/llm/v1", .auth_token = "sk-0123456789", .model = rows[i].model};
		struct http_request request = {0};
		struct err err;
		struct model_client *client = model_client_new(&settings, &err);

		busy_slots_request(&request, client);
		HARNESS_EQUAL(request.url, rows[i].url);
		HARNESS_EQUAL(request.auth_token, "sk-0123456789");
		CU_ASSERT(request.body == NULL);
		http_request_release(&request);
		model_client_free(client);
	}
}

CU_TestInfo busy_slots_tests[] = {
        {"reads recordings", reads_recordings},
        {"reads what else may come", reads_what_else_may_come},
        {"counts more than it tells apart", counts_more_than_it_tells_apart},
        {"finds the slot of a reply", finds_the_slot_of_a_reply},
        {"asks of the model", asks_of_the_model},
        CU_TEST_INFO_NULL,
};
