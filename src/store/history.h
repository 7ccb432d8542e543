/*
 * history.h - the history, opened: every conversation of this user, in one SQLite file that several flynns share.
 *
 * Everything of this folder but saver.h and worker.h waits for the disk. It is called by the store's two threads, by
 * commands that have no screen, and by tests; a struct history belongs to one thread. Beside the file NAME.db stand
 * NAME.db-wal and -shm (SQLite's), NAME.lock (lock.h), NAME.db.vN.bak (what it was before it was brought to a newer
 * version) and NAME.db.damaged-TIME (what could not be read any more).
 */
#ifndef FLYNN_STORE_HISTORY_H
#define FLYNN_STORE_HISTORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "store/recovered.h"

struct held;
struct history;
struct database;
struct schema;

enum history_mode {
	HISTORY_CREATE, /* read and write; folder (0700) and file (0600) are made when they are not there */
	HISTORY_WRITE,  /* read and write; an error when it is not there */
	HISTORY_READ,   /* read only: nothing is made, updated, recovered or put aside */
};

/*
 * Opens it. An older version is brought to the newest one, in a copy; a newer one is refused and left alone; damaged
 * indexes are rebuilt; any other damaged file is put aside and a new one created. Replies whose flynn has ended
 * become `interrupted`.
 *
 * NULL: it cannot be used; the err says why, in words that the status bar shows after "not saving: ".
 */
struct history *history_open(const char *path, enum history_mode, struct err *) MUST_USE;
struct history *history_open_as(const char *path, enum history_mode, const struct schema *, struct err *) MUST_USE;
/* A copy of the history, or an empty one where there is none, that goes when it is closed: what is done to it shows what would
 * come of it. The file itself is only read. */
struct history *history_open_trial(const char *path, bool is_there, struct err *) MUST_USE;
void history_close(struct history *); /* NULL is fine */

/* News of opening for the user: a damaged file was put aside, an older one updated; "": none. */
const char *history_notice(const struct history *);
struct history_recovered history_recovered(const struct history *);

/* For the other files of this folder. */
struct database *history_database(struct history *);

/* Whether the last failure of a call means that the file is damaged. */
bool history_is_damaged(const struct history *);

/* The same, or that SQLite refuses what it should not: then it may be an index. */
bool history_may_be_mended(const struct history *);

/* After a failure: rebuilds the indexes, which may be all that is damaged; the notice says so. Done once, until
 * something is saved. False: the file still counts as damaged, or the err says what prevented it. Reads all of the
 * file. */
bool history_mend(struct history *damaged, struct err *) MUST_USE;

/* Closes a damaged one, puts its file aside, unless another flynn has done so, and opens a new one. NULL: it cannot be
 * put aside. */
struct history *history_begin_anew(struct history *damaged, struct err *) MUST_USE;

/* Values by name: the open conversation ("open"), the panes ("layout"), when the search index was last read ("index_checked").
 * NULL: not set; the caller's to free. Setting NULL takes it away. */
bool history_setting(struct history *, const char *key, char **value, struct err *) MUST_USE;
bool history_set(struct history *, const char *key, const char *value, struct err *) MUST_USE;

/* Those that wait for the next save. */
struct held *history_held(struct history *);

#endif
