/*
 * palette.c - the palette's view: a box where there is room, rows in columns, marks where they belong, on any size.
 */
#include "tui/picker.h"

#include <string.h>

#include "base/compiler.h"
#include "tests/harness.h"
#include "tests/tui/tests.h"

static void
fill(struct picker *v)
{
	/* Of "quit leave flynn": "qu", and "lea". */
	static const struct mark marks[] = {{0, 2}, {5, 8}};

	picker_init(v, "What can be done here");
	picker_add(v, "quit", "leave flynn", "Ctrl+Q", marks, ARRAY_LEN(marks));
	picker_add(v, "new-conversation", "another one", "Ctrl+N", NULL, 0);
	picker_add(v, "/quit", "leave flynn\x1b[31m\nnow", "", NULL, 0);
}

static void
draw(struct picker *v, struct grid *g)
{
	grid_clear(g);
	picker_layout(v, g->rows, g->cols);
	picker_draw(v, g, (struct rect){0, 0, g->rows, g->cols}, "nothing", "Enter run");
}

static void
expect(struct picker *v, int rows, int cols, const char *want)
{
	struct grid g;

	grid_init(&g, rows, cols);
	draw(v, &g);
	EXPECT_GRID(&g, want);
	grid_release(&g);
}

static void
fits_screens_of_every_shape(void)
{
	struct picker v;

	fill(&v);
	expect(&v, 4, 20,
	        ">\n"
	        "> quit       Ctrl+Q\n"
	        "  new-conv…  Ctrl+N\n"
	        "  /quit  leave fly…\n");
	expect(&v, 5, 60,
	        ">\n"
	        "> quit              leave flynn                      Ctrl+Q\n"
	        "  new-conversation  another one                      Ctrl+N\n"
	        "  /quit             leave flynn^[[31m now\n"
	        "\n");
	expect(&v, 12, 50,
	        "\n"
	        "  ┌─ What can be done here ────────────────────┐\n"
	        "  │>                                           │\n"
	        "  ├────────────────────────────────────────────┤\n"
	        "  │> quit              leave flynn      Ctrl+Q │\n"
	        "  │  new-conversation  another one      Ctrl+N │\n"
	        "  │  /quit             leave flynn^[[31m now   │\n"
	        "  │                                            │\n"
	        "  │                                            │\n"
	        "  └─ Enter run ────────────────────────────────┘\n"
	        "\n\n");
	picker_release(&v);
}

static void
breaks_on_no_size(void)
{
	struct picker v;

	fill(&v);
	for (int rows = 1; rows < 16; rows++)
		for (int cols = 1; cols < 60; cols++) {
			struct grid g;

			grid_init(&g, rows, cols);
			draw(&v, &g);
			picker_move(&v, cols % 2 ? 1 : -1);
			grid_release(&g);
		}
	picker_clear(&v);
	expect(&v, 3, 12, ">\n  nothing\n\n");
	picker_release(&v);
}

static void
stays_where_it_is_without_rows(void)
{
	static const long moves[] = {1, -1, 20, -20};
	struct picker v;

	picker_init(&v, "Nothing");
	for (size_t i = 0; i < ARRAY_LEN(moves); i++) {
		picker_move(&v, moves[i]);
		CU_ASSERT_EQUAL(v.chosen, 0);
	}
	picker_add(&v, "quit", "leave flynn", "", NULL, 0);
	expect(&v, 3, 20, ">\n> quit  leave flynn\n\n");
	picker_release(&v);
}

static void
marks_what_was_found(void)
{
	static const struct {
		int row, col;
		enum style style;
	} rows[] = {
	        {1, 2, STYLE_HIT_CHOSEN},
	        {1, 3, STYLE_HIT_CHOSEN},
	        {1, 4, STYLE_CHOSEN},
	        {1, 20, STYLE_HIT_CHOSEN},
	        {1, 22, STYLE_HIT_CHOSEN},
	        {1, 23, STYLE_CHOSEN},
	        {2, 2, STYLE_TEXT},
	        {2, 20, STYLE_NOTE},
	};
	struct picker v;
	struct grid g;

	fill(&v);
	grid_init(&g, 5, 60);
	draw(&v, &g);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		HARNESS_CHECK(grid_cell(&g, rows[i].row, rows[i].col)->style == rows[i].style, "%d %d", rows[i].row,
		        rows[i].col);
	grid_release(&g);
	picker_release(&v);
}

CU_TestInfo palette_tests[] = {
        {"fits screens of every shape", fits_screens_of_every_shape},
        {"breaks on no size", breaks_on_no_size},
        {"stays where it is without rows", stays_where_it_is_without_rows},
        {"marks what was found", marks_what_was_found},
        CU_TEST_INFO_NULL,
};
