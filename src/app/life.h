/*
 * life.h - the app as a whole, whichever front end it has: made, fed with records of the net thread, ended.
 */
#ifndef FLYNN_APP_LIFE_H
#define FLYNN_APP_LIFE_H

#include <stdbool.h>

#include "base/err.h"
#include "base/log.h"
#include "base/queue.h"

struct app;
struct config;
struct keeper_above;
struct keeper_options;
struct view;

/* First of all: an app with this view, in which nothing can be done yet. Then the front end's own tables; then life_init, which makes
 * the rest, and queues to threads that do not run yet. Without keeper options nothing is kept. False: all is released. */
void life_begin(struct app *, const struct config *, const struct view *lowest);
bool life_init(
        struct app *, const struct keeper_options *, const struct keeper_above *, struct log *, struct err *) MUST_USE;
/* The threads, of which one loads libcurl and one opens the history. */
bool life_start(struct app *, struct err *) MUST_USE;

void life_event(struct app *, const struct queue_record *); /* of the net thread */
void life_programs(struct app *);                           /* says what programs that ended complain of */

/* flynn ends: all that is new is saved, and servers are told of the replies that nobody waits for any more. A terminal that was
 * closed is no reason to lose a reply: the next flynn takes it up. As keeper_end, and a second longer at the most. */
const char *life_end(struct app *);
/* Then: the net thread ends, within two seconds. NULL, or words as those of keeper_end. */
const char *life_end_net(struct app *);
void life_release(struct app *);

#endif
