/*
 * recall_search.h - Ctrl+R: an earlier prompt by a part of it, as readline's reverse search finds one. What is found stands in
 * place of the input until it is taken into it, or left; the input is not touched before.
 */
#ifndef FLYNN_APP_RECALL_SEARCH_H
#define FLYNN_APP_RECALL_SEARCH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "tui/composer.h"

struct app;
struct talk;

/* Zeroed, but for the two composers, while it was never open. */
struct recall_search {
	const struct talk *talk; /* for whose input it was opened */
	struct composer input;   /* the part that is typed */
	struct composer
	        shown;   /* the prompt that was found, the cursor where it has the part; else what the input has */
	char *asked;     /* what was looked for last; NULL: nothing */
	size_t at;       /* the entry that was found; the number of entries: none was */
	bool is_missing; /* no (other) entry has it */
};

void recall_search_init(struct app *);
void recall_search_release(struct app *);

bool recall_search_is_open(const struct app *);

/* ---- what keys do ---- */

void recall_search_open(struct app *);
void recall_search_older(struct app *);
void recall_search_newer(struct app *);
void recall_search_take(struct app *);  /* into the input */
void recall_search_leave(struct app *); /* the input is as it was */

#endif
