/*
 * main.c - the tests of src/config.
 */
#include "tests/config/tests.h"
#include "tests/harness.h"

int
main(void)
{
	CU_SuiteInfo suites[] = {
	        {"tree", NULL, NULL, NULL, NULL, config_tree_tests},
	        {"value", NULL, NULL, NULL, NULL, config_value_tests},
	        {"file", NULL, NULL, NULL, NULL, config_file_tests},
	        {"precedence", NULL, NULL, NULL, NULL, config_precedence_tests},
	        {"model rows", NULL, NULL, NULL, NULL, config_model_rows_tests},
	        {"prompt files", NULL, NULL, NULL, NULL, config_prompt_files_tests},
	        {"paths", NULL, NULL, NULL, NULL, config_paths_tests},
	        CU_SUITE_INFO_NULL,
	};

	return harness_main(suites);
}
