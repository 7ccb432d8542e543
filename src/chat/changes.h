/*
 * changes.h - what changed in a conversation since somebody last asked: part of conversation.c, which says what counts.
 */
#ifndef FLYNN_CHAT_CHANGES_H
#define FLYNN_CHAT_CHANGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "chat/message.h"

/* Zeroed to begin with. */
struct changes {
	struct message **changed; /* in the order of their first touch; NULL: removed since */
	size_t first, n, space;   /* those from `first` on are not taken yet */
	uint64_t *removed;        /* ids */
	size_t n_removed;
	bool info;      /* the info, the system text or the leaf */
	uint64_t count; /* grows with every change */
};

void changes_release(struct changes *);
bool changes_none(const struct changes *);

void changes_touch(struct changes *, struct message *);
void changes_touch_info(struct changes *);
void changes_remove(struct changes *, const struct message *);

struct message *changes_take(struct changes *);  /* NULL: no more */
uint64_t changes_take_removed(struct changes *); /* an id; 0: no more */

#endif
