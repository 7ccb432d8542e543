/*
 * script_lines.c - what a script may say, a function a line.
 */
#include "tui/script_lines.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "base/utf8.h"

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

/* ---- arguments ---- */

/* "TEXT" at `quoted`, unescaped, into s->text. */
static bool
unquote(struct script *s, const char *quoted)
{
	static const char names[] = "nrte\"\\", values[] = "\n\r\t\x1b\"\\";

	buf_clear(&s->text);
	if (*quoted++ != '"')
		return false;
	for (; *quoted && *quoted != '"' && *quoted != '\n'; quoted++) {
		const char *name = *quoted == '\\' && quoted[1] ? strchr(names, quoted[1]) : NULL;
		unsigned byte;

		if (name) {
			buf_putc(&s->text, values[name - names]);
			quoted++;
		} else if (sscanf(quoted, "\\x%2x", &byte) == 1) {
			buf_putc(&s->text, (char)byte);
			quoted += 3;
		} else {
			buf_putc(&s->text, *quoted);
		}
	}
	return *quoted == '"';
}

/* ---- lines that put something in ---- */

static void
add_event(struct script *s, struct term_event event)
{
	if (s->n_events < SCRIPT_EVENTS_MAX)
		s->events[s->n_events++] = event;
}

static void
add_key(struct script *s, struct key key)
{
	add_event(s, (struct term_event){.type = TERM_KEY, .key = key});
}

static enum term_script_answer
do_key(struct script *s, const char *arg)
{
	struct key key;
	struct err err;

	for (arg += strspn(arg, " "); *arg && *arg != '\n'; arg += strspn(arg, " ")) {
		size_t n = strcspn(arg, " \n");
		char *name = mem_strndup(arg, n);
		bool known = key_parse(name, &key, &err);

		free(name);
		if (!known)
			return TERM_SCRIPT_WRONG;
		add_key(s, key);
		arg += n;
	}
	s->owed = true;
	return s->n_events > 0 ? TERM_SCRIPT_DONE : TERM_SCRIPT_WRONG;
}

static enum term_script_answer
do_type(struct script *s, const char *arg)
{
	if (!unquote(s, arg))
		return TERM_SCRIPT_WRONG;
	for (size_t at = 0; at < s->text.len;) {
		struct key key = {0, 0};

		at += utf8_decode(s->text.data + at, s->text.len - at, &key.code);
		if (key.code == '\n')
			key.code = KEYN_ENTER;
		add_key(s, key);
	}
	s->owed = true;
	return TERM_SCRIPT_DONE;
}

static void
add_mouse(struct script *s, enum term_mouse mouse, int row, int col)
{
	add_event(s, (struct term_event){.type = TERM_MOUSE, .mouse = mouse, .row = row, .col = col});
	s->owed = true;
}

static enum term_script_answer
do_click(struct script *s, const char *arg)
{
	int row, col;

	if (sscanf(arg, "%d %d", &row, &col) != 2)
		return TERM_SCRIPT_WRONG;
	add_mouse(s, TERM_MOUSE_PRESS, row, col);
	add_mouse(s, TERM_MOUSE_RELEASE, row, col);
	return TERM_SCRIPT_DONE;
}

static enum term_script_answer
do_drag(struct script *s, const char *arg)
{
	int row, col, to_row, to_col;

	if (sscanf(arg, "%d %d %d %d", &row, &col, &to_row, &to_col) != 4)
		return TERM_SCRIPT_WRONG;
	add_mouse(s, TERM_MOUSE_PRESS, row, col);
	add_mouse(s, TERM_MOUSE_DRAG, (row + to_row) / 2, (col + to_col) / 2);
	add_mouse(s, TERM_MOUSE_DRAG, to_row, to_col);
	add_mouse(s, TERM_MOUSE_RELEASE, to_row, to_col);
	return TERM_SCRIPT_DONE;
}

static enum term_script_answer
do_wheel(struct script *s, const char *arg)
{
	struct term_event event = {.type = TERM_KEY};
	char way[8];

	if (sscanf(arg, "%7s %d %d", way, &event.row, &event.col) != 3)
		return TERM_SCRIPT_WRONG;
	event.key.code = strcmp(way, "up") == 0 ? KEYN_WHEEL_UP : KEYN_WHEEL_DOWN;
	add_event(s, event);
	s->owed = true;
	return TERM_SCRIPT_DONE;
}

static enum term_script_answer
do_paste(struct script *s, const char *arg)
{
	s->owed = s->pastes = true;
	return unquote(s, arg) ? TERM_SCRIPT_DONE : TERM_SCRIPT_WRONG;
}

/* As a terminal does it: with a signal. */
static enum term_script_answer
do_size(struct script *s, const char *arg)
{
	if (sscanf(arg, "%dx%d", &s->cols, &s->rows) != 2 || s->cols < 1 || s->rows < 1)
		return TERM_SCRIPT_WRONG;
	s->owed = true;
	raise(SIGWINCH);
	return TERM_SCRIPT_DONE;
}

static enum term_script_answer
do_stuck(struct script *s, UNUSED const char *arg)
{
	s->stuck = true;
	return TERM_SCRIPT_DONE;
}

static enum term_script_answer
do_reads(struct script *s, UNUSED const char *arg)
{
	s->stuck = false;
	return TERM_SCRIPT_DONE;
}

/* ---- lines that expect something ---- */

static enum term_script_answer
wait_or_fail(struct script *s, bool holds, const char *what)
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

static enum term_script_answer
do_until(struct script *s, const char *arg)
{
	return unquote(s, arg) ? wait_or_fail(s, shows(s), "is not there") : TERM_SCRIPT_WRONG;
}

static enum term_script_answer
do_gone(struct script *s, const char *arg)
{
	return unquote(s, arg) ? wait_or_fail(s, !shows(s), "is still there") : TERM_SCRIPT_WRONG;
}

/* The block of lines with a "|" behind the current line; what is behind it. */
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

static enum term_script_answer
do_screen(struct script *s, const char *arg)
{
	char *text = screen_text(s);
	int n = atoi(arg), rows = n > 0 && n < s->shown.rows ? n : s->shown.rows;
	enum term_script_answer answer = s->host->write
	                                         ? keep_screen(s, text, rows)
	                                         : wait_or_fail(s, block_is(s, text, rows), "the screen is another");

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

static enum term_script_answer
do_row(struct script *s, const char *arg)
{
	int n = 0, skip = 0, row;
	bool holds;
	char *text;

	if (sscanf(arg, "%d %n", &n, &skip) != 1 || n == 0 || !unquote(s, arg + skip))
		return TERM_SCRIPT_WRONG;
	row = n > 0 ? n - 1 : s->shown.rows + n;
	if (row < 0 || row >= s->shown.rows)
		return wait_or_fail(s, false, "there is no such row");
	text = row_text(s, row);
	holds = strcmp(text, buf_text(&s->text)) == 0;
	free(text);
	return wait_or_fail(s, holds, "the row is another");
}

static enum term_script_answer
do_cursor(struct script *s, const char *arg)
{
	int row = 0, col = 0;

	if (strncmp(arg, "none", 4) != 0 && sscanf(arg, "%d %d", &row, &col) != 2)
		return TERM_SCRIPT_WRONG;
	return wait_or_fail(s,
	        row == 0 ? s->shown.cursor_row < 0 : s->shown.cursor_row == row - 1 && s->shown.cursor_col == col - 1,
	        "the cursor is elsewhere");
}

static enum term_script_answer
do_style(struct script *s, const char *arg)
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
	return wait_or_fail(
	        s, strcmp(names[grid_cell(&s->shown, row - 1, col - 1)->style], name) == 0, "the cell looks otherwise");
}

static enum term_script_answer
do_copied(struct script *s, const char *arg)
{
	if (!unquote(s, arg))
		return TERM_SCRIPT_WRONG;
	return wait_or_fail(s, strcmp(buf_text(&s->copied), buf_text(&s->text)) == 0, buf_text(&s->copied));
}

void
script_grid_copy(struct grid *to, const struct grid *from)
{
	if (to->rows != from->rows || to->cols != from->cols)
		grid_resize(to, from->rows, from->cols);
	memcpy(to->cells, from->cells, (size_t)from->rows * (size_t)from->cols * sizeof(*from->cells));
	to->cursor_row = from->cursor_row;
	to->cursor_col = from->cursor_col;
}

static enum term_script_answer
do_still(struct script *s, const char *arg)
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

static enum term_script_answer
do_ends(struct script *s, UNUSED const char *arg)
{
	return wait_or_fail(s, false, "the program goes on");
}

static const struct command {
	const char *name;
	enum term_script_answer (*run)(struct script *, const char *arg);
} commands[] = {
        {"key", do_key},
        {"type", do_type},
        {"paste", do_paste},
        {"click", do_click},
        {"drag", do_drag},
        {"wheel", do_wheel},
        {"size", do_size},
        {"until", do_until},
        {"gone", do_gone},
        {"screen", do_screen},
        {"row", do_row},
        {"cursor", do_cursor},
        {"style", do_style},
        {"copied", do_copied},
        {"still", do_still},
        {"stuck", do_stuck},
        {"reads", do_reads},
        {"ends", do_ends},
};

static const struct command *
find_command(const char *name, size_t n)
{
	for (size_t i = 0; i < ARRAY_LEN(commands); i++)
		if (strlen(commands[i].name) == n && strncmp(commands[i].name, name, n) == 0)
			return &commands[i];
	return NULL;
}

static enum term_script_answer
ask_host(struct script *s)
{
	enum term_script_answer answer = TERM_SCRIPT_WRONG;
	char *line = mem_strndup(s->line, s->line_len);

	if (s->host->line)
		answer = s->host->line(s->host->arg, line);
	free(line);
	s->asks_again = answer == TERM_SCRIPT_WAIT;
	return answer == TERM_SCRIPT_WAIT ? wait_or_fail(s, false, "has not happened") : answer;
}

enum term_script_answer
script_line_run(struct script *s)
{
	size_t n = strcspn(s->line, " \n");
	const struct command *command = find_command(s->line, n < s->line_len ? n : s->line_len);
	enum term_script_answer answer;

	s->asks_again = false;
	answer = command ? command->run(s, s->line + n + (s->line[n] == ' ')) : ask_host(s);
	return answer == TERM_SCRIPT_WRONG ? script_line_fail(s, "no such line") : answer;
}
