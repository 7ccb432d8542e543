/*
 * own.h - flynn's own syntax files, for the tests of them.
 */
#ifndef FLYNN_TESTS_SYNTAX_OWN_H
#define FLYNN_TESTS_SYNTAX_OWN_H

#include <CUnit/CUnit.h>
#include <stddef.h>

#include "syntax/catalog.h"
#include "syntax/grammar.h"
#include "syntax/highlight.h"

/* What each is asked, a test a file; harness_arg is its `struct own_file`. */
struct own_file {
	char *name; /* of the file, without its ending */
	char *path;
};

/* In the order of their names. The program ends where there are none. */
const struct own_file *own_files(size_t *n);
void own_files_release(void);

void own_catalog(struct catalog *); /* of all of them; the caller's to release */

/* Of the file's one language; the test ends where it has none. */
struct grammar *own_grammar(const struct own_file *);

extern CU_TestInfo own_tests[];

void looks_as_its_sample_says(void);
void costs_by_length_only(void);
void bears_what_was_fuzzed(void);

#endif
