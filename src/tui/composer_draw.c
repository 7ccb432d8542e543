/*
 * composer_draw.c - how the composer looks: clean, wrap, and a window of rows around the cursor; and moving by those
 * rows.
 */
#include "tui/composer.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "text/clean.h"
#include "text/cluster.h"
#include "text/wrap.h"

static const char sign[] = "> ";

enum {
	SIGN_COLS = sizeof(sign) - 1,
	COLS_WITHOUT_VIEW = 4096,
	LOOK_SIGN = 1,              /* of a row, for grid_text_key */
	LOOK_LINE,                  /* the same */
	WINDOW_LINES = 200,         /* more than a third of any screen */
	WINDOW_BYTES_LEAST = 4096,  /* and so are the cells of this much text on either side of the cursor, */
	WINDOW_BYTES_EACH_COL = 64, /* or this for each column when that is more */
};

/* Bytes of what is shown. */
struct chip {
	size_t from, to;
};

/* The text around the cursor as it is shown. */
struct shown {
	struct buf text;
	struct chip *chips; /* in their order */
	size_t n_chips;
	struct wrap wrap;
	bool is_start;      /* it begins with the text's first line */
	size_t from, to;    /* of the composer's text */
	size_t cursor, row; /* a byte of the text, and its line */
	int col;
};

static int
text_cols(int cols)
{
	return cols > SIGN_COLS + 1 ? cols - SIGN_COLS : 1;
}

static size_t
window_bytes(int cols)
{
	size_t bytes = (size_t)cols * WINDOW_BYTES_EACH_COL;

	return bytes > WINDOW_BYTES_LEAST ? bytes : WINDOW_BYTES_LEAST;
}

/*
 * So many lines up (or down) from the cursor, and no further than so many bytes: a long text is not laid out whole for
 * each key. Where a line is cut the place depends on the text alone, so that its rows stay where they are while the
 * cursor moves.
 */
static size_t
window_start(const struct composer *c, size_t bytes)
{
	const char *text = buf_text(&c->text);
	size_t chunk = c->cursor / bytes, at = c->cursor;
	size_t least = chunk > 0 ? utf8_floor(text, (chunk - 1) * bytes) : 0;

	for (int feeds = 0; at > least; at--) {
		const struct pasted_part *fold = pasted_fold_at(&c->pasted, at - 1);

		if (fold)
			at = fold->from + 1;
		else if (text[at - 1] == '\n' && ++feeds > WINDOW_LINES)
			break;
	}
	return at;
}

static size_t
window_end(const struct composer *c, size_t bytes)
{
	const char *text = buf_text(&c->text);
	size_t at = c->cursor, most = c->text.len;

	if (most - at > bytes)
		most = utf8_floor(text, at + bytes);
	for (int feeds = 0; at < most; at++) {
		const struct pasted_part *fold = pasted_fold_at(&c->pasted, at);

		if (fold)
			at = fold->to - 1;
		else if (text[at] == '\n' && ++feeds > WINDOW_LINES)
			break;
	}
	return at;
}

static void
clean_label(struct clean *clean, const struct pasted_part *fold, struct buf *out)
{
	struct buf label = {0};

	pasted_put_label(fold, &label);
	clean_text(clean, label.data, label.len, out);
	buf_release(&label);
}

static void
put_chip(struct shown *s, struct clean *clean, const struct pasted_part *fold)
{
	size_t from = s->text.len;

	clean_label(clean, fold, &s->text);
	s->chips = mem_realloc(s->chips, (s->n_chips + 1) * sizeof(*s->chips));
	s->chips[s->n_chips++] = (struct chip){from, s->text.len};
}

/* From one place to another: no chip is cut. */
static void
put_text(struct shown *s, struct clean *clean, const struct composer *c, size_t from, size_t to)
{
	const char *text = buf_text(&c->text);

	for (size_t i = 0; i < c->pasted.n; i++) {
		const struct pasted_part *part = &c->pasted.parts[i];

		if (!part->is_folded || part->from < from || part->to > to)
			continue;
		clean_text(clean, text + from, part->from - from, &s->text);
		put_chip(s, clean, part);
		from = part->to;
	}
	clean_text(clean, text + from, to - from, &s->text);
}

static void
show(struct shown *s, const struct composer *c, int cols)
{
	struct clean clean = {0};
	size_t bytes = window_bytes(cols), from = window_start(c, bytes), to = window_end(c, bytes);
	const struct wrap_line *line;

	*s = (struct shown){.is_start = from == 0, .from = from, .to = to};
	put_text(s, &clean, c, from, c->cursor);
	s->cursor = s->text.len;
	put_text(s, &clean, c, c->cursor, to);
	clean_end(&clean, &s->text);
	wrap_init(&s->wrap, cols);
	wrap_text(&s->wrap, buf_text(&s->text), s->text.len);
	s->row = wrap_line_of(&s->wrap, s->cursor);
	line = &s->wrap.lines[s->row];
	s->col = cluster_width(buf_text(&s->text) + line->start, s->cursor - line->start);
	/* After a full line, and on the spaces that a break has swallowed, it stands on the last cell. */
	if (s->col >= cols)
		s->col = cols - 1;
}

static void
shown_release(struct shown *s)
{
	buf_release(&s->text);
	free(s->chips);
	wrap_release(&s->wrap);
}

int
composer_rows(const struct composer *c, int cols)
{
	struct shown s;
	int rows;

	show(&s, c, text_cols(cols));
	rows = s.wrap.n > WINDOW_LINES ? WINDOW_LINES : (int)s.wrap.n;
	shown_release(&s);
	return rows;
}

/* The part of a row that is of this chip, in columns. */
static bool
find_chip_cols(const struct shown *s, const struct chip *chip, const struct wrap_line *line, int cols[static 2])
{
	size_t from = chip->from > line->start ? chip->from : line->start;
	size_t to = chip->to < line->start + line->len ? chip->to : line->start + line->len;
	const char *text = buf_text(&s->text) + line->start;

	if (from >= to)
		return false;
	cols[0] = cluster_width(text, from - line->start);
	cols[1] = cluster_width(text, to - line->start);
	return true;
}

static void
paint_chips(const struct shown *s, size_t i, struct grid *g, struct rect line)
{
	int cols[2], col = line.col + SIGN_COLS;

	for (size_t n = 0; n < s->n_chips; n++)
		if (find_chip_cols(s, &s->chips[n], &s->wrap.lines[i], cols))
			grid_paint(g, line.row, col + cols[0], col + cols[1], STYLE_NOTE);
}

/* What is typed may look like a chip. */
static uint64_t
add_chips(uint64_t key, const struct shown *s, size_t i)
{
	int cols[2];

	for (size_t n = 0; n < s->n_chips; n++)
		if (find_chip_cols(s, &s->chips[n], &s->wrap.lines[i], cols))
			key = (key ^ (uint64_t)cols[0] << 20 ^ (uint64_t)cols[1]) * 0x9fb21c651e98df25u;
	return key;
}

/* A row that is drawn already is left as it is. */
static void
draw_line(const struct shown *s, size_t i, struct grid *g, struct rect line)
{
	const char *text = buf_text(&s->text) + s->wrap.lines[i].start;
	size_t len = s->wrap.lines[i].len;
	bool signs = i == 0 && s->is_start;

	if (!grid_line(g, line, add_chips(grid_text_key(text, len, signs ? LOOK_SIGN : LOOK_LINE), s, i)))
		return;
	grid_puts(g, line.row, line.col, line.col + line.cols, STYLE_PROMPT, signs ? sign : "  ");
	grid_put(g, line.row, line.col + SIGN_COLS, line.col + line.cols, STYLE_TEXT, text, len);
	paint_chips(s, i, g, line);
}

void
composer_draw(const struct composer *c, struct grid *g, struct rect r)
{
	struct shown s;
	size_t first;

	show(&s, c, text_cols(r.cols));
	first = s.row >= (size_t)r.rows ? s.row - (size_t)r.rows + 1 : 0;
	for (size_t i = 0; i < (size_t)r.rows; i++) {
		struct rect line = {r.row + (int)i, r.col, 1, r.cols};

		if (first + i < s.wrap.n)
			draw_line(&s, first + i, g, line);
		else
			grid_line(g, line, GRID_BLANK_KEY);
	}
	g->cursor_row = r.row + (int)(s.row - first);
	g->cursor_col = r.col + SIGN_COLS + s.col;
	shown_release(&s);
}

/* ---- moving by rows ---- */

/* The byte of what is shown that is nearest to this column of a row. Where a word is torn the place after a row is the
 * next row's. */
static size_t
byte_at(const struct shown *s, size_t row, int column)
{
	const struct wrap_line *line = &s->wrap.lines[row];
	const char *text = buf_text(&s->text);
	size_t at = line->start + cluster_fit(text + line->start, line->len, column);
	bool torn = row + 1 < s->wrap.n && at == s->wrap.lines[row + 1].start;

	return torn && at > line->start ? cluster_before(text, at) : at;
}

/* The place in the composer's text of a byte of what is shown; inside of what stands for one cluster, the one before it
 * or after it. */
static size_t
place_of(const struct composer *c, const struct shown *s, size_t byte, bool after)
{
	struct clean clean = {0};
	struct buf out = {0};
	size_t at = s->from, before = at;

	while (at < s->to && out.len < byte) {
		const struct pasted_part *fold = pasted_fold_at(&c->pasted, at);
		size_t n = fold ? fold->to - at : cluster_length(c->text.data + at, s->to - at);

		if (fold)
			clean_label(&clean, fold, &out);
		else
			clean_text(&clean, c->text.data + at, n, &out);
		before = at;
		at += n;
	}
	if (out.len > byte && !after)
		at = before;
	buf_release(&out);
	return at;
}

/* To the row above or below. */
static bool
move_row(struct composer *c, bool down)
{
	int cols = c->cols > 0 ? c->cols : COLS_WITHOUT_VIEW, column;
	struct shown s;
	bool there;

	show(&s, c, text_cols(cols));
	there = down ? s.row + 1 < s.wrap.n : s.row > 0;
	column = c->column >= 0 ? c->column : s.col;
	if (there) {
		composer_move(c, place_of(c, &s, byte_at(&s, down ? s.row + 1 : s.row - 1, column), down));
		c->column = column;
	}
	shown_release(&s);
	return there;
}

bool
composer_up(struct composer *c)
{
	return move_row(c, false);
}

bool
composer_down(struct composer *c)
{
	return move_row(c, true);
}
