/*
 * help.h - a page over the whole screen that can be scrolled: headings, and rows of a name and what it does. What stands
 * in it is the caller's.
 */
#ifndef FLYNN_TUI_HELP_H
#define FLYNN_TUI_HELP_H

#include <stdbool.h>
#include <stddef.h>

#include "tui/grid.h"

struct help_row;

/* Zeroed to begin with. */
struct help {
	struct help_row *rows;
	size_t n, space;
	long top;           /* the first line shown */
	long lines, height; /* of all and of the view, as of the last help_draw */
};

void help_clear(struct help *); /* no rows, at the top */
void help_release(struct help *);

/* Cleaned texts; copied. A heading has a NULL name. */
void help_add(struct help *, const char *name, const char *words);

void help_scroll(struct help *, long lines); /* negative: up; as far as there are any */
void help_draw(struct help *, struct grid *, struct rect);

#endif
