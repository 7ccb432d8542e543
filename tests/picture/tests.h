/*
 * tests.h - the test tables of this directory, one per file.
 */
#ifndef FLYNN_TESTS_PICTURE_TESTS_H
#define FLYNN_TESTS_PICTURE_TESTS_H

#include <CUnit/CUnit.h>

extern CU_TestInfo extent_tests[];

#endif
