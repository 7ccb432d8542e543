/*
 * composer.h - the line where a prompt is written: several lines of text, a cursor that moves by grapheme clusters.
 *
 * It holds what was typed or pasted as it is (well-formed UTF-8); only what is drawn is cleaned.
 */
#ifndef FLYNN_TUI_COMPOSER_H
#define FLYNN_TUI_COMPOSER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "tui/grid.h"

enum {
	COMPOSER_TEXT_MAX = 16 * 1024 * 1024, /* bytes; more is not taken */
};

struct composer {
	struct buf text;
	size_t cursor; /* a byte of it, between two clusters */
};

void composer_init(struct composer *);
void composer_release(struct composer *);

const char *composer_text(const struct composer *);
bool composer_is_blank(const struct composer *); /* nothing but blanks and line feeds */
void composer_clear(struct composer *);

/* At the cursor, mended where it is no UTF-8. False, and nothing changed, when it would be too long. */
bool composer_insert(struct composer *, const char *, size_t n);

void composer_left(struct composer *);
void composer_right(struct composer *);
void composer_up(struct composer *); /* by lines of the text */
void composer_down(struct composer *);
void composer_home(struct composer *); /* of the line */
void composer_end(struct composer *);
void composer_backspace(struct composer *);
void composer_delete(struct composer *);
void composer_kill_to_home(struct composer *);
void composer_kill_to_end(struct composer *); /* at the end of a line: the line feed */
void composer_kill_word(struct composer *);   /* back to the blank before it */

int composer_rows(const struct composer *, int cols); /* that it would like to have, 200 at most */

/* Draws it with the cursor in view, and sets the grid's cursor. */
void composer_draw(const struct composer *, struct grid *, struct rect);

#endif
