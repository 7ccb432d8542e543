/*
 * repair.h - repairs a history whose indexes are damaged: they can be rebuilt from the rows, the search index too.
 */
#ifndef FLYNN_STORE_REPAIR_H
#define FLYNN_STORE_REPAIR_H

#include <stdbool.h>

#include "base/err.h"
#include "store/database.h"

/* True: the indexes were rebuilt, and the file is whole. False: the file is unchanged; where its `trouble`
 * is DATABASE_DAMAGED, the damage is elsewhere. Reads all of it. */
bool repair(struct database *, struct err *) MUST_USE;

/* The first line of what PRAGMA integrity_check says that is of damage; NULL: there is none. */
const char *repair_first_fault(const char *words);

/* Whether SQLite finds the file and its references whole. False also when it cannot be read: then `*failed`. */
bool repair_is_whole(struct database *, bool *failed, struct err *) MUST_USE;

#endif
