/*
 * main.c - the tests of src/app that need no loop: its tables.
 */
#include <signal.h>

#include <locale.h>

#include "tests/app/tests.h"
#include "tests/harness.h"

int
main(void)
{
	CU_SuiteInfo suites[] = {
	        {"ago", NULL, NULL, NULL, NULL, ago_tests},
	        {"attachment job", NULL, NULL, NULL, NULL, attachment_job_tests},
	        {"attachment path", NULL, NULL, NULL, NULL, attachment_path_tests},
	        {"commands", NULL, NULL, NULL, NULL, commands_tests},
	        {"compact source", NULL, NULL, NULL, NULL, compact_source_tests},
	        {"compact text", NULL, NULL, NULL, NULL, compact_text_tests},
	        {"copy job", NULL, NULL, NULL, NULL, copy_job_tests},
	        {"export", NULL, NULL, NULL, NULL, export_tests},
	        {"glimpse", NULL, NULL, NULL, NULL, glimpse_tests},
	        {"grammars", NULL, NULL, NULL, NULL, grammars_tests},
	        {"huge", NULL, NULL, NULL, NULL, huge_tests},
	        {"model", NULL, NULL, NULL, NULL, model_tests},
	        {"net log", NULL, NULL, NULL, NULL, net_log_tests},
	        {"path words", NULL, NULL, NULL, NULL, path_words_tests},
	        {"picture program", NULL, NULL, NULL, NULL, picture_program_tests},
	        {"programs", NULL, NULL, NULL, NULL, programs_tests},
	        {"prompt queue", NULL, NULL, NULL, NULL, prompt_queue_tests},
	        {"restore", NULL, NULL, NULL, NULL, restore_tests},
	        {"saved", NULL, NULL, NULL, NULL, saved_tests},
	        {"texts grew", NULL, NULL, NULL, NULL, texts_grew_tests},
	        {"sent", NULL, NULL, NULL, NULL, sent_tests},
	        {"shell", NULL, NULL, NULL, NULL, shell_tests},
	        {"status", NULL, NULL, NULL, NULL, status_tests},
	        {"titles", NULL, NULL, NULL, NULL, titles_tests},
	        CU_SUITE_INFO_NULL,
	};

	setlocale(LC_ALL, "");    /* widths are the locale's */
	signal(SIGPIPE, SIG_IGN); /* as flynn does: some programs here end without reading */
	return harness_main(suites);
}
