/*
 * help.c - the page of help: two columns, wrapped, scrolled as far as there is something.
 */
#include "tui/help.h"

#include "base/compiler.h"
#include "tests/harness.h"
#include "tests/tui/tests.h"

static void
fill(struct help *h)
{
	*h = (struct help){0};
	help_add(h, NULL, "Keys");
	help_add(h, "Enter", "send the prompt");
	help_add(h, "Ctrl+J", "break the line");
	help_add(h, NULL, "Commands");
	help_add(h, "/new", "another one");
}

static void
expect(struct help *h, int rows, int cols, const char *want)
{
	struct grid g;

	grid_init(&g, rows, cols);
	help_draw(h, &g, (struct rect){0, 0, rows, cols});
	EXPECT_GRID(&g, want);
	grid_release(&g);
}

static void
stands_in_two_columns(void)
{
	struct help h;

	fill(&h);
	expect(&h, 6, 30,
	        "Keys\n"
	        "  Enter   send the prompt\n"
	        "  Ctrl+J  break the line\n"
	        "\n"
	        "Commands\n"
	        "  /new    another one\n");
	help_release(&h);
}

static void
wraps_where_it_is_narrow(void)
{
	struct help h;

	fill(&h);
	expect(&h, 6, 18,
	        "Keys\n"
	        "  Enter   send the\n"
	        "          prompt\n"
	        "  Ctrl+J  break\n"
	        "          the line\n"
	        "\n");
	expect(&h, 3, 10,
	        "Keys\n"
	        "  Ente  se\n"
	        "  r     nd\n");
	help_release(&h);
}

static void
scrolls_as_far_as_there_is_text(void)
{
	static const struct {
		long lines;
		const char *want;
	} rows[] = {
	        {0, "Keys\n  Enter   send the prompt\n"},
	        {-3, "Keys\n  Enter   send the prompt\n"},
	        {1, "  Enter   send the prompt\n  Ctrl+J  break the line\n"},
	        {99, "Commands\n  /new    another one\n"},
	        {-1, "\nCommands\n"},
	        {-99, "Keys\n  Enter   send the prompt\n"},
	};
	struct help h;

	fill(&h);
	expect(&h, 2, 30, rows[0].want);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		help_scroll(&h, rows[i].lines);
		expect(&h, 2, 30, rows[i].want);
	}
	help_release(&h);
}

static void
fills_a_view_that_grew(void)
{
	struct help h;

	fill(&h);
	expect(&h, 2, 30, "Keys\n  Enter   send the prompt\n");
	help_scroll(&h, 99);
	expect(&h, 3, 30, "\nCommands\n  /new    another one\n");
	help_release(&h);
}

CU_TestInfo help_tests[] = {
        {"stands in two columns", stands_in_two_columns},
        {"wraps where it is narrow", wraps_where_it_is_narrow},
        {"scrolls as far as there is text", scrolls_as_far_as_there_is_text},
        {"fills a view that grew", fills_a_view_that_grew},
        CU_TEST_INFO_NULL,
};
