/*
 * term_script_expect.h - the lines of a script that expect something, by their names in term_script.h: rows of the table in
 * term_script_lines.c.
 */
#ifndef FLYNN_TESTS_TERM_SCRIPT_EXPECT_H
#define FLYNN_TESTS_TERM_SCRIPT_EXPECT_H

#include <stdbool.h>

#include "tests/term_script_lines.h"

enum term_script_answer script_expect_until(struct script *, const char *arg);
enum term_script_answer script_expect_gone(struct script *, const char *arg);
enum term_script_answer script_expect_screen(struct script *, const char *arg);
enum term_script_answer script_expect_row(struct script *, const char *arg);
enum term_script_answer script_expect_cursor(struct script *, const char *arg);
enum term_script_answer script_expect_style(struct script *, const char *arg);
enum term_script_answer script_expect_colours(struct script *, const char *arg);
enum term_script_answer script_expect_copied(struct script *, const char *arg);
enum term_script_answer script_expect_noticed(struct script *, const char *arg);
enum term_script_answer script_expect_still(struct script *, const char *arg);
enum term_script_answer script_expect_ends(struct script *, const char *arg);

/* Done when it holds; else waits, and when that was too long says `what` is wrong. */
enum term_script_answer script_wait_or_fail(struct script *, bool holds, const char *what);

#endif
