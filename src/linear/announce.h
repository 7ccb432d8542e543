/*
 * announce.h - what is said without being asked for: the start, the server's return, another conversation, a reply, attached files,
 * messages of the app, trouble with saving.
 */
#ifndef FLYNN_LINEAR_ANNOUNCE_H
#define FLYNN_LINEAR_ANNOUNCE_H

struct app;

/* After whatever may have changed something: says what is new. */
void announce_news(struct app *);

#endif
