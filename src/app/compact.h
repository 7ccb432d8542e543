/*
 * compact.h - /compact: the model sums up all of a conversation but its last turns. The summary and copies of those turns
 * become a new branch; the long one stays beside it in the tree.
 *
 * What is to be summed up is sent as text, in as many pieces as the server's context needs: each request has the summary so
 * far. One conversation at a time. Until it is done nothing of the conversation is changed.
 */
#ifndef FLYNN_APP_COMPACT_H
#define FLYNN_APP_COMPACT_H

#include <stdbool.h>

#include "base/queue.h"

struct app;
struct talk;

void compact_init(struct app *);
void compact_release(struct app *);

/* The conversation of the focused pane; `wish`: what the person wants kept, or "". False: why not was said. */
bool compact_begin(struct app *, const char *wish);

/* False: this conversation is not being summed up. */
bool compact_stop(struct app *, const struct talk *);

/* A record of a stream; false: it is of another one. `*ended`: the conversation whose summary came or failed; else NULL. */
bool compact_event(struct app *, const struct queue_record *, struct talk **ended);

#endif
