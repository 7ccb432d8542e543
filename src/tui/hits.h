/*
 * hits.h - where something that is looked for stands in a conversation: in what was said and in what was thought, message
 * by message along the path.
 *
 * Texts that only grow are looked through from near their end on, so a token costs the same however much there is.
 */
#ifndef FLYNN_TUI_HITS_H
#define FLYNN_TUI_HITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "chat/conversation.h"
#include "text/find.h"
#include "tui/marks.h"
#include "tui/message_rows.h"

struct hits_message;

/* One of them. */
struct hit {
	size_t message;      /* of the path */
	enum spot_part part; /* SPOT_THOUGHT, SPOT_CONTENT */
	size_t i;
};

enum {
	HITS_AT_ONCE = 256 * 1024, /* bytes that a call looks through: some milliseconds */
	HITS_MAX = 100000,
};

/* Zeroed to begin with. */
struct hits {
	struct find find;
	struct hits_message *messages;
	size_t n, space; /* messages of the path, as of the last hits_update */
	size_t total;
	bool complete;         /* all has been looked through, */
	bool full;             /* or so much that there are HITS_MAX of them or more: others are not looked for */
	size_t looked_through; /* bytes so far, for tests */
};

void hits_release(struct hits *); /* zeroed again */

/* Another thing is looked for: this takes the find. */
void hits_look_for(struct hits *, struct find *);
/* Looks through what is new, but no more than some megabytes at once: see `complete`. */
void hits_update(struct hits *, struct conversation *);

/* The first one, the one before or after; false: there is none. */
bool hits_first(const struct hits *, struct hit *);
bool hits_last(const struct hits *, struct hit *);
bool hits_next(const struct hits *, struct hit *);
bool hits_previous(const struct hits *, struct hit *);
bool hits_first_in(const struct hits *, size_t message, struct hit *); /* at this message or after it */

bool hits_has(const struct hits *, const struct hit *);
size_t hits_number(const struct hits *, const struct hit *);    /* from 1 */
uint64_t hits_message(const struct hits *, const struct hit *); /* the id of its message */

/* Those of a part of a message, as bytes of its text as a spot has them; borrowed until the next call for it. */
const struct mark *hits_marks(struct hits *, size_t message, enum spot_part, const struct message *, size_t *n);

#endif
