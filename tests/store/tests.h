/*
 * tests.h - the test tables of this directory, one per file.
 */
#ifndef FLYNN_TESTS_STORE_TESTS_H
#define FLYNN_TESTS_STORE_TESTS_H

#include <CUnit/CUnit.h>

extern CU_TestInfo attached_tests[];
extern CU_TestInfo cut_save_tests[];
extern CU_TestInfo draft_tests[];
extern CU_TestInfo edit_tests[];
extern CU_TestInfo preview_tests[];
extern CU_TestInfo prompts_tests[];
extern CU_TestInfo worker_tests[];
extern CU_TestInfo export_tests[];
extern CU_TestInfo damage_tests[];
extern CU_TestInfo failing_tests[];
extern CU_TestInfo json_tests[];
extern CU_TestInfo instances_tests[];
extern CU_TestInfo end_tests[];
extern CU_TestInfo kept_tests[];
extern CU_TestInfo mend_tests[];
extern CU_TestInfo merge_tests[];
extern CU_TestInfo merge_random_tests[];
extern CU_TestInfo message_uuid_tests[];
extern CU_TestInfo migrate_tests[];
extern CU_TestInfo foreign_tests[];
extern CU_TestInfo history_tests[];
extern CU_TestInfo import_tests[];
extern CU_TestInfo import_files_tests[];
extern CU_TestInfo import_llm_tests[];
extern CU_TestInfo import_other_tests[];
extern CU_TestInfo index_tests[];
extern CU_TestInfo list_tests[];
extern CU_TestInfo long_tests[];
extern CU_TestInfo owner_tests[];
extern CU_TestInfo rest_tests[];
extern CU_TestInfo plans_tests[];
extern CU_TestInfo query_tests[];
extern CU_TestInfo recorded_tests[];
extern CU_TestInfo token_list_tests[];
extern CU_TestInfo remove_tests[];
extern CU_TestInfo rules_tests[];
extern CU_TestInfo saver_tests[];
extern CU_TestInfo search_tests[];
extern CU_TestInfo stalled_tests[];
extern CU_TestInfo tagged_tests[];
extern CU_TestInfo together_tests[];
extern CU_TestInfo update_tests[];
extern CU_TestInfo vote_tests[];
extern CU_TestInfo words_tests[];

#endif
