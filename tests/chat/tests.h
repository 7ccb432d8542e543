/*
 * tests.h - the test tables of this directory, one per file.
 */
#ifndef FLYNN_TESTS_CHAT_TESTS_H
#define FLYNN_TESTS_CHAT_TESTS_H

#include <CUnit/CUnit.h>

extern CU_TestInfo conversation_tests[];
extern CU_TestInfo pace_tests[];
extern CU_TestInfo player_tests[];
extern CU_TestInfo recording_tests[];
extern CU_TestInfo session_tests[];
extern CU_TestInfo tags_tests[];
extern CU_TestInfo tally_tests[];
extern CU_TestInfo title_tests[];
extern CU_TestInfo tokens_tests[];

#endif
