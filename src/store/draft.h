/*
 * draft.h - what is being typed into a conversation that has no message yet. Each flynn has one place for it in the
 * history, under the name of its instance (instance.h), so that two of them never take each other's draft. A flynn
 * that starts takes over the draft of one that has ended.
 */
#ifndef FLYNN_STORE_DRAFT_H
#define FLYNN_STORE_DRAFT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "store/history.h"

/* This flynn's own, for the caller to free; NULL: there is none. */
bool draft_get(struct history *, char **text, struct err *) MUST_USE;
/* Within a transaction, by an instance that has begun. NULL or "" takes it away. */
bool draft_set(struct history *, const char *text, struct err *) MUST_USE;
/* Deletes it if it is this text. */
bool draft_drop(struct history *, const char *text, struct err *) MUST_USE;

/* The drafts of instances that have ended, the oldest first. */
struct drafts {
	char **texts;
	int64_t *instances;
	size_t n;
};

/* To be released in any case. */
bool drafts_left(struct history *, struct drafts *, struct err *) MUST_USE;
void drafts_release(struct drafts *);

/* The last of them becomes this flynn's own (`*own` is true) unless another flynn was faster; the others are deleted. */
bool drafts_take_up(struct history *, const struct drafts *, bool *own, struct err *) MUST_USE;

#endif
