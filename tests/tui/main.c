/*
 * main.c - the tests of src/tui: views drawn onto grids.
 */
#include <locale.h>
#include <stdlib.h>

#include "tests/harness.h"
#include "tests/tui/tests.h"

void
expect_grid(const struct grid *grid, const char *want, const char *file, int line)
{
	char *have = grid_text(grid);

	harness_equal(have, want, file, line);
	free(have);
}

int
main(void)
{
	CU_SuiteInfo suites[] = {
	        {"browser", NULL, NULL, NULL, NULL, browser_tests},
	        {"clipboard", NULL, NULL, NULL, NULL, clipboard_tests},
	        {"composer", NULL, NULL, NULL, NULL, composer_tests},
	        {"edit history", NULL, NULL, NULL, NULL, edit_history_tests},
	        {"frame run", NULL, NULL, NULL, NULL, frame_run_tests},
	        {"frame scroll", NULL, NULL, NULL, NULL, frame_scroll_tests},
	        {"grid", NULL, NULL, NULL, NULL, grid_tests},
	        {"help", NULL, NULL, NULL, NULL, help_tests},
	        {"hits", NULL, NULL, NULL, NULL, hits_tests},
	        {"key input", NULL, NULL, NULL, NULL, key_input_tests},
	        {"keymap", NULL, NULL, NULL, NULL, keymap_tests},
	        {"layout", NULL, NULL, NULL, NULL, layout_tests},
	        {"lens", NULL, NULL, NULL, NULL, lens_tests},
	        {"marks", NULL, NULL, NULL, NULL, marks_tests},
	        {"pacing", NULL, NULL, NULL, NULL, pacing_tests},
	        {"palette", NULL, NULL, NULL, NULL, palette_tests},
	        {"pane title", NULL, NULL, NULL, NULL, pane_title_tests},
	        {"paste", NULL, NULL, NULL, NULL, paste_tests},
	        {"pasted", NULL, NULL, NULL, NULL, pasted_tests},
	        {"message_pictures", NULL, NULL, NULL, NULL, message_pictures_tests},
	        {"notice", NULL, NULL, NULL, NULL, notice_tests},
	        {"rebind", NULL, NULL, NULL, NULL, rebind_tests},
	        {"recall", NULL, NULL, NULL, NULL, recall_tests},
	        {"sequences", NULL, NULL, NULL, NULL, sequences_tests},
	        {"statusbar", NULL, NULL, NULL, NULL, statusbar_tests},
	        {"theme", NULL, NULL, NULL, NULL, theme_tests},
	        {"transcript", NULL, NULL, NULL, NULL, transcript_tests},
	        {"transcript cursor", NULL, NULL, NULL, NULL, transcript_cursor_tests},
	        {"transcript long", NULL, NULL, NULL, NULL, transcript_long_tests},
	        {"tree view", NULL, NULL, NULL, NULL, tree_view_tests},
	        CU_SUITE_INFO_NULL,
	};

	setlocale(LC_ALL, ""); /* widths are the locale's */
	return harness_main(suites);
}
