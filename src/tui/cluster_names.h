/*
 * cluster_names.h - a cell, and ncurses, hold few code points and count the cells of each: a sequence that the terminal draws as one
 * character in two cells (text/cluster.h) has a name there, one character that libc counts as two cells. Where bytes go to the terminal the
 * sequence takes the name's place. Names are Tangut characters; one that stands in a text has a name too, so no name is ever text.
 */
#ifndef FLYNN_TUI_CLUSTER_NAMES_H
#define FLYNN_TUI_CLUSTER_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

struct cluster_names;

void cluster_names_free(struct cluster_names *); /* NULL is fine, here and below: there are none yet */

/* The name of text[0..n), the same each time. Makes the names where `*names` is NULL. 0: there is none left. */
uint32_t cluster_names_give(struct cluster_names **names, const char *text, size_t n);
bool cluster_names_run_out(const struct cluster_names *); /* few are left */

/* Does this begin with a character that is used for names? */
bool cluster_names_has(const char *bytes);

/* Appends bytes[0..n) with the sequences for their names. */
void cluster_names_put(const struct cluster_names *, const char *bytes, size_t n, struct buf *out);

#endif
