/*
 * pieces_inside.h - what the parts of text/pieces.h share: pieces.c lays pieces out and lets go of them, pieces_read.c reads
 * on at the end. Comes after text/pieces.h.
 */
#ifndef FLYNN_TEXT_PIECES_INSIDE_H
#define FLYNN_TEXT_PIECES_INSIDE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "text/clean.h"
#include "text/flow.h"
#include "text/flow_inside.h"

struct piece {
	size_t raw, at; /* where it begins: bytes of the text, and of the cleaned text */
	struct clean clean;
	struct flow_state *state; /* NULL: of the first one */
	struct flow *flow;        /* NULL: it is not laid out now */
	size_t rows;
	bool counted; /* rows are those of these columns */
	bool empty;   /* there are none in any */
};

struct pieces {
	enum flow_look look;
	int cols;
	struct code_colours *colours;
	struct piece *list;
	size_t n, space;
	const char *text; /* borrowed; */
	size_t length;    /* all of it, read or not */
	bool ended, complete;
	size_t line;             /* where the line begins that is read next: a byte of the text */
	struct clean line_clean; /* and the filter there */
	struct buf definitions, heads;
	size_t lacks;             /* the first piece in which a grammar was missing; SIZE_MAX: none */
	size_t kept[PIECES_KEPT]; /* but for the last one, those that are laid out, by when they were looked at */
	size_t n_kept;
	struct flow *spare; /* laid out to be counted, and mostly looked at next; NULL: none, */
	size_t spare_of;    /* of this piece */
	size_t read;        /* up to here the text is always read, whatever the budget is: it was before */
	size_t spent;
};

struct piece *pieces_last(const struct pieces *);
struct piece *pieces_add(struct pieces *);
/* A flow for that piece. `skims`: without rows. */
struct flow *pieces_start_flow(struct pieces *, size_t i, bool coloured, bool skims);
void pieces_start_last(struct pieces *);
void pieces_restart_last(struct pieces *); /* what there is of it was not read */
/* Forgets the pieces after that one, and the rows of all. */
void pieces_read_from(struct pieces *, size_t i);
/* This piece is looked at; of the others, the one that was not for the longest time may have to go. */
void pieces_keep(struct pieces *, size_t i);

#endif
