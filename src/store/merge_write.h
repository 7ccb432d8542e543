/*
 * merge_write.h - a conversation while it is merged, within its transaction: what merge_messages.c decides and merge_write.c writes.
 */
#ifndef FLYNN_STORE_MERGE_WRITE_H
#define FLYNN_STORE_MERGE_WRITE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "store/database.h"
#include "store/merge_text.h"
#include "store/uuid.h"
#include "store/uuid_map.h"

/* What of a message its writer knows when it ends: it comes along with its text. */
#define MERGE_FIELDS                                                                                                   \
	"state, model, endpoint, parameters, finish_reason, usage, timings, error, error_text, thought_tokens,"        \
	" thought_ms, tool_calls, edited, kind, files, pieces, tokens"

enum {
	MERGE_FIRST_FIELD = 10, /* column of their messages, and parameter here */
	MERGE_N_FIELDS = 17,
};

/* A conversation in both, and what it got. */
struct merge_pair {
	int64_t ours, theirs; /* its rows */
	const char *uuid;
	bool is_new;    /* here: its messages come into the index at the end, all at once */
	size_t added;   /* messages, */
	size_t grown;   /* those that have more of their text, or their end, now */
	size_t revived; /* those that were deleted */
	int64_t bytes;  /* read of texts */
};

/* The row of one of their messages here. */
struct placed {
	int64_t theirs, ours;
};

struct merging {
	struct database *ours, *theirs;
	struct merge_pair *pair;
	struct uuid_map names; /* our rows by uuid; 0: none has it any more */
	struct placed *placed; /* by ascending row there */
	size_t n, space;
	struct merge_text here, there,
	        other; /* what is compared just now: ours, theirs, and what a version is compared with */
	struct err *err;
};

/* One of their messages: `row` of the statement. */
struct incoming {
	sqlite3_stmt *row;
	int64_t id, parent; /* the row there, and that of its parent here */
	char uuid[UUID_SIZE];
};

/* Where theirs is here. */
void merge_write_note(struct merging *, int64_t theirs, int64_t ours);

/* Adds it under this name, below its parent, with the text that `there` has. */
bool merge_write_add(struct merging *, const struct incoming *, const char *uuid) MUST_USE;

/* Our row, which `here` has, gets the text and the end of theirs. */
bool merge_write_grow(struct merging *, const struct incoming *, int64_t row) MUST_USE;

/* Ours is no longer deleted, nor is what it stands below. */
bool merge_write_revive(struct merging *, int64_t row) MUST_USE;

/* Ours has the files of theirs, in place of what it had; and this name. */
bool merge_write_files(struct merging *, const struct incoming *, int64_t row) MUST_USE;
bool merge_write_name(struct merging *, int64_t row, const char *before, const char *uuid) MUST_USE;

/* Our message of this name. */
bool merge_write_find(const struct merging *, const char *uuid, int64_t *row);

#endif
