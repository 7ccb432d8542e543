/*
 * turn_slots.h - what the slots of a server tell of a turn: whether its prompt waits for a free one, and whether a reply that was
 * stopped has left its own.
 */
#ifndef FLYNN_APP_TURN_SLOTS_H
#define FLYNN_APP_TURN_SLOTS_H

#include "base/queue.h"

struct app;
struct talk;

/* A turn begins: whatever was told is of the one before. */
void turn_slots_begin(struct app *, struct talk *);

/* The running turn is being stopped: call it before net_cancel. */
void turn_slots_stop(struct app *, struct talk *);

/* A record NET_SLOTS or NET_STOPPED. */
void turn_slots_take(struct app *, const struct queue_record *);

/* A key was pressed: that a server still works on a reply has been read, and will not be true for long. */
void turn_slots_read(struct app *);

#endif
