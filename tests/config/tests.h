/*
 * tests.h - the test tables of this directory, one per file.
 */
#ifndef FLYNN_TESTS_CONFIG_TESTS_H
#define FLYNN_TESTS_CONFIG_TESTS_H

#include <CUnit/CUnit.h>

extern CU_TestInfo config_file_tests[];
extern CU_TestInfo config_model_rows_tests[];
extern CU_TestInfo config_paths_tests[];
extern CU_TestInfo config_prompt_files_tests[];
extern CU_TestInfo config_precedence_tests[];
extern CU_TestInfo config_tree_tests[];
extern CU_TestInfo config_value_tests[];

#endif
