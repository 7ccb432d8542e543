/*
 * import.h - conversations out of a file that export.h has written as JSON (doc/history.md), all of them or none.
 *
 * Nothing that the history holds is changed. A conversation whose uuid is there already is skipped when all its
 * messages are in the one that is there; else it becomes a copy, whose uuid is made of what it says, so that the same
 * file adds nothing the second time.
 */
#ifndef FLYNN_STORE_IMPORT_H
#define FLYNN_STORE_IMPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/err.h"
#include "store/history.h"

enum {
	IMPORT_CONVERSATION_MAX = 1024 * 1024 * 1024, /* bytes of its JSON */
};

struct import_counts {
	size_t added, copied, skipped; /* conversations; a copy counts as added too */
	size_t messages;               /* added */
	size_t cut;                    /* of what was added: titles that were too long */
	int64_t bytes;                 /* read so far */
};

/* `name` stands for the file in errors: "NAME: conversation 3, message 7: parent 99 does not exist". `progress` may be
 * NULL; it is called after each conversation. False: nothing was added. */
bool import_json(struct history *, FILE *, const char *name, void (*progress)(void *arg, const struct import_counts *),
        void *arg, struct import_counts *, struct err *) MUST_USE;

#endif
