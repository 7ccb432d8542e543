/*
 * merge_text.h - what a message says, on each of two sides, and how the one text goes with the other.
 */
#ifndef FLYNN_STORE_MERGE_TEXT_H
#define FLYNN_STORE_MERGE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "store/database.h"
#include "store/uuid.h"

struct merge_text {
	struct buf role, state;
	struct buf content, reasoning; /* with what the journal holds */
	struct buf files;              /* names, each with a line feed */
	int64_t created_ms;
	bool is_owned; /* some flynn is writing it */
	bool is_deleted;
};

void merge_text_release(struct merge_text *);

/* Replaces what is there. The message must be there. */
bool merge_text_read(struct merge_text *, struct database *, int64_t message, struct err *) MUST_USE;

/* How many files are attached to a message; its names may be more, where files went for good. */
bool merge_text_count_files(struct database *, int64_t message, size_t *, struct err *) MUST_USE;

enum merge_relation {
	MERGE_SAME,
	MERGE_OURS,   /* ours begins with theirs */
	MERGE_THEIRS, /* theirs begins with ours */
	MERGE_DIFFERENT,
};

enum merge_relation merge_text_relate(const struct merge_text *ours, const struct merge_text *theirs);

/* The name of this text as another version of the message `uuid`: the same wherever it is made. */
void merge_text_version(char out[UUID_SIZE], const char *uuid, const struct merge_text *);

#endif
