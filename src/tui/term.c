/*
 * term.c - grid to ncurses to memory to tty; what the tty says to keys (tui/key_input).
 *
 * Cells that changed since the last frame are handed to ncurses, which finds the shortest way to say so. Its standard
 * output is a file in memory that is read and wound back after each refresh.
 */
#include <config.h>

#include "tui/term.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

#include <curses.h>
#include <termcap.h>

#include "base/clock.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "base/memory_file.h"
#include "base/utf8.h"
#include "text/picture.h"
#include "tui/clipboard.h"
#include "tui/frame_run.h"
#include "tui/key_input.h"
#include "tui/tty.h"

enum {
	RUN_MAX = 256,           /* cells handed to ncurses at once */
	OUTPUT_KEPT = 64 * 1024, /* bytes that were sent already */
	MARKED_FROM =
	        256, /* bytes of a frame. A shorter one, as of a token, is written and read in one piece: the marks would
	                      cost more than what is in it */
};

static const char sync_start[] = "\x1b[?2026h", sync_end[] = "\x1b[?2026l";

struct curses {
	struct term term;
	struct tty tty;
	struct key_input *keys;
	FILE *out, *in; /* ncurses's; `out` is memory, */
	off_t taken;    /* of which so much was sent */
	SCREEN *screen;
	struct grid shown;
	uint64_t *versions;        /* of the grid's rows when they were shown; 0: never */
	int colours;               /* 0: none, or none are wanted */
	chtype looks[STYLE_COUNT]; /* attributes and colour pair of each role */
	bool moves_by_numbers;     /* the cursor: as move_cursor says it */
	struct clipboard clipboard;
};

/* ---- set-up ---- */

static FILE *
screen_file(void)
{
	int fd = memory_file("flynn-screen");

	return fd < 0 ? NULL : fdopen(fd, "w+");
}

/* What ncurses has written since the last time. The file is cut now and then only: that costs more than a frame. */
static void
take_output(struct curses *t, struct buf *out)
{
	int fd = fileno(t->out);
	char bytes[8192];
	ssize_t n;

	fflush(t->out);
	while ((n = pread(fd, bytes, sizeof(bytes), t->taken)) > 0 || (n < 0 && errno == EINTR)) {
		if (n < 0)
			continue;
		buf_put(out, bytes, (size_t)n);
		t->taken += n;
		if ((size_t)n < sizeof(bytes))
			break;
	}
	if (t->taken > OUTPUT_KEPT && ftruncate(fd, 0) == 0) {
		lseek(fd, 0, SEEK_SET);
		t->taken = 0;
	}
}

/* What ncurses says with its first frame to set the terminal up: tty_enter has said what is needed, and of the size
 * ncurses does not know yet it would make a region for scrolling that stays. */
static void
drop_setup(struct curses *t)
{
	struct buf out = {0};

	refresh();
	take_output(t, &out);
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
find_colour_pair(const struct curses *t, int foreground, int background)
{
	int pair = 0;

	if (t->colours > 0 && (foreground >= 0 || background >= 0))
		pair = alloc_pair(foreground, background);
	return pair > 0 ? pair : 0;
}

/* Roles share pairs. */
static void
make_looks(struct curses *t, enum theme theme)
{
	t->colours = start_colours();
	for (int i = 0; i < STYLE_COUNT; i++) {
		struct theme_style style = theme_style(theme, t->colours, (enum style)i);

		t->looks[i] = attributes_of(style) |
		              (chtype)COLOR_PAIR(find_colour_pair(t, style.foreground, style.background));
	}
}

/* Asked before newterm is: a newterm that fails leaks memory. */
static bool
is_known_terminal(const char *name)
{
	return tgetent(NULL, name) == 1;
}

/* Newer terminals (kitty, foot, ghostty, alacritty) have names that other machines do not know, and understand what
 * xterm does. A machine without any descriptions but the least has at least that of a VT100. */
static const char *
find_description(const char *name)
{
	static const char *const others[] = {"xterm-256color", "xterm", "vt100"};

	if (is_known_terminal(name))
		return name;
	for (size_t i = 0; i < ARRAY_LEN(others); i++)
		if (is_known_terminal(others[i]))
			return others[i];
	return NULL;
}

/* Looked for once: tgetent would take curses its terminal. */
const char *
term_description(void)
{
	static const char *found;

	if (!found && !tty_is_dumb())
		found = find_description(getenv("TERM"));
	return found;
}

/* The next frame is sent whole. */
static void
forget_shown(struct curses *t)
{
	grid_clear(&t->shown);
	memset(t->versions, 0, (size_t)t->shown.rows * sizeof(*t->versions));
	erase();
	clearok(curscr, TRUE);
}

static void
take_size(struct curses *t, int rows, int cols)
{
	resizeterm(rows, cols);
	grid_resize(&t->shown, rows, cols);
	t->versions = mem_realloc(t->versions, (size_t)rows * sizeof(*t->versions));
	forget_shown(t);
}

/* Is the cursor moved to a row and a column as on most terminals? */
static bool
moves_by_numbers(void)
{
	const char *move = tigetstr("cup");

	return move && move != (char *)-1 && strcmp(move, "\x1b[%i%p1%d;%p2%dH") == 0;
}

static bool
start_curses(struct curses *t, enum theme theme, struct err *err)
{
	const char *name = term_description();
	int rows, cols;

	t->out = screen_file();
	t->in = fopen("/dev/null", "re");
	if (!t->out || !t->in)
		return err_set(err, ERR_SYSTEM, "cannot make a file in memory for the screen");
	if (name) {
		/* Before newterm it would leave a terminal whose description has no size (linux) without any. */
		t->screen = newterm(name, t->out, t->in);
		use_env(FALSE);
	}
	if (!t->screen)
		return err_set(
		        err, ERR_USAGE, "the terminal TERM=%s is not known here: use `flynn ask`", getenv("TERM"));
	t->moves_by_numbers = moves_by_numbers();
	make_looks(t, theme);
	drop_setup(t);
	idlok(stdscr, TRUE);
	leaveok(stdscr, FALSE);
	tty_size(&t->tty, &rows, &cols);
	take_size(t, rows, cols);
	return true;
}

/* ---- keys ---- */

static int
curses_fd(const struct term *term)
{
	const struct curses *t = (const struct curses *)term;

	return t->tty.fd;
}

static int
curses_timeout(const struct term *term)
{
	const struct curses *t = (const struct curses *)term;

	return key_input_timeout(t->keys);
}

static void
curses_read(struct term *term, bool silence)
{
	struct curses *t = (struct curses *)term;
	char bytes[4096];
	size_t n;

	if (silence)
		key_input_silence(t->keys);
	do {
		n = t->tty.gone ? 0 : tty_read(&t->tty, bytes, sizeof(bytes));
		if (n > 0)
			key_input_feed(t->keys, bytes, n, clock_ms());
	} while (n == sizeof(bytes));
}

static struct term_event
curses_next(struct term *term)
{
	struct curses *t = (struct curses *)term;
	struct term_event event = key_input_next(t->keys);

	if (event.type == TERM_NOTHING && t->tty.gone)
		event.type = TERM_GONE;
	return event;
}

/* ---- frames ---- */

static bool
curses_busy(const struct term *term)
{
	const struct curses *t = (const struct curses *)term;

	return t->tty.pending.len > 0;
}

static void
curses_flush(struct term *term)
{
	struct curses *t = (struct curses *)term;

	tty_flush(&t->tty);
}

static void
curses_size(const struct term *term, int *rows, int *cols)
{
	const struct curses *t = (const struct curses *)term;

	tty_size(&t->tty, rows, cols);
}

/* Of a terminal that takes any shade, only the first eight numbers are colours of a table. */
static int
curses_colours(const struct term *term)
{
	const struct curses *t = (const struct curses *)term;

	return t->colours > PICTURE_COLOURS_MAX ? 8 : t->colours;
}

static void
curses_redraw(struct term *term)
{
	struct curses *t = (struct curses *)term;

	forget_shown(t);
}

/* Attributes and pair of a cell in colours of its own. Where the character is nothing and what is around it is a colour, both are
 * swapped twice: here, and by the terminal. */
static attr_t
picture_look(const struct curses *t, const struct cell *cell, int *pair)
{
	int foreground = cell->picture.foreground, background = cell->picture.background;
	bool swap = foreground < 0 && background >= 0 && cell->text[0] != ' ';

	*pair = swap ? find_colour_pair(t, background, foreground) : find_colour_pair(t, foreground, background);
	return swap ? A_REVERSE : A_NORMAL;
}

static attr_t
look_of(const struct curses *t, const struct cell *cell, int *pair)
{
	chtype look = t->looks[cell->style];

	if (cell->style == STYLE_PICTURE)
		return picture_look(t, cell, pair);
	*pair = PAIR_NUMBER(look);
	return look & A_ATTRIBUTES & ~A_COLOR;
}

/* Any cell. */
static void
put_cell(const struct curses *t, int row, int col, const struct cell *cell)
{
	wchar_t points[CLUSTER_POINTS_MAX + 1];
	int pair;
	attr_t attributes = look_of(t, cell, &pair);
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
put_run(const struct curses *t, int row, int col, const struct cell *now, const struct cell *before, int n)
{
	chtype run[RUN_MAX];
	int len = 0;

	for (; len < n && len < RUN_MAX && is_ascii_text(&now[len]) && !grid_cells_match(&now[len], &before[len]);
	        len++)
		run[len] = (unsigned char)now[len].text[0] | t->looks[now[len].style];
	if (len > 0)
		mvaddchnstr(row, col, run, len);
	return len;
}

/* Of a frame most rows were not touched, and some were drawn again as they are. */
static void
put_row(struct curses *t, const struct grid *grid, int row)
{
	const struct cell *now = grid_cell(grid, row, 0);
	struct cell *before = t->shown.cells + row * grid->cols;

	if (t->versions[row] == grid_version(grid, row))
		return;
	t->versions[row] = grid_version(grid, row);
	if (memcmp(now, before, (size_t)grid->cols * sizeof(*now)) == 0)
		return;
	for (int col = 0; col < grid->cols;) {
		int run = put_run(t, row, col, now + col, before + col, grid->cols - col);

		if (run == 0 && now[col].width > 0 && !grid_cells_match(&now[col], &before[col]))
			put_cell(t, row, col, &now[col]);
		col += run > 0 ? run : 1;
	}
	memcpy(before, now, (size_t)grid->cols * sizeof(*now));
}

static void
put_cursor(const struct grid *grid)
{
	curs_set(grid->cursor_row >= 0);
	if (grid->cursor_row >= 0)
		move(grid->cursor_row, grid->cursor_col);
}

/* Of every row that scrolls up ncurses says from where to where, and after it that all rows do: for that the terminal has
 * a shorter word. Returns the new length. */
static size_t
shorten_regions(char *bytes, size_t n, int rows)
{
	static const char all[] = "\x1b[r";
	char region[32];
	size_t len = (size_t)snprintf(region, sizeof(region), "\x1b[1;%dr", rows);
	char *at = bytes, *end = bytes + n;

	while ((at = memmem(at, (size_t)(end - at), region, len)) != NULL) {
		memcpy(at, all, sizeof(all) - 1);
		at += sizeof(all) - 1;
		end -= len - (sizeof(all) - 1);
		memmove(at, at + len - (sizeof(all) - 1), (size_t)(end - at));
	}
	return (size_t)(end - bytes);
}

static void
send_frame(struct curses *t)
{
	size_t mark = sizeof(sync_start) - 1;
	struct buf out = {0};
	bool marked;

	buf_puts(&out, sync_start);
	take_output(t, &out);
	buf_truncate(&out, mark + shorten_regions(out.data + mark, out.len - mark, t->shown.rows));
	marked = out.len - mark >= MARKED_FROM;
	if (marked)
		buf_puts(&out, sync_end);
	if (out.len > mark)
		tty_send(&t->tty, out.data + (marked ? 0 : mark), out.len - (marked ? 0 : mark));
	buf_release(&out);
}

/* ---- past ncurses ---- */

static void
put_number(struct buf *out, int n)
{
	if (n >= 10)
		put_number(out, n / 10);
	buf_putc(out, (char)('0' + n % 10));
}

static void
move_cursor(struct buf *out, int row, int col)
{
	buf_puts(out, "\x1b[");
	put_number(out, row + 1);
	buf_putc(out, ';');
	put_number(out, col + 1);
	buf_putc(out, 'H');
}

/* As it would be, had ncurses written the letters: in what it was told, what it made of that, and what the terminal shows. */
static void
tell_curses(const struct frame_run *run, const chtype *letters)
{
	WINDOW *const windows[] = {stdscr, newscr, curscr};
	int row, col;

	getyx(stdscr, row, col);
	for (size_t i = 0; i < ARRAY_LEN(windows); i++)
		mvwaddchnstr(windows[i], run->row, run->col, letters, run->n);
	move(row, col);
}

static void
write_run(struct curses *t, const struct grid *grid, const struct frame_run *run)
{
	const struct cell *cells = grid_cell(grid, run->row, run->col);
	chtype letters[FRAME_RUN_MAX];
	struct buf out = {0};

	move_cursor(&out, run->row, run->col);
	for (int i = 0; i < run->n; i++) {
		buf_putc(&out, cells[i].text[0]);
		letters[i] = (unsigned char)cells[i].text[0];
	}
	move_cursor(&out, grid->cursor_row, grid->cursor_col);
	tell_curses(run, letters);
	tty_send(&t->tty, out.data, out.len);
	buf_release(&out);
	memcpy(t->shown.cells + run->row * grid->cols + run->col, cells, (size_t)run->n * sizeof(*cells));
}

/* Most frames differ from the last one by a token, and ncurses would look through rows and rows for it. The cursor goes back to where
 * ncurses left it. False: this one is for ncurses. */
static bool
show_run(struct curses *t, const struct grid *grid)
{
	enum frame_change change;
	struct frame_run run;

	if (!t->moves_by_numbers || grid->cursor_row < 0 || grid->cursor_row != t->shown.cursor_row ||
	        grid->cursor_col != t->shown.cursor_col)
		return false;
	change = frame_compare(grid, &t->shown, t->versions, &run);
	if (change == FRAME_OTHER || (change == FRAME_RUN && t->looks[run.style] != A_NORMAL))
		return false;
	if (change == FRAME_RUN)
		write_run(t, grid, &run);
	for (int row = 0; row < grid->rows; row++)
		t->versions[row] = grid_version(grid, row);
	return true;
}

static void
curses_show(struct term *term, const struct grid *grid)
{
	struct curses *t = (struct curses *)term;

	if (grid->rows != t->shown.rows || grid->cols != t->shown.cols)
		take_size(t, grid->rows, grid->cols);
	if (show_run(t, grid))
		return;
	for (int row = 0; row < grid->rows; row++)
		put_row(t, grid, row);
	put_cursor(grid);
	t->shown.cursor_row = grid->cursor_row;
	t->shown.cursor_col = grid->cursor_col;
	refresh();
	send_frame(t);
}

/* ---- the terminal ---- */

static void
curses_suspend(struct term *term)
{
	struct curses *t = (struct curses *)term;

	tty_leave(&t->tty);
}

static void
curses_resume(struct term *term)
{
	struct curses *t = (struct curses *)term;

	tty_enter(&t->tty);
	curses_redraw(term);
}

/* Frames are put into the queue whole: it goes out between two of them. */
static bool
curses_copy(struct term *term, const char *text, size_t n, const char **doubt, struct err *err)
{
	struct curses *t = (struct curses *)term;
	struct buf bytes = {0};
	bool ok = clipboard_put(&t->clipboard, text, n, &bytes, doubt, err);

	if (ok)
		tty_send(&t->tty, buf_text(&bytes), bytes.len);
	if (ok && t->clipboard.way == CLIPBOARD_TMUX_OR_SCREEN)
		curses_redraw(term);
	buf_release(&bytes);
	return ok;
}

static struct clipboard_env
environment(void)
{
	return (struct clipboard_env){.term = getenv("TERM"),
	        .tmux = getenv("TMUX"),
	        .sty = getenv("STY"),
	        .term_program = getenv("TERM_PROGRAM"),
	        .vte_version = getenv("VTE_VERSION")};
}

static void
find_clipboard(struct curses *t)
{
	const struct clipboard_env env = environment();

	t->clipboard = clipboard_find(&env);
}

/* Between two frames, as what is copied. */
static void
curses_notify(struct term *term, enum notice notice, const char *text)
{
	struct curses *t = (struct curses *)term;
	const struct clipboard_env env = environment();
	struct buf bytes = {0};

	notice_put(notice, &env, text, &bytes);
	tty_send(&t->tty, buf_text(&bytes), bytes.len);
	if (notice == NOTICE_DESKTOP && t->clipboard.way == CLIPBOARD_TMUX_OR_SCREEN)
		curses_redraw(term);
	buf_release(&bytes);
}

static void
curses_mouse(struct term *term, bool on)
{
	tty_mouse(&((struct curses *)term)->tty, on);
}

static bool
curses_start(struct term *term, struct err *err)
{
	struct curses *t = (struct curses *)term;

	t->keys = key_input_new(term_description(), tty_may_be_slow(), err);
	return t->keys != NULL;
}

static void
curses_free(struct term *term)
{
	struct curses *t = (struct curses *)term;

	tty_close(&t->tty);
	mem_on_exhausted(NULL);
	key_input_free(t->keys);
	if (t->screen)
		delscreen(t->screen);
	if (t->out)
		fclose(t->out);
	if (t->in)
		fclose(t->in);
	grid_release(&t->shown);
	free(t->versions);
	free(t);
}

static const struct term_type type = {
        .free = curses_free,
        .start = curses_start,
        .fd = curses_fd,
        .busy = curses_busy,
        .flush = curses_flush,
        .timeout = curses_timeout,
        .read = curses_read,
        .next = curses_next,
        .size = curses_size,
        .colours = curses_colours,
        .show = curses_show,
        .redraw = curses_redraw,
        .suspend = curses_suspend,
        .resume = curses_resume,
        .copy = curses_copy,
        .notify = curses_notify,
        .mouse = curses_mouse,
};

struct term *
term_new(const struct term_look *look, struct err *err)
{
	enum theme theme = look->theme == THEME_AUTO ? theme_guess(getenv("COLORFGBG")) : look->theme;
	struct curses *t = mem_alloc(sizeof(*t));

	t->term.type = &type;
	find_clipboard(t);
	if (!tty_open(&t->tty, err)) {
		free(t);
		return NULL;
	}
	if (!start_curses(t, theme, err)) {
		curses_free(&t->term);
		return NULL;
	}
	mem_on_exhausted(tty_restore_last);
	tty_mouse(&t->tty, look->mouse);
	t->tty.focus = look->focus;
	tty_enter(&t->tty);
	return &t->term;
}
