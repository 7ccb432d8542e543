/*
 * say.c - words on their way out. What flynn says is in brackets, what went wrong on standard error; all else is the model's, or was
 * asked for. No line holds a control character.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/app.h"
#include "base/clock.h"
#include "base/mem.h"
#include "linear/state.h"
#include "text/clean.h"

enum {
	FIRST_WAIT_MS = 5000,
};

/* Something else follows than what the person at the keyboard types. */
static void
leave_prompt(struct linear *l)
{
	if (l->prompted)
		out_put(&l->out, STDOUT_FILENO, "\n", 1);
	l->prompted = false;
}

static void
put(struct app *app, int fd, const char *text, size_t n)
{
	struct linear *l = linear_of(app);

	leave_prompt(l);
	out_put(&l->out, fd, text, n);
	l->quiet_ms = clock_ms();
	l->next_wait_ms = FIRST_WAIT_MS;
}

void
linear_put(struct app *app, const char *text, size_t n)
{
	if (n > 0)
		put(app, STDOUT_FILENO, text, n);
}

void
linear_put_text(struct app *app, const char *text)
{
	struct clean clean = {0};
	struct buf out = {0};

	clean_text(&clean, text, strlen(text), &out);
	clean_end(&clean, &out);
	if (out.len > 0 && out.data[out.len - 1] != '\n')
		buf_putc(&out, '\n');
	linear_put(app, buf_text(&out), out.len);
	buf_release(&out);
}

/* The dots that part words in the status bar have a long name when they are read aloud. */
static void
put_without_dots(const char *words, struct buf *out)
{
	static const char dot[] = " · ";
	const char *at;

	for (; (at = strstr(words, dot)) != NULL; words = at + strlen(dot)) {
		buf_put(out, words, (size_t)(at - words));
		buf_puts(out, "; ");
	}
	buf_puts(out, words);
}

static void put_line(struct app *, int fd, const char *before, const char *after, const char *format, va_list)
        PRINTF_LIKE(5, 0);

static void
put_line(struct app *app, int fd, const char *before, const char *after, const char *format, va_list args)
{
	char *words, *clean;
	struct buf line = {0};
	va_list again;
	int n;

	va_copy(again, args);
	n = vsnprintf(NULL, 0, format, again);
	va_end(again);
	words = mem_alloc((size_t)n + 1);
	vsnprintf(words, (size_t)n + 1, format, args);
	clean = clean_line(words);
	buf_puts(&line, before);
	put_without_dots(clean, &line);
	buf_printf(&line, "%s\n", after);
	put(app, fd, line.data, line.len);
	buf_release(&line);
	free(clean);
	free(words);
}

void
linear_line(struct app *app, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	put_line(app, STDOUT_FILENO, "", "", format, args);
	va_end(args);
}

void
linear_note(struct app *app, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	put_line(app, STDOUT_FILENO, "(", ")", format, args);
	va_end(args);
}

void
linear_warn(struct app *app, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	put_line(app, STDERR_FILENO, "flynn: ", "", format, args);
	va_end(args);
}

void
linear_prompt(struct app *app)
{
	struct linear *l = linear_of(app);
	const char *sign = lines_are_open(&l->in) ? "... " : "> ";

	if (!l->typed || l->prompted)
		return;
	out_put(&l->out, STDOUT_FILENO, sign, strlen(sign));
	l->prompted = true;
}

void
linear_failed(struct app *app, int status)
{
	struct linear *l = linear_of(app);

	if (!l->typed && l->status == 0)
		l->status = status;
}
