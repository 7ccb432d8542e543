/*
 * status.h - the state of server and turn in words.
 */
#ifndef FLYNN_APP_STATUS_H
#define FLYNN_APP_STATUS_H

#include "app/app.h"
#include "tui/statusbar.h"

void status_make(const struct app *, int64_t now_ms, struct status *);

/* When it will say something else though nothing happens: silence is counted in seconds. 0: never. */
int64_t status_next_ms(const struct app *, int64_t now_ms);

/* What an empty transcript says: the keys, or how to get a server running. */
void status_hint(const struct app *, const struct link *, struct buf *);

#endif
