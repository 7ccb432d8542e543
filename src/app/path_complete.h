/*
 * path_complete.h - Tab behind the path of a file in the composer: of /attach, or behind an @. Keys wait until the disk has
 * answered (app/held_keys.h), so that what is typed next stands behind the completed path; Esc gives up.
 */
#ifndef FLYNN_APP_PATH_COMPLETE_H
#define FLYNN_APP_PATH_COMPLETE_H

#include <stdbool.h>

struct app;

void path_complete_release(struct app *);

/* The word before the composer's cursor, which is none of a path: false. */
bool path_complete_begin(struct app *);

bool path_complete_is_on(const struct app *);
bool path_complete_give_up(struct app *); /* false: it is not on */

void path_complete_turn(struct app *);
int path_complete_fd(const struct app *); /* for poll(2); -1: there is nothing to wait for */

#endif
