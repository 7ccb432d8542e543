/*
 * lookup.h - finds conversations by number or uuid, and lists the rows of all.
 */
#ifndef FLYNN_STORE_LOOKUP_H
#define FLYNN_STORE_LOOKUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "store/history.h"

enum {
	NAMED_UUID_LEAST = 4, /* characters of a uuid's beginning */
};

/* The conversation with this number, or whose uuid alone begins so. */
bool lookup_conversation(struct history *, const char *word, int64_t *row, struct err *) MUST_USE;

/* Its title; "" where there is none, or it cannot be read. To be freed. */
char *lookup_title(struct history *, int64_t row);

/* The number of a message, by its row, within its conversation: its `id` in the history's JSON. 0: it is gone. */
bool lookup_message(struct history *, int64_t conversation, int64_t message, int64_t *number, struct err *) MUST_USE;

/* Rows of conversations, by ascending row. To be freed. */
struct lookup_rows {
	int64_t *rows;
	size_t n;
};

/* Those of the list (list.h), archived ones too. */
bool lookup_all(struct history *, struct lookup_rows *, struct err *) MUST_USE;
/* All rows that there may be, one by one, for a file in which lookup_all fails because it is damaged. */
bool lookup_every(struct history *, struct lookup_rows *, struct err *) MUST_USE;
/* Those not pinned whose last change is older; with `deleted` those that were deleted before then and are still kept. */
bool lookup_older(struct history *, int64_t before_ms, bool deleted, struct lookup_rows *, struct err *) MUST_USE;

#endif
