/*
 * pieces.h - a long text that grows, laid out in pieces of a bounded size. Each is a flow (text/flow.h) that goes on where
 * the one before it stopped, so any of them can be laid out by itself: for another width, or again after its rows were
 * released. Only rows that were looked at last are kept.
 *
 * Where a piece ends depends on the text alone, never on the width or on how the text came: between two blocks or two lines
 * of code where it can, else inside a paragraph or a table, whose columns may then be others; and a line without an end is
 * cut, and goes on in a row of its own. What a call costs depends on the size of a piece and on the budget, not on the text.
 */
#ifndef FLYNN_TEXT_PIECES_H
#define FLYNN_TEXT_PIECES_H

#include <stdbool.h>
#include <stddef.h>

#include "text/flow.h"

#ifndef PIECE_UNIT
#define PIECE_UNIT 1024 /* bytes; tests/fuzz/pieces.c makes pieces of a short text */
#endif

enum {
	PIECE_SOFT = 32 * PIECE_UNIT, /* what a piece costs (flow_inside.h) before it ends where it best can, */
	PIECE_HARD = 64 * PIECE_UNIT, /* or wherever it is */
	PIECE_LINE = 32 * PIECE_UNIT, /* bytes of a line that is cut */
	PIECE_SKIM_PART = 8,          /* of what a piece costs, when it is read without rows */
	PIECES_KEPT = 3,              /* laid out at once, and the last one */
};

struct pieces;

struct pieces *pieces_new(int cols, enum flow_look);
void pieces_free(struct pieces *);

/* Other columns: nothing is read again but what is looked at. */
void pieces_set_cols(struct pieces *, int cols);
/* Fences whose language has a grammar there get colours; borrowed; NULL: none do. */
void pieces_colour(struct pieces *, struct code_colours *);
/* Has a fence been read whose language had no grammar then? And reads again from there on, with the next update. */
bool pieces_lack_grammar(const struct pieces *);
void pieces_recolour(struct pieces *);

/*
 * text[0..n) begins with what it was at the last call, and is borrowed until the next. With `ended` nothing more will come,
 * unless a later call says otherwise. Reads on while there is a budget, which it lowers by what that costs, and at the least
 * one piece when nothing was read so far. False: not all was read.
 */
bool pieces_update(struct pieces *, const char *text, size_t n, bool ended, size_t *budget);

/* As far as it was read. */
size_t pieces_length(const struct pieces *); /* bytes of the cleaned text, tabs being tabs */
size_t pieces_n(const struct pieces *);      /* one at the least */
size_t pieces_rows(struct pieces *, size_t piece);
bool pieces_are_counted(const struct pieces *, size_t piece);    /* pieces_rows lays nothing out */
const struct sheet *pieces_sheet(struct pieces *, size_t piece); /* until the next call for another one */
size_t pieces_find(const struct pieces *, size_t byte);          /* the piece that has this byte of the cleaned text */

/* For tests: what has been laid out so far, as flow_inside.h counts it; and rows in memory. */
size_t pieces_spent(const struct pieces *);
size_t pieces_rows_kept(const struct pieces *);

#endif
