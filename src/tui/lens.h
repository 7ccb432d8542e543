/*
 * lens.h - the token lens: the text of a reply as its tokens, laid out in rows, and a cursor that walks them. What is drawn of it:
 * lens_draw.h.
 *
 * Tokens that have come since are added at the end, so that a reply that grows costs what is new of it. It knows no page.
 */
#ifndef FLYNN_TUI_LENS_H
#define FLYNN_TUI_LENS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "chat/message.h"
#include "chat/tokens.h"

/* A token, or text that has none. */
struct lens_item {
	struct token token; /* of text without tokens: its flags, place and length */
	bool is_gap;
	size_t piece; /* its first */
};

/* A part of an item, on one row. */
struct lens_piece {
	size_t item, at, n; /* its text in `shown` */
	long row;
	int col, cols;
};

/* Zeroed: no reply was read. */
struct lens {
	uint64_t id; /* of the reply */
	unsigned moves;
	int cols;
	struct tokens_reader reader;
	size_t ends[2]; /* of the content and the reasoning: what is laid out */

	struct lens_item *items;
	size_t n_items, items_space;
	struct lens_piece *pieces;
	size_t n_pieces, pieces_space;
	struct buf shown; /* cleaned */
	long row;         /* where the next item begins */
	int col;
	size_t word;    /* the first piece of the word that the last token may go on with */
	bool is_broken; /* the last token ended with a line feed */
	struct {        /* the same, before the text behind the last token: that may get tokens yet */
		size_t n_items, n_pieces, shown;
		long row;
		int col;
		bool is_broken;
		size_t ends[2];
	} tail;

	size_t n_tokens, n_told; /* n_told: with a probability that is not 0 */
	double nats;             /* of those, in all */

	size_t cursor, choice; /* an item; one of its rows (lens_rows) */
	bool follows;          /* the cursor stays at the last token */
	long top;              /* row */
};

void lens_release(struct lens *);

/* The reply as it is now, in so many columns. It keeps the cursor at its token. */
void lens_read(struct lens *, const struct message *, int cols);

/* NULL: there is none. */
const struct token *lens_token(const struct lens *);
size_t lens_number(const struct lens *); /* which one it is, from 1 */

/* Its candidates, and the token itself where it is none of them: how many, and which is the token. */
size_t lens_rows(const struct token *, size_t *own);

void lens_move(struct lens *, long tokens);
void lens_move_rows(struct lens *, long rows);
void lens_move_end(struct lens *, int way);    /* -1: to the first token */
bool lens_move_unsure(struct lens *, int way); /* to the next one of less than 50 %; false: there is none */
void lens_choose(struct lens *, long rows);

/* How likely its token is, for its look. */
enum lens_class {
	LENS_SURE,
	LENS_LIKELY,
	LENS_UNSURE,
	LENS_RARE,
};
enum lens_class lens_class(const struct token *);

/* Bytes of a reply in cells: white space as signs (where all of it is some, or `all_space`), bytes that are no character as <E2>,
 * controls as text/clean.h has them. Appends; nothing of it breaks a line. */
void lens_show(struct buf *out, const char *s, size_t n, bool all_space);

#endif
