/*
 * page_parts.h - what pages that cover the screen have in common: a rule with a word on it, and words below a list.
 */
#ifndef FLYNN_TUI_PAGE_PARTS_H
#define FLYNN_TUI_PAGE_PARTS_H

#include "tui/grid.h"

void page_rule_draw(struct grid *, int row, const char *label); /* row -1: there is none */

/* Cleans the words and wraps them; what does not fit ends with an ellipsis. */
void page_words_draw(struct grid *, struct rect, const char *words);

#endif
