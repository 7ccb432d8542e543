/*
 * tests.h - the test tables of this directory, one per file.
 */
#ifndef FLYNN_TESTS_LLAMA_TESTS_H
#define FLYNN_TESTS_LLAMA_TESTS_H

#include <CUnit/CUnit.h>

extern CU_TestInfo attachment_tests[];
extern CU_TestInfo slot_trace_tests[];
extern CU_TestInfo chat_tests[];
extern CU_TestInfo chat_order_tests[];
extern CU_TestInfo chunk_scan_tests[];
extern CU_TestInfo control_tests[];
extern CU_TestInfo defaults_tests[];
extern CU_TestInfo endpoint_tests[];
extern CU_TestInfo json_tests[];
extern CU_TestInfo limits_tests[];
extern CU_TestInfo logprobs_tests[];
extern CU_TestInfo media_refusal_tests[];
extern CU_TestInfo media_tests[];
extern CU_TestInfo openai_tests[];
extern CU_TestInfo parameter_tests[];
extern CU_TestInfo recordings_tests[];
extern CU_TestInfo refusal_tests[];
extern CU_TestInfo reply_tests[];
extern CU_TestInfo request_tests[];
extern CU_TestInfo resume_tests[];
extern CU_TestInfo secret_tests[];
extern CU_TestInfo served_tests[];
extern CU_TestInfo server_error_tests[];
extern CU_TestInfo server_tests[];
extern CU_TestInfo request_show_tests[];
extern CU_TestInfo slots_tests[];
extern CU_TestInfo sse_tests[];
extern CU_TestInfo think_tests[];
extern CU_TestInfo token_count_tests[];

#endif
