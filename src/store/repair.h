/*
 * repair.h - what a damaged history has besides its rows: the search index and the others can be made anew from them.
 */
#ifndef FLYNN_STORE_REPAIR_H
#define FLYNN_STORE_REPAIR_H

#include <stdbool.h>

#include "base/err.h"
#include "store/database.h"

/* True: the indexes were made anew, and nothing is wrong with the file any more. False: it is as it was; where its `trouble`
 * is DATABASE_DAMAGED, the damage is elsewhere. Reads all of it. */
bool repair(struct database *, struct err *) MUST_USE;

/* The first line of what PRAGMA integrity_check says that is of damage; NULL: there is none. */
const char *repair_first_fault(const char *words);

/* Whether SQLite finds the file and its references whole. False also when it cannot be read: then `*failed`. */
bool repair_is_whole(struct database *, bool *failed, struct err *) MUST_USE;

#endif
