/*
 * message_rows.h - one message as rows of a width: one line about its reasoning, the reasoning itself where it is
 * unfolded, its text, and flynn's own words about it. A long text is laid out in pieces (text/pieces.h), so no call goes
 * through all of it.
 *
 * A row is a number that says where it stands and grows from the first row to the last; the difference of two says nothing.
 */
#ifndef FLYNN_TUI_MESSAGE_ROWS_H
#define FLYNN_TUI_MESSAGE_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "chat/message.h"
#include "tui/grid.h"
#include "tui/message_look.h"

struct message_rows;

struct message_rows *message_rows_new(void);
void message_rows_free(struct message_rows *);

/* Takes in what came since, or everything when the width is another or reasoning was folded or unfolded. */
void message_rows_update(struct message_rows *, const struct message *, const struct message_look *);
/* Has all of it been read, as far as there was a budget? The next update goes on. */
bool message_rows_are_all(const struct message_rows *);

uint64_t message_rows_first(const struct message_rows *);
uint64_t message_rows_last(const struct message_rows *); /* the blank row after it */
bool message_rows_has(const struct message_rows *, uint64_t row);
/* So many rows on (negative: back), as far as there are any; how many it went. */
long message_rows_move(const struct message_rows *, uint64_t *row, long rows);
/* Rows from one to another, as far as there are `most`; and as far as no more than so many pieces have to be laid out for
 * it, which it lowers. There may be more rows when none is left. */
size_t message_rows_between(const struct message_rows *, uint64_t from, uint64_t to, size_t most, size_t *pieces);
/* The blank row after it included, as far as there are `most`. */
size_t message_rows_count(const struct message_rows *, size_t most);

void message_rows_draw(const struct message_rows *, uint64_t row, struct grid *, struct rect line);
/* Puts what is new of it, where the line shows the beginning of its text already; the key is as message_rows_keys has it.
 * False: it does not. */
bool message_rows_grow(const struct message_rows *, uint64_t row, uint64_t key, struct grid *, struct rect line);
/* Keys for grid_line of this row and of those below it, as far as they follow each other in one piece: at least one, at most `most`;
 * how many. A key is another one when the row looks otherwise; no other message ever has it. The row becomes the one that has its
 * place; the next ones have the next numbers. */
size_t message_rows_keys(const struct message_rows *, uint64_t *row, size_t most, uint64_t *keys);

/* What was looked for, in a part of the message: bytes of its text as a spot has them, ascending; `here`: the one that is gone to,
 * or SIZE_MAX. Painted over a row that was drawn; false: there is nothing on that row. Folded reasoning says how many. */
struct mark;
bool message_rows_mark(const struct message_rows *, uint64_t row, struct grid *, struct rect line, enum spot_part,
        const struct mark *, size_t n, size_t here);

/* The spot in the message's text that a row begins with, and the row that a spot is on, whatever the width is now. A
 * spot in reasoning that was folded since is on the line that stands for it. */
struct spot message_rows_spot_of(const struct message_rows *, uint64_t row);
uint64_t message_rows_row_of(const struct message_rows *, struct spot);
/* Has the text been read up to there? Else the row is the last one so far. */
bool message_rows_reach(const struct message_rows *, struct spot);

/* For tests: see text/pieces.h. */
size_t message_rows_spent(const struct message_rows *);
size_t message_rows_kept(const struct message_rows *);

#endif
