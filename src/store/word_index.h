/*
 * word_index.h - the search index (FTS5, https://sqlite.org/fts5.html): a copy of what the messages hold, which can be made
 * anew from them, so no damage of it is one of the history.
 */
#ifndef FLYNN_STORE_WORD_INDEX_H
#define FLYNN_STORE_WORD_INDEX_H

#include <stdbool.h>

#include "base/err.h"
#include "store/database.h"

enum word_index_state {
	WORD_INDEX_SOUND,
	WORD_INDEX_DAMAGED,
	WORD_INDEX_UNKNOWN, /* something else was in the way: a lock, the disk, a progress handler */
};

/* Whether it opens, with all of its tables, and its triggers are there: a glance. */
enum word_index_state word_index_look(struct database *, struct err *);

/* Reads all of it, and whether it has each message. It takes the lock for writing, and changes nothing; read only, and in a
 * file of which nothing else may be written, FTS5's own check is left out. */
enum word_index_state word_index_check(struct database *, struct err *);

/* Within a transaction: makes the table, its triggers and its content anew, whatever is there. `*lost_pages`: some of the
 * file's pages belong to nothing any more, for they could not be read. */
bool word_index_make_anew(struct database *, bool *lost_pages, struct err *) MUST_USE;

#endif
