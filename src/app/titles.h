/*
 * titles.h - titles by the model, where the configuration says `model_titles: true`: after a conversation's first complete
 * reply the model is asked for one, with what was said before it, so that the server's prompt cache serves both.
 *
 * A model that thinks is asked not to; where it does all the same its thought is thrown away.
 *
 * It never stands in the way: a prompt that is sent ends it, and it is asked for again after the next reply. What goes wrong
 * leaves the title as it was.
 */
#ifndef FLYNN_APP_TITLES_H
#define FLYNN_APP_TITLES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/queue.h"

struct app;
struct link;
struct talk;

struct titles {
	uint64_t stream; /* of the request on its way; 0: none is */
	const struct talk *talk;
	const struct link *link;
	struct buf text;
};

void titles_init(struct app *);
void titles_release(struct app *);
void titles_want(struct app *, struct talk *);        /* its reply is complete */
void titles_leave(struct app *, const struct link *); /* its server is wanted for something else */

/* A record of a stream; false: it is of another one. */
bool titles_event(struct app *, const struct queue_record *);

#endif
