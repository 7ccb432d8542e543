/*
 * database.h - one connection to the history's file, and its statements.
 *
 * A struct database belongs to the thread that opened it, which every call but those of statements asserts; none is
 * ever handed over. Several programs may have the same file open: SQLite's WAL keeps readers and the one writer
 * apart, and a caller that finds it locked waits DATABASE_BUSY_MS at most. schema.h knows what the file must hold,
 * history.h who may open it.
 *
 * Only store/ includes this.
 */
#ifndef FLYNN_STORE_DATABASE_H
#define FLYNN_STORE_DATABASE_H

#include <pthread.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

enum {
	DATABASE_BUSY_MS = 2000,
};

/* The kind of the last failure. */
enum database_trouble {
	DATABASE_FINE,
	DATABASE_BUSY,      /* another program holds it */
	DATABASE_FULL,      /* no room on the disk */
	DATABASE_READ_ONLY, /* the file, its folder or its file system */
	DATABASE_DAMAGED,   /* not a database, or one with broken pages */
	DATABASE_DANGLING,  /* a row that another one refers to is gone */
	DATABASE_CANCELLED, /* by sqlite3_interrupt or a progress handler */
	DATABASE_ODD,       /* SQLite refuses a statement of ours: the tables do not hold what they should */
	DATABASE_BROKEN,    /* anything else: input and output, a mistake of ours */
};

struct database {
	sqlite3 *sqlite;
	pthread_t owner;
	char *path;
	bool read_only;
	enum database_trouble trouble; /* of the last call that failed */
	struct statement *statements;  /* prepared, kept for the next time */
	size_t n_statements;
};

/* How to open. */
enum database_mode {
	DATABASE_CREATE, /* read and write; made, with mode 0600, when it is not there */
	DATABASE_WRITE,  /* read and write; an error when it is not there */
	DATABASE_READ,   /* read only; also where SQLite's own files beside it can neither be made nor are needed */
};

/* Opens the file as it is; nothing of it is read yet. ERR_SYSTEM with the path and the reason. */
bool database_open(struct database *, const char *path, enum database_mode, struct err *) MUST_USE;

/* A copy of an open one, which goes when it is closed: in memory, and in a file without a name where it is large. */
bool database_open_copy(struct database *, struct database *of, struct err *) MUST_USE;
/* An empty one that goes when it is closed. `path` stands for it in errors. */
bool database_open_passing(struct database *, const char *path, struct err *) MUST_USE;

/* The file's name as a URI with SQLite's immutable=1: nobody writes to it. To be freed. */
char *database_immutable_name(const char *path);

/* Trusts the functions that its tables, views and triggers call (SQLite's trusted_schema): our triggers need that to
 * write the search index. Only after foreign.h has found that they are ours. */
void database_trust(struct database *);
/* Nothing is asked of it for a while: the pages that it keeps in memory are freed, where they are many. */
void database_rest(struct database *);
void database_close(struct database *); /* also one that was never opened, but zeroed */

/* The statement for this SQL, which must be a literal (its address is its name), reset and without bindings. NULL: it
 * could not be prepared. Borrowed. Preparing the same SQL while it is being stepped is a mistake. */
sqlite3_stmt *database_prepare(struct database *, const char *sql, struct err *) MUST_USE;

/* Steps a statement that gives no rows, and resets it. */
bool database_run(struct database *, sqlite3_stmt *, struct err *) MUST_USE;

/* The next row; false at the end or on an error, which `*failed` tells apart. Resets the statement when it is false. */
bool database_row(struct database *, sqlite3_stmt *, bool *failed, struct err *) MUST_USE;

/* Runs several statements without bindings, and ignores their rows. */
bool database_script(struct database *, const char *sql, struct err *) MUST_USE;

/* The first column of the first row of this SQL, which need not be a literal; 0 where there is none. */
bool database_number(struct database *, const char *sql, int64_t *, struct err *) MUST_USE;

/* A writing transaction (BEGIN IMMEDIATE). Rolling back never fails. */
bool database_begin(struct database *, struct err *) MUST_USE;
bool database_commit(struct database *, struct err *) MUST_USE; /* rolls back when it is false */
void database_roll_back(struct database *);

/* Sets `trouble`, and the err to words about the last call on this connection, with the path; returns false. */
bool database_failed(struct database *, struct err *);

/* Columns and bindings. Texts are copied, but for those that are lent: they stay as they are until the statement has
 * run. A message's text is lent, for it may be long. */
void database_bind_text(sqlite3_stmt *, int i, const char *, size_t n);
void database_bind_string(sqlite3_stmt *, int i, const char *);
void database_bind_buf(sqlite3_stmt *, int i, const struct buf *);
void database_lend_buf(sqlite3_stmt *, int i, const struct buf *);
void database_lend_bytes(sqlite3_stmt *, int i, const void *, size_t n); /* a blob */
void database_bind_row(sqlite3_stmt *, int i, int64_t row);              /* 0: NULL */
const char *database_text(sqlite3_stmt *, int column);                   /* never NULL, borrowed until the next step */

#endif
