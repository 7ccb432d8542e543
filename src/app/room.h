/*
 * room.h - how a context that is full gets room again: by which keys, and only by what helps this conversation.
 */
#ifndef FLYNN_APP_ROOM_H
#define FLYNN_APP_ROOM_H

#include <stdbool.h>

#include "base/buf.h"

struct app;
struct talk;

bool room_is_made_by_summary(const struct talk *); /* it has turns that would be summed up */

/* Who gives a model more context: "more context: llama-server -c". Without its name, which may be hidden. */
const char *room_on_server(const struct talk *);

/* Appends "F8 sums up, F7 mutes, Ctrl+N new"; where nothing was said yet: that the prompt must be shorter. */
void room_put_ways(const struct app *, const struct talk *, struct buf *);

#endif
