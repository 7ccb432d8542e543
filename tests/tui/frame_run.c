/*
 * frame_run.c - which frames are one run of letters.
 */
#include "tui/frame_run.h"

#include "base/compiler.h"
#include "tests/harness.h"
#include "tests/tui/tests.h"

enum {
	ROWS = 3,
	COLS = 20,
};

/* "│" is a text of its own: a change puts one of these over what stands there. */
struct put {
	int row, col;
	const char *text;
	enum style style;
};

static void
put(struct grid *g, const struct put *p)
{
	if (p->text)
		grid_puts(g, p->row, p->col, g->cols, p->style, p->text);
}

static enum frame_change
compare(const struct put *before, const struct put *changes, size_t n, struct frame_run *run)
{
	struct grid now, shown;
	uint64_t versions[ROWS];
	enum frame_change change;

	grid_init(&now, ROWS, COLS);
	grid_init(&shown, ROWS, COLS);
	put(&now, before);
	put(&shown, before);
	for (int row = 0; row < ROWS; row++)
		versions[row] = grid_version(&now, row);
	for (size_t i = 0; i < n; i++)
		put(&now, &changes[i]);
	change = frame_compare(&now, &shown, versions, run);
	grid_release(&now);
	grid_release(&shown);
	return change;
}

static void
tells_one_run_from_all_else(void)
{
	static const struct {
		struct put before, changes[2];
		enum frame_change want;
		int row, col, n;
	} cases[] = {
	        {{1, 0, "some text", STYLE_TEXT}, {{0}}, FRAME_SAME, 0, 0, 0},
	        {{1, 0, "some text", STYLE_TEXT}, {{1, 5, "text", STYLE_TEXT}}, FRAME_SAME, 0, 0, 0},
	        {{1, 0, "some", STYLE_TEXT}, {{1, 4, " text", STYLE_TEXT}}, FRAME_RUN, 1, 5, 4},
	        {{1, 0, "some text", STYLE_TEXT}, {{1, 5, "    ", STYLE_TEXT}}, FRAME_RUN, 1, 5, 4},
	        {{2, 0, "some text", STYLE_TEXT}, {{2, 0, "same next", STYLE_TEXT}}, FRAME_RUN, 2, 1, 5},
	        {{1, 0, "some", STYLE_TEXT}, {{1, 0, "some", STYLE_NOTE}}, FRAME_RUN, 1, 0, 4},
	        {{1, 0, "ü", STYLE_TEXT}, {{1, 0, "ue", STYLE_TEXT}}, FRAME_RUN, 1, 0, 2},
	        {{1, 0, "some", STYLE_TEXT}, {{1, 4, "a", STYLE_TEXT}, {2, 0, "b", STYLE_TEXT}}, FRAME_OTHER, 0, 0, 0},
	        {{1, 0, "some", STYLE_TEXT}, {{1, 4, "a", STYLE_TEXT}, {1, 5, "b", STYLE_NOTE}}, FRAME_OTHER, 0, 0, 0},
	        {{1, 0, "some", STYLE_TEXT}, {{1, 4, "ü", STYLE_TEXT}}, FRAME_OTHER, 0, 0, 0},
	        {{1, 0, "some", STYLE_TEXT}, {{1, 4, "文", STYLE_TEXT}}, FRAME_OTHER, 0, 0, 0},
	        {{1, 0, "文", STYLE_TEXT}, {{1, 0, "ab", STYLE_TEXT}}, FRAME_OTHER, 0, 0, 0},
	        {{1, 0, "文", STYLE_TEXT}, {{1, 1, "b", STYLE_TEXT}}, FRAME_OTHER, 0, 0, 0},
	        {{1, 0, "some", STYLE_TEXT}, {{1, COLS - 1, "a", STYLE_TEXT}}, FRAME_OTHER, 0, 0, 0},
	        {{1, 0, "some", STYLE_TEXT}, {{1, COLS - 2, "a", STYLE_TEXT}}, FRAME_RUN, 1, COLS - 2, 1},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct frame_run run = {0};
		enum frame_change change =
		        compare(&cases[i].before, cases[i].changes, ARRAY_LEN(cases[i].changes), &run);

		HARNESS_CHECK(change == cases[i].want, "case %zu: %d", i, (int)change);
		if (change == FRAME_RUN)
			HARNESS_CHECK(run.row == cases[i].row && run.col == cases[i].col && run.n == cases[i].n,
			        "case %zu: row %d, column %d, %d columns", i, run.row, run.col, run.n);
	}
}

static void
long_run_is_another_change(void)
{
	struct grid now, shown;
	uint64_t versions[1];
	struct frame_run run;

	grid_init(&now, 1, FRAME_RUN_MAX + 2);
	grid_init(&shown, 1, FRAME_RUN_MAX + 2);
	versions[0] = grid_version(&now, 0);
	grid_fill(&now, 0, 0, FRAME_RUN_MAX, STYLE_TEXT, "x");
	grid_puts(&now, 0, 0, 1, STYLE_TEXT, "x"); /* another version */
	CU_ASSERT(frame_compare(&now, &shown, versions, &run) == FRAME_RUN && run.n == FRAME_RUN_MAX);
	grid_puts(&now, 0, FRAME_RUN_MAX, FRAME_RUN_MAX + 1, STYLE_TEXT, "x");
	CU_ASSERT(frame_compare(&now, &shown, versions, &run) == FRAME_OTHER);
	versions[0] = 0;
	CU_ASSERT(frame_compare(&shown, &shown, versions, &run) == FRAME_OTHER);
	grid_release(&now);
	grid_release(&shown);
}

CU_TestInfo frame_run_tests[] = {
        {"tells one run from all else", tells_one_run_from_all_else},
        {"a long run, and an unknown row, are another change", long_run_is_another_change},
        CU_TEST_INFO_NULL,
};
