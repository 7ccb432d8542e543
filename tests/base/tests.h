/*
 * tests.h - the test tables of this directory, one per file.
 */
#ifndef FLYNN_TESTS_BASE_TESTS_H
#define FLYNN_TESTS_BASE_TESTS_H

#include <CUnit/CUnit.h>

extern CU_TestInfo base64_tests[];
extern CU_TestInfo buf_tests[];
extern CU_TestInfo date_tests[];
extern CU_TestInfo errand_tests[];
extern CU_TestInfo json_put_tests[];
extern CU_TestInfo log_tests[];
extern CU_TestInfo nearest_tests[];
extern CU_TestInfo newlines_tests[];
extern CU_TestInfo own_path_tests[];
extern CU_TestInfo queue_tests[];
extern CU_TestInfo queue_threads_tests[];
extern CU_TestInfo size_words_tests[];
extern CU_TestInfo thread_tests[];
extern CU_TestInfo utf8_tests[];
extern CU_TestInfo wake_tests[];

#endif
