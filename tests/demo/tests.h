/*
 * tests.h - the test tables of this directory, one per file.
 */
#ifndef FLYNN_TESTS_DEMO_TESTS_H
#define FLYNN_TESTS_DEMO_TESTS_H

#include <CUnit/CUnit.h>

extern CU_TestInfo script_tests[];
extern CU_TestInfo standin_tests[];
extern CU_TestInfo tour_tests[];

#endif
