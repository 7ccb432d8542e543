/*
 * slot_trace.c - the slot that a reply is found in, in answers to /slots as newer and older servers write them.
 */
#include "llama/slot_trace.h"

#include <string.h>

#include "base/compiler.h"
#include "tests/harness.h"
#include "tests/llama/tests.h"

#define SLOT(task, tokens, decoded)                                                                                    \
	"{\"is_processing\":true,\"id_task\":" task ",\"n_prompt_tokens\":" tokens                                     \
	",\"next_token\":[{\"n_decoded\":" decoded "}]}"

static void
finds_the_slot_of_a_reply(void)
{
	static const struct {
		const char *body;
		struct slot_trace trace;
		int64_t want;
	} rows[] = {
	        {"[" SLOT("7", "72", "42") "]", {30, 40}, 7},
	        {"[" SLOT("7", "72", "42") "]", {30, 43}, -1}, /* behind what came: another's */
	        {"[" SLOT("7", "72", "42") "]", {90, 40}, -1}, /* another prompt */
	        {"[" SLOT("7", "72", "42") "]", {10, 40}, -1},
	        {"[" SLOT("7", "72", "42") "]", {0, 40}, 7}, /* the prompt was not told */
	        /* An older server does not count the reply. */
	        {"[{\"is_processing\":true,\"id_task\":7,\"n_prompt_tokens\":30,\"n_prompt_tokens_processed\":30,"
	         "\"next_token\":{\"n_decoded\":42}}]",
	                {30, 40}, 7},
	        /* The same prompt twice: the nearer one. */
	        {"[" SLOT("3", "70", "40") "," SLOT("4", "33", "3") "]", {30, 2}, 4},
	        /* The prompt is read: so far, no more than there is. */
	        {"[" SLOT("4", "900", "0") "," SLOT("3", "512", "0") "]", {600, 0}, 3},
	        {"[{\"is_processing\":true,\"n_prompt_tokens\":30}]", {30, 0}, -1}, /* it cannot be known again */
	        {"[{\"is_processing\":false,\"id_task\":7,\"n_prompt_tokens\":30}]", {30, 0}, -1},
	        {"[]", {30, 0}, -1},
	};
	const struct model_settings settings = {.endpoint = "http://h"};
	struct err err;
	struct model_client *client = model_client_new(&settings, &err);

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct slots slots;
		int64_t task;

		CU_ASSERT(slots_read(&slots, client, 200, rows[i].body, strlen(rows[i].body), &err));
		task = slot_trace_task(&rows[i].trace, &slots);
		HARNESS_CHECK(task == rows[i].want, "row %zu: %d", i, (int)task);
		CU_ASSERT(slot_trace_is_on(&slots, task) == (task >= 0));
		CU_ASSERT(!slot_trace_is_on(&slots, 8));
		slots_release(&slots);
	}
	model_client_free(client);
}

CU_TestInfo slot_trace_tests[] = {
        {"finds the slot of a reply", finds_the_slot_of_a_reply},
        CU_TEST_INFO_NULL,
};
