/*
 * import.h - conversations out of a file, all of them or none: one that export.h has written as JSON (doc/history.md), or an
 * export of another program (doc/import.md). What is in the file tells which; its name tells nothing.
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
#include "store/import_take.h"

enum {
	IMPORT_CONVERSATION_MAX = 1024 * 1024 * 1024, /* bytes of its JSON */
};

/* A file of any form. `path`: where it is; NULL: it is standard input. The rest as below. */
bool import_file(struct history *, FILE *, const char *path, void (*progress)(void *arg, const struct import_counts *),
        void *arg, struct import_counts *, struct err *) MUST_USE;

/* The same of JSON. `name` stands for the file in errors: "NAME: conversation 3, message 7: parent 99 does not exist". `progress` may be
 * NULL; it is called after each conversation. False: nothing was added. */
bool import_json(struct history *, FILE *, const char *name, void (*progress)(void *arg, const struct import_counts *),
        void *arg, struct import_counts *, struct err *) MUST_USE;

#endif
