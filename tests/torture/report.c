/*
 * report.c - see report.h. The lines are TAP's diagnostics.
 */
#include "tests/torture/report.h"

#include <stdarg.h>
#include <stdio.h>

static int now, failures;
static const char *doing = "";

void
report_round(int round, const char *what)
{
	now = round;
	doing = what;
}

void
report_failure(const char *format, ...)
{
	va_list args;

	failures++;
	printf("# round %d (%s): ", now, doing);
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	putchar('\n');
	fflush(stdout);
}

int
report_failures(void)
{
	return failures;
}
