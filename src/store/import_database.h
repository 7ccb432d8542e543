/*
 * import_database.h - merges another flynn's history.db into ours, so that two machines can be kept alike by exchanging their files.
 *
 * A conversation of the same uuid stays one: it gets the messages and tags that it lacks (merge_messages.h), and of ours nothing is
 * overwritten: not its title, marks, settings, draft, nor the branch that is shown. Votes come along. What was deleted
 * there stays here; what was deleted here comes back, if it is there. The same file adds nothing the second time.
 */
#ifndef FLYNN_STORE_IMPORT_DATABASE_H
#define FLYNN_STORE_IMPORT_DATABASE_H

#include <stdbool.h>
#include <stdio.h>

#include "base/err.h"
#include "store/history.h"
#include "store/import_take.h"

/* Whether this is a history of flynn, by its first bytes; they are read. */
bool import_database_is(FILE *);

/* The file is not changed, nor is anything beside it, whoever has it open; it may be of an older version. `progress` may be
 * NULL; it is called after each conversation. False: nothing was added. */
bool import_database(struct history *, const char *path, void (*progress)(void *arg, const struct import_counts *),
        void *arg, struct import_counts *, struct err *) MUST_USE;

#endif
