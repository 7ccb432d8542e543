/*
 * page_parts.h - what pages that cover the screen have in common: where they are scrolled to, a rule with a
 * word on it, and words below a list.
 */
#ifndef FLYNN_TUI_PAGE_PARTS_H
#define FLYNN_TUI_PAGE_PARTS_H

#include <stdbool.h>

#include "tui/grid.h"

/* Where a page is scrolled to. What is wanted stays so though there are too few rows for it, since rows may come later. */
struct page_scroll {
	long wanted;         /* the row that is to come to the top, as far as there are rows below it */
	long n_rows, height; /* that there are, and that are in view: the page sets both in each frame */
};

long page_scroll_top(const struct page_scroll *); /* the first row in view */
bool page_scroll_is_at_end(const struct page_scroll *);
void page_scroll_lines(struct page_scroll *, int way);
void page_scroll_screens(struct page_scroll *, int way);
void page_scroll_end(struct page_scroll *, int way); /* -1: to the first row */

void page_rule_draw(struct grid *, int row, const char *label); /* row -1: there is none */

/* Cleans the words and wraps them; what does not fit ends with an ellipsis. */
void page_words_draw(struct grid *, struct rect, const char *words);

#endif
