/*
 * status_hint.h - the text of an empty transcript: the keys, or how to get a server running.
 */
#ifndef FLYNN_APP_STATUS_HINT_H
#define FLYNN_APP_STATUS_HINT_H

struct app;
struct buf;
struct link;

void status_hint(const struct app *, const struct link *, struct buf *);

#endif
