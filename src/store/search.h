/*
 * search.h - messages that hold all words of a query: of every branch, in what was said and in what was thought.
 * Those deleted, or of deleted conversations, are not found; a reply is found once it has ended.
 *
 * The index is walked from the newest message back, and only as far as a page of hits needs: so a page of frequent
 * words comes at once, and so does one of rare ones. Where a filter lets next to nothing through, the messages that
 * can pass are found first (search_filter.h). A long search (words that are frequent but never together) can be
 * halted by the connection's progress handler, and goes on later where it was.
 */
#ifndef FLYNN_STORE_SEARCH_H
#define FLYNN_STORE_SEARCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "chat/tags.h"
#include "store/history.h"
#include "store/query.h"
#include "text/snippet.h"

enum {
	SEARCH_SNIPPET_BYTES = 200,
};

struct search_hit {
	int64_t conversation, message; /* rows */
	char role[12];
	struct buf model, title;
	int64_t created_ms;
	bool pinned, archived; /* the conversation */
	bool in_reasoning;     /* the snippet is of its reasoning, */
	bool in_files;         /* or of the names of its files */
	struct snippet snippet;
	struct tags tags; /* of the conversation */
};

struct search {
	struct search_hit *hits;
	size_t n;
	bool ranked;
	bool more;    /* or perhaps: `next` goes on */
	int64_t next; /* for the request of the next page */
};

enum search_order {
	SEARCH_NEWEST,
	SEARCH_BEST,     /* by bm25: every match is counted before the first is shown; nothing is kept when halted */
	SEARCH_FEW_BEST, /* the best first when all fit into the first page, and that is soon found; else the newest */
};

struct search_request {
	const struct query *query;
	enum search_order order;
	int64_t from; /* 0: the first page; else `next` of the one before, of the same order */
	size_t limit;
};

/* A query without words and signs finds nothing: its filters are for the list then (list.h). One without words has
 * every text looked at, and no order but the newest first. False with ERR_CANCELLED when it was halted: what it had
 * found is there, and `next` goes on. The result is to be released in any case. */
bool search_page(struct history *, const struct search_request *, struct search *, struct err *) MUST_USE;
void search_release(struct search *);

#endif
