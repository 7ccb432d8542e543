/*
 * frame_writer.c - grid to ncurses to memory. The only file that knows curses.h.
 *
 * Cells that changed since the last frame are handed to ncurses, which finds the shortest way to say so. A few letters and rows that
 * scroll are said without it, which is told of them.
 */
#include <config.h>

#include "tui/frame_writer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#define NCURSES_WIDECHAR 1 /* where the C library does not say X/Open by itself */
#include <curses.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "text/picture.h"
#include "tui/frame_output.h"
#include "tui/frame_run.h"
#include "tui/frame_scroll.h"
#include "tui/terminfo.h"

enum {
	RUN_MAX = 256,   /* cells handed to ncurses at once */
	SCROLLS_MAX = 3, /* of a frame: panes above each other */
	MARKED_FROM =
	        256, /* bytes of a frame. A shorter one, as of a token, is written and read in one piece: the marks would
	                      cost more than what is in it */
};

#define OTHER_VERSION UINT64_MAX /* than any row has */

static const char sync_start[] = "\x1b[?2026h", sync_end[] = "\x1b[?2026l";

struct frame_writer {
	struct frame_output out; /* what ncurses writes, */
	FILE *in;                /* and what it reads: nothing */
	SCREEN *screen;
	struct grid shown;         /* with the names of the grid that was shown; their texts are not kept */
	uint64_t *versions;        /* of the grid's rows when they were shown; 0: never */
	int colours;               /* 0: none, or none are wanted */
	chtype looks[STYLE_COUNT]; /* attributes and colour pair of each role */
	bool moves_by_numbers;     /* the cursor: as frame_say_cursor says it, */
	bool scrolls;              /* and rows: as frame_say_scroll does */
};

/* ---- set-up ---- */

/* What ncurses says with its first frame to set the terminal up: tty_enter has said what is needed, and of the size
 * ncurses does not know yet it would make a region for scrolling that stays. */
static void
drop_setup(struct frame_writer *w)
{
	struct buf out = {0};

	refresh();
	frame_output_take(&w->out, w->shown.rows, &out);
	buf_release(&out);
}

/* How many there are; 0: none, or none are wanted. */
static int
start_colours(void)
{
	const char *no_colour = getenv("NO_COLOR");

	if ((no_colour && *no_colour) || !has_colors() || start_color() == ERR || use_default_colors() == ERR ||
	        COLOR_PAIRS <= STYLE_COUNT)
		return 0;
	return COLORS;
}

/* Most terminals have it by now; an old one underlines, if that. */
static chtype
italic(void)
{
	return termattrs() & A_ITALIC ? A_ITALIC : A_UNDERLINE;
}

static chtype
attributes_of(struct theme_style style)
{
	return (style.attributes & THEME_BOLD ? A_BOLD : 0) | (style.attributes & THEME_DIM ? A_DIM : 0) |
	       (style.attributes & THEME_REVERSE ? A_REVERSE : 0) |
	       (style.attributes & THEME_UNDERLINE ? A_UNDERLINE : 0) |
	       (style.attributes & THEME_ITALIC ? italic() : 0);
}

/* ncurses makes pairs as they are asked for. It has nearly as many as there can be (79 of 80 with 8 colours), and more than pictures
 * have, in whose cells the two differ. Pair 0 is the terminal's own, and costs no bytes. */
static int
find_colour_pair(const struct frame_writer *w, int foreground, int background)
{
	int pair = 0;

	if (w->colours > 0 && (foreground >= 0 || background >= 0))
		pair = alloc_pair(foreground, background);
	return pair > 0 ? pair : 0;
}

/* Roles share pairs. */
static void
make_looks(struct frame_writer *w, enum theme theme)
{
	w->colours = start_colours();
	for (int i = 0; i < STYLE_COUNT; i++) {
		struct theme_style style = theme_style(theme, w->colours, (enum style)i);

		w->looks[i] = attributes_of(style) |
		              (chtype)COLOR_PAIR(find_colour_pair(w, style.foreground, style.background));
	}
}

/* The next frame is sent whole. */
static void
forget_shown(struct frame_writer *w)
{
	grid_clear(&w->shown);
	memset(w->versions, 0, (size_t)w->shown.rows * sizeof(*w->versions));
	erase();
	clearok(curscr, TRUE);
}

static void
take_size(struct frame_writer *w, int rows, int cols)
{
	resizeterm(rows, cols);
	grid_resize(&w->shown, rows, cols);
	w->versions = mem_realloc(w->versions, (size_t)rows * sizeof(*w->versions));
	forget_shown(w);
}

/* Is this what the terminal understands, as most do? */
static bool
says(const char *capability, const char *bytes)
{
	const char *said = tigetstr(capability);

	return said && said != (char *)-1 && strcmp(said, bytes) == 0;
}

/* Where flynn moves rows ncurses does not: what it remembers of them to find out would be wrong then. */
static void
find_ways(struct frame_writer *w)
{
	w->moves_by_numbers = says("cup", "\x1b[%i%p1%d;%p2%dH");
	w->scrolls = w->moves_by_numbers && says("csr", "\x1b[%i%p1%d;%p2%dr") && says("ind", "\n") &&
	             says("ri", "\x1bM") && w->looks[STYLE_TEXT] == A_NORMAL;
	idlok(stdscr, !w->scrolls);
}

static bool
start(struct frame_writer *w, enum theme theme, int rows, int cols, struct err *err)
{
	const char *name = term_description();

	w->in = fopen("/dev/null", "re");
	if (!frame_output_open(&w->out) || !w->in)
		return err_set(err, ERR_SYSTEM, "cannot make a file in memory for the screen");
	if (name) {
		/* Before newterm it would leave a terminal whose description has no size (linux) without any. */
		w->screen = newterm(name, w->out.file, w->in);
		use_env(FALSE);
	}
	if (!w->screen)
		return err_set(
		        err, ERR_USAGE, "the terminal TERM=%s is not known here: use `flynn ask`", getenv("TERM"));
	make_looks(w, theme);
	find_ways(w);
	drop_setup(w);
	leaveok(stdscr, FALSE);
	take_size(w, rows, cols);
	return true;
}

/* ---- cells ---- */

/* Attributes and pair of a cell in colours of its own. Where the character is nothing and what is around it is a colour, both are
 * swapped twice: here, and by the terminal. */
static attr_t
picture_look(const struct frame_writer *w, const struct cell *cell, int *pair)
{
	int foreground = cell->picture.foreground, background = cell->picture.background;
	bool swap = foreground < 0 && background >= 0 && cell->text[0] != ' ';

	*pair = swap ? find_colour_pair(w, background, foreground) : find_colour_pair(w, foreground, background);
	return swap ? A_REVERSE : A_NORMAL;
}

static attr_t
look_of(const struct frame_writer *w, const struct cell *cell, int *pair)
{
	chtype look = w->looks[cell->style];

	if (cell->style == STYLE_PICTURE)
		return picture_look(w, cell, pair);
	*pair = PAIR_NUMBER(look);
	return look & A_ATTRIBUTES & ~A_COLOR;
}

/* Any cell. */
static void
put_cell(const struct frame_writer *w, int row, int col, const struct cell *cell)
{
	wchar_t points[CLUSTER_POINTS_MAX + 1];
	int pair;
	attr_t attributes = look_of(w, cell, &pair);
	size_t len = strlen(cell->text), n = 0;
	cchar_t c;

	for (size_t at = 0; at < len && n < CLUSTER_POINTS_MAX; n++) {
		uint32_t point;

		at += utf8_decode(cell->text + at, len - at, &point);
		points[n] = (wchar_t)point;
	}
	points[n] = L'\0';
	if (setcchar(&c, points, attributes, (short)pair, &pair) == OK)
		mvadd_wch(row, col, &c);
}

static bool
is_ascii_text(const struct cell *cell)
{
	return grid_is_ascii(cell) && cell->style != STYLE_PICTURE;
}

/* Most cells are ASCII, and ncurses takes a run of these at once. Returns how many cells it was. */
static int
put_run(const struct frame_writer *w, int row, int col, const struct cell *now, const struct cell *before, int n)
{
	chtype run[RUN_MAX];
	int len = 0;

	for (; len < n && len < RUN_MAX && is_ascii_text(&now[len]) && !grid_cells_match(&now[len], &before[len]);
	        len++)
		run[len] = (unsigned char)now[len].text[0] | w->looks[now[len].style];
	if (len > 0)
		mvaddchnstr(row, col, run, len);
	return len;
}

/* Of a frame most rows were not touched, and some were drawn again as they are. */
static void
put_row(struct frame_writer *w, const struct grid *grid, int row)
{
	const struct cell *now = grid_cell(grid, row, 0);
	struct cell *before = w->shown.cells + row * grid->cols;

	if (w->versions[row] == grid_version(grid, row))
		return;
	w->versions[row] = grid_version(grid, row);
	if (memcmp(now, before, (size_t)grid->cols * sizeof(*now)) == 0)
		return;
	for (int col = 0; col < grid->cols;) {
		int run = put_run(w, row, col, now + col, before + col, grid->cols - col);

		if (run == 0 && now[col].width > 0 && !grid_cells_match(&now[col], &before[col]))
			put_cell(w, row, col, &now[col]);
		col += run > 0 ? run : 1;
	}
	memcpy(before, now, (size_t)grid->cols * sizeof(*now));
}

/* One that is hidden stands in the corner, so that it is known where. */
static void
put_cursor(const struct grid *grid)
{
	bool is_shown = grid->cursor_row >= 0;

	curs_set(is_shown);
	move(is_shown ? grid->cursor_row : 0, is_shown ? grid->cursor_col : 0);
}

/* What ncurses has to say after what was said in `frame`, with sequences for their names. */
static void
put_frame(struct frame_writer *w, const struct cluster_names *names, struct buf *frame, struct buf *out)
{
	bool marked;

	frame_output_take(&w->out, w->shown.rows, frame);
	marked = frame->len >= MARKED_FROM;
	if (marked)
		buf_puts(out, sync_start);
	cluster_names_put(names, buf_text(frame), frame->len, out);
	if (marked)
		buf_puts(out, sync_end);
}

/* ---- past ncurses ---- */

/* Where ncurses left it. */
static void
put_cursor_back(const struct frame_writer *w, struct buf *out)
{
	bool is_shown = w->shown.cursor_row >= 0;

	frame_say_cursor(out, is_shown ? w->shown.cursor_row : 0, is_shown ? w->shown.cursor_col : 0);
}

/* As it would be, had ncurses written the letters: in what it was told, what it made of that, and what the terminal shows. All three are
 * the same then: it has nothing to look for in that row. */
static void
tell_curses(const struct frame_run *run, const chtype *letters)
{
	WINDOW *const windows[] = {stdscr, newscr, curscr};
	int row, col;

	getyx(stdscr, row, col);
	for (size_t i = 0; i < ARRAY_LEN(windows); i++) {
		mvwaddchnstr(windows[i], run->row, run->col, letters, run->n);
		wtouchln(windows[i], run->row, 1, 0);
	}
	move(row, col);
}

static void
write_run(struct frame_writer *w, const struct grid *grid, const struct frame_run *run, struct buf *out)
{
	const struct cell *cells = grid_cell(grid, run->row, run->col);
	chtype letters[FRAME_RUN_MAX];
	char text[FRAME_RUN_MAX];

	for (int i = 0; i < run->n; i++) {
		text[i] = cells[i].text[0];
		letters[i] = (unsigned char)text[i];
	}
	frame_say_cursor(out, run->row, run->col);
	buf_put(out, text, (size_t)run->n);
	tell_curses(run, letters);
	memcpy(w->shown.cells + run->row * grid->cols + run->col, cells, (size_t)run->n * sizeof(*cells));
}

static bool
are_plain(const struct frame_writer *w, const struct frame_runs *runs)
{
	for (int i = 0; i < runs->n; i++)
		if (w->looks[runs->list[i].style] != A_NORMAL)
			return false;
	return true;
}

/* Most frames differ from the last one by a token, and ncurses would look through rows and rows for it. The cursor goes back to where
 * ncurses left it, if it is not there. False: this one is for ncurses. */
static bool
show_runs(struct frame_writer *w, const struct grid *grid, bool is_away, struct buf *out)
{
	struct frame_runs runs;

	if (!w->moves_by_numbers || grid->cursor_row < 0 || grid->cursor_row != w->shown.cursor_row ||
	        grid->cursor_col != w->shown.cursor_col)
		return false;
	if (!frame_find_runs(grid, &w->shown, w->versions, &runs) || !are_plain(w, &runs))
		return false;
	for (int i = 0; i < runs.n; i++)
		write_run(w, grid, &runs.list[i], out);
	if (runs.n > 0 || is_away)
		put_cursor_back(w, out);
	for (int row = 0; row < grid->rows; row++)
		w->versions[row] = grid_version(grid, row);
	return true;
}

/* The same for rows that move. */
static void
tell_curses_scroll(struct frame_scroll s)
{
	WINDOW *const windows[] = {stdscr, newscr, curscr};

	for (size_t i = 0; i < ARRAY_LEN(windows); i++) {
		scrollok(windows[i], TRUE);
		wsetscrreg(windows[i], s.top, s.end - 1);
		wscrl(windows[i], s.by);
		wtouchln(windows[i], s.top, s.end - s.top, 0);
		wsetscrreg(windows[i], 0, getmaxy(windows[i]) - 1);
		scrollok(windows[i], FALSE);
	}
}

/* Is it known what the terminal shows in all rows? */
static bool
knows_all(const struct frame_writer *w)
{
	for (int row = 0; row < w->shown.rows; row++)
		if (w->versions[row] == 0)
			return false;
	return true;
}

/* Rows that only went elsewhere are not sent again. Did any? The cursor is somewhere then. */
static bool
scroll_rows(struct frame_writer *w, const struct grid *grid, struct buf *out)
{
	struct frame_scroll s;
	int n = 0;

	if (!w->scrolls || !knows_all(w))
		return false;
	for (; n < SCROLLS_MAX && frame_find_scroll(grid, &w->shown, &s); n++) {
		frame_say_scroll(out, s);
		tell_curses_scroll(s);
		frame_scroll(&w->shown, s);
		for (int row = s.top; row < s.end; row++)
			w->versions[row] = OTHER_VERSION;
	}
	return n > 0;
}

static void
put_through_curses(struct frame_writer *w, const struct grid *grid, struct buf *said, struct buf *out)
{
	for (int row = 0; row < grid->rows; row++)
		put_row(w, grid, row);
	put_cursor(grid);
	w->shown.cursor_row = grid->cursor_row;
	w->shown.cursor_col = grid->cursor_col;
	refresh();
	put_frame(w, grid->names, said, out);
}

void
frame_writer_put(struct frame_writer *w, const struct grid *grid, struct buf *out)
{
	struct buf said = {0};

	if (grid->rows != w->shown.rows || grid->cols != w->shown.cols)
		take_size(w, grid->rows, grid->cols);
	if (grid->renewals != w->shown.renewals)
		forget_shown(w);
	w->shown.renewals = grid->renewals;
	if (show_runs(w, grid, false, out))
		return;
	if (scroll_rows(w, grid, &said)) {
		if (show_runs(w, grid, true, &said)) {
			buf_put(out, said.data, said.len);
			buf_release(&said);
			return;
		}
		put_cursor_back(w, &said);
	}
	put_through_curses(w, grid, &said, out);
	buf_release(&said);
}

static bool
is_blank(const struct cell *cell)
{
	return strcmp(cell->text, " ") == 0 && cell->style == STYLE_TEXT;
}

bool
frame_writer_find_blanks(const struct frame_writer *w, int n, int *row, int *col)
{
	for (int r = w->shown.rows - 1, run = 0; r > 0; r--, run = 0)
		for (int c = 0; c < w->shown.cols - 1; c++) {
			run = is_blank(grid_cell(&w->shown, r, c)) ? run + 1 : 0;
			if (run == n) {
				*row = r;
				*col = c - n + 1;
				return true;
			}
		}
	return false;
}

/* ---- beginning and end ---- */

struct frame_writer *
frame_writer_new(enum theme theme, int rows, int cols, struct err *err)
{
	struct frame_writer *w = mem_alloc(sizeof(*w));

	if (start(w, theme, rows, cols, err))
		return w;
	frame_writer_free(w);
	return NULL;
}

void
frame_writer_free(struct frame_writer *w)
{
	if (!w)
		return;
	if (w->screen)
		delscreen(w->screen);
	frame_output_close(&w->out);
	if (w->in)
		fclose(w->in);
	grid_release(&w->shown);
	free(w->versions);
	free(w);
}

void
frame_writer_redraw(struct frame_writer *w)
{
	forget_shown(w);
}

/* Of a terminal that takes any shade, only the first eight numbers are colours of a table. */
int
frame_writer_colours(const struct frame_writer *w)
{
	return w->colours > PICTURE_COLOURS_MAX ? 8 : w->colours;
}
