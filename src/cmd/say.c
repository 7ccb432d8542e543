/*
 * say.c - one line of standard error.
 */
#include "cmd/say.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "text/clean.h"

static void
say_line(const char *text)
{
	char *clean = clean_line(text);

	fprintf(stderr, "flynn: %s\n", clean);
	free(clean);
}

void
say(const char *format, ...)
{
	char text[2 * ERR_TEXT_MAX];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	say_line(text);
}

int
say_err(const struct err *err)
{
	say_line(err->text);
	return err_exit_status(err->code);
}
