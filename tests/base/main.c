/*
 * main.c - the tests of src/base.
 */
#include "tests/base/tests.h"
#include "tests/harness.h"

int
main(void)
{
	CU_SuiteInfo suites[] = {
	        {"base64", NULL, NULL, NULL, NULL, base64_tests},
	        {"buf", NULL, NULL, NULL, NULL, buf_tests},
	        {"date", NULL, NULL, NULL, NULL, date_tests},
	        {"errand", NULL, NULL, NULL, NULL, errand_tests},
	        {"json_put", NULL, NULL, NULL, NULL, json_put_tests},
	        {"log", NULL, NULL, NULL, NULL, log_tests},
	        {"nearest", NULL, NULL, NULL, NULL, nearest_tests},
	        {"newlines", NULL, NULL, NULL, NULL, newlines_tests},
	        {"own_path", NULL, NULL, NULL, NULL, own_path_tests},
	        {"queue", NULL, NULL, NULL, NULL, queue_tests},
	        {"queue threads", NULL, NULL, NULL, NULL, queue_threads_tests},
	        {"size words", NULL, NULL, NULL, NULL, size_words_tests},
	        {"thread", NULL, NULL, NULL, NULL, thread_tests},
	        {"utf8", NULL, NULL, NULL, NULL, utf8_tests},
	        {"wake", NULL, NULL, NULL, NULL, wake_tests},
	        CU_SUITE_INFO_NULL,
	};

	return harness_main(suites);
}
