/*
 * tests.h - the test tables of this directory, one per file.
 */
#ifndef FLYNN_TESTS_TEXT_TESTS_H
#define FLYNN_TESTS_TEXT_TESTS_H

#include <CUnit/CUnit.h>

extern CU_TestInfo address_tests[];
extern CU_TestInfo clean_tests[];
extern CU_TestInfo clean_map_tests[];
extern CU_TestInfo cluster_tests[];
extern CU_TestInfo ere_tests[];
extern CU_TestInfo examples_tests[];
extern CU_TestInfo fence_tests[];
extern CU_TestInfo fence_index_tests[];
extern CU_TestInfo find_tests[];
extern CU_TestInfo flow_tests[];
extern CU_TestInfo flow_code_tests[];
extern CU_TestInfo fuzzy_tests[];
extern CU_TestInfo grammar_tests[];
extern CU_TestInfo highlight_tests[];
extern CU_TestInfo inline_tests[];
extern CU_TestInfo math_tests[];
extern CU_TestInfo picture_tests[];
extern CU_TestInfo picture_size_tests[];
extern CU_TestInfo pieces_tests[];
extern CU_TestInfo sheet_tests[];
extern CU_TestInfo shell_words_tests[];
extern CU_TestInfo snippet_tests[];
extern CU_TestInfo spoken_tests[];
extern CU_TestInfo word_diff_tests[];
extern CU_TestInfo wrap_tests[];

#endif
