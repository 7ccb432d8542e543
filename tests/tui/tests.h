/*
 * tests.h - the test tables of this directory, one per file.
 */
#ifndef FLYNN_TESTS_TUI_TESTS_H
#define FLYNN_TESTS_TUI_TESTS_H

#include <CUnit/CUnit.h>

#include "tui/grid.h"

extern CU_TestInfo browser_tests[];
extern CU_TestInfo clipboard_tests[];
extern CU_TestInfo composer_tests[];
extern CU_TestInfo edit_history_tests[];
extern CU_TestInfo frame_run_tests[];
extern CU_TestInfo frame_scroll_tests[];
extern CU_TestInfo grid_tests[];
extern CU_TestInfo help_tests[];
extern CU_TestInfo hits_tests[];
extern CU_TestInfo key_input_tests[];
extern CU_TestInfo keymap_tests[];
extern CU_TestInfo layout_tests[];
extern CU_TestInfo lens_tests[];
extern CU_TestInfo marks_tests[];
extern CU_TestInfo message_pictures_tests[];
extern CU_TestInfo pacing_tests[];
extern CU_TestInfo palette_tests[];
extern CU_TestInfo notice_tests[];
extern CU_TestInfo pane_title_tests[];
extern CU_TestInfo paste_tests[];
extern CU_TestInfo pasted_tests[];
extern CU_TestInfo rebind_tests[];
extern CU_TestInfo recall_tests[];
extern CU_TestInfo sequences_tests[];
extern CU_TestInfo statusbar_tests[];
extern CU_TestInfo theme_tests[];
extern CU_TestInfo transcript_cursor_tests[];
extern CU_TestInfo transcript_long_tests[];
extern CU_TestInfo transcript_tests[];
extern CU_TestInfo tree_view_tests[];

/* The grid's text against what it should be. */
#define EXPECT_GRID(grid, want) expect_grid((grid), (want), __FILE__, __LINE__)
void expect_grid(const struct grid *, const char *want, const char *file, int line);

#endif
