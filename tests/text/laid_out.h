/*
 * laid_out.h - a laid out text as lines to compare, and what holds for any.
 */
#ifndef FLYNN_TESTS_TEXT_LAID_OUT_H
#define FLYNN_TESTS_TEXT_LAID_OUT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "text/flow.h"

/* The rows with their leads, a line each; what is not plain text between the sign of its role and "}": {* emphasis, {**
 * strong, {*** both, {~ struck, {# heading, {` code, {[ link, {( target, {| sign; of code in colours {k keyword, {t type,
 * {n name, {s string, {0 number, {x special, {p preprocessor, {c comment, {! notice, {+ added, {- removed. */
void laid_out_rows(const struct flow *, struct buf *);

/* Everything: rows, runs, and where they come from. */
void laid_out_all(const struct flow *, struct buf *);
void laid_out_page(const struct sheet *, struct buf *);
/* Would laid_out_page give the same of both? */
bool laid_out_same(const struct sheet *, const struct sheet *);

/* Why it cannot be right; NULL: nothing is wrong. `text` is what it was made of. */
const char *laid_out_wrong(const struct flow *, const char *text, size_t n, int cols);

#endif
