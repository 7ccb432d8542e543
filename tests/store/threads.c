/*
 * threads.c - the tests of src/store that start threads: a program of their own, for ThreadSanitizer, which takes a minute for the
 * others and can see nothing there.
 */
#include "tests/harness.h"
#include "tests/store/tests.h"

int
main(void)
{
	CU_SuiteInfo suites[] = {
	        {"mend", NULL, NULL, NULL, NULL, mend_tests},
	        {"owner", NULL, NULL, NULL, NULL, owner_tests},
	        {"stalled", NULL, NULL, NULL, NULL, stalled_tests},
	        {"together", NULL, NULL, NULL, NULL, together_tests},
	        {"worker", NULL, NULL, NULL, NULL, worker_tests},
	        CU_SUITE_INFO_NULL,
	};

	return harness_main(suites);
}
