/*
 * main.c - the tests of src/chat.
 */
#include "tests/chat/tests.h"
#include "tests/harness.h"

int
main(void)
{
	CU_SuiteInfo suites[] = {
	        {"conversation", NULL, NULL, NULL, NULL, conversation_tests},
	        {"pace", NULL, NULL, NULL, NULL, pace_tests},
	        {"player", NULL, NULL, NULL, NULL, player_tests},
	        {"recording", NULL, NULL, NULL, NULL, recording_tests},
	        {"session", NULL, NULL, NULL, NULL, session_tests},
	        {"tags", NULL, NULL, NULL, NULL, tags_tests},
	        {"tally", NULL, NULL, NULL, NULL, tally_tests},
	        {"title", NULL, NULL, NULL, NULL, title_tests},
	        {"tokens", NULL, NULL, NULL, NULL, tokens_tests},
	        CU_SUITE_INFO_NULL,
	};

	return harness_main(suites);
}
