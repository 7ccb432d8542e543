/*
 * main.c - the tests of src/text.
 */
#include <locale.h>

#include "tests/harness.h"
#include "tests/text/tests.h"

int
main(void)
{
	CU_SuiteInfo suites[] = {
	        {"address", NULL, NULL, NULL, NULL, address_tests},
	        {"clean", NULL, NULL, NULL, NULL, clean_tests},
	        {"clean map", NULL, NULL, NULL, NULL, clean_map_tests},
	        {"cluster", NULL, NULL, NULL, NULL, cluster_tests},
	        {"ere", NULL, NULL, NULL, NULL, ere_tests},
	        {"examples", NULL, NULL, NULL, NULL, examples_tests},
	        {"fence", NULL, NULL, NULL, NULL, fence_tests},
	        {"fence index", NULL, NULL, NULL, NULL, fence_index_tests},
	        {"find", NULL, NULL, NULL, NULL, find_tests},
	        {"flow", NULL, NULL, NULL, NULL, flow_tests},
	        {"fuzzy", NULL, NULL, NULL, NULL, fuzzy_tests},
	        {"flow code", NULL, NULL, NULL, NULL, flow_code_tests},
	        {"grammar", NULL, NULL, NULL, NULL, grammar_tests},
	        {"highlight", NULL, NULL, NULL, NULL, highlight_tests},
	        {"inline", NULL, NULL, NULL, NULL, inline_tests},
	        {"math", NULL, NULL, NULL, NULL, math_tests},
	        {"picture", NULL, NULL, NULL, NULL, picture_tests},
	        {"picture_size", NULL, NULL, NULL, NULL, picture_size_tests},
	        {"pieces", NULL, NULL, NULL, NULL, pieces_tests},
	        {"sheet", NULL, NULL, NULL, NULL, sheet_tests},
	        {"shell words", NULL, NULL, NULL, NULL, shell_words_tests},
	        {"snippet", NULL, NULL, NULL, NULL, snippet_tests},
	        {"spoken", NULL, NULL, NULL, NULL, spoken_tests},
	        {"word diff", NULL, NULL, NULL, NULL, word_diff_tests},
	        {"wrap", NULL, NULL, NULL, NULL, wrap_tests},
	        CU_SUITE_INFO_NULL,
	};

	setlocale(LC_ALL, ""); /* widths are the locale's */
	return harness_main(suites);
}
