/*
 * page_parts.h - what pages that cover the screen have in common: where they are scrolled to, a rule with a
 * word on it, and words below a list.
 */
#ifndef FLYNN_TUI_PAGE_PARTS_H
#define FLYNN_TUI_PAGE_PARTS_H

#include "tui/grid.h"

/* The first row to show where `wanted` is to come to the top: as far as there are rows below it. What is wanted stays so,
 * since rows may come later. */
long page_first_row(long wanted, long n_rows, long height);

void page_rule_draw(struct grid *, int row, const char *label); /* row -1: there is none */

/* Cleans the words and wraps them; what does not fit ends with an ellipsis. */
void page_words_draw(struct grid *, struct rect, const char *words);

#endif
