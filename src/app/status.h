/*
 * status.h - the state of server and turn in words.
 */
#ifndef FLYNN_APP_STATUS_H
#define FLYNN_APP_STATUS_H

#include "app/app.h"
#include "tui/statusbar.h"

void status_make(const struct app *, struct status *);

/* What an empty transcript says: the keys, or how to get a server running. */
void status_hint(const struct app *, struct buf *);

#endif
