/*
 * flow.c - what Markdown looks like.
 */
#include "text/flow.h"

#include <string.h>

#include "base/compiler.h"
#include "tests/harness.h"
#include "tests/text/laid_out.h"
#include "tests/text/tests.h"

CU_TestInfo flow_tests[] = {
        CU_TEST_INFO_NULL,
};
