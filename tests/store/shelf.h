/*
 * shelf.h - a store for tests of the saver alone: it keeps in memory what saves say, and holds them to their promises.
 */
#ifndef FLYNN_TESTS_STORE_SHELF_H
#define FLYNN_TESTS_STORE_SHELF_H

#include "chat/conversation.h"
#include "store/save.h"

enum {
	SHELF_ROWS = 4096,
};

struct shelf_message {
	bool there;
	int64_t deleted; /* when, by a count; 0: it is not */
	int64_t parent;  /* row */
	enum message_state state;
	bool edited, muted;
	struct buf content, reasoning;
};

/* Zeroed to begin with. */
struct shelf {
	struct shelf_message messages[SHELF_ROWS]; /* by row */
	int64_t last, conversation;                /* rows given */
	int64_t deletions;
	int64_t leaf, seen;
	struct buf title, draft, preset;
	struct parameters parameters;
	struct tags tags;
};

/* As store/write.h does it. */
void shelf_write(struct shelf *, struct save *);
void shelf_clear(struct shelf *); /* all of it is gone; rows are not given again */

/* It has all of the conversation, and nothing else. */
void shelf_check(const struct shelf *, struct conversation *);

#endif
