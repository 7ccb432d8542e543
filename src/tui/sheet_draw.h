/*
 * sheet_draw.h - the rows of a laid out text (text/sheet.h) on a grid, and what was looked for in them.
 */
#ifndef FLYNN_TUI_SHEET_DRAW_H
#define FLYNN_TUI_SHEET_DRAW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "text/sheet.h"
#include "tui/grid.h"
#include "tui/marks.h"

/* `text`: how plain text looks. */
void sheet_draw(const struct sheet *, size_t row, struct grid *, struct rect line, enum style text);
/* The bytes of the row from `len` on, after those before it, which end at that column. */
void sheet_draw_on(
        const struct sheet *, size_t row, struct grid *, struct rect line, enum style text, size_t len, int col);

/* Paints over what was drawn; marks are bytes of the source, ascending; `here`: the one that is gone to, or SIZE_MAX.
 * False: there is none on this row. */
bool sheet_draw_marks(
        const struct sheet *, size_t row, struct grid *, struct rect line, const struct mark *, size_t n, size_t here);

/* Of what the row shows: rows that look the same have the same, others another one. */
uint64_t sheet_draw_key(const struct sheet *, size_t row);
/* The key that it had when only its first bytes were there; 0: what comes after them may be one with them. */
uint64_t sheet_draw_key_before(const struct sheet *, size_t row, size_t len);

#endif
