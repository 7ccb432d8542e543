/*
 * compact_source.h - what of a conversation /compact sums up: all but its last turns.
 */
#ifndef FLYNN_APP_COMPACT_SOURCE_H
#define FLYNN_APP_COMPACT_SOURCE_H

#include <stdbool.h>
#include <stdint.h>

#include "app/compact_text.h"
#include "chat/conversation.h"

enum {
	COMPACT_TURNS_KEPT = 2,
};

/* Adds it; the ids of the first message that is kept and of the last one. False: there is nothing. */
bool compact_source_collect(struct conversation *, struct compact_text *out, uint64_t *first_kept, uint64_t *leaf);

/* The turns of the branch that is shown, as far as COMPACT_TURNS_KEPT + 1. */
int compact_source_turns(struct conversation *);

#endif
