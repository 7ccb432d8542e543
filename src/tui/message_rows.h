/*
 * message_rows.h - one message as rows of a width: the folded line of its reasoning, its text, and flynn's own words about it.
 */
#ifndef FLYNN_TUI_MESSAGE_ROWS_H
#define FLYNN_TUI_MESSAGE_ROWS_H

#include <stddef.h>

#include "chat/conversation.h"
#include "tui/grid.h"

struct message_rows;

struct message_rows *message_rows_new(uint64_t message_id);
void message_rows_free(struct message_rows *);
uint64_t message_rows_message(const struct message_rows *);

/* Takes in what came since, or everything when the width is another. */
void message_rows_update(struct message_rows *, const struct message *, int cols);

size_t message_rows_count(const struct message_rows *); /* the blank row behind it included */
void message_rows_draw(const struct message_rows *, size_t row, struct grid *, struct rect line);

/* The byte of the message's cleaned text that a row begins with, and the row that a byte is on. */
size_t message_rows_byte_of(const struct message_rows *, size_t row);
size_t message_rows_row_of(const struct message_rows *, size_t byte);

/* flynn's own words on an error, to stand beside what failed; cleaned, the caller's to free. */
char *message_rows_error_words(const struct err *);

#endif
