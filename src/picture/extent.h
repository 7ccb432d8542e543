/*
 * extent.h - how much of a file its picture takes. A loader may show half of one that was cut short without a word, and keeps each frame of
 * a GIF that it is given.
 */
#ifndef FLYNN_PICTURE_EXTENT_H
#define FLYNN_PICTURE_EXTENT_H

#include <stddef.h>

enum extent_kind {
	EXTENT_PNG,
	EXTENT_JPEG,
	EXTENT_GIF, /* up to the end of its first frame */
	EXTENT_BMP, /* all of the file, where it is long enough */
};

/* Bytes up to the end of the picture; 0: it is cut short. */
size_t extent_find(enum extent_kind, const unsigned char *data, size_t n);

#endif
