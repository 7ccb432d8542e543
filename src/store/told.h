/*
 * told.h - what the history was told of each message of a conversation, and which of them are due (again).
 */
#ifndef FLYNN_STORE_TOLD_H
#define FLYNN_STORE_TOLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "chat/conversation.h"

/* What the history has of a message. */
struct told {
	int64_t row;               /* 0: nothing */
	size_t content, reasoning; /* bytes */
	enum message_state state;
	bool model, deleted;
	bool lost; /* what the history has of it is not what we told */
	bool due;  /* stands in the list */
};

/* Zeroed to begin with. */
struct told_list {
	struct told *of; /* of[id - 1] */
	size_t n, space;
	uint64_t *due; /* ids, in the order in which they became so */
	size_t n_due, due_space;
	int64_t *removed; /* rows that are to be */
	size_t n_removed;
};

void told_release(struct told_list *);

/* Made, with nothing told, where there is none yet. Borrowed until the next call. */
struct told *told_of(struct told_list *, uint64_t id);
void told_make_due(struct told_list *, uint64_t id); /* once */
void told_remove(struct told_list *, int64_t row);

#endif
