/*
 * examine.h - examines the history's file without changing it: creates, updates, recovers and puts aside nothing.
 */
#ifndef FLYNN_STORE_EXAMINE_H
#define FLYNN_STORE_EXAMINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/err.h"
#include "store/stats.h"

enum examine_state {
	EXAMINE_FINE,
	EXAMINE_NONE,    /* there is no file yet */
	EXAMINE_NEWER,   /* of a newer flynn */
	EXAMINE_OLDER,   /* of an older one: the next start brings it up to date */
	EXAMINE_INDEX,   /* nothing but its search index is damaged */
	EXAMINE_FILES,   /* nothing but attached files is damaged */
	EXAMINE_DAMAGED, /* broken pages, or no database at all */
	EXAMINE_FOREIGN, /* a database, but no history */
	EXAMINE_CLOSED,  /* it cannot be opened or read */
	EXAMINE_STOPPED, /* `stop` said so */
};

enum {
	EXAMINE_USERS_MAX = 16,
};

struct examination {
	enum examine_state state;
	struct err why;                 /* where it is not FINE: in words */
	struct stats stats;             /* where it could be read */
	bool open_to_others;            /* its mode, or its folder's, lets others than its owner read it */
	bool can_be_written;            /* by us: the file, and files beside it */
	bool locked;                    /* somebody writes, and has not ended for a while */
	bool used;                      /* another flynn has it open */
	pid_t users[EXAMINE_USERS_MAX]; /* the processes that do, as far as can be known */
	size_t n_users;
	char **damaged, **older; /* files that were put aside, and those kept by updates */
	size_t n_damaged, n_older;
};

/* Whether there is a SQLite here to read any history with. False, with ERR_SYSTEM. */
bool examine_sqlite(struct err *) MUST_USE;

/* `stop`, which may be NULL, is asked now and then; true ends it. examination_release in any case. */
void examine_history(const char *path, struct examination *, bool (*stop)(void *), void *arg);
void examination_release(struct examination *);

#endif
