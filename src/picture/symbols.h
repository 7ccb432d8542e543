/*
 * symbols.h - pixels to cells (the only chafa.h).
 */
#ifndef FLYNN_PICTURE_SYMBOLS_H
#define FLYNN_PICTURE_SYMBOLS_H

#include <stdbool.h>

#include "picture/want.h"
#include "text/picture.h"
#include "text/picture_size.h"

struct pixels {
	const unsigned char *data; /* three or four bytes each: red, green, blue, alpha */
	int width, height, row_bytes;
	bool has_alpha;
	struct picture_size of; /* what they were scaled from: its proportions are not rounded */
};

/* In its own proportions: a cell is twice as high as it is wide. */
struct picture *symbols_find(const struct pixels *, const struct picture_want *);

#endif
