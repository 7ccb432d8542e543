/*
 * write.h - writes a struct save into the history, and those after it, in one transaction.
 */
#ifndef FLYNN_STORE_WRITE_H
#define FLYNN_STORE_WRITE_H

#include <stdbool.h>

#include "base/err.h"
#include "store/history.h"
#include "store/save.h"

/* If the draft would overwrite one from another flynn, that one is added to the file of prompts (NULL: it is not),
 * where it can be recalled.
 *
 * True: it is on the disk, and the rows and the uuids that it gave are in the saves. False: nothing was written, and
 * the saves are as they were; with `*gone` set the conversation of one, or a parent in it, is no longer there: of a save
 * without others saver_start_over. */
bool write_save(struct history *, struct save *, const char *prompts, bool *gone, struct err *) MUST_USE;

#endif
