/*
 * tagged.h - the tags of conversations in the history: a row for each name that one has.
 */
#ifndef FLYNN_STORE_TAGGED_H
#define FLYNN_STORE_TAGGED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "chat/tags.h"
#include "store/database.h"
#include "store/query.h"

struct history;

/* Adds those of a conversation (its row) to a set. What is no name, since another program wrote it, is left out. */
bool tagged_read(struct database *, int64_t conversation, struct tags *, struct err *) MUST_USE;

/* Adds and removes these, and touches no other: another flynn may have given it some. Within a transaction. */
bool tagged_write(struct database *, int64_t conversation, const struct tags *added, const struct tags *removed,
        struct err *) MUST_USE;

/* Every name that a conversation has, but for deleted ones. */
bool tagged_names(struct history *, struct tags *, struct err *) MUST_USE;

/* The conversations that a query's tags leave. Zeroed to begin with, and to be released whatever is returned. */
struct tagged {
	int64_t *rows; /* ascending */
	size_t n;
};

/* Each tag is asked for by its name, or by one of which it is the beginning where no conversation has a tag of that name. Nothing
 * is done for a query without tags. */
bool tagged_find(struct tagged *, struct database *, const struct query *, struct err *) MUST_USE;
bool tagged_has(const struct tagged *, int64_t conversation);
void tagged_release(struct tagged *);

#endif
