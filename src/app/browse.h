/*
 * browse.h - all conversations over the whole screen: searched as one types, previewed, opened, named, pinned, put away
 * and deleted. The view is tui/browser.h, the questions are browse_ask.h.
 *
 * Each change of what is typed asks the store anew; an answer to anything but the last question is dropped, and
 * what is listed stays until the new answer is there.
 */
#ifndef FLYNN_APP_BROWSE_H
#define FLYNN_APP_BROWSE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "store/list.h"
#include "store/query.h"
#include "store/search.h"
#include "tui/browser.h"

struct app;
struct store_result;

/* What keys need to know of a row. */
struct browse_fact {
	int64_t id, message;
	const char *title, *model;    /* the row owns them */
	int64_t created_ms, messages; /* of the whole, or when the message was written; 0: not known */
	bool pinned, archived;
};

/* Zeroed, but for `view`, while it was never open. */
struct browse {
	struct browser view;
	struct browse_fact *facts; /* one for each row of the view */
	size_t n_facts, space;

	char *asked;             /* the text of the last question; NULL: none was asked */
	enum search_order order; /* of what is found */
	uint64_t number;         /* of that question */
	int64_t waiting_ms;      /* since when its answer is waited for; 0: it is here */
	struct query query;      /* what it asks for */
	struct err wrong;        /* why what is typed asks for nothing; ERR_NONE: it does */
	struct err failed;       /* why there is no answer */
	bool is_search, ranked, more;
	struct list_key from; /* where the next page begins */
	int64_t next;

	int64_t looked_at, looked_message; /* what the preview was asked for */
	int64_t wanted;                    /* to be chosen when it is listed; 0: none */

	int64_t renamed; /* while its title is in the input; else 0 */
	char *set_aside; /* meanwhile: what was looked for */
	int64_t deleted; /* last, to be brought back; 0: none */

	int64_t opening, opening_message; /* being loaded; 0: none */
};

void browse_init(struct app *);
void browse_release(struct app *);

void browse_open(struct app *);
void browse_close(struct app *);

bool browse_is_open(const struct app *);

/* Asks for what has changed: what is typed, what is chosen, how much is listed. */
void browse_settle(struct app *);

/* A conversation that is not open, and where it is not 0 a message of it: shown in the focused pane when it is there. */
void browse_load(struct app *, int64_t id, int64_t message);

/* Results of the store. `loaded`: false when that was not asked for here. */
void browse_answer(struct app *, struct store_result *);
bool browse_loaded(struct app *, struct store_result *);
void browse_edited(struct app *, const struct store_result *);
void browse_refresh(struct app *); /* the history is another, or something in it is */

void browse_draw(struct app *, struct grid *);

/* The row that keys act on; NULL: there is none. */
const struct browse_fact *browse_chosen(const struct app *);

/* ---- browse_actions.c ---- */

void browse_up(struct app *);
void browse_down(struct app *);
void browse_page_up(struct app *);
void browse_page_down(struct app *);
void browse_home(struct app *); /* where nothing is typed: the first row; else the start of the line */
void browse_end(struct app *);
void browse_enter(struct app *); /* opens what is chosen, or takes the new title */
void browse_leave(struct app *); /* the title, else what is typed, else the browser */
void browse_turn(struct app *);  /* the best first, or the newest */
void browse_pin(struct app *);
void browse_archive(struct app *);
void browse_rename(struct app *);
void browse_delete(struct app *);
void browse_undelete(struct app *);
void browse_new(struct app *);

#endif
