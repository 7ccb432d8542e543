/*
 * main.c - the tests of src/store that have one thread; threads.c has the others.
 */
#include "tests/harness.h"
#include "tests/store/tests.h"

int
main(void)
{
	CU_SuiteInfo suites[] = {
	        {"attached", NULL, NULL, NULL, NULL, attached_tests},
	        {"cut_save", NULL, NULL, NULL, NULL, cut_save_tests},
	        {"damage", NULL, NULL, NULL, NULL, damage_tests},
	        {"draft", NULL, NULL, NULL, NULL, draft_tests},
	        {"edit", NULL, NULL, NULL, NULL, edit_tests},
	        {"export", NULL, NULL, NULL, NULL, export_tests},
	        {"failing", NULL, NULL, NULL, NULL, failing_tests},
	        {"fields", NULL, NULL, NULL, NULL, json_tests},
	        {"foreign", NULL, NULL, NULL, NULL, foreign_tests},
	        {"history", NULL, NULL, NULL, NULL, history_tests},
	        {"import", NULL, NULL, NULL, NULL, import_tests},
	        {"import_files", NULL, NULL, NULL, NULL, import_files_tests},
	        {"import_llm", NULL, NULL, NULL, NULL, import_llm_tests},
	        {"import_other", NULL, NULL, NULL, NULL, import_other_tests},
	        {"index", NULL, NULL, NULL, NULL, index_tests},
	        {"instances", NULL, NULL, NULL, NULL, instances_tests},
	        {"end", NULL, NULL, NULL, NULL, end_tests},
	        {"kept", NULL, NULL, NULL, NULL, kept_tests},
	        {"list", NULL, NULL, NULL, NULL, list_tests},
	        {"long", NULL, NULL, NULL, NULL, long_tests},
	        {"merge", NULL, NULL, NULL, NULL, merge_tests},
	        {"merge random", NULL, NULL, NULL, NULL, merge_random_tests},
	        {"message uuid", NULL, NULL, NULL, NULL, message_uuid_tests},
	        {"migrate", NULL, NULL, NULL, NULL, migrate_tests},
	        {"rest", NULL, NULL, NULL, NULL, rest_tests},
	        {"plans", NULL, NULL, NULL, NULL, plans_tests},
	        {"preview", NULL, NULL, NULL, NULL, preview_tests},
	        {"prompts", NULL, NULL, NULL, NULL, prompts_tests},
	        {"query", NULL, NULL, NULL, NULL, query_tests},
	        {"recorded", NULL, NULL, NULL, NULL, recorded_tests},
	        {"token list", NULL, NULL, NULL, NULL, token_list_tests},
	        {"remove", NULL, NULL, NULL, NULL, remove_tests},
	        {"rules", NULL, NULL, NULL, NULL, rules_tests},
	        {"saver", NULL, NULL, NULL, NULL, saver_tests},
	        {"search", NULL, NULL, NULL, NULL, search_tests},
	        {"tagged", NULL, NULL, NULL, NULL, tagged_tests},
	        {"update", NULL, NULL, NULL, NULL, update_tests},
	        {"votes", NULL, NULL, NULL, NULL, vote_tests},
	        {"words", NULL, NULL, NULL, NULL, words_tests},
	        CU_SUITE_INFO_NULL,
	};

	return harness_main(suites);
}
