/*
 * tests.h - the test tables of this directory, one per file.
 */
#ifndef FLYNN_TESTS_CHAT_TESTS_H
#define FLYNN_TESTS_CHAT_TESTS_H

#include <CUnit/CUnit.h>

extern CU_TestInfo conversation_tests[];
extern CU_TestInfo pace_tests[];
extern CU_TestInfo session_tests[];
extern CU_TestInfo tally_tests[];
extern CU_TestInfo title_tests[];

#endif
