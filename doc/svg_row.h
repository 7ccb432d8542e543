/*
 * svg_row.h - a row of a terminal's screen as SVG, its top left corner at 0, -SVG_BASELINE.
 */
#ifndef FLYNN_DOC_SVG_ROW_H
#define FLYNN_DOC_SVG_ROW_H

#include <stddef.h>

#include <vterm.h>

#include "base/buf.h"

enum {
	SVG_CELL_WIDTH = 10, /* pixels */
	SVG_CELL_HEIGHT = 22,
	SVG_BASELINE = 17,
	SVG_LOOKS = 200,
};

struct svg_screen {
	VTerm *vterm;
	VTermScreen *screen;
	int rows, cols;
	const char *foreground, *background; /* where the cast names none */
	char *looks[SVG_LOOKS];              /* the CSS of the classes c0, c1, … of all rows so far */
	size_t n_looks;
};

char *svg_row(struct svg_screen *, int row);

void svg_screen_release(struct svg_screen *);

#endif
