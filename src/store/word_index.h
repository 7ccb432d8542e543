/*
 * word_index.h - the search index (FTS5, https://sqlite.org/fts5.html): a copy of what the messages hold. It can be
 * rebuilt from them, so damage of the index is no damage of the history.
 */
#ifndef FLYNN_STORE_WORD_INDEX_H
#define FLYNN_STORE_WORD_INDEX_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "store/database.h"

enum word_index_state {
	WORD_INDEX_SOUND,
	WORD_INDEX_DAMAGED,
	WORD_INDEX_UNKNOWN, /* something else was in the way: a lock, the disk, a progress handler */
};

/* A quick check: whether it opens with all of its tables, and its triggers are there. */
enum word_index_state word_index_look(struct database *, struct err *);

/* Looks, and whether it has each message and no other; some of them are looked up. It reads no text but of these. */
enum word_index_state word_index_compare(struct database *, struct err *);

/* Compares, and reads all of it: seconds of a processor for a large history. It takes the lock for writing, and
 * changes nothing; read only, and in a file of which nothing else may be written, this is left out. */
enum word_index_state word_index_check(struct database *, struct err *);

/*
 * Runs a statement that gives this message its content and reasoning, and ends its being written by somebody; so the index
 * has it from now on. `*changed`: there was such a row. For a long text SQLite's copy of the row, and what FTS5 gathers of
 * all its words, are not in memory at the same time: the triggers are off, and the index is written after the row.
 */
bool word_index_settle(struct database *, sqlite3_stmt *, int64_t message, const struct buf *content,
        const struct buf *reasoning, bool *changed, struct err *) MUST_USE;

/* Whether triggers put each new message into the index; off, no trigger of this connection runs at all. FTS5 writes out what it has
 * gathered with each statement of a trigger: who adds a whole conversation does without them, and then puts all of it there at
 * once. */
void word_index_follow(struct database *, bool follow);
bool word_index_add(struct database *, int64_t conversation, struct err *) MUST_USE;

/* Within a transaction: replaces the table, its triggers and its content, whatever is there. `*lost_pages`: some
 * pages could not be read, and belong to nothing any more. */
bool word_index_make_anew(struct database *, bool *lost_pages, struct err *) MUST_USE;

#endif
