/*
 * merge_version.h - versions of one message: both histories had it, and in each it went on in another way.
 */
#ifndef FLYNN_STORE_MERGE_VERSION_H
#define FLYNN_STORE_MERGE_VERSION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "store/merge_write.h"

/* One of ours. */
struct merge_version {
	int64_t row; /* 0: there is none */
	char uuid[UUID_SIZE];
	enum merge_relation relation; /* of its text to theirs */
};

/* One beside which theirs would stand, that was begun when theirs was, and of whose texts one is the beginning of the other's;
 * but for one that is another of theirs. `here` has it. */
bool merge_version_find(struct merging *, const struct incoming *, struct merge_version *) MUST_USE;

/* Adds theirs as another version of our row, which has its name. */
bool merge_version_part(struct merging *, const struct incoming *, int64_t row) MUST_USE;

/* Ours has their text as `version`, and under their name, as `row`, another: decides which of the two has the name. `here` has the
 * version afterwards. */
bool merge_version_swap(struct merging *, const struct incoming *, int64_t row, const struct merge_version *) MUST_USE;

/* Of two names of a version the smaller one stays. */
bool merge_version_rename(struct merging *, const struct incoming *, const struct merge_version *) MUST_USE;

#endif
