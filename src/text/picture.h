/*
 * picture.h - a picture as character cells, and the bytes by which flynn-picture hands one over.
 *
 * The bytes: the line "flynn-picture 1 COLUMNS ROWS\n", then each cell from left to right and top to bottom: its code point in
 * four bytes, foreground and background in two each, all with the low byte first. Nothing follows.
 */
#ifndef FLYNN_TEXT_PICTURE_H
#define FLYNN_TEXT_PICTURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

enum {
	PICTURE_COLS_MAX = 500,
	PICTURE_ROWS_MAX = 200,
	PICTURE_HEAD_MAX = 64,
	PICTURE_CELL_BYTES = 8,
	PICTURE_BYTES_MAX = PICTURE_HEAD_MAX + PICTURE_COLS_MAX * PICTURE_ROWS_MAX * PICTURE_CELL_BYTES,
	PICTURE_COLOURS_MAX = 256,
};

/* Colours are the terminal's, by number. -1 is nothing: its background is seen there; with neither of them the character has its
 * foreground. */
struct picture_cell {
	uint32_t character; /* one cell wide: a blank, or of the blocks "Box Drawing" and "Block Elements" */
	int16_t foreground, background;
};

/* Never changed once it is made. Its holders are all on one thread. */
struct picture {
	int cols, rows;
	size_t holders;
	struct picture_cell cells[]; /* row by row */
};

struct picture *picture_new(int cols, int rows); /* all blank */
struct picture *picture_hold(struct picture *);
void picture_free(struct picture *); /* by its last holder; NULL is fine */

/* May this be in a cell? */
bool picture_has_character(uint32_t);

void picture_put(const struct picture *, struct buf *out);

/* Believes nothing. A cell of one colour becomes a blank, which has no foreground: so there are less pairs of colours. NULL, and why: these are no such bytes, or the picture has more columns, rows or colours (0: none) than were asked
 * for. */
struct picture *picture_read(const char *bytes, size_t n, int cols, int rows, int colours, struct err *) MUST_USE;

#endif
