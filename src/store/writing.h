/*
 * writing.h - a save while it is being written, within its transaction: what write.c and write_message.c share.
 */
#ifndef FLYNN_STORE_WRITING_H
#define FLYNN_STORE_WRITING_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "store/database.h"
#include "store/history.h"
#include "store/save.h"

struct writing {
	struct history *history;
	struct database *db;
	struct save *save;
	const char *prompts; /* the file of them, or NULL */
	int64_t now_ms;
	bool has_news; /* a message came or was settled */
	bool gone;
	struct err *err;
};

sqlite3_stmt *writing_prepare(struct writing *, const char *sql);
bool writing_run(struct writing *, sqlite3_stmt *) MUST_USE;
bool writing_run_row(struct writing *, const char *sql, int64_t row) MUST_USE; /* the row is its one parameter */
bool writing_changed(const struct writing *);                                  /* whether the last one changed a row */

/* What was to be changed is not there. Returns false. */
bool writing_is_gone(struct writing *);

/* The row that a message of this save has or has just got. */
int64_t writing_row_of(const struct writing *, struct save_link);

#endif
