/*
 * import_take.h - adds a conversation that was read from somewhere, unless it is there.
 */
#ifndef FLYNN_STORE_IMPORT_TAKE_H
#define FLYNN_STORE_IMPORT_TAKE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "store/history.h"
#include "store/import_lost.h"
#include "store/load.h"

struct import_counts {
	size_t added, copied, skipped; /* conversations; a copy counts as added too */
	size_t empty;                  /* conversations without a message, which were left out */
	size_t merged;                 /* conversations that were there and have got something: of a merge */
	size_t votes;                  /* added by a merge */
	size_t messages;               /* added */
	size_t cut;                    /* of what was added: titles that were too long */
	struct import_lost lost;       /* of what was added */
	int64_t bytes;                 /* read so far */
	bool is_merge;                 /* of another flynn's history */
	const char *from;              /* the program whose export it was, by its name in the report's JSON; "flynn" */
	const char *program;           /* the same for people */
};

struct import_taking {
	struct history *history;
	struct import_counts *counts;
	bool joins; /* one that is there gets the messages that it lacks (import_join.h): the uuids are those of another program */
	struct err *err;
};

/* Within a transaction that is open. A conversation whose uuid is there already is skipped when all its messages are in the
 * one that is there; else it becomes a copy, or what it has more joins the one that is there. One without a uuid gets one that is made of what it says. */
bool import_take(struct import_taking *, struct loaded *) MUST_USE;

#endif
