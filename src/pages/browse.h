/*
 * browse.h - all conversations over the whole screen: searched as one types, previewed, opened, named, pinned, put away
 * and deleted. The view is tui/browser.h, the questions are browse_ask.h.
 *
 * Each change of the search asks the store again; an answer to anything but the last question is dropped, and
 * what is listed stays until the new answer is there.
 */
#ifndef FLYNN_PAGES_BROWSE_H
#define FLYNN_PAGES_BROWSE_H

#include <stdbool.h>
#include <stdint.h>

struct app;
struct browse;
struct grid;
struct store_result;
struct view;

const struct view *browse_page(void); /* to be registered: see app/view.h */

void browse_open(struct app *);
void browse_close(struct app *);

bool browse_is_open(const struct app *);

/* Asks for what has changed: what is typed, what is chosen, how much is listed. */
void browse_settle(struct app *);

/* Results of the store. */
void browse_answer(struct app *, struct store_result *);
void browse_edited(struct app *, const struct store_result *);
void browse_refresh(struct app *); /* the history is another, or something in it is */
void browse_saved(struct app *);   /* a conversation is */

/* ---- browse_draw.c ---- */

void browse_draw(struct app *, struct browse *, struct grid *);

/* ---- browse_actions.c ---- */

/* `way`: -1 up, 1 down. */
void browse_move(struct app *, int way);
void browse_screens(struct app *, int way);
void browse_home(struct app *); /* where nothing is typed: the first row; else the start of the line */
void browse_end(struct app *);
void browse_enter(struct app *);   /* opens what is chosen, or takes the new title or tags */
void browse_leave(struct app *);   /* the title or the tags, else what is typed, else the browser */
void browse_reorder(struct app *); /* the best first, or the newest */
void browse_pin(struct app *);
void browse_archive(struct app *);
void browse_rename(struct app *);
void browse_tag(struct app *);
bool browse_complete_tag(struct app *); /* the name before the cursor; false: there is none */
void browse_delete(struct app *);
void browse_delete_saved(struct app *); /* a conversation was saved: what waited for that */
void browse_undelete(struct app *);
void browse_new(struct app *);

#endif
