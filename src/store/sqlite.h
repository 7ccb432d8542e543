/*
 * sqlite.h - SQLite's functions, found in its file while flynn runs. Only store/ includes this.
 *
 * Its 1,600 symbols take the loader longer than any other library of the program, and the first frame needs none of
 * them. So flynn is not linked with it: the first thread that opens a history loads it. A file that calls a function of
 * SQLite includes this header: the names stay SQLite's own, for sqlite3ext.h, which is meant for SQLite's extensions, has each
 * one go through a table. With `configure --enable-linked-sqlite` flynn is linked with SQLite, and this is sqlite3.h.
 */
#ifndef FLYNN_STORE_SQLITE_H
#define FLYNN_STORE_SQLITE_H

#include <sqlite3ext.h>
#include <stdbool.h>

#include "base/err.h"

SQLITE_EXTENSION_INIT3

/* Before any function of SQLite is called, by any thread, as often as one likes. False, with ERR_SYSTEM: it cannot be loaded. */
bool sqlite_load(struct err *) MUST_USE;

#endif
