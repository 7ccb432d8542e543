/*
 * frame_scroll.c - which rows of a frame went elsewhere, and what is left to be sent when the terminal has moved them.
 */
#include "tui/frame_scroll.h"

#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "tests/harness.h"
#include "tests/tui/tests.h"

enum {
	ROWS = 8,
	COLS = 12,
};

/* Rows of a letter each; "." is a row without text. */
static void
put_rows(struct grid *g, const char *rows)
{
	char word[COLS];

	grid_init(g, ROWS, COLS);
	for (int row = 0; row < ROWS; row++) {
		memset(word, rows[row], sizeof(word));
		if (rows[row] != '.')
			grid_put(g, row, 0, COLS, STYLE_TEXT, word, sizeof(word));
	}
}

static void
finds_what_moved(void)
{
	static const struct {
		const char *before, *now;
		struct frame_scroll want; /* by 0: none */
	} cases[] = {
	        {"abcdefgh", "abcdefgh", {0, 0, 0}},
	        {"abcdefgh", "bcdefghi", {0, 8, 1}},
	        {"abcdefgh", "cdefghij", {0, 8, 2}},
	        {"abcdefgh", "iabcdefg", {0, 8, -1}},
	        {"abcdefgh", "fghijklm", {0, 8, 5}},
	        {"abcdefgh", "bcdeifgh", {0, 5, 1}}, /* what stands below stays */
	        {"abcdefgh", "bcdeifgX", {0, 5, 1}}, /* or changes for another reason */
	        {"abcdefgh", "abcidefh", {3, 7, -1}},
	        {"abcdefgh", "aYcdefgh", {0, 0, 0}},
	        {"abcdefgh", "ijklmnop", {0, 0, 0}},
	        {"abcdefgh", "bXcdefgh", {0, 0, 0}}, /* one row is not worth it */
	        {"........", "a.......", {0, 0, 0}},
	        {"abc.....", "abcd....", {0, 0, 0}}, /* blank rows are where they were */
	        {"aaaaaaaa", "aaaaaaab", {0, 0, 0}},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct grid before, now;
		struct frame_scroll s = {0};
		bool found;

		put_rows(&before, cases[i].before);
		put_rows(&now, cases[i].now);
		found = frame_find_scroll(&now, &before, &s);
		HARNESS_CHECK(found == (cases[i].want.by != 0), "case %zu: %d", i, found);
		if (found)
			HARNESS_CHECK(
			        s.top == cases[i].want.top && s.end == cases[i].want.end && s.by == cases[i].want.by,
			        "case %zu: rows %d to %d by %d", i, s.top, s.end, s.by);
		grid_release(&before);
		grid_release(&now);
	}
}

/* A word that did not fit any more: its row is moved too, although it changes. */
static void
takes_along_what_changed(void)
{
	struct grid before, now;
	struct frame_scroll s = {0};

	put_rows(&before, "abcdef..");
	put_rows(&now, "bcdefg..");
	grid_puts(&before, 5, 6, COLS, STYLE_TEXT, " word");
	grid_puts(&now, 4, 6, COLS, STYLE_TEXT, "      ");
	CU_ASSERT(frame_find_scroll(&now, &before, &s) && s.top == 0 && s.end == 6 && s.by == 1);
	grid_release(&before);
	grid_release(&now);
}

static void
moves_cells(void)
{
	static const struct {
		struct frame_scroll scroll;
		const char *want;
	} cases[] = {
	        {{0, 8, 1}, "bcdefgh."},
	        {{0, 8, -1}, ".abcdefg"},
	        {{2, 5, 1}, "abde.fgh"},
	        {{2, 5, -2}, "ab..cfgh"},
	        {{6, 8, 1}, "abcdefh."},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct grid have, want;
		char *text, *wanted;

		put_rows(&have, "abcdefgh");
		put_rows(&want, cases[i].want);
		frame_scroll(&have, cases[i].scroll);
		text = grid_text(&have);
		wanted = grid_text(&want);
		HARNESS_EQUAL(text, wanted);
		free(text);
		free(wanted);
		grid_release(&have);
		grid_release(&want);
	}
}

CU_TestInfo frame_scroll_tests[] = {
        {"finds what moved", finds_what_moved},
        {"takes along what changed", takes_along_what_changed},
        {"moves cells", moves_cells},
        CU_TEST_INFO_NULL,
};
