/*
 * write_inside.h - a save while it is being written, within its transaction: what write.c and write_message.c share.
 */
#ifndef FLYNN_STORE_WRITE_INSIDE_H
#define FLYNN_STORE_WRITE_INSIDE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "store/database.h"
#include "store/history.h"
#include "store/save.h"

struct write_state {
	struct history *history;
	struct database *db;
	struct save *save;
	const char *prompts; /* the file of them, or NULL */
	int64_t now_ms;
	bool has_news; /* a message came or was settled */
	bool gone;
	struct err *err;
};

sqlite3_stmt *write_prepare(struct write_state *, const char *sql);
bool write_run(struct write_state *, sqlite3_stmt *) MUST_USE;
bool write_run_row(struct write_state *, const char *sql, int64_t row) MUST_USE; /* the row is its one parameter */
bool write_changed(const struct write_state *); /* whether the last one changed a row */

/* Notes that the row to be changed is not there. Returns false. */
bool write_is_gone(struct write_state *);

/* The row that a message of this save has or has just got. */
int64_t write_row_of(const struct write_state *, struct save_link);

#endif
