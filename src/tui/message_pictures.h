/*
 * message_pictures.h - the pictures of a prompt, one below the other, as rows of cells.
 */
#ifndef FLYNN_TUI_MESSAGE_PICTURES_H
#define FLYNN_TUI_MESSAGE_PICTURES_H

#include <stdbool.h>
#include <stddef.h>

#include "chat/message.h"
#include "tui/grid.h"
#include "tui/message_look.h"

struct message_picture {
	struct picture *picture; /* NULL: not there yet, or */
	char *why;               /* why it never will be; NULL: it may be */
	size_t rows;             /* those of one that is not there yet are kept free */
};

struct message_pictures {
	struct message_picture *items;
	size_t n;
};

void message_pictures_release(struct message_pictures *);

/* Brings them up to date. True: they are others now. */
bool message_pictures_update(struct message_pictures *, const struct message *, const struct message_look *, int cols);

size_t message_pictures_rows(const struct message_pictures *, size_t picture);
void message_pictures_draw(
        const struct message_pictures *, size_t picture, size_t row, struct grid *, struct rect line);

#endif
