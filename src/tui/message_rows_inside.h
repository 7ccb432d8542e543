/*
 * message_rows_inside.h - what the parts of message_rows.h share: message_rows.c lays out and draws, message_walk.c knows
 * where rows stand.
 */
#ifndef FLYNN_TUI_MESSAGE_ROWS_INSIDE_H
#define FLYNN_TUI_MESSAGE_ROWS_INSIDE_H

#include "base/buf.h"
#include "chat/message.h"
#include "text/flow.h"
#include "text/pieces.h"
#include "tui/grid.h"
#include "tui/message_look.h"
#include "tui/message_pictures.h"

enum {
	FOLD_ROWS = 3, /* of a text that is folded; no fold hides a single one */
};

struct message_rows {
	bool is_prompt, is_muted, is_edited;
	struct message_look look;          /* that it is laid out for, */
	uint64_t grammars_version;         /* with these, */
	enum message_state state;          /* and the message's, */
	size_t reasoning_len, content_len; /* which only grow, */
	unsigned moves;                    /* but with these */
	uint64_t stamp;                    /* of its head and its tail as they are */
	struct buf head;                   /* one line, or empty */
	struct pieces *thought, *content;  /* NULL: none */
	struct flow *tail;                 /* the same */
	struct message_pictures pictures;  /* below that */
	bool all;                          /* both were read as far as they go */
	enum style tail_style;
};

/* From top to bottom; the first are the parts that a spot names. */
enum {
	PART_BLANK = SPOT_PICTURE + 1,
	PARTS,
};

/* A row as a number: its part, the piece of that, and the row of the piece. */
struct line {
	unsigned part;
	size_t piece, row;
};

/* The row with this number, or the one that has its place since the look is another. */
struct line message_line(const struct message_rows *, uint64_t number);
uint64_t message_line_number(struct line);
/* The page that it is a row of; NULL: none. */
const struct sheet *message_line_sheet(const struct message_rows *, struct line);
/* Where there is one: those of its rows that are shown, from this one on. */
size_t message_line_rows(const struct message_rows *, struct line);
/* Does it say how much is folded away? */
bool message_line_is_fold(const struct message_rows *, struct line);

#endif
