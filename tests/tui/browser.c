/*
 * browser.c - the browser's view: rows and preview on screens of every shape, the choice held by what is chosen, hits
 * marked, and nothing foreign reaching the grid raw.
 */
#include "tui/browser.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "tests/harness.h"
#include "tests/tui/tests.h"

static void
add(struct browser *b, int64_t id, const char *title, const char *tags, const char *when)
{
	browser_add(b,
	        &(struct browser_entry){.id = id, .title = title, .notes = tags, .when = when, .count = "3 messages"});
}

static void
fill(struct browser *b, int n)
{
	char title[32];

	browser_begin(b);
	for (int i = 1; i <= n; i++) {
		snprintf(title, sizeof(title), "Conversation %d", i);
		add(b, i, title, i == 2 ? "pinned" : "", "3 h");
	}
	browser_end(b);
}

/* A row with what was found in it, between brackets. */
static void
add_found(struct browser *b, int64_t id, int64_t message, const char *line)
{
	const char *open = strchr(line, '['), *close = strchr(line, ']');
	struct mark hit = {(size_t)(open - line) + 1, (size_t)(close - line)};

	browser_add(b, &(struct browser_entry){.id = id,
	                       .message = message,
	                       .title = "Found",
	                       .notes = "",
	                       .when = "now",
	                       .count = "",
	                       .line = line,
	                       .line_len = strlen(line),
	                       .hits = &hit,
	                       .n_hits = 1});
}

static void
draw(struct browser *b, struct grid *g)
{
	grid_clear(g);
	browser_layout(b, g->rows, g->cols);
	browser_draw(b, g, (struct rect){0, 0, g->rows, g->cols});
}

static void
expect(struct browser *b, int rows, int cols, const char *want)
{
	struct grid g;

	grid_init(&g, rows, cols);
	draw(b, &g);
	EXPECT_GRID(&g, want);
	grid_release(&g);
}

static void
fits_screens_of_every_shape(void)
{
	struct browser b;

	browser_init(&b);
	fill(&b, 3);
	buf_puts(&b.label, "newest first");
	browser_preview_add(&b, STYLE_TEXT, "What it says", 12, NULL, 0);
	expect(&b, 4, 20,
	        ">\n"
	        "> Conversation 1\n"
	        "  Conversation 2\n"
	        "  Conversation 3\n");
	expect(&b, 8, 40,
	        ">\n"
	        "── newest first ────────────────────────\n"
	        "> Conversation 1                    3 h\n"
	        "  Conversation 2       pinned       3 h\n"
	        "  Conversation 3                    3 h\n"
	        "\n\n\n");
	expect(&b, 18, 60,
	        ">\n"
	        "── newest first ────────────────────────────────────────────\n"
	        "> Conversation 1                       3 messages       3 h\n"
	        "  Conversation 2               pinned  3 messages       3 h\n"
	        "  Conversation 3                       3 messages       3 h\n"
	        "\n\n\n\n\n"
	        "────────────────────────────────────────────────────────────\n"
	        "What it says\n"
	        "\n\n\n\n\n\n");
	expect(&b, 8, 90,
	        ">\n"
	        "── newest first ──────────────────────────────────────────────────────────────────────────\n"
	        "> Conversation 1                3 h │ What it says\n"
	        "  Conversation 2   pinned       3 h │\n"
	        "  Conversation 3                3 h │\n"
	        "                                    │\n"
	        "                                    │\n"
	        "                                    │\n");
	browser_release(&b);
}

static void
breaks_on_no_size(void)
{
	struct browser b;
	struct grid g;

	browser_init(&b);
	fill(&b, 50);
	browser_preview_add(&b, STYLE_TEXT, "A text that is long enough to wrap", 34, NULL, 0);
	grid_init(&g, 1, 1);
	for (int rows = 4; rows < 30; rows++)
		for (int cols = 20; cols < 130; cols += 3) {
			grid_resize(&g, rows, cols);
			draw(&b, &g);
			browser_move(&b, 7);
			draw(&b, &g);
			CU_ASSERT(b.chosen >= b.top && b.chosen < b.top + b.page);
			browser_move(&b, -3);
		}
	grid_release(&g);
	browser_release(&b);
}

static void
scrolls_with_the_choice(void)
{
	struct browser b;

	browser_init(&b);
	fill(&b, 6);
	browser_move(&b, 4);
	expect(&b, 4, 20, ">\n  Conversation 3\n  Conversation 4\n> Conversation 5\n");
	browser_move(&b, -1);
	expect(&b, 4, 20, ">\n  Conversation 3\n> Conversation 4\n  Conversation 5\n");
	browser_move(&b, 99);
	expect(&b, 4, 20, ">\n  Conversation 4\n  Conversation 5\n> Conversation 6\n");
	CU_ASSERT(browser_wants_more(&b));
	browser_move(&b, -99);
	expect(&b, 4, 20, ">\n> Conversation 1\n  Conversation 2\n  Conversation 3\n");
	browser_release(&b);
}

static void
keeps_what_was_chosen(void)
{
	struct browser b;
	int64_t id, message;

	browser_init(&b);
	CU_ASSERT_FALSE(browser_chosen(&b, &id, &message));
	fill(&b, 5);
	CU_ASSERT_FATAL(browser_chosen(&b, &id, &message));
	CU_ASSERT_EQUAL(id, 1);
	browser_move(&b, 3);
	browser_begin(&b);
	add(&b, 9, "A new one", "", "now");
	for (int i = 1; i <= 4; i++)
		add(&b, i, "Old", "", "1 h");
	browser_end(&b);
	CU_ASSERT_FATAL(browser_chosen(&b, &id, &message));
	CU_ASSERT_EQUAL(id, 4);
	fill(&b, 3); /* it is gone: the first */
	CU_ASSERT_FATAL(browser_chosen(&b, &id, &message));
	CU_ASSERT_EQUAL(id, 1);
	browser_begin(&b); /* never chosen: the first, whichever it is */
	add(&b, 8, "Newest", "", "now");
	add(&b, 1, "Old", "", "now");
	browser_end(&b);
	CU_ASSERT_FATAL(browser_chosen(&b, &id, &message));
	CU_ASSERT_EQUAL(id, 8);
	browser_choose(&b, 1);
	CU_ASSERT_FATAL(browser_chosen(&b, &id, &message));
	CU_ASSERT_EQUAL(id, 1);
	browser_release(&b);
}

static void
keeps_the_message_else_its_conversation(void)
{
	struct browser b;
	int64_t id, message;

	browser_init(&b);
	browser_begin(&b);
	add_found(&b, 1, 10, "one [hit]");
	add_found(&b, 2, 20, "two [hit]");
	add_found(&b, 2, 21, "two [hit]");
	browser_end(&b);
	browser_move(&b, 2);
	browser_begin(&b);
	add_found(&b, 2, 20, "two [hit]");
	add_found(&b, 1, 10, "one [hit]");
	add_found(&b, 2, 21, "two [hit]");
	browser_end(&b);
	CU_ASSERT_FATAL(browser_chosen(&b, &id, &message));
	CU_ASSERT_EQUAL(message, 21);
	browser_begin(&b);
	add_found(&b, 1, 10, "one [hit]");
	add_found(&b, 2, 20, "two [hit]");
	browser_end(&b);
	CU_ASSERT_FATAL(browser_chosen(&b, &id, &message));
	CU_ASSERT_EQUAL(message, 20);
	browser_release(&b);
}

/* The cells of a style in a part of a row, as their text. */
static void
expect_styled(const struct grid *g, int row, int from, int to, enum style style, const char *want)
{
	char have[256] = "";

	for (int col = from; col < to; col++)
		if (grid_cell(g, row, col)->style == style)
			strncat(have, grid_cell(g, row, col)->text, sizeof(have) - strlen(have) - 1);
	HARNESS_EQUAL(have, want);
}

static void
marks_hits_in_their_context(void)
{
	static const char text[] = "Far above it\nis\nmuch\nmuch\nmuch\nmuch\nmore\nbefore the hit\nand some\nbehind";
	size_t at = (size_t)(strstr(text, "the hit") - text);
	struct mark hit = {at, at + strlen("the hit")};
	struct browser b;
	struct grid g;

	browser_init(&b);
	grid_init(&g, 8, 100);
	browser_begin(&b);
	add_found(&b, 1, 10, "the\n\t[queue] wakes");
	add_found(&b, 2, 20, "a [queue\nof] its own");
	browser_end(&b);
	browser_preview_add(&b, STYLE_TEXT, text, strlen(text), &hit, 1);
	draw(&b, &g);
	expect_styled(&g, 3, 0, 40, STYLE_HIT_CHOSEN, "queue");
	expect_styled(&g, 5, 0, 40, STYLE_HIT, "queue of");
	expect_styled(&g, 5, 0, 20, STYLE_NOTE, "a [] its");
	expect_styled(&g, 5, 40, 100, STYLE_HIT, "the hit");
	grid_release(&g);
	browser_release(&b);
}

static void
shows_the_hit_of_a_long_line(void)
{
	static const struct {
		const char *line, *want;
	} rows[] = {
	        {"short [hit]", "    short [hit]"},
	        {"a rather long text before what was looked for [hit] and more of it behind",
	                "    …for [hit] and more of it behind"},
	        {"unbroken_unbroken_unbroken_unbroken_unbroken_[hit]", "    …_unbroken_[hit]"},
	        {"漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字[漢字]漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字",
	                "    …字漢字漢字[漢字]漢字漢字漢字漢字…"},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct browser b;
		struct grid g;
		char *have, *line;

		browser_init(&b);
		grid_init(&g, 8, 40);
		browser_begin(&b);
		add_found(&b, 1, 10, rows[i].line);
		browser_end(&b);
		draw(&b, &g);
		have = grid_text(&g);
		line = have;
		for (int row = 0; row < 3; row++)
			line = strchr(line, '\n') + 1;
		*strchr(line, '\n') = '\0';
		HARNESS_EQUAL(line, rows[i].want);
		free(have);
		grid_release(&g);
		browser_release(&b);
	}
}

static void
says_why_there_is_nothing(void)
{
	struct browser b;

	browser_init(&b);
	buf_puts(&b.words, "no conversation yet");
	expect(&b, 4, 20, ">\n  no conversation\n  yet\n\n");
	browser_release(&b);
}

static void
shows_nothing_raw(void)
{
	struct browser b;

	browser_init(&b);
	browser_begin(&b);
	add(&b, 1, "a\033[31mb\nc\xff", "\033", "\a");
	browser_end(&b);
	browser_preview_add(&b, STYLE_TEXT, "x\033]0;y\a", 7, NULL, 0);
	expect(&b, 8, 90,
	        ">\n"
	        "──────────────────────────────────────────────────────────────────────────────────────────\n"
	        "> a^[[31mb c�          ^[        ^G │ x^[]0;y^G\n"
	        "                                    │\n"
	        "                                    │\n"
	        "                                    │\n"
	        "                                    │\n"
	        "                                    │\n");
	browser_release(&b);
}

CU_TestInfo browser_tests[] = {
        {"fits screens of every shape", fits_screens_of_every_shape},
        {"breaks on no size", breaks_on_no_size},
        {"scrolls with the choice", scrolls_with_the_choice},
        {"keeps what was chosen", keeps_what_was_chosen},
        {"keeps the message, else its conversation", keeps_the_message_else_its_conversation},
        {"marks hits in their context", marks_hits_in_their_context},
        {"shows the hit of a long line", shows_the_hit_of_a_long_line},
        {"says why there is nothing", says_why_there_is_nothing},
        {"shows nothing raw", shows_nothing_raw},
        CU_TEST_INFO_NULL,
};
