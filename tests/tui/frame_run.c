/*
 * frame_run.c - which frames are a few runs of letters.
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

/* How many runs; -1: it is another change. */
static int
compare(const struct put *before, const struct put *changes, size_t n, struct frame_runs *runs)
{
	struct grid now, shown;
	uint64_t versions[ROWS];
	bool found;

	grid_init(&now, ROWS, COLS);
	grid_init(&shown, ROWS, COLS);
	put(&now, before);
	put(&shown, before);
	for (int row = 0; row < ROWS; row++)
		versions[row] = grid_version(&now, row);
	for (size_t i = 0; i < n; i++)
		put(&now, &changes[i]);
	found = frame_find_runs(&now, &shown, versions, runs);
	grid_release(&now);
	grid_release(&shown);
	return found ? runs->n : -1;
}

static void
tells_runs_from_all_else(void)
{
	static const struct {
		struct put before, changes[2];
		int want; /* runs, of which this is the first */
		int row, col, n;
	} cases[] = {
	        {{1, 0, "some text", STYLE_TEXT}, {{0}}, 0, 0, 0, 0},
	        {{1, 0, "some text", STYLE_TEXT}, {{1, 5, "text", STYLE_TEXT}}, 0, 0, 0, 0},
	        {{1, 0, "some", STYLE_TEXT}, {{1, 4, " text", STYLE_TEXT}}, 1, 1, 5, 4},
	        {{1, 0, "some text", STYLE_TEXT}, {{1, 5, "    ", STYLE_TEXT}}, 1, 1, 5, 4},
	        {{2, 0, "some text", STYLE_TEXT}, {{2, 0, "same next", STYLE_TEXT}}, 1, 2, 1, 5},
	        {{1, 0, "some", STYLE_TEXT}, {{1, 0, "some", STYLE_NOTE}}, 1, 1, 0, 4},
	        {{1, 0, "ü", STYLE_TEXT}, {{1, 0, "ue", STYLE_TEXT}}, 1, 1, 0, 2},
	        {{1, 0, "some", STYLE_TEXT}, {{2, 0, "bc", STYLE_TEXT}, {1, 4, "a", STYLE_TEXT}}, 2, 1, 4, 1},
	        {{1, 0, "some", STYLE_TEXT}, {{0, 3, "abc", STYLE_CODE}, {2, 0, "b", STYLE_TEXT}}, 2, 0, 3, 3},
	        {{1, 0, "some", STYLE_TEXT}, {{1, 4, "a", STYLE_TEXT}, {2, 0, "ü", STYLE_TEXT}}, -1, 0, 0, 0},
	        {{1, 0, "some", STYLE_TEXT}, {{1, 4, "a", STYLE_TEXT}, {1, 5, "b", STYLE_NOTE}}, -1, 0, 0, 0},
	        {{1, 0, "some", STYLE_TEXT}, {{1, 4, "ü", STYLE_TEXT}}, -1, 0, 0, 0},
	        {{1, 0, "some", STYLE_TEXT}, {{1, 4, "文", STYLE_TEXT}}, -1, 0, 0, 0},
	        {{1, 0, "文", STYLE_TEXT}, {{1, 0, "ab", STYLE_TEXT}}, -1, 0, 0, 0},
	        {{1, 0, "文", STYLE_TEXT}, {{1, 1, "b", STYLE_TEXT}}, -1, 0, 0, 0},
	        {{1, 0, "some", STYLE_TEXT}, {{1, COLS - 1, "a", STYLE_TEXT}}, -1, 0, 0, 0},
	        {{1, 0, "some", STYLE_TEXT}, {{1, COLS - 2, "a", STYLE_TEXT}}, 1, 1, COLS - 2, 1},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct frame_runs runs;
		const struct frame_run *first = &runs.list[0];
		int n = compare(&cases[i].before, cases[i].changes, ARRAY_LEN(cases[i].changes), &runs);

		HARNESS_CHECK(n == cases[i].want, "case %zu: %d", i, n);
		if (n > 0)
			HARNESS_CHECK(
			        first->row == cases[i].row && first->col == cases[i].col && first->n == cases[i].n,
			        "case %zu: row %d, column %d, %d columns", i, first->row, first->col, first->n);
	}
}

static void
long_run_is_another_change(void)
{
	struct grid now, shown;
	uint64_t versions[1];
	struct frame_runs runs;

	grid_init(&now, 1, FRAME_RUN_MAX + 2);
	grid_init(&shown, 1, FRAME_RUN_MAX + 2);
	versions[0] = grid_version(&now, 0);
	grid_fill(&now, 0, 0, FRAME_RUN_MAX, STYLE_TEXT, "x");
	grid_puts(&now, 0, 0, 1, STYLE_TEXT, "x"); /* another version */
	CU_ASSERT(frame_find_runs(&now, &shown, versions, &runs) && runs.n == 1 && runs.list[0].n == FRAME_RUN_MAX);
	grid_puts(&now, 0, FRAME_RUN_MAX, FRAME_RUN_MAX + 1, STYLE_TEXT, "x");
	CU_ASSERT(!frame_find_runs(&now, &shown, versions, &runs));
	versions[0] = 0;
	CU_ASSERT(!frame_find_runs(&shown, &shown, versions, &runs));
	grid_release(&now);
	grid_release(&shown);
}

static void
more_runs_are_another_change(void)
{
	struct grid now, shown;
	uint64_t versions[FRAME_RUNS_MAX + 1];
	struct frame_runs runs;

	grid_init(&now, FRAME_RUNS_MAX + 1, COLS);
	grid_init(&shown, FRAME_RUNS_MAX + 1, COLS);
	for (int row = 0; row <= FRAME_RUNS_MAX; row++)
		versions[row] = grid_version(&now, row);
	for (int row = 0; row <= FRAME_RUNS_MAX; row++) {
		bool found;

		grid_puts(&now, row, 2, COLS, STYLE_TEXT, "word");
		found = frame_find_runs(&now, &shown, versions, &runs);
		CU_ASSERT(row < FRAME_RUNS_MAX ? found && runs.n == row + 1 : !found);
	}
	grid_release(&now);
	grid_release(&shown);
}

CU_TestInfo frame_run_tests[] = {
        {"tells runs from all else", tells_runs_from_all_else},
        {"a long run, and an unknown row, are another change", long_run_is_another_change},
        {"so are more runs than a few", more_runs_are_another_change},
        CU_TEST_INFO_NULL,
};
