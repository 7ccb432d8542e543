/*
 * write.h - writes a struct save into the history, in one transaction.
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
 * True: it is on the disk, and the rows and the uuid that it gave are in the save. False: nothing was written, and
 * the save is as it was; with `*gone` set the conversation or a parent is no longer there: saver_start_over. */
bool write_save(struct history *, struct save *, const char *prompts, bool *gone, struct err *) MUST_USE;

#endif
