/*
 * statusbar.h - the last row: reachability, what is not saved, model, what happens now, context used, and a message beside
 * them.
 */
#ifndef FLYNN_TUI_STATUSBAR_H
#define FLYNN_TUI_STATUSBAR_H

#include <stdbool.h>
#include <stdint.h>

#include "tui/grid.h"

enum {
	STATUS_STATES = 3,
	STATUS_ACTIVITIES = 2,
};

/* What it says. Texts are cleaned; "" where there is nothing to say. Where there are several for the same, each is shorter
 * than the one before it, or "". */
struct status {
	char state[STATUS_STATES][512]; /* of the server: the last one is a word or two that are never cut */
	char trouble[512];              /* what else is wrong */
	char model[512];
	char details[256]; /* of how it is used: the preset, what was set of its thinking */
	char activity[STATUS_ACTIVITIES][128];
	bool busy;                          /* the activity is of a reply on its way */
	char news[128];                     /* of other conversations */
	int64_t context_used, context_size; /* tokens; 0: not known */
	bool context_is_about;              /* the first one is an estimate */
	int64_t context_cost;               /* what the prompt that is being written adds; 0 or less: not known */
	const char *message;                /* until the next key; NULL: none */
	bool message_is_error;
};

/* Reachability and trouble always stand there. All else gives way to a message before that is cut, but what happens to a
 * reply on its way. A row that says this already is left as it is. */
void statusbar_draw(const struct status *, struct grid *, struct rect);

/* The columns that a message can have without being cut; 0: none. */
int statusbar_message_cols(const struct status *, int cols);

#endif
