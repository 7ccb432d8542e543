/*
 * main.c - the tests of src/llama.
 */
#include "tests/harness.h"
#include "tests/llama/tests.h"

int
main(void)
{
	CU_SuiteInfo suites[] = {
	        {"attachment", NULL, NULL, NULL, NULL, attachment_tests},
	        {"slot_trace", NULL, NULL, NULL, NULL, slot_trace_tests},
	        {"chat", NULL, NULL, NULL, NULL, chat_tests},
	        {"chat_order", NULL, NULL, NULL, NULL, chat_order_tests},
	        {"chunk_scan", NULL, NULL, NULL, NULL, chunk_scan_tests},
	        {"control", NULL, NULL, NULL, NULL, control_tests},
	        {"defaults", NULL, NULL, NULL, NULL, defaults_tests},
	        {"endpoint", NULL, NULL, NULL, NULL, endpoint_tests},
	        {"media", NULL, NULL, NULL, NULL, media_tests},
	        {"media_refusal", NULL, NULL, NULL, NULL, media_refusal_tests},
	        {"json", NULL, NULL, NULL, NULL, json_tests},
	        {"openai", NULL, NULL, NULL, NULL, openai_tests},
	        {"request_show", NULL, NULL, NULL, NULL, request_show_tests},
	        {"slots", NULL, NULL, NULL, NULL, slots_tests},
	        {"sse", NULL, NULL, NULL, NULL, sse_tests},
	        {"resume", NULL, NULL, NULL, NULL, resume_tests},
	        {"secret", NULL, NULL, NULL, NULL, secret_tests},
	        {"server_error", NULL, NULL, NULL, NULL, server_error_tests},
	        {"served", NULL, NULL, NULL, NULL, served_tests},
	        {"server", NULL, NULL, NULL, NULL, server_tests},
	        {"parameter", NULL, NULL, NULL, NULL, parameter_tests},
	        {"refusal", NULL, NULL, NULL, NULL, refusal_tests},
	        {"request", NULL, NULL, NULL, NULL, request_tests},
	        {"think", NULL, NULL, NULL, NULL, think_tests},
	        {"token_count", NULL, NULL, NULL, NULL, token_count_tests},
	        {"reply", NULL, NULL, NULL, NULL, reply_tests},
	        {"limits", NULL, NULL, NULL, NULL, limits_tests},
	        {"logprobs", NULL, NULL, NULL, NULL, logprobs_tests},
	        {"recordings", NULL, NULL, NULL, NULL, recordings_tests},
	        CU_SUITE_INFO_NULL,
	};

	return harness_main(suites);
}
