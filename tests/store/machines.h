/*
 * machines.h - several histories in one place, as of as many machines, that import each other's.
 */
#ifndef FLYNN_TESTS_STORE_MACHINES_H
#define FLYNN_TESTS_STORE_MACHINES_H

#include <stdbool.h>
#include <stddef.h>

#include "store/history.h"
#include "store/import_database.h"
#include "tests/store/talk.h"

/* The history NAME.db of the place. It does not wait for the disk. Ends the test program when it cannot be opened. */
struct history *machine_open(const char *name);

/* Imports NAME.db: what that says, "" when it went well. To be freed. The counts may be NULL. */
char *machine_import(struct history *, const char *name, struct import_counts *);

/* The same; it goes well, and these conversations are new, have got something, had all of it; and so many messages came. */
void machine_check(struct history *, const char *name, size_t added, size_t merged, size_t skipped, size_t messages);

/* All conversations that are shown, by their uuids, with their trees; siblings by their uuids. To be freed. */
char *machine_dump(struct history *);

/* A conversation of it, in plain calls. talk_drop ends that. */
struct talk *machine_talk(struct history *, int64_t row);

#endif
