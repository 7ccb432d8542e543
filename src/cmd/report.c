/*
 * report.c - columns.
 */
#include "cmd/report.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/err.h"
#include "text/clean.h"

static void
put_line(const char *mark, const char *what, const char *format, va_list args)
{
	char text[2 * ERR_TEXT_MAX], *clean;

	vsnprintf(text, sizeof(text), format, args);
	clean = clean_line(text);
	printf("%-4s  %-14s %s\n", mark, what, clean);
	free(clean);
}

void
report_good(const char *what, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	put_line("good", what, format, args);
	va_end(args);
}

void
report_bad(struct report *r, const char *what, const char *format, ...)
{
	va_list args;

	r->bad++;
	va_start(args, format);
	put_line("BAD", what, format, args);
	va_end(args);
}

void
report_advise(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	put_line("", "", format, args);
	va_end(args);
}
