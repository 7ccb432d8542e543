/*
 * choice_list.h - a list of names to choose one from, each with words beside it: presets, prompts. What is typed leaves those
 * that hold its letters.
 */
#ifndef FLYNN_PAGES_CHOICE_LIST_H
#define FLYNN_PAGES_CHOICE_LIST_H

#include "base/buf.h"

struct app;
struct view;

/* What is listed; static. */
struct choices {
	const char *label;                                   /* on the edge of the box */
	const char *use;                                     /* what Enter does, for the last line */
	void (*put_empty)(const struct app *, struct buf *); /* lines that stand there when no row does */
	void (*fill)(struct app *);                          /* adds a row for each, by choice_list_add */
	void (*choose)(struct app *, const char *name);
};

const struct view *choice_list_page(void); /* to be registered: see app/view.h */

void choice_list_open(struct app *, const struct choices *);
void choice_list_refresh(struct app *, const struct choices *); /* others are listed now, or other words */

/* One row, where its name holds what was typed. */
void choice_list_add(struct app *, const char *name, const char *words, const char *mark);

/* ---- actions ---- */

void choice_list_close(struct app *);
void choice_list_move(struct app *, int way);  /* -1: up, 1: down */
void choice_list_pages(struct app *, int way); /* the same by pages */
void choice_list_choose(struct app *);

#endif
