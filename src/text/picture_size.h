/*
 * picture_size.h - how many pixels a picture says that it has, before anything is decoded: so room can be kept for it. Believes nothing but that
 * the bytes are there; PNG, JPEG (as the camera was held, Exif 2.3), GIF and BMP.
 */
#ifndef FLYNN_TEXT_PICTURE_SIZE_H
#define FLYNN_TEXT_PICTURE_SIZE_H

#include <stdbool.h>
#include <stddef.h>

enum {
	PICTURE_LENGTH_MAX = 1000000, /* pixels along a side; a larger one is none */
};

struct picture_size {
	int width, height;
};

/* False: it does not say, or is no such picture. */
bool picture_size_find(const void *data, size_t n, struct picture_size *);

/* The cells that it takes of so many, in its own proportions: a cell is twice as high as it is wide. */
void picture_size_fit(const struct picture_size *, int *cols, int *rows);

#endif
