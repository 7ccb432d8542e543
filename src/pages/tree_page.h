/*
 * tree_page.h - the whole conversation over the screen, every branch of it (tui/tree_view.h): to be looked through,
 * opened in the chat at any message, pruned, and forked from. It is of the conversation in the focused pane.
 */
#ifndef FLYNN_PAGES_TREE_PAGE_H
#define FLYNN_PAGES_TREE_PAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "text/find.h"
#include "tui/composer.h"
#include "tui/grid.h"
#include "tui/tree_view.h"

struct app;
struct talk;
struct view;

struct tree_page {
	const struct talk *talk; /* whose tree it is */
	struct tree_view view;
	bool finding;          /* the line is open */
	struct composer input; /* what is looked for; stays, for the next one, when the line is closed */
	char *asked;           /* what `words` were made of; NULL: nothing */
	struct find words;
	bool is_missing;         /* no message has them */
	uint64_t start;          /* the message that was chosen when the line was opened */
	uint64_t pruned;         /* last; 0: nothing */
	bool pruned_was_on_path; /* which that has changed */
};

const struct view *tree_page(void); /* to be registered: see app/view.h */

void tree_page_draw(const struct app *, struct tree_page *, struct grid *); /* tree_page_draw.c */

/* ---- what keys do ---- */

void tree_page_open(struct app *); /* at the message with the cursor, else at the last one */
void tree_page_close(struct app *);

/* `way`: -1 up, 1 down. */
void tree_page_move(struct app *, int way);
void tree_page_screens(struct app *, int way);
void tree_page_end(struct app *, int way); /* the start or the end */
void tree_page_left(struct app *);         /* folds; where nothing is to be folded: to the message above */
void tree_page_right(struct app *);        /* unfolds; else to the first message below */
void tree_page_fold(struct app *);
void tree_page_sibling(struct app *, int steps); /* -1: the version before, 1: after */

void tree_page_enter(struct app *); /* the chat, at this message */
void tree_page_prune(struct app *); /* it with all below it */
void tree_page_undo(struct app *);
void tree_page_fork(struct app *);
void tree_page_copy(struct app *);

void tree_page_find(struct app *);
void tree_page_find_enter(struct app *);     /* stays where it went to */
void tree_page_find_leave(struct app *);     /* goes back */
void tree_page_found(struct app *, int way); /* the next one below; -1: above */

#endif
