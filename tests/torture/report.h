/*
 * report.h - what the rounds found, counted and told.
 */
#ifndef FLYNN_TESTS_TORTURE_REPORT_H
#define FLYNN_TESTS_TORTURE_REPORT_H

#include <stdbool.h>

#include "base/compiler.h"

/* Of all failures from here on: this round, and what is done in it. */
void report_round(int round, const char *what);

/* A line about something that does not hold. */
void report_failure(const char *format, ...) PRINTF_LIKE(1, 2);
int report_failures(void);

#endif
