/*
 * tests.h - the test tables of this directory, one per file.
 */
#ifndef FLYNN_TESTS_APP_TESTS_H
#define FLYNN_TESTS_APP_TESTS_H

#include <CUnit/CUnit.h>

extern CU_TestInfo ago_tests[];
extern CU_TestInfo attachment_job_tests[];
extern CU_TestInfo attachment_path_tests[];
extern CU_TestInfo commands_tests[];
extern CU_TestInfo compact_source_tests[];
extern CU_TestInfo compact_text_tests[];
extern CU_TestInfo copy_job_tests[];
extern CU_TestInfo export_tests[];
extern CU_TestInfo glimpse_tests[];
extern CU_TestInfo grammars_tests[];
extern CU_TestInfo huge_tests[];
extern CU_TestInfo model_tests[];
extern CU_TestInfo net_log_tests[];
extern CU_TestInfo path_words_tests[];
extern CU_TestInfo picture_program_tests[];
extern CU_TestInfo programs_tests[];
extern CU_TestInfo prompt_queue_tests[];
extern CU_TestInfo restore_tests[];
extern CU_TestInfo saved_tests[];
extern CU_TestInfo texts_grew_tests[];
extern CU_TestInfo sent_tests[];
extern CU_TestInfo shell_tests[];
extern CU_TestInfo status_tests[];
extern CU_TestInfo titles_tests[];

#endif
