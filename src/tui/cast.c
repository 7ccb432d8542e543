/*
 * cast.c - each frame is an event: the cells that changed since the last one, and the cursor.
 */
#include "tui/cast.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/json_put.h"
#include "base/mem.h"
#include "base/new_file.h"

struct cast {
	struct term term;
	struct new_file file;
	enum theme theme;
	struct grid shown;
	int64_t start_ns;
	int64_t told_ns; /* since then; -1: nobody has told */
	bool anew;       /* the next frame begins with an empty screen */
	struct buf out;  /* the bytes of a frame */
	struct buf line; /* the same as an event */
};

enum {
	COLOURS = 256,
};

/* ---- a cell ---- */

static void
put_colour(struct buf *out, int ground, int colour)
{
	if (colour >= 0)
		buf_printf(out, ";%d;5;%d", ground, colour);
}

/* From no look at all: the attributes of one cell never depend on another. */
static void
put_look(struct cast *c, const struct cell *cell)
{
	struct theme_style look = theme_style(c->theme, COLOURS, (enum style)cell->style);
	static const struct {
		unsigned attribute;
		char code;
	} codes[] = {
	        {THEME_BOLD, '1'}, {THEME_DIM, '2'}, {THEME_ITALIC, '3'}, {THEME_UNDERLINE, '4'}, {THEME_REVERSE, '7'}};

	if (cell->style == STYLE_PICTURE)
		look = (struct theme_style){cell->picture.foreground, cell->picture.background, 0};
	buf_puts(&c->out, "\x1b[0");
	for (size_t i = 0; i < sizeof(codes) / sizeof(*codes); i++)
		if (look.attributes & codes[i].attribute)
			buf_printf(&c->out, ";%c", codes[i].code);
	put_colour(&c->out, 38, look.foreground);
	put_colour(&c->out, 48, look.background);
	buf_putc(&c->out, 'm');
}

/* Does it look as the one before it, whatever stands in them? */
static bool
is_alike(const struct cell *a, const struct cell *b)
{
	return a && a->style == b->style &&
	       (a->style != STYLE_PICTURE || (a->picture.foreground == b->picture.foreground &&
	                                             a->picture.background == b->picture.background));
}

/* The cells of a row from `col` on that changed, up to one that did not. The column after them. */
static int
put_run(struct cast *c, const struct grid *grid, int row, int col)
{
	const struct cell *before = NULL;

	buf_printf(&c->out, "\x1b[%d;%dH", row + 1, col + 1);
	for (; col < grid->cols; col++) {
		const struct cell *cell = grid_cell(grid, row, col);

		if (cell->width == 0)
			continue;
		if (grid_cells_match(cell, grid_cell(&c->shown, row, col)))
			break;
		if (!is_alike(before, cell))
			put_look(c, cell);
		buf_puts(&c->out, cell->text);
		before = cell;
	}
	return col;
}

static void
put_row(struct cast *c, const struct grid *grid, int row)
{
	for (int col = 0; col < grid->cols; col++) {
		const struct cell *cell = grid_cell(grid, row, col);

		if (cell->width > 0 && !grid_cells_match(cell, grid_cell(&c->shown, row, col)))
			col = put_run(c, grid, row, col) - 1;
	}
}

/* ---- frames ---- */

static void
write_event(struct cast *c)
{
	int64_t ns = c->told_ns >= 0 ? c->told_ns : clock_ns() - c->start_ns;

	buf_clear(&c->line);
	buf_printf(&c->line, "[%.6f, \"o\", ", (double)ns / 1e9);
	json_put_string(&c->line, c->out.data, c->out.len);
	buf_puts(&c->line, "]\n");
	fwrite(c->line.data, 1, c->line.len, c->file.file);
}

static void
put_cursor(struct cast *c, const struct grid *grid)
{
	if (grid->cursor_row < 0)
		buf_puts(&c->out, "\x1b[?25l");
	else
		buf_printf(&c->out, "\x1b[0m\x1b[%d;%dH\x1b[?25h", grid->cursor_row + 1, grid->cursor_col + 1);
}

static bool
is_cursor_moved(const struct cast *c, const struct grid *grid)
{
	return grid->cursor_row != c->shown.cursor_row || grid->cursor_col != c->shown.cursor_col;
}

static void
keep(struct cast *c, const struct grid *grid)
{
	memcpy(c->shown.cells, grid->cells, (size_t)grid->rows * (size_t)grid->cols * sizeof(*grid->cells));
	c->shown.cursor_row = grid->cursor_row;
	c->shown.cursor_col = grid->cursor_col;
	c->anew = false;
}

static void
cast_show(struct term *term, const struct grid *grid)
{
	struct cast *c = (struct cast *)term;

	buf_clear(&c->out);
	if (c->anew) {
		buf_puts(&c->out, "\x1b[0m\x1b[2J");
		grid_clear(&c->shown);
	}
	for (int row = 0; row < grid->rows; row++)
		put_row(c, grid, row);
	if (c->out.len > 0 || is_cursor_moved(c, grid)) {
		put_cursor(c, grid);
		write_event(c);
	}
	keep(c, grid);
}

/* ---- what it has not ---- */

static int
no_fd(const struct term *term)
{
	(void)term;
	return -1;
}

static bool
is_busy(const struct term *term)
{
	(void)term;
	return false;
}

static int
no_timeout(const struct term *term)
{
	(void)term;
	return -1;
}

static void
do_nothing(struct term *term)
{
	(void)term;
}

static void
read_nothing(struct term *term, bool silence)
{
	(void)term;
	(void)silence;
}

static struct term_event
no_event(struct term *term)
{
	(void)term;
	return (struct term_event){.type = TERM_NOTHING};
}

static void
cast_size(const struct term *term, int *rows, int *cols)
{
	const struct cast *c = (const struct cast *)term;

	*rows = c->shown.rows;
	*cols = c->shown.cols;
}

static int
cast_colours(const struct term *term)
{
	(void)term;
	return COLOURS;
}

static void
cast_redraw(struct term *term)
{
	((struct cast *)term)->anew = true;
}

/* A cast has no clipboard, and a demonstration goes on without one. */
static bool
cast_copy(struct term *term, const char *text, size_t n, const char **doubt, struct err *err)
{
	(void)term;
	(void)text;
	(void)n;
	(void)err;
	*doubt = NULL;
	return true;
}

static void
cast_free(struct term *term)
{
	struct cast *c = (struct cast *)term;
	struct err ignored;

	if (c->file.file)
		(void)!new_file_close(&c->file, false, &ignored);
	grid_release(&c->shown);
	buf_release(&c->out);
	buf_release(&c->line);
	free(c);
}

static const struct term_type type = {
        .free = cast_free,
        .fd = no_fd,
        .busy = is_busy,
        .flush = do_nothing,
        .timeout = no_timeout,
        .read = read_nothing,
        .next = no_event,
        .size = cast_size,
        .colours = cast_colours,
        .show = cast_show,
        .redraw = cast_redraw,
        .suspend = do_nothing,
        .resume = do_nothing,
        .copy = cast_copy,
};

/* ---- beginning and end ---- */

static bool
open_file(struct new_file *file, const char *path, struct err *err)
{
	return strcmp(path, "-") == 0 ? new_file_open_output(file, err) : new_file_open(file, path, false, err);
}

struct term *
cast_new(const char *path, int rows, int cols, enum theme theme, struct err *err)
{
	struct cast *c = mem_alloc(sizeof(*c));

	c->term.type = &type;
	c->theme = theme;
	if (!open_file(&c->file, path, err)) {
		free(c);
		return NULL;
	}
	grid_init(&c->shown, rows, cols);
	c->anew = true;
	c->start_ns = clock_ns();
	c->told_ns = -1;
	fprintf(c->file.file,
	        "{\"version\": 2, \"width\": %d, \"height\": %d, \"timestamp\": %lld, \"title\": \"flynn\", "
	        "\"env\": {\"TERM\": \"xterm-256color\"}}\n",
	        cols, rows, (long long)time(NULL));
	return &c->term;
}

void
cast_tell(struct term *term, int64_t ms)
{
	((struct cast *)term)->told_ns = ms * 1000000;
}

bool
cast_end(struct term *term, struct err *err)
{
	struct cast *c = (struct cast *)term;
	bool good;

	/* The last frame is shown until then. */
	buf_clear(&c->out);
	write_event(c);
	good = new_file_close(&c->file, true, err);
	c->file.file = NULL;
	cast_free(term);
	return good;
}
