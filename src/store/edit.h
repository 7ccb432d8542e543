/*
 * edit.h - changes to a conversation in the history that is not open: rename, pin, archive, delete. A deleted one can
 * be restored for a day.
 */
#ifndef FLYNN_STORE_EDIT_H
#define FLYNN_STORE_EDIT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "store/history.h"

enum edit_type {
	EDIT_RENAME, /* by a person */
	EDIT_PIN,
	EDIT_UNPIN,
	EDIT_ARCHIVE,
	EDIT_UNARCHIVE,
	EDIT_DELETE,
	EDIT_UNDELETE,
	EDIT_TAG, /* with these names, spaces between them */
	EDIT_UNTAG,
};

enum {
	EDIT_KEEP_DELETED_MS = 24 * 60 * 60 * 1000,
};

/* `text` is the title for EDIT_RENAME, and the names for EDIT_TAG and EDIT_UNTAG. False: it failed, or there is no such conversation. */
bool edit_conversation(struct history *, int64_t conversation, enum edit_type, const char *text, struct err *) MUST_USE;

/* Removes for good some of the rows that were deleted before then; `*more`: others remain. The bytes stay in the
 * file's free pages until these are used again. */
bool edit_purge(struct history *, int64_t before_ms, bool *more, struct err *) MUST_USE;

#endif
