/*
 * grid.c - cells, clipped and overwritten.
 */
#include "tui/grid.h"

#include <string.h>

#include "base/compiler.h"
#include "tests/harness.h"
#include "tests/tui/tests.h"

static void
puts_clusters_into_cells(void)
{
	struct grid g;

	grid_init(&g, 1, 12);
	CU_ASSERT(grid_puts(&g, 0, 1, 12, STYLE_PROMPT, "a世e\xcc\x81🇩🇪!") == 8);
	EXPECT_GRID(&g, " a世e\xcc\x81"
	                "DE!\n");
	CU_ASSERT(grid_cell(&g, 0, 2)->width == 2 && grid_cell(&g, 0, 3)->width == 0);
	HARNESS_EQUAL(grid_cell(&g, 0, 4)->text, "e\xcc\x81");
	HARNESS_EQUAL(grid_cell(&g, 0, 6)->text, "E");
	CU_ASSERT(grid_cell(&g, 0, 1)->style == STYLE_PROMPT && grid_cell(&g, 0, 0)->style == STYLE_TEXT);
	grid_release(&g);
}

static void
clips_and_never_splits(void)
{
	static const struct {
		int col, end;
		const char *text, *want;
	} rows[] = {
	        {0, 4, "世界世", "世界\n"},
	        {0, 3, "世界", "世\n"},
	        {3, 4, "世", "\n"},
	        {2, 9, "abcdef", "  ab\n"},
	        {4, 9, "x", "\n"},
	        {0, 4, "", "\n"},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct grid g;

		grid_init(&g, 1, 4);
		grid_puts(&g, 0, rows[i].col, rows[i].end, STYLE_TEXT, rows[i].text);
		EXPECT_GRID(&g, rows[i].want);
		grid_puts(&g, 1, 0, 4, STYLE_TEXT, "below");
		grid_puts(&g, -1, 0, 4, STYLE_TEXT, "above");
		EXPECT_GRID(&g, rows[i].want);
		grid_release(&g);
	}
}

static void
leaves_no_half_character(void)
{
	struct grid g;

	grid_init(&g, 1, 6);
	grid_puts(&g, 0, 0, 6, STYLE_TEXT, "世界世");
	grid_puts(&g, 0, 1, 2, STYLE_TEXT, "x");
	EXPECT_GRID(&g, " x界世\n");
	grid_puts(&g, 0, 3, 6, STYLE_TEXT, "语");
	EXPECT_GRID(&g, " x 语\n");
	grid_release(&g);
}

CU_TestInfo grid_tests[] = {
        {"puts clusters into cells", puts_clusters_into_cells},
        {"clips and never splits", clips_and_never_splits},
        {"leaves no half character", leaves_no_half_character},
        CU_TEST_INFO_NULL,
};
