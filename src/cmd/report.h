/*
 * report.h - the lines of `flynn doctor`: good or BAD, what was looked at, what was found; under a bad one what to do.
 */
#ifndef FLYNN_CMD_REPORT_H
#define FLYNN_CMD_REPORT_H

#include "base/compiler.h"

struct report {
	int bad; /* lines so far */
};

/* On standard output, each one line, cleaned. */
void report_good(const char *what, const char *format, ...) PRINTF_LIKE(2, 3);
void report_bad(struct report *, const char *what, const char *format, ...) PRINTF_LIKE(3, 4);
void report_advise(const char *format, ...) PRINTF_LIKE(1, 2);

#endif
