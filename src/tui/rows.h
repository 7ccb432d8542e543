/*
 * rows.h - which rows of a list are in view.
 */
#ifndef FLYNN_TUI_ROWS_H
#define FLYNN_TUI_ROWS_H

#include <stddef.h>

/* The first row to be shown, so that the chosen one is in view and the view full: as near to `top` as can be. `page` rows are
 * in view, of `n`. */
static inline size_t
rows_top(size_t top, size_t chosen, size_t page, size_t n)
{
	if (chosen < top)
		top = chosen;
	if (chosen >= top + page)
		top = chosen - page + 1;
	return top + page <= n ? top : n > page ? n - page : 0;
}

#endif
