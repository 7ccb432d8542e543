/*
 * main.c - the tests of src/picture that need no library: the decoder itself is run as a program, by tests/app/picture_program.c.
 */
#include "tests/harness.h"
#include "tests/picture/tests.h"

int
main(void)
{
	CU_SuiteInfo suites[] = {
	        {"extent", NULL, NULL, NULL, NULL, extent_tests},
	        CU_SUITE_INFO_NULL,
	};

	return harness_main(suites);
}
