/*
 * grid.c - cells, clipped and overwritten.
 */
#include "tui/grid.h"

#include <stdlib.h>
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

static void
keeps_lines_under_their_keys(void)
{
	const struct rect line = {0, 1, 1, 4}, rest = {0, 3, 1, 9};
	uint64_t version;
	struct grid g;

	grid_init(&g, 2, 6);
	CU_ASSERT(grid_line(&g, line, 7));
	grid_puts(&g, 0, 1, 5, STYLE_TEXT, "word");
	version = grid_version(&g, 0);
	CU_ASSERT(!grid_line(&g, line, 7) && grid_version(&g, 0) == version);
	EXPECT_GRID(&g, " word\n\n");
	CU_ASSERT(grid_line(&g, line, 8) && grid_version(&g, 0) != version);
	EXPECT_GRID(&g, "\n\n");
	grid_puts(&g, 0, 1, 5, STYLE_TEXT, "more");
	grid_blank(&g, rest); /* somebody else's, over a part of it */
	EXPECT_GRID(&g, " mo\n\n");
	CU_ASSERT(grid_line(&g, line, 8));
	grid_resize(&g, 2, 6);
	CU_ASSERT(grid_line(&g, line, 8));
	CU_ASSERT(!grid_line(&g, (struct rect){2, 0, 1, 6}, 8)); /* there is no such row */
	grid_release(&g);
}

static int
by_value(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* Also where the first letters differ in just the bits in which the looks do. */
static void
gives_each_text_its_key(void)
{
	enum { LOOKS = 4, CHARACTERS = '~' - ' ' + 1 };
	static uint64_t keys[LOOKS * CHARACTERS * (1 + CHARACTERS)];
	size_t n = 0;

	for (unsigned look = 0; look < LOOKS; look++)
		for (char a = ' '; a <= '~'; a++) {
			keys[n++] = grid_text_key(&a, 1, look);
			for (char b = ' '; b <= '~'; b++)
				keys[n++] = grid_text_key((char[]){a, b}, 2, look);
		}
	CU_ASSERT_EQUAL_FATAL(n, ARRAY_LEN(keys));
	qsort(keys, n, sizeof(*keys), by_value);
	for (size_t i = 1; i < n; i++)
		CU_ASSERT_FATAL(keys[i - 1] != keys[i]);
}

static void
gives_a_version_once(void)
{
	struct grid g;
	uint64_t version;

	grid_init(&g, 1, 4);
	version = grid_version(&g, 0);
	grid_resize(&g, 1, 5);
	grid_resize(&g, 1, 4);
	CU_ASSERT(grid_version(&g, 0) > version);
	version = grid_version(&g, 0);
	grid_fill(&g, 0, 1, 9, STYLE_NOTE, "─");
	EXPECT_GRID(&g, " ───\n");
	CU_ASSERT(grid_version(&g, 0) > version);
	version = grid_version(&g, 0);
	grid_paint(&g, 0, 0, 4, STYLE_MARK);
	CU_ASSERT(grid_version(&g, 0) > version);
	grid_release(&g);
}

static void
expect_change(const struct grid *g, int row, uint64_t version, int from, int end)
{
	int has_from, has_end;

	grid_changed(g, row, version, &has_from, &has_end);
	CU_ASSERT_EQUAL(has_from, from);
	CU_ASSERT_EQUAL(has_end, end);
}

static void
lets_a_text_grow(void)
{
	struct rect line = {1, 1, 1, 8};
	struct grid g;
	uint64_t version;

	grid_init(&g, 2, 10);
	CU_ASSERT(grid_line(&g, line, 7));
	grid_puts(&g, 1, 1, 9, STYLE_TEXT, "one");
	CU_ASSERT_EQUAL(grid_text_end(&g, 1).len, 0);
	grid_text_ends(&g, 1, 3, 4);
	CU_ASSERT_EQUAL(grid_text_end(&g, 1).len, 3);
	CU_ASSERT_EQUAL(grid_text_end(&g, 1).end, 4);
	version = grid_version(&g, 1);
	expect_change(&g, 1, version, 0, 10);

	CU_ASSERT(!grid_line_grow(&g, line, 8, 9));
	CU_ASSERT(!grid_line_grow(&g, (struct rect){1, 0, 1, 8}, 7, 9));
	CU_ASSERT(grid_line_grow(&g, line, 7, 9));
	CU_ASSERT(grid_line_stands(&g, line, 9));
	CU_ASSERT(!grid_line_stands(&g, line, 7));
	grid_puts(&g, 1, 4, 9, STYLE_TEXT, " two");
	grid_text_ends(&g, 1, 7, 8);
	EXPECT_GRID(&g, "\n one two\n");
	expect_change(&g, 1, version, 4, 8);
	expect_change(&g, 1, version - 1, 0, 10);
	CU_ASSERT(!grid_line(&g, line, 9));

	/* Twice between two looks at it. */
	CU_ASSERT(grid_line_grow(&g, line, 9, 11));
	grid_puts(&g, 1, 8, 9, STYLE_TEXT, "!");
	grid_text_ends(&g, 1, 8, 9);
	expect_change(&g, 1, version, 0, 10);

	/* Something else was put over it; it was drawn anew. */
	grid_puts(&g, 1, 0, 3, STYLE_TEXT, "##");
	CU_ASSERT_EQUAL(grid_text_end(&g, 1).len, 0);
	CU_ASSERT(!grid_line_grow(&g, line, 11, 12));
	version = grid_version(&g, 1);
	CU_ASSERT(grid_line(&g, line, 12));
	grid_text_ends(&g, 1, 0, 1);
	expect_change(&g, 1, version, 0, 10);
	grid_text_ends(&g, 2, 1, 1); /* there is no such row */
	grid_release(&g);
}

CU_TestInfo grid_tests[] = {
        {"puts clusters into cells", puts_clusters_into_cells},
        {"clips and never splits", clips_and_never_splits},
        {"leaves no half character", leaves_no_half_character},
        {"keeps lines under their keys", keeps_lines_under_their_keys},
        {"gives each text its key", gives_each_text_its_key},
        {"gives a version once", gives_a_version_once},
        {"lets a text grow", lets_a_text_grow},
        CU_TEST_INFO_NULL,
};
