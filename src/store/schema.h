/*
 * schema.h - the tables of the history, and the way from each older version of them to this one.
 *
 * The version is SQLite's user_version. Times are milliseconds since 1970 (UTC). doc/history.md describes the tables
 * for people with the sqlite3 shell.
 */
#ifndef FLYNN_STORE_SCHEMA_H
#define FLYNN_STORE_SCHEMA_H

#include <stdbool.h>

#include "base/err.h"
#include "store/database.h"

enum {
	SCHEMA_APPLICATION_ID = 0x666c796e, /* "flyn": file(1) knows it by this */
};

struct schema {
	int version;              /* 1 or more */
	const char *create;       /* makes the tables of `version` in an empty database */
	const char *const *steps; /* steps[i] makes version i + 2 of version i + 1; version - 1 of them */
};

/* The one of this flynn. Tests bring others. */
const struct schema *schema_current(void);

/* Makes the search index with its triggers, and fills it. has_files: table message has that column, as it has from version 4 on. */
const char *schema_index(bool has_files);

/* Puts the messages of conversation ?1 into it, which has none of them. */
const char *schema_index_conversation(void);

/* Registers the functions that triggers and queries call; for every connection. flynn_words(TEXT): see
 * search_words.h. */
bool schema_functions(struct database *, struct err *) MUST_USE;

/* Which version the file holds; 0: it is empty. False: it cannot be read, is not flynn's, or newer than this schema. */
bool schema_look(struct database *, const struct schema *, int *version, struct err *) MUST_USE;

/* Makes the tables in an empty database; goes from `from` to schema->version in one that is older. Each in one
 * transaction. */
bool schema_create(struct database *, const struct schema *, struct err *) MUST_USE;
bool schema_step(struct database *, const struct schema *, int from, struct err *) MUST_USE;

#endif
