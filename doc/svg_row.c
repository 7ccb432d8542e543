/*
 * svg_row.c - runs of cells become texts, lines and blocks rectangles. Text has the reader's own monospaced font, so each run of it says how
 * long it is.
 */
#include "doc/svg_row.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "base/utf8.h"

/* ---- looks ---- */

/* Of the 256: xterm's, but for the first 16, of which each terminal has its own. */
static uint32_t
palette_colour(unsigned n)
{
	static const uint32_t own[] = {0x2e3436, 0xcc0000, 0x4e9a06, 0xc4a000, 0x3465a4, 0xa347ba, 0x06989a, 0xd3d7cf,
	        0x555753, 0xef2929, 0x8ae234, 0xfce94f, 0x729fcf, 0xad7fa8, 0x34e2e2, 0xeeeeec};
	static const uint32_t steps[] = {0, 95, 135, 175, 215, 255};

	if (n < ARRAY_LEN(own))
		return own[n];
	if (n >= 232)
		return (8 + 10 * (n - 232)) * 0x10101;
	n -= 16;
	return steps[n / 36] << 16 | steps[n / 6 % 6] << 8 | steps[n % 6];
}

static void
put_colour(const struct svg_screen *s, struct buf *out, const VTermColor *colour)
{
	if (VTERM_COLOR_IS_DEFAULT_FG(colour) || VTERM_COLOR_IS_DEFAULT_BG(colour))
		buf_puts(out, VTERM_COLOR_IS_DEFAULT_FG(colour) ? s->foreground : s->background);
	else
		buf_printf(out, "#%06x", palette_colour(colour->indexed.idx));
}

/* The number of a class with these declarations. */
static size_t
find_look(struct svg_screen *s, struct buf *css)
{
	size_t i = 0;

	while (i < s->n_looks && strcmp(s->looks[i], buf_text(css)) != 0)
		i++;
	if (i == s->n_looks) {
		assert(s->n_looks < SVG_LOOKS);
		s->looks[s->n_looks++] = mem_strdup(buf_text(css));
	}
	buf_release(css);
	return i;
}

static size_t
ink_look(struct svg_screen *s, const VTermScreenCell *cell)
{
	struct buf css = {0};

	buf_puts(&css, "fill:");
	put_colour(s, &css, cell->attrs.reverse ? &cell->bg : &cell->fg);
	buf_puts(&css, cell->attrs.bold ? ";font-weight:bold" : "");
	buf_puts(&css, cell->attrs.italic ? ";font-style:italic" : "");
	buf_puts(&css, cell->attrs.underline ? ";text-decoration:underline" : "");
	return find_look(s, &css);
}

/* SIZE_MAX: it is the picture's own. */
static size_t
ground_look(struct svg_screen *s, const VTermScreenCell *cell)
{
	const VTermColor *colour = cell->attrs.reverse ? &cell->fg : &cell->bg;
	struct buf css = {0};

	if (VTERM_COLOR_IS_DEFAULT_BG(colour))
		return SIZE_MAX;
	buf_puts(&css, "fill:");
	put_colour(s, &css, colour);
	return find_look(s, &css);
}

/* ---- a row ---- */

static void
put_rectangle(struct buf *out, size_t look, double x, double y, double width, double height)
{
	buf_printf(out, "<rect class=\"c%zu\" x=\"%g\" y=\"%g\" width=\"%g\" height=\"%g\"/>", look, x,
	        y - SVG_BASELINE, width, height);
}

/* The arms of a box-drawing character: left, right, up, down; capitals are thick. NULL: it is none. */
static const char *
arms_of(uint32_t code)
{
	static const struct {
		uint32_t code;
		const char *arms;
	} rows[] = {{0x2500, "lr"}, {0x2501, "LR"}, {0x2502, "ud"}, {0x2503, "UD"}, {0x250c, "rd"}, {0x2510, "ld"},
	        {0x2514, "ru"}, {0x2518, "lu"}, {0x251c, "rud"}, {0x2524, "lud"}, {0x252c, "lrd"}, {0x2534, "lru"},
	        {0x253c, "lrud"}};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (rows[i].code == code)
			return rows[i].arms;
	return NULL;
}

/* `n` times the same one, beside each other. */
static void
put_lines(struct buf *out, size_t look, const char *arms, double x, int n)
{
	const double half = SVG_CELL_WIDTH / 2.0, middle = SVG_CELL_HEIGHT / 2.0, thin = 1.4;
	bool left = strpbrk(arms, "lL"), right = strpbrk(arms, "rR"), up = strpbrk(arms, "uU"),
	     down = strpbrk(arms, "dD");
	double thick = strpbrk(arms, "LRUD") ? 2 * thin : thin;

	if (left || right)
		put_rectangle(out, look, left ? x : x + half - thin / 2, middle - thick / 2,
		        (n - 1) * SVG_CELL_WIDTH + (left ? half : thin / 2) + (right ? half : thin / 2), thick);
	for (int i = 0; i < n && (up || down); i++)
		put_rectangle(out, look, x + i * SVG_CELL_WIDTH + half - thick / 2, up ? 0 : middle, thick,
		        up && down ? SVG_CELL_HEIGHT : middle);
}

/* The block of so many eighths of the cell, from below or from the left. False: it is none. */
static bool
put_block(struct buf *out, size_t look, uint32_t code, double x)
{
	double high = (code - 0x2580) * SVG_CELL_HEIGHT / 8.0, wide = (0x2590 - code) * SVG_CELL_WIDTH / 8.0;

	if (code == 0x2580)
		put_rectangle(out, look, x, 0, SVG_CELL_WIDTH, SVG_CELL_HEIGHT / 2.0);
	else if (code > 0x2580 && code <= 0x2588)
		put_rectangle(out, look, x, SVG_CELL_HEIGHT - high, SVG_CELL_WIDTH, high);
	else if (code > 0x2588 && code < 0x2590)
		put_rectangle(out, look, x, 0, wide, SVG_CELL_HEIGHT);
	else
		return false;
	return true;
}

/* A character that every monospaced font has, of one column. */
static bool
is_plain(const VTermScreenCell *cell)
{
	uint32_t code = cell->chars[0];

	return cell->width == 1 && !cell->chars[1] &&
	       ((code > ' ' && code < 0x7f) || (code > 0xa0 && code < 0x100 && code != 0xad));
}

static void
put_character(struct buf *out, const VTermScreenCell *cell)
{
	for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell->chars[i]; i++) {
		char bytes[4];

		if (cell->chars[i] == '&' || cell->chars[i] == '<')
			buf_puts(out, cell->chars[i] == '&' ? "&amp;" : "&lt;");
		else
			buf_put(out, bytes, utf8_encode(cell->chars[i], bytes));
	}
}

static void
get_cell(const struct svg_screen *s, int row, int col, VTermScreenCell *cell)
{
	vterm_screen_get_cell(s->screen, (VTermPos){row, col}, cell);
}

static bool
is_blank(const VTermScreenCell *cell)
{
	return cell->chars[0] == 0 || cell->chars[0] == ' ';
}

/* Plain characters of one look, with single blanks among them. The column behind them. */
static int
put_words(struct svg_screen *s, struct buf *out, int row, int col, size_t look)
{
	struct buf text = {0};
	int from = col, end = col;
	VTermScreenCell cell;

	for (; col < s->cols && col - end < 2; col++) {
		get_cell(s, row, col, &cell);
		if (is_blank(&cell))
			continue;
		if (!is_plain(&cell) || ink_look(s, &cell) != look)
			break;
		while (end < col) {
			buf_putc(&text, ' ');
			end++;
		}
		put_character(&text, &cell);
		end = col + 1;
	}
	buf_printf(out, "<text class=\"c%zu\" x=\"%d\"", look, from * SVG_CELL_WIDTH);
	if (end - from > 1)
		buf_printf(out, " textLength=\"%d\"", (end - from) * SVG_CELL_WIDTH);
	buf_printf(out, ">%s</text>", buf_text(&text));
	buf_release(&text);
	return end;
}

/* How many cells from there on are the same. */
static int
count_same(const struct svg_screen *s, int row, int col)
{
	VTermScreenCell first, cell;
	int n = 0;

	get_cell(s, row, col, &first);
	do {
		n++;
		if (col + n == s->cols)
			break;
		get_cell(s, row, col + n, &cell);
	} while (first.chars[0] == cell.chars[0] && vterm_color_is_equal(&first.fg, &cell.fg));
	return n;
}

/* The column behind what was drawn. */
static int
put_ink(struct svg_screen *s, struct buf *out, int row, int col)
{
	VTermScreenCell cell;
	const char *arms;
	size_t look;

	get_cell(s, row, col, &cell);
	if (is_blank(&cell))
		return col + 1;
	look = ink_look(s, &cell);
	if (is_plain(&cell))
		return put_words(s, out, row, col, look);
	arms = arms_of(cell.chars[0]);
	if (arms) {
		int n = count_same(s, row, col);

		put_lines(out, look, arms, col * SVG_CELL_WIDTH, n);
		return col + n;
	}
	if (!put_block(out, look, cell.chars[0], col * SVG_CELL_WIDTH)) {
		buf_printf(out, "<text class=\"c%zu\" x=\"%d\">", look, col * SVG_CELL_WIDTH);
		put_character(out, &cell);
		buf_puts(out, "</text>");
	}
	return col + cell.width;
}

static void
put_grounds(struct svg_screen *s, struct buf *out, int row)
{
	VTermScreenCell cell;

	for (int col = 0, from = 0; col < s->cols; from = col) {
		size_t look;

		get_cell(s, row, from, &cell);
		look = ground_look(s, &cell);
		do {
			col++;
			if (col < s->cols)
				get_cell(s, row, col, &cell);
		} while (col < s->cols && ground_look(s, &cell) == look);
		if (look != SIZE_MAX)
			put_rectangle(
			        out, look, from * SVG_CELL_WIDTH, 0, (col - from) * SVG_CELL_WIDTH, SVG_CELL_HEIGHT);
	}
}

char *
svg_row(struct svg_screen *s, int row)
{
	struct buf out = {0};

	put_grounds(s, &out, row);
	for (int col = 0; col < s->cols;)
		col = put_ink(s, &out, row, col);
	return out.data ? buf_take(&out) : mem_strdup("");
}

void
svg_screen_release(struct svg_screen *s)
{
	for (size_t i = 0; i < s->n_looks; i++)
		free(s->looks[i]);
	vterm_free(s->vterm);
}
