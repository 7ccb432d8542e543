/*
 * harness.h - CUnit's tests as TAP, so that `make check` counts each of them.
 *
 * A test program's main() is one call of harness_main with its suites. The environment gives FLYNN (the program),
 * FLYNN_TESTS (this directory) and FLYNN_BUILD (where it was built).
 */
#ifndef FLYNN_TESTS_HARNESS_H
#define FLYNN_TESTS_HARNESS_H

#include <CUnit/CUnit.h>
#include <stddef.h>

/* Runs every suite (the array ends with CU_SUITE_INFO_NULL) and prints TAP; the exit status for main. */
int harness_main(CU_SuiteInfo *suites);

/* The running test does not apply here, and why. */
void harness_skip(const char *reason);

/* A test of a name made at run time, for tables read from files: call it before harness_main. `arg` is handed to the
 * function through harness_arg. */
void harness_add(const char *suite, const char *name, void (*run)(void), const void *arg);
const void *harness_arg(void);

/* A path below FLYNN_TESTS, and a file's bytes with a NUL after them; both the caller's to free. The program ends when
 * the file cannot be read. */
char *harness_path(const char *name);
char *harness_read(const char *path, size_t *len);

/* Of many inputs that are tried alike, each one of so many: 1, unless HARNESS_STRIDE says more, for a build with which all of them
 * take too long. */
size_t harness_stride(void);

/* The text so many times; to be freed. */
char *harness_repeat(const char *text, size_t n);

/* Compares two texts and shows both when they differ. */
#define HARNESS_EQUAL(have, want) harness_equal((have), (want), __FILE__, __LINE__)
void harness_equal(const char *have, const char *want, const char *file, int line);

/* CU_ASSERT with a line that says which row of a table failed. */
#define HARNESS_CHECK(condition, ...) harness_check((condition), #condition, __FILE__, __LINE__, __VA_ARGS__)
void harness_check(int holds, const char *condition, const char *file, int line, const char *format, ...)
        __attribute__((format(printf, 5, 6)));

#endif
