/*
 * main.c - the tests of src/demo.
 */
#include "tests/demo/tests.h"
#include "tests/harness.h"

int
main(void)
{
	CU_SuiteInfo suites[] = {
	        {"script", NULL, NULL, NULL, NULL, script_tests},
	        {"stand-in", NULL, NULL, NULL, NULL, standin_tests},
	        {"tour", NULL, NULL, NULL, NULL, tour_tests},
	        CU_SUITE_INFO_NULL,
	};

	return harness_main(suites);
}
