/*
 * parameter_state.h - what the page of parameters keeps, for its own files only.
 */
#ifndef FLYNN_PAGES_PARAMETER_STATE_H
#define FLYNN_PAGES_PARAMETER_STATE_H

#include <stdbool.h>
#include <stddef.h>

#include "llama/parameters.h"
#include "tui/composer.h"
#include "tui/grid.h"
#include "tui/marks.h"

struct app;

enum {
	PARAMETER_MARKS_MAX = 16, /* of a name: what was typed to find it */
	PARAMETER_ITEMS_MAX = 32, /* of a list */
	PARAMETER_UNDO_MAX = 64,
};

/* A heading, a parameter, or an item of the list that is open below one. */
struct parameter_row {
	enum parameter_group group;
	const struct parameter *parameter; /* NULL: the heading of the group */
	size_t item;                       /* from 1; 0: the parameter itself */
	struct mark marks[PARAMETER_MARKS_MAX];
	size_t n_marks;
};

struct parameter_item {
	const char *name; /* static */
	bool on;
};

/* A list whose items are chosen and put in order. */
struct parameter_list {
	const struct parameter *parameter; /* NULL: none is open */
	struct parameter_item items[PARAMETER_ITEMS_MAX];
	size_t n, at;
};

/* What the conversation had set before a change. Several changes of one parameter in a row are one. */
struct parameter_undo {
	struct parameters sets[PARAMETER_UNDO_MAX];
	size_t n;
	const struct parameter *last; /* that was changed; NULL: the next change is one by itself */
};

struct parameter_page {
	struct composer filter, edit;
	const struct parameter *edited; /* NULL: no value is being changed */
	struct parameter_list list;
	struct parameter_undo undo;
	struct parameter_row rows[2 * PARAMETERS_MAX + PARAMETER_ITEMS_MAX];
	size_t n, top, page;            /* page: rows in view, as of the last frame */
	const struct parameter *chosen; /* NULL: no row is */
	char *asked;                    /* what the rows were made for */
};

/* ---- parameter_rows.c ---- */

void parameter_rows_make(struct parameter_page *);
size_t parameter_rows_chosen(const struct parameter_page *);  /* index of the row with the cursor; n: none */
void parameter_rows_move(struct parameter_page *, long rows); /* from parameter to parameter */

/* ---- parameter_list.c ---- */

/* Opens the list of a parameter whose value is that; NULL: not known. */
void parameter_list_open(struct parameter_list *, const struct parameter *, const char *json);
void parameter_list_move(struct parameter_list *, long rows);
void parameter_list_carry(struct parameter_list *, long rows);
char *parameter_list_json(const struct parameter_list *); /* of those that are on; yours */

/* ---- parameter_draw.c ---- */

void parameter_draw(struct app *, struct parameter_page *, struct grid *);

#endif
