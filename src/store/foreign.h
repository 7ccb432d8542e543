/*
 * foreign.h - finds what does not belong in a history's file. A trigger or a view that somebody has planted runs
 * whenever flynn reads or writes, and may run for ever.
 */
#ifndef FLYNN_STORE_FOREIGN_H
#define FLYNN_STORE_FOREIGN_H

#include <stdbool.h>

#include "base/err.h"
#include "store/database.h"
#include "store/schema.h"

/* Whether each table, index and trigger is one that the schema makes, or one of SQLite's own. What is missing is not
 * looked for. Trusts the database (database.h) when it is, and may be written. */
bool foreign_none(struct database *, const struct schema *, struct err *) MUST_USE;

#endif
