/*
 * marks.c - which cells stand out: whole clusters, each mark with its own style, and nothing beside them.
 */
#include "tui/marks.h"

#include <string.h>

#include "base/compiler.h"
#include "tests/harness.h"
#include "tests/tui/tests.h"
#include "text/flow.h"
#include "tui/sheet_draw.h"

enum {
	COLS = 12,
};

/* A sign for each cell of the row: what stands out, where the choice is, and what is drawn as a sign. */
static void
expect_styles(const struct grid *g, int row, const char *want)
{
	static const struct {
		enum style style;
		char sign;
	} signs[] = {{STYLE_HIT, 'h'}, {STYLE_HIT_HERE, 'H'}, {STYLE_SIGN, 's'}};
	char have[COLS + 1] = {0};

	for (int col = 0; col < COLS; col++) {
		have[col] = '.';
		for (size_t i = 0; i < ARRAY_LEN(signs); i++)
			if (grid_cell(g, row, col)->style == signs[i].style)
				have[col] = signs[i].sign;
	}
	HARNESS_EQUAL(have, want);
}

/* One that begins or ends inside a cluster; and a wide one of which half has room. */
static void
paints_whole_clusters(void)
{
	static const struct {
		const char *text;
		struct mark mark;
		int end_col;
		const char *want;
	} rows[] = {
	        {"abc", {1, 2}, COLS, ".h.........."},
	        {"ae\xcc\x81z", {2, 4}, COLS, ".h.........."},
	        {"ae\xcc\x81z", {3, 4}, COLS, ".h.........."},
	        {"ae\xcc\x81z", {0, 2}, COLS, "hh.........."},
	        {"ae\xcc\x81z", {4, 5}, COLS, "..h........."},
	        {"a世界z", {2, 3}, COLS, ".hh........."},
	        {"a世界z", {3, 5}, COLS, ".hhhh......."},
	        {"a世界z", {4, 8}, 4, "...h........"},
	        {"abc", {0, 3}, 2, "hh.........."},
	        {"abc", {2, 2}, COLS, "............"},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct grid g;

		grid_init(&g, 1, COLS);
		grid_puts(&g, 0, 0, COLS, STYLE_TEXT, rows[i].text);
		marks_paint(&g, 0, 0, rows[i].end_col, rows[i].text, 0, strlen(rows[i].text), rows[i].mark, STYLE_HIT);
		expect_styles(&g, 0, rows[i].want);
		grid_release(&g);
	}
}

/* Those that touch are all kept; one that begins before the last one ends, has nothing or ends behind the text is not. */
static void
keeps_marks_apart(void)
{
	static const struct {
		struct mark marks[4];
		size_t n;
		const char *want; /* with brackets */
	} rows[] = {
	        {{{0, 2}, {2, 4}}, 2, "[ab][cd]efgh"},
	        {{{0, 3}, {2, 5}, {5, 6}}, 3, "[abc]de[f]gh"},
	        {{{1, 4}, {1, 3}, {3, 4}, {4, 8}}, 4, "a[bcd][efgh]"},
	        {{{3, 3}, {3, 4}}, 2, "abc[d]efgh"},
	        {{{0, 1}, {7, 8}}, 2, "[a]bcdefg[h]"},
	        {{{0, 1}, {7, 9}}, 2, "[a]bcdefgh"},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct marked m = {0};
		struct buf have = {0};
		size_t at = 0;

		marked_set(&m, "abcdefgh", 8, rows[i].marks, rows[i].n);
		for (size_t k = 0; k < m.n; k++) {
			CU_ASSERT_FATAL(m.marks[k].start >= at);
			buf_put(&have, m.text.data + at, m.marks[k].start - at);
			buf_printf(&have, "[%.*s]", (int)(m.marks[k].end - m.marks[k].start),
			        m.text.data + m.marks[k].start);
			at = m.marks[k].end;
		}
		buf_puts(&have, m.text.data + at);
		HARNESS_EQUAL(buf_text(&have), rows[i].want);
		buf_release(&have);
		marked_release(&m);
	}
}

/* Marks are of the source; what is not the same there stands out whole, but not when a mark only touches it. */
static void
paints_hits_that_touch(void)
{
	static const struct {
		const char *text;
		struct mark marks[2];
		size_t n, here;
		const char *want;
	} rows[] = {
	        {"abcd", {{0, 2}, {2, 4}}, 2, 1, "hhHH........"},
	        {"abcd", {{0, 2}, {2, 4}}, 2, 0, "HHhh........"},
	        {"&amp;hit&amp;", {{5, 8}}, 1, 1, ".hhh........"},
	        {"&amp;hit&amp;", {{0, 5}, {8, 13}}, 2, 1, "h...H......."},
	        {"&amp;hit&amp;", {{4, 8}}, 1, 0, "HHHH........"},
	        {"a*b*c", {{2, 3}, {4, 5}}, 2, 0, ".Hh........."},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct flow *f = flow_new(COLS, FLOW_MARKDOWN);
		struct rect line = {0, 0, 1, COLS};
		struct grid g;

		flow_grow(f, rows[i].text, strlen(rows[i].text), true);
		grid_init(&g, 1, COLS);
		sheet_draw(flow_sheet(f), 0, &g, line, STYLE_TEXT);
		CU_ASSERT(sheet_draw_marks(flow_sheet(f), 0, &g, line, rows[i].marks, rows[i].n, rows[i].here));
		expect_styles(&g, 0, rows[i].want);
		grid_release(&g);
		flow_free(f);
	}
}

/* A run goes on in the next row, a hit at the edge of one does not. */
static void
marks_the_row_that_has_the_hit(void)
{
	static const struct {
		struct mark mark;
		bool above, below;
	} rows[] = {
	        {{COLS - 2, COLS}, true, false},
	        {{COLS, COLS + 1}, false, true},
	        {{COLS - 1, COLS + 1}, true, true},
	};
	struct flow *f = flow_new(COLS, FLOW_MARKDOWN);
	struct rect line = {0, 0, 1, COLS};
	struct grid g;

	flow_grow(f, "abcdefghijklmnop", 16, true);
	CU_ASSERT_FATAL(flow_sheet(f)->n_rows == 2);
	grid_init(&g, 1, COLS);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		CU_ASSERT_EQUAL(sheet_draw_marks(flow_sheet(f), 0, &g, line, &rows[i].mark, 1, 1), rows[i].above);
		CU_ASSERT_EQUAL(sheet_draw_marks(flow_sheet(f), 1, &g, line, &rows[i].mark, 1, 1), rows[i].below);
	}
	grid_release(&g);
	flow_free(f);
}

/* Below the sign of an item are blanks, which are not drawn, and what is found stands behind them. */
static void
leaves_a_lead_of_spaces_alone(void)
{
	static const struct mark mark = {4, 5};
	struct flow *f = flow_new(COLS, FLOW_MARKDOWN);
	struct grid g;

	flow_grow(f, "- a\n  b", 7, true);
	CU_ASSERT_FATAL(flow_sheet(f)->n_rows == 2);
	grid_init(&g, 2, COLS);
	for (size_t row = 0; row < 2; row++)
		sheet_draw(flow_sheet(f), row, &g, (struct rect){(int)row, 0, 1, COLS}, STYLE_TEXT);
	sheet_draw_marks(flow_sheet(f), 1, &g, (struct rect){1, 0, 1, COLS}, &(struct mark){6, 7}, 1, 1);
	EXPECT_GRID(&g, "• a\n  b\n");
	expect_styles(&g, 0, "ss..........");
	expect_styles(&g, 1, "..h.........");
	CU_ASSERT(!sheet_draw_marks(flow_sheet(f), 1, &g, (struct rect){1, 0, 1, COLS}, &mark, 1, 1));
	grid_release(&g);
	flow_free(f);
}

CU_TestInfo marks_tests[] = {
        {"paints whole clusters", paints_whole_clusters},
        {"keeps marks apart", keeps_marks_apart},
        {"paints hits that touch", paints_hits_that_touch},
        {"marks the row that has the hit", marks_the_row_that_has_the_hit},
        {"leaves a lead of spaces alone", leaves_a_lead_of_spaces_alone},
        CU_TEST_INFO_NULL,
};
