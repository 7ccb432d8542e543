/*
 * load.h - loads a conversation from the history.
 */
#ifndef FLYNN_STORE_LOAD_H
#define FLYNN_STORE_LOAD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "chat/conversation.h"
#include "store/history.h"

struct loaded {
	struct conversation *conversation; /* without its deleted messages, and with no changes noted */
	struct buf draft;
	uint64_t seen; /* the message that was at the top of the screen; 0: the screen followed the end */
	int64_t seen_line;
	bool title_cut; /* read from JSON, where it was longer */
};

/* The conversation that was changed last; 0: there is none. */
bool load_last(struct history *, int64_t *row, struct err *) MUST_USE;

/* A reply that another flynn is writing is STREAMING, with its text so far. False: there is no such conversation, or it
 * cannot be read. Text that is no UTF-8 is mended. */
bool load_conversation(struct history *, int64_t row, struct loaded *, struct err *) MUST_USE;
/* The same within a transaction that is open already. */
bool load_within(struct history *, int64_t row, struct loaded *, struct err *) MUST_USE;
/* The last messages of the path to its leaf, so many at the most, with the other versions of all but the first, which has no
 * parent here. Nothing of this is to be saved. The conversation is NULL where the screen was left further up,
 * and where it has fewer messages than `least`: all of it is there as soon. */
bool load_end(struct history *, int64_t row, int most, int least, struct loaded *, struct err *) MUST_USE;
void loaded_release(struct loaded *); /* also the conversation, unless it was taken (NULL) */

#endif
