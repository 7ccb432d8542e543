/*
 * composer.h - the line where a prompt is written: several lines of text, a cursor that moves by grapheme clusters,
 * readline's editing, and every change of it undone and done again.
 *
 * It holds what was typed or pasted as it is (well-formed UTF-8); only what is drawn is cleaned.
 */
#ifndef FLYNN_TUI_COMPOSER_H
#define FLYNN_TUI_COMPOSER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "tui/edit_history.h"
#include "tui/grid.h"
#include "tui/kill_ring.h"
#include "tui/pasted.h"

enum {
	COMPOSER_TEXT_MAX = 16 * 1024 * 1024, /* bytes; more is not taken */
};

/* What the last command was, for those that go on with it. */
enum composer_last {
	COMPOSER_OTHER,
	COMPOSER_KILLED,
	COMPOSER_YANKED,
};

struct composer {
	struct buf text;
	size_t cursor; /* a byte of it, between two clusters */
	int cols;      /* of the view, for what goes by its rows; 0: none was there yet, and no line is wrapped */
	int column;    /* where the first of several moves up and down began; -1: the last move was another */
	struct edit_history history;
	struct kill_ring kills;
	enum composer_last last;
	bool pasted_start;    /* the first character was pasted: a slash there begins no command */
	bool folds;           /* big pastes are shown as chips */
	struct pasted pasted; /* what was not typed */
	size_t yanked;        /* where the text that was just put back begins; it ends at the cursor */
};

void composer_init(struct composer *);
void composer_release(struct composer *);

const char *composer_text(const struct composer *);
bool composer_is_blank(const struct composer *); /* nothing but spaces and line feeds */
void composer_reset(struct composer *);          /* empty, and nothing to undo; what was killed stays */

/* At the cursor, mended where it is no UTF-8. False, and nothing changed, when it would be too long. */
bool composer_insert(struct composer *, const char *, size_t n); /* pasted: undone as a whole, folded if it is big */
bool composer_insert_line(struct composer *, const char *, size_t n); /* the same on one line */
bool composer_type(struct composer *, const char *, size_t n);        /* undone by words */
/* Another text instead of this one; the cursor at its end. */
bool composer_replace(struct composer *, const char *, size_t n);
bool composer_replace_pasted(struct composer *, const char *, size_t n); /* the same, as if it was pasted */

bool composer_has_pasted_slash(const struct composer *); /* at its start */
/* The text as it would be typed: a pasted slash at its start takes two. The caller's to free. */
char *composer_typed(const struct composer *);

/* Whether the byte at `at` was typed: not pasted, nor put there by composer_replace. */
bool composer_is_typed(const struct composer *, size_t at);
/* Another text instead of this one, of which these parts were not typed, as they were in a composer that held it. */
bool composer_bring_back(struct composer *, const char *, const struct pasted *);
bool composer_has_folds(const struct composer *);
/* Shows the text of the chip at the cursor, or before it; else of the first. False: there is none. */
bool composer_unfold(struct composer *);

/* By a row as it is wrapped in the view. False: the cursor is on the first (last) one already. */
bool composer_up(struct composer *);
bool composer_down(struct composer *);

void composer_move(struct composer *, size_t at); /* the cursor to a place between two clusters */

/* ---- commands ---- */

void composer_clear(struct composer *);
void composer_undo(struct composer *);
void composer_redo(struct composer *);

void composer_left(struct composer *);
void composer_right(struct composer *);
void composer_word_left(struct composer *);
void composer_word_right(struct composer *);
void composer_home(struct composer *); /* of the line */
void composer_end(struct composer *);

void composer_backspace(struct composer *);
void composer_delete(struct composer *);
void composer_transpose(struct composer *); /* the clusters before and after the cursor */
void composer_upcase(struct composer *);    /* the rest of the word, or the next one */
void composer_downcase(struct composer *);
void composer_capitalize(struct composer *);

/* Kills in a row are one text in the kill ring. */
void composer_kill_to_home(struct composer *);
void composer_kill_to_end(struct composer *);     /* at the end of a line: the line feed */
void composer_kill_space_word(struct composer *); /* back to the space before it */
void composer_kill_word_left(struct composer *);  /* back to what is no letter or digit */
void composer_kill_word_right(struct composer *);
void composer_yank(struct composer *);
void composer_yank_pop(struct composer *); /* right after a yank: the kill before it instead */

/* ---- composer_draw.c ---- */

int composer_rows(const struct composer *, int cols); /* that it would like to have, 200 at most */

/* Draws it with the cursor in view, and sets the grid's cursor. */
void composer_draw(const struct composer *, struct grid *, struct rect);

#endif
