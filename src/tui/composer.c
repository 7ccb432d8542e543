/*
 * composer.c - editing is moving one end of a range and taking the range out; drawing is clean, wrap and a window of
 * rows around the cursor.
 */
#include "tui/composer.h"

#include <string.h>

#include "base/utf8.h"
#include "text/clean.h"
#include "text/cluster.h"
#include "text/wrap.h"

static const char sign[] = "> ";

enum {
	SIGN_COLS = sizeof(sign) - 1,
	WINDOW_LINES = 200, /* more than a third of any screen */
};

void
composer_init(struct composer *c)
{
	*c = (struct composer){.cursor = 0};
}

void
composer_release(struct composer *c)
{
	buf_release(&c->text);
}

const char *
composer_text(const struct composer *c)
{
	return buf_text(&c->text);
}

bool
composer_is_blank(const struct composer *c)
{
	const char *text = buf_text(&c->text);

	return strspn(text, " \n\t") == c->text.len;
}

void
composer_clear(struct composer *c)
{
	buf_clear(&c->text);
	c->cursor = 0;
}

/* ---- places ---- */

static size_t
before(const struct composer *c, size_t at)
{
	return at > 0 ? cluster_before(c->text.data, at) : 0;
}

static size_t
behind(const struct composer *c, size_t at)
{
	return at < c->text.len ? at + cluster_length(c->text.data + at, c->text.len - at) : at;
}

static size_t
line_start(const struct composer *c, size_t at)
{
	while (at > 0 && c->text.data[at - 1] != '\n')
		at--;
	return at;
}

static size_t
line_end(const struct composer *c, size_t at)
{
	const char *feed = at < c->text.len ? memchr(c->text.data + at, '\n', c->text.len - at) : NULL;

	return feed ? (size_t)(feed - c->text.data) : c->text.len;
}

static size_t
word_start(const struct composer *c, size_t at)
{
	while (at > 0 && strchr(" \t\n", c->text.data[at - 1]))
		at--;
	while (at > 0 && !strchr(" \t\n", c->text.data[at - 1]))
		at--;
	return at;
}

/* ---- editing ---- */

bool
composer_insert(struct composer *c, const char *s, size_t n)
{
	struct buf mended = {.max = COMPOSER_TEXT_MAX - c->text.len};
	size_t behind_cursor = c->text.len - c->cursor;
	bool fits = mended.max > 0 && utf8_append_mended(&mended, s, n);

	if (fits && mended.len > 0) {
		buf_put(&c->text, mended.data, mended.len);
		memmove(c->text.data + c->cursor + mended.len, c->text.data + c->cursor, behind_cursor);
		memcpy(c->text.data + c->cursor, mended.data, mended.len);
		c->cursor += mended.len;
	}
	buf_release(&mended);
	return fits;
}

static void
take_out(struct composer *c, size_t from, size_t to)
{
	if (from == to)
		return;
	memmove(c->text.data + from, c->text.data + to, c->text.len - to);
	buf_truncate(&c->text, c->text.len - (to - from));
	c->cursor = from;
}

void
composer_left(struct composer *c)
{
	c->cursor = before(c, c->cursor);
}

void
composer_right(struct composer *c)
{
	c->cursor = behind(c, c->cursor);
}

/* The place on the line that starts at `start` as many cells in as the cursor is on its own. */
static size_t
same_column(const struct composer *c, size_t start)
{
	size_t from = line_start(c, c->cursor);
	int width = cluster_width(c->text.data + from, c->cursor - from);

	return start + cluster_fit(c->text.data + start, line_end(c, start) - start, width);
}

void
composer_up(struct composer *c)
{
	size_t start = line_start(c, c->cursor);

	if (start > 0)
		c->cursor = same_column(c, line_start(c, start - 1));
}

void
composer_down(struct composer *c)
{
	size_t end = line_end(c, c->cursor);

	if (end < c->text.len)
		c->cursor = same_column(c, end + 1);
}

void
composer_home(struct composer *c)
{
	c->cursor = line_start(c, c->cursor);
}

void
composer_end(struct composer *c)
{
	c->cursor = line_end(c, c->cursor);
}

void
composer_backspace(struct composer *c)
{
	take_out(c, before(c, c->cursor), c->cursor);
}

void
composer_delete(struct composer *c)
{
	take_out(c, c->cursor, behind(c, c->cursor));
}

void
composer_kill_to_home(struct composer *c)
{
	take_out(c, line_start(c, c->cursor), c->cursor);
}

void
composer_kill_to_end(struct composer *c)
{
	size_t end = line_end(c, c->cursor);

	take_out(c, c->cursor, end == c->cursor ? behind(c, end) : end);
}

void
composer_kill_word(struct composer *c)
{
	take_out(c, word_start(c, c->cursor), c->cursor);
}

/* ---- drawing ---- */

/* The text around the cursor as it is shown. */
struct shown {
	struct buf text;
	struct wrap wrap;
	bool is_start;      /* it begins with the text's first line */
	size_t cursor, row; /* a byte of the text, and its line */
	int col;
};

static int
text_cols(int cols)
{
	return cols > SIGN_COLS + 1 ? cols - SIGN_COLS : 1;
}

/* So many lines up (or down) from the cursor: a long text is not laid out whole for each key. */
static size_t
window_start(const struct composer *c)
{
	size_t at = line_start(c, c->cursor);

	for (int i = 0; i < WINDOW_LINES && at > 0; i++)
		at = line_start(c, at - 1);
	return at;
}

static size_t
window_end(const struct composer *c)
{
	size_t at = line_end(c, c->cursor);

	for (int i = 0; i < WINDOW_LINES && at < c->text.len; i++)
		at = line_end(c, at + 1);
	return at;
}

static void
show(struct shown *s, const struct composer *c, int cols)
{
	struct clean clean = {0};
	const char *text = buf_text(&c->text);
	size_t from = window_start(c), to = window_end(c);
	const struct wrap_line *line;

	*s = (struct shown){.is_start = from == 0};
	clean_text(&clean, text + from, c->cursor - from, &s->text);
	s->cursor = s->text.len;
	clean_text(&clean, text + c->cursor, to - c->cursor, &s->text);
	clean_end(&clean, &s->text);
	wrap_init(&s->wrap, cols);
	wrap_text(&s->wrap, buf_text(&s->text), s->text.len);
	s->row = wrap_line_of(&s->wrap, s->cursor);
	line = &s->wrap.lines[s->row];
	s->col = cluster_width(buf_text(&s->text) + line->start, s->cursor - line->start);
	/* Behind a full line, and on the blanks that a break has swallowed, it stands on the last cell. */
	if (s->col >= cols)
		s->col = cols - 1;
}

static void
shown_release(struct shown *s)
{
	buf_release(&s->text);
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

void
composer_draw(const struct composer *c, struct grid *g, struct rect r)
{
	struct shown s;
	size_t first;

	show(&s, c, text_cols(r.cols));
	first = s.row >= (size_t)r.rows ? s.row - (size_t)r.rows + 1 : 0;
	for (size_t i = first; i < s.wrap.n && i - first < (size_t)r.rows; i++) {
		int row = r.row + (int)(i - first);

		grid_puts(g, row, r.col, r.col + r.cols, STYLE_PROMPT, i == 0 && s.is_start ? sign : "  ");
		grid_put(g, row, r.col + SIGN_COLS, r.col + r.cols, STYLE_TEXT,
		        buf_text(&s.text) + s.wrap.lines[i].start, s.wrap.lines[i].len);
	}
	g->cursor_row = r.row + (int)(s.row - first);
	g->cursor_col = r.col + SIGN_COLS + s.col;
	shown_release(&s);
}
