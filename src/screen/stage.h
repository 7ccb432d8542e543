/*
 * stage.h - plays a stage script (stage_script.h) on the screen, as a person would at the keyboard: the keys take the way that all keys
 * take. Meanwhile the keyboard has two keys: Esc stops the script and leaves all as it is, Space ends what is being waited for.
 */
#ifndef FLYNN_SCREEN_STAGE_H
#define FLYNN_SCREEN_STAGE_H

#include <stdbool.h>

#include "screen/stage_script.h"
#include "tui/grid.h"
#include "tui/term_event.h"

struct app;
struct stage;

enum {
	STAGE_FASTEST = 1000, /* times */
};

/* The script is borrowed. `speed`: times as fast as it says. `quits`: so does the app when it is over. */
struct stage *stage_new(const struct stage_script *, double speed, bool quits);
void stage_free(struct stage *); /* NULL is fine */

/* Each turn of the loop: does what is due; `grid` is the last frame. When to come again, in ms; -1: after whatever happens. NULL is
 * fine. */
int stage_turn(struct stage *, struct app *, const struct grid *);

/* True: the event was for the script. */
bool stage_take(struct stage *, struct app *, const struct term_event *);

#endif
