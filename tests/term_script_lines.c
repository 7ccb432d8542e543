/*
 * term_script_lines.c - the lines of a script: a function for each that puts something in, and the table of all lines.
 * Lines that expect something are in term_script_expect.c.
 */
#include "tests/term_script_lines.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "tests/term_script_expect.h"

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
	if (!script_unquote(s, arg))
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
	return script_unquote(s, arg) ? TERM_SCRIPT_DONE : TERM_SCRIPT_WRONG;
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
do_palette(struct script *s, const char *arg)
{
	return sscanf(arg, "%d", &s->colours) == 1 ? TERM_SCRIPT_DONE : TERM_SCRIPT_WRONG;
}

static enum term_script_answer
do_sequences(struct script *s, const char *arg)
{
	static const char *const names[] = {"flags", "tones", "joined", "presented", "keycaps"};
	struct term_event event = {.type = TERM_SEQUENCES};
	const char *end = arg + strcspn(arg, "\n");

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		const char *found = strstr(arg, names[i]);

		if (found && found < end)
			event.sequences |= 1u << i;
	}
	s->owed = true;
	add_event(s, event);
	return TERM_SCRIPT_DONE;
}

static enum term_script_answer
do_focus(struct script *s, const char *arg)
{
	add_event(s, (struct term_event){.type = strncmp(arg, "in", 2) == 0 ? TERM_FOCUS_IN : TERM_FOCUS_OUT});
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

/* ---- a line ---- */

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
        {"until", script_expect_until},
        {"gone", script_expect_gone},
        {"screen", script_expect_screen},
        {"row", script_expect_row},
        {"cursor", script_expect_cursor},
        {"style", script_expect_style},
        {"sequences", do_sequences},
        {"palette", do_palette},
        {"colours", script_expect_colours},
        {"copied", script_expect_copied},
        {"focus", do_focus},
        {"noticed", script_expect_noticed},
        {"still", script_expect_still},
        {"stuck", do_stuck},
        {"reads", do_reads},
        {"ends", script_expect_ends},
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
	return answer == TERM_SCRIPT_WAIT ? script_wait_or_fail(s, false, "has not happened") : answer;
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
