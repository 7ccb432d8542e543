/*
 * opener.h - the writer's history: opened, tried again later when that fails, mended or replaced when it is damaged;
 * reports each of these to the UI.
 */
#ifndef FLYNN_STORE_OPENER_H
#define FLYNN_STORE_OPENER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "store/history.h"
#include "store/worker_thread.h"

struct opener {
	struct store *store;
	struct history *history;  /* or NULL: it cannot be had, for this reason */
	struct history *readable; /* meanwhile, where it can at least be read; or NULL */
	struct err why;
	int64_t next_try_ms;
	bool may_purge;
	int checks_left; /* of the search index; one is enough that is not halted */
};

/* What became of a history that may be damaged. */
enum opener_result {
	OPENER_SAME,
	OPENER_MENDED, /* what failed may go well now */
	OPENER_NEW,    /* what was saved before is no longer in the history */
};

/* Opens the history for the first time, then the gate. */
void opener_begin(struct opener *, struct store *);
void opener_end(struct opener *); /* shuts the gate, waiting until the reader is out, and closes all */

/* Whether it is open: tried again, unless that was done just now. */
bool opener_open(struct opener *);

/* A history to read from: the writable one if it is open. NULL: there is none. */
struct history *opener_readable(struct opener *, struct err *);

/* After a failure. */
enum opener_result opener_see_to_damage(struct opener *);

/* Compares the search index with the messages when there is nothing else to do, reads all of it once a day, and has it mended. A
 * command halts it. */
void opener_check_index(struct opener *);

/* The reader has reported damage. If it cannot be mended, saving goes on as long as possible. */
void opener_mend_for_reader(struct opener *);

#endif
