/*
 * term_script_expect.c - lines that expect something of the screen. A line that does not hold yet waits for the next
 * frame, until its patience ends.
 */
#include "tests/term_script_expect.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/compiler.h"
#include "base/mem.h"

enum {
	PATIENCE_MS = 20000,
	QUIET_MS = 150, /* without a frame: then a screen is worth keeping */
};

/* ---- the screen as text ---- */

static void
replace_all(char *text, const char *from, const char *to)
{
	for (char *at = text; from && (at = strstr(at, from)) != NULL; at += strlen(to))
		memcpy(at, to, strlen(to));
}

static char *
screen_text(const struct script *s)
{
	char *text = grid_text(&s->shown);

	replace_all(text, s->host->varies, s->host->stands_for);
	return text;
}

static void
put_screen(struct buf *out, const char *text, size_t rows)
{
	for (; rows > 0; rows--) {
		size_t n = strcspn(text, "\n");

		buf_printf(out, "|%.*s\n", (int)n, text);
		text += n + (text[n] == '\n');
	}
}

/* Once only, and the screen with it. */
enum term_script_answer
script_line_fail(struct script *s, const char *what)
{
	char *text = screen_text(s);

	if (!s->failed) {
		buf_printf(&s->why, "line %d: %.*s: %s\n", s->number, s->line ? (int)s->line_len : 0,
		        s->line ? s->line : "", what);
		put_screen(&s->why, text, (size_t)s->shown.rows);
	}
	s->failed = true;
	free(text);
	return TERM_SCRIPT_DONE;
}

/* ---- the lines ---- */

enum term_script_answer
script_wait_or_fail(struct script *s, bool holds, const char *what)
{
	if (holds)
		return TERM_SCRIPT_DONE;
	return clock_ms() - s->since_ms < PATIENCE_MS ? TERM_SCRIPT_WAIT : script_line_fail(s, what);
}

static bool
shows(const struct script *s)
{
	char *text = screen_text(s);
	bool there = strstr(text, buf_text(&s->text)) != NULL;

	free(text);
	return there;
}

enum term_script_answer
script_expect_until(struct script *s, const char *arg)
{
	return script_unquote(s, arg) ? script_wait_or_fail(s, shows(s), "is not there") : TERM_SCRIPT_WRONG;
}

enum term_script_answer
script_expect_gone(struct script *s, const char *arg)
{
	return script_unquote(s, arg) ? script_wait_or_fail(s, !shows(s), "is still there") : TERM_SCRIPT_WRONG;
}

/* The block of lines with a "|" after the current line; what is after it. */
static const char *
block_end(const char *at)
{
	for (;;) {
		const char *bar = at + strspn(at, " \t");

		if (*bar != '|')
			return at;
		at = bar + strcspn(bar, "\n");
		at += *at == '\n';
	}
}

static bool
block_is(const struct script *s, const char *text, int wanted)
{
	const char *at = s->at, *end = block_end(at);
	int rows = 0;

	for (; at < end; rows++) {
		size_t n, have = strcspn(text, "\n");

		at += strspn(at, " \t") + 1;
		n = strcspn(at, "\n");
		if (n != have || memcmp(at, text, n) != 0)
			return false;
		text += have + (text[have] == '\n');
		at += n + (at[n] == '\n');
	}
	return rows == wanted;
}

static enum term_script_answer
keep_screen(struct script *s, const char *text, int rows)
{
	if (clock_ms() - s->shown_ms < QUIET_MS || clock_ms() - s->since_ms < QUIET_MS) {
		s->asks_again = true;
		return TERM_SCRIPT_WAIT;
	}
	put_screen(&s->written, text, (size_t)rows);
	return TERM_SCRIPT_DONE;
}

enum term_script_answer
script_expect_screen(struct script *s, const char *arg)
{
	char *text = screen_text(s);
	int n = atoi(arg), rows = n > 0 && n < s->shown.rows ? n : s->shown.rows;
	enum term_script_answer answer =
	        s->host->write ? keep_screen(s, text, rows)
	                       : script_wait_or_fail(s, block_is(s, text, rows), "the screen is another");

	free(text);
	if (answer == TERM_SCRIPT_DONE)
		for (const char *end = block_end(s->at); s->at < end; s->number++)
			s->at = strchr(s->at, '\n') ? strchr(s->at, '\n') + 1 : end;
	return answer;
}

static char *
row_text(const struct script *s, int row)
{
	char *text = screen_text(s), *at = text, *copy;

	for (; row > 0; row--)
		at += strcspn(at, "\n") + 1;
	copy = mem_strndup(at, strcspn(at, "\n"));
	free(text);
	return copy;
}

enum term_script_answer
script_expect_row(struct script *s, const char *arg)
{
	int n = 0, skip = 0, row;
	bool holds;
	char *text;

	if (sscanf(arg, "%d %n", &n, &skip) != 1 || n == 0 || !script_unquote(s, arg + skip))
		return TERM_SCRIPT_WRONG;
	row = n > 0 ? n - 1 : s->shown.rows + n;
	if (row < 0 || row >= s->shown.rows)
		return script_wait_or_fail(s, false, "there is no such row");
	text = row_text(s, row);
	holds = strcmp(text, buf_text(&s->text)) == 0;
	free(text);
	return script_wait_or_fail(s, holds, "the row is another");
}

enum term_script_answer
script_expect_cursor(struct script *s, const char *arg)
{
	int row = 0, col = 0;

	if (strncmp(arg, "none", 4) != 0 && sscanf(arg, "%d %d", &row, &col) != 2)
		return TERM_SCRIPT_WRONG;
	return script_wait_or_fail(s,
	        row == 0 ? s->shown.cursor_row < 0 : s->shown.cursor_row == row - 1 && s->shown.cursor_col == col - 1,
	        "the cursor is elsewhere");
}

enum term_script_answer
script_expect_style(struct script *s, const char *arg)
{
	static const char *const names[] = {
#define X(name, ...) #name,
	        STYLES(X)
#undef X
	};
	int row = 0, col = 0;
	char name[32];

	if (sscanf(arg, "%d %d %31s", &row, &col, name) != 3)
		return TERM_SCRIPT_WRONG;
	if (row < 1 || row > s->shown.rows || col < 1 || col > s->shown.cols)
		return script_line_fail(s, "there is no such cell");
	return script_wait_or_fail(
	        s, strcmp(names[grid_cell(&s->shown, row - 1, col - 1)->style], name) == 0, "the cell looks otherwise");
}

enum term_script_answer
script_expect_colours(struct script *s, const char *arg)
{
	int row = 0, col = 0, foreground, background;
	const struct cell *cell;

	if (sscanf(arg, "%d %d %d %d", &row, &col, &foreground, &background) != 4)
		return TERM_SCRIPT_WRONG;
	if (row < 1 || row > s->shown.rows || col < 1 || col > s->shown.cols)
		return script_line_fail(s, "there is no such cell");
	cell = grid_cell(&s->shown, row - 1, col - 1);
	return script_wait_or_fail(s,
	        cell->style == STYLE_PICTURE && cell->picture.foreground == foreground &&
	                cell->picture.background == background,
	        "the cell has other colours");
}

enum term_script_answer
script_expect_copied(struct script *s, const char *arg)
{
	if (!script_unquote(s, arg))
		return TERM_SCRIPT_WRONG;
	return script_wait_or_fail(s, strcmp(buf_text(&s->copied), buf_text(&s->text)) == 0, buf_text(&s->copied));
}

enum term_script_answer
script_expect_noticed(struct script *s, const char *arg)
{
	if (strncmp(arg, "none", 4) == 0) {
		buf_clear(&s->notices);
		return TERM_SCRIPT_DONE;
	}
	if (!script_unquote(s, arg))
		return TERM_SCRIPT_WRONG;
	return script_wait_or_fail(s, strcmp(buf_text(&s->notices), buf_text(&s->text)) == 0, buf_text(&s->notices));
}

void
script_grid_copy(struct grid *to, const struct grid *from)
{
	if (to->rows != from->rows || to->cols != from->cols)
		grid_resize(to, from->rows, from->cols);
	memcpy(to->cells, from->cells, (size_t)from->rows * (size_t)from->cols * sizeof(*from->cells));
	to->names = from->names; /* borrowed */
	to->cursor_row = from->cursor_row;
	to->cursor_col = from->cursor_col;
}

enum term_script_answer
script_expect_still(struct script *s, const char *arg)
{
	s->still_first = s->still_last = -1;
	if (strncmp(arg, "none", 4) == 0)
		return TERM_SCRIPT_DONE;
	if (sscanf(arg, "%d %d", &s->still_first, &s->still_last) != 2 || s->still_first < 1 ||
	        s->still_last > s->shown.rows)
		return TERM_SCRIPT_WRONG;
	s->still_first--;
	s->still_last--;
	script_grid_copy(&s->still, &s->shown);
	return TERM_SCRIPT_DONE;
}

enum term_script_answer
script_expect_ends(struct script *s, UNUSED const char *arg)
{
	return script_wait_or_fail(s, false, "the program goes on");
}
