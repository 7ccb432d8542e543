/*
 * frames.c - frames by chance on a real terminal: what ncurses is told, and what is written past it, make the screen that was drawn,
 * with the cursor where it belongs. This program runs itself again on a pseudo-terminal: there it shows the frames, each after a
 * key, and here it draws the same ones and compares. FRAMES says how many, FRAMES_SEED which.
 */
#include <locale.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "tests/harness.h"
#include "tests/screen/pty.h"
#include "text/cluster.h"
#include "tui/term.h"

enum {
	FRAMES = 400, /* unless told otherwise */
	ROWS = 8,
	COLS = 24,
	WAITS = 400, /* for a frame, of WAIT_MS each */
	WAIT_MS = 25,
	PICTURE_COLS = 8,
};

struct source {
	uint32_t chance;
	int colours; /* of the terminal */
	struct grid grid;
	int row, col; /* where the text goes on */
	bool anew;    /* the terminal is to be sent all of it */
	bool joins; /* emoji sequences are drawn as one: here; what the terminal makes of them (pty_joins) is drawn there */
};

static uint32_t
chance(struct source *s, uint32_t below)
{
	s->chance = s->chance * 1664525u + 1013904223u;
	return (s->chance >> 8) % below;
}

/* ---- frames ---- */

static void
scroll(struct source *s)
{
	struct grid *g = &s->grid;
	char *text = grid_text(g), *at = strchr(text, '\n') + 1;

	for (int row = 0; row < g->rows; row++) {
		char *end = *at ? strchr(at, '\n') : NULL;

		grid_blank(g, (struct rect){row, 0, 1, g->cols});
		if (end)
			grid_put(g, row, 0, g->cols, STYLE_TEXT, at, (size_t)(end - at));
		at = end ? end + 1 : at;
	}
	free(text);
}

/* Touches the rows that are others than before: what is as it was keeps its version. */
static void
touch_changed(struct grid *g, const struct cell *before)
{
	for (int row = 0; row < g->rows; row++)
		if (memcmp(grid_cell(g, row, 0), before + row * g->cols, (size_t)g->cols * sizeof(*before)) != 0)
			grid_paint(g, row, 0, 0, STYLE_TEXT);
}

/* Rows go up or down by some, in a part of the screen; those that come in say something, nothing, or the same as
 * before. */
static void
move_rows(struct source *s)
{
	struct grid *g = &s->grid;
	int top = (int)chance(s, ROWS - 2), n = 2 + (int)chance(s, (uint32_t)(ROWS - top - 1));
	int by = 1 + (int)chance(s, (uint32_t)(n - 1)), kept = n - by;
	bool up = chance(s, 2) == 0;
	size_t size = (size_t)(g->rows * g->cols) * sizeof(*g->cells);
	struct cell *before = mem_alloc(size), *part = g->cells + top * g->cols;

	memcpy(before, g->cells, size);
	memmove(up ? part : part + by * g->cols, up ? part + by * g->cols : part,
	        (size_t)(kept * g->cols) * sizeof(*part));
	touch_changed(g, before);
	for (int row = up ? top + kept : top; row < (up ? top + n : top + by); row++) {
		uint32_t what = chance(s, 4);

		if (what > 0)
			grid_blank(g, (struct rect){row, 0, 1, g->cols});
		if (what > 1)
			grid_puts(g, row, (int)chance(s, COLS), COLS, STYLE_TEXT, "new here");
	}
	free(before);
}

static void
add_word(struct source *s, enum style style)
{
	static const char *const words[][2] = {{"a", "a"}, {"to ", "to "}, {"word ", "word "}, {"longer ", "longer "},
	        {"grüßt ", "grüßt "}, {"文字 ", "文字 "}, {"👍 ", "👍 "}, {"é", "é"}, {"👨‍👩‍👧‍👦", "家"},
	        {"🇩🇪", "旗"}, {"👋🏽 ", "手 "}};
	const char *word = words[chance(s, ARRAY_LEN(words))][s->joins ? 0 : 1];

	if (s->col + 9 > COLS) {
		s->col = 0;
		s->row++;
	}
	while (s->row >= ROWS - 1) {
		scroll(s);
		s->row--;
	}
	s->col = grid_puts(&s->grid, s->row, s->col, COLS, style, word);
}

static void
put_anywhere(struct source *s, const char *text, enum style style)
{
	grid_puts(&s->grid, (int)chance(s, ROWS), (int)chance(s, COLS), COLS, style, text);
}

static void
move_cursor(struct source *s)
{
	bool hide = chance(s, 4) == 0;

	s->grid.cursor_row = hide ? -1 : (int)chance(s, ROWS);
	s->grid.cursor_col = hide ? -1 : (int)chance(s, COLS);
}

/* A part of a picture: some of its cells are blank, and a blank has no foreground. */
static void
put_picture(struct source *s)
{
	int row = (int)chance(s, ROWS), col = (int)chance(s, COLS - PICTURE_COLS);

	for (int i = 0; i < PICTURE_COLS; i++) {
		bool blank = chance(s, 3) == 0;
		int foreground = (int)chance(s, (uint32_t)s->colours + 1) - 1;
		int background = (int)chance(s, (uint32_t)s->colours + 1) - 1;

		blank = blank || foreground == background;
		grid_put_picture(&s->grid, row, col + i, blank ? ' ' : 0x2584, blank ? -1 : foreground, background);
	}
}

static void
next_frame(struct source *s)
{
	uint32_t what = chance(s, 26);

	s->anew = false;
	if (what < 12)
		add_word(s, STYLE_TEXT);
	else if (what == 12)
		add_word(s, STYLE_CODE);
	else if (what == 13)
		put_anywhere(s, "over", STYLE_TEXT);
	else if (what == 14)
		put_anywhere(s, "    ", STYLE_TEXT);
	else if (what == 15)
		put_anywhere(s, "loud", STYLE_STATUS_ERROR);
	else if (what == 16)
		move_cursor(s);
	else if (what == 17)
		scroll(s);
	else if (what == 18 || what == 19)
		move_rows(s);
	else if (what == 20)
		s->anew = true;
	else if (what == 21)
		grid_blank(&s->grid, (struct rect){(int)chance(s, ROWS), 0, 1, COLS});
	else
		put_picture(s);
}

static void
begin(struct source *s, uint32_t seed, int colours)
{
	*s = (struct source){.chance = seed, .colours = colours};
	grid_init(&s->grid, ROWS, COLS);
	s->grid.cursor_row = ROWS - 1;
	s->grid.cursor_col = 3;
}

/* ---- on the terminal ---- */

static void
show(struct term *term, struct source *s)
{
	struct pollfd fd = {term_fd(term), POLLOUT, 0};

	if (s->anew)
		term_redraw(term);
	term_show(term, &s->grid);
	while (term_busy(term) && poll(&fd, 1, -1) > 0)
		term_flush(term);
}

/* False: it is the last one. */
static bool
wait_for_key(struct term *term)
{
	struct pollfd fd = {term_fd(term), POLLIN, 0};

	for (;;) {
		struct term_event event = term_next(term);

		if (event.type == TERM_KEY || event.type == TERM_GONE)
			return event.type == TERM_KEY && event.key.code == 'n';
		if (event.type == TERM_NOTHING && poll(&fd, 1, -1) > 0)
			term_read(term, false);
	}
}

static int
show_frames(uint32_t seed)
{
	struct err err;
	struct term *term = term_new(&(struct term_look){0}, &err);
	struct source s;

	if (!term || !term_start(term, &err))
		return 1;
	begin(&s, seed, term_colours(term));
	s.joins = true;
	cluster_join(CLUSTER_SEQUENCES);
	do {
		show(term, &s);
		next_frame(&s);
	} while (wait_for_key(term));
	grid_release(&s.grid);
	term_free(term);
	return 0;
}

/* ---- and here ---- */

static void
put_colour(struct buf *look, const char *before, int colour)
{
	if (colour >= 0)
		buf_printf(look, "%s%s%d", look->len > 0 ? " " : "", before, colour);
}

static bool
has_colours_of(const struct pty *p, int row, int col, const struct cell *cell)
{
	char have[PTY_LOOK_MAX];
	struct buf want = {0};
	bool same;

	if (cell->text[0] != ' ' && cell->picture.foreground < 0 && cell->picture.background >= 0) {
		buf_printf(&want, "%d reverse", cell->picture.background);
	} else {
		put_colour(&want, "", cell->picture.foreground);
		put_colour(&want, "on ", cell->picture.background);
	}
	pty_look(p, row, col, have);
	same = strcmp(have, want.len > 0 ? want.data : "plain") == 0;
	buf_release(&want);
	return same;
}

static bool
is_plain(const struct pty *p, int row, int col)
{
	char have[PTY_LOOK_MAX];

	pty_look(p, row, col, have);
	return strcmp(have, "plain") == 0;
}

/* Those of pictures, and none where text or nothing is. */
static bool
has_colours(const struct pty *p, const struct grid *g)
{
	for (int row = 0; row < g->rows; row++)
		for (int col = 0; col < g->cols; col++) {
			const struct cell *cell = grid_cell(g, row, col);

			if (cell->style == STYLE_PICTURE && !has_colours_of(p, row, col, cell))
				return false;
			if (cell->style == STYLE_TEXT && cell->width > 0 && !is_plain(p, row, col))
				return false;
		}
	return true;
}

static bool
is_shown(struct pty *p, const struct source *s)
{
	char *have = pty_text(p), *want = grid_text(&s->grid);
	bool same = strcmp(have, want) == 0 && has_colours(p, &s->grid);
	int row, col;

	pty_cursor(p, &row, &col);
	if (s->grid.cursor_row >= 0)
		same = same && row == s->grid.cursor_row && col == s->grid.cursor_col;
	free(have);
	free(want);
	return same;
}

static bool
comes(struct pty *p, const struct source *s)
{
	for (int i = 0; i < WAITS && !is_shown(p, s); i++)
		(void)pty_pump(p, WAIT_MS);
	return is_shown(p, s);
}

static void
tell_difference(struct pty *p, const struct source *s)
{
	char *have = pty_text(p), *want = grid_text(&s->grid);
	int row, col;

	pty_cursor(p, &row, &col);
	printf("# the cursor is at %d, %d, not at %d, %d\n", row, col, s->grid.cursor_row, s->grid.cursor_col);
	HARNESS_EQUAL(have, want);
	free(have);
	free(want);
}

static uint32_t
setting(const char *name, uint32_t otherwise)
{
	const char *text = getenv(name);

	return text && *text ? (uint32_t)strtoul(text, NULL, 10) : otherwise;
}

static const char *self;

static void
shows_what_was_drawn_on(const char *terminal, int colours)
{
	uint32_t frames = setting("FRAMES", FRAMES), seed = setting("FRAMES_SEED", 1);
	char *number = mem_printf("%u", seed);
	struct pty *p = pty_new_program(self, (const char *[]){number, NULL}, ROWS, COLS, terminal);
	struct source s;
	uint32_t i = 0;

	begin(&s, seed, colours);
	pty_joins(p);
	while (i < frames && comes(p, &s)) {
		next_frame(&s);
		pty_keys(p, "n");
		i++;
	}
	if (i < frames)
		tell_difference(p, &s);
	HARNESS_CHECK(i == frames, "%s: frame %u of FRAMES_SEED=%u is not what was drawn", terminal, i, seed);
	pty_keys(p, "q");
	CU_ASSERT(pty_wait_end(p) == 0);
	pty_free(p);
	grid_release(&s.grid);
	free(number);
}

static void
shows_what_was_drawn(void)
{
	static const struct {
		const char *name;
		int colours;
	} terminals[] = {{"xterm-256color", 256}, {"tmux-256color", 256}, {"linux", 8}, {"xterm", 8}, {"vt100", 0}};

	for (size_t i = 0; i < ARRAY_LEN(terminals); i++)
		shows_what_was_drawn_on(terminals[i].name, terminals[i].colours);
}

static CU_TestInfo frames_tests[] = {
        {"shows what was drawn", shows_what_was_drawn},
        CU_TEST_INFO_NULL,
};

int
main(int argc, char **argv)
{
	CU_SuiteInfo suites[] = {
	        {"frames", NULL, NULL, NULL, NULL, frames_tests},
	        CU_SUITE_INFO_NULL,
	};

	setlocale(LC_ALL, "");
	if (argc > 1)
		return show_frames((uint32_t)strtoul(argv[1], NULL, 10));
	self = argv[0];
	return harness_main(suites);
}
