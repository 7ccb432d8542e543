/*
 * stats_state.h - what the statistics page keeps, for its own files only.
 */
#ifndef FLYNN_PAGES_STATS_STATE_H
#define FLYNN_PAGES_STATS_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "chat/tally.h"
#include "llama/slots.h"
#include "store/model_stats.h"
#include "tui/grid.h"
#include "tui/page_parts.h"

struct app;

enum stats_section {
	STATS_CONVERSATION,
	STATS_MODELS,
	STATS_SLOTS,
	STATS_N_SECTIONS,
};

enum stats_row_type {
	STATS_ROW_BLANK,
	STATS_ROW_HEADING,  /* text on the left, note on the right */
	STATS_ROW_MEASURES, /* the names of the columns */
	STATS_ROW_NAME,     /* of a model; note */
	STATS_ROW_BARS,     /* text: a short label; values */
	STATS_ROW_TEXT,
	STATS_ROW_SLOT, /* text: what it does; slot */
};

struct stats_row {
	enum stats_row_type type;
	enum stats_section section;
	char *text, *note; /* cleaned; or NULL */
	bool known[TALLY_N_MEASURES];
	double values[TALLY_N_MEASURES];
	struct slot slot;
};

/* The source of the rows: they are made again when it changes. */
struct stats_made_of {
	const void *talk;
	uint64_t path, version, told;
};

struct stats_page {
	struct stats_row *rows;
	size_t n, space;
	struct stats_made_of made_of;
	double most[STATS_N_SECTIONS][TALLY_N_MEASURES]; /* the largest value: a full bar */
	struct page_scroll scroll;
	int column, columns; /* the first measure shown; how many were, as of the last frame */

	struct model_stats models;
	bool models_told;         /* else the history is being asked */
	struct err models_failed; /* ERR_NONE: it has answered */
	bool is_behind;           /* the history did not have all when it was asked: */
	int64_t asked_ms;         /* what was there then */
	uint64_t told;            /* grows with each answer */

	struct slots slots;
	bool slots_told;
	struct err slots_failed;
	const void *slots_of;  /* the link that they are of */
	uint64_t slots_asked;  /* the number of the last question */
	bool slots_awaited;    /* it is not answered yet */
	int64_t slots_next_ms; /* when to ask again */
};

/* ---- stats_rows.c ---- */

void stats_rows_make(struct app *, struct stats_page *); /* where they are not up to date */
void stats_rows_clear(struct stats_page *);

/* ---- stats_draw.c ---- */

void stats_draw(struct app *, struct stats_page *, struct grid *);

#endif
