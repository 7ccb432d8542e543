/*
 * list.h - the list of conversations, page by page: pinned ones first, then by their last change, newest first. Deleted
 * ones are not in it; archived ones only where the query asks for them.
 */
#ifndef FLYNN_STORE_LIST_H
#define FLYNN_STORE_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "chat/tags.h"
#include "store/history.h"
#include "store/query.h"

/* The rows of the list, in SQL. A conversation without messages is listed only if it has a draft. */
#define LIST_SHOWN "deleted IS NULL AND (leaf IS NOT NULL OR draft <> '')"

enum {
	LIST_PREVIEW_MAX = 400, /* bytes */
};

/* A place in the list. */
struct list_key {
	bool pinned;
	int64_t updated_ms, row;
};

struct listed {
	struct list_key key; /* its row is the conversation's */
	char uuid[37];
	struct buf title;             /* "draft: " and its draft's first line where it has neither this nor a message */
	struct buf model, preview;    /* preview: the beginning of its first message, as it is */
	int64_t created_ms, messages; /* of all branches, but those deleted */
	bool archived;
	struct tags tags;
};

struct list {
	struct listed *rows; /* in the order of the list, whichever way it was asked for */
	size_t n;
	bool more; /* beyond the last row looking down, before the first one looking up */
};

enum list_way {
	LIST_DOWN, /* those after the key; without one, the first */
	LIST_UP,   /* those before it; without one, the last */
};

/* What to list. `query`: its filters, and its words as words of the title; NULL: all. */
struct list_request {
	const struct query *query;
	const struct list_key *from; /* or NULL */
	enum list_way way;
	size_t limit;
};

/* False with ERR_CANCELLED when the connection's progress handler ended it. The list is to be released in either
 * case. */
bool list_page(struct history *, const struct list_request *, struct list *, struct err *) MUST_USE;
void list_release(struct list *);

#endif
