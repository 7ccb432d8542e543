/*
 * sections.h - test files of named sections: `name: value` on one line, or `name:` and then lines that begin with a tab.
 * Lines that begin with "#" and empty ones do not count; the first line is "# " and what the file is about.
 */
#ifndef FLYNN_TESTS_SECTIONS_H
#define FLYNN_TESTS_SECTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/compiler.h"

struct section {
	const char *name;
	struct buf text; /* each line of it with its line feed; a value in double quotes unescaped, without one */
	bool given;
};

/* Reads the file into its sections. The test's name, "FILE: what it is about", is the caller's to free. What is wrong with
 * the file ends the program. */
char *sections_read(const char *path, struct section *, size_t n);

/* Cuts a text into its words, which double quotes keep together, or its lines: in place, at the characters `at`. The
 * array ends with NULL and has room for `max` of them, that included. */
void sections_split(char *text, const char *at, const char **parts, size_t max);

/* Ends the test program: a test's own file is wrong. */
NORETURN void sections_bail_out(const char *path, const char *what, const char *line);

#endif
