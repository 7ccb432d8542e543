/*
 * opener.h - the writer's history: opened, tried again later when that fails, mended or replaced when it is damaged; and
 * the UI told of it each time.
 */
#ifndef FLYNN_STORE_OPENER_H
#define FLYNN_STORE_OPENER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "store/history.h"
#include "store/thread.h"

struct opener {
	struct store *store;
	struct history *history;  /* or NULL: it cannot be had, for this reason */
	struct history *readable; /* meanwhile, where it can at least be read; or NULL */
	struct err why;
	int64_t next_try_ms;
	bool may_purge;
};

/* The first time; opens the gate behind it. */
void opener_begin(struct opener *, struct store *);
void opener_end(struct opener *); /* shuts the gate, waiting until the reader is out, and closes all */

/* Whether it is open: tried again, unless that was done just now. */
bool opener_open(struct opener *);

/* One to read from, the one that may be written where it is open. NULL: there is none. */
struct history *opener_readable(struct opener *, struct err *);

/* After a failure. True: what was saved before is no longer in the history, for it is a new one. */
bool opener_see_to_damage(struct opener *);

/* The reader has told of damage. Where that cannot be mended, saving goes on as long as it can. */
void opener_mend_for_reader(struct opener *);

#endif
