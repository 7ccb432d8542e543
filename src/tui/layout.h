/*
 * layout.h - one message as rows of a width: the folded line of its reasoning, its text, and flynn's own words about it.
 */
#ifndef FLYNN_TUI_LAYOUT_H
#define FLYNN_TUI_LAYOUT_H

#include <stddef.h>

#include "chat/conversation.h"
#include "tui/grid.h"

struct layout;

struct layout *layout_new(uint64_t message_id);
void layout_free(struct layout *);
uint64_t layout_message(const struct layout *);

/* Takes in what came since, or everything when the width is another. */
void layout_update(struct layout *, const struct message *, int cols);

size_t layout_rows(const struct layout *); /* the blank row behind it included */
void layout_draw(const struct layout *, size_t row, struct grid *, struct rect line);

/* The byte of the message's cleaned text that a row begins with, and the row that a byte is on. */
size_t layout_byte_of(const struct layout *, size_t row);
size_t layout_row_of(const struct layout *, size_t byte);

/* flynn's own words on an error, to stand beside what failed; cleaned, the caller's to free. */
char *layout_error_words(const struct err *);

#endif
