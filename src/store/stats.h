/*
 * stats.h - statistics of the history.
 */
#ifndef FLYNN_STORE_STATS_H
#define FLYNN_STORE_STATS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "store/history.h"

struct stats {
	int64_t conversations, archived, pinned; /* archived and pinned ones count as conversations too */
	int64_t deleted;                         /* conversations that can still be brought back, not counted above */
	int64_t messages, prompts, replies;      /* of all branches; not those deleted */
	int64_t unfinished;                      /* replies that broke off: stopped, interrupted or failed */
	int64_t first_ms, last_ms;               /* begun first, changed last; 0: there is none */
	int64_t bytes;                           /* of the file, with what SQLite keeps beside it */
	int64_t text_bytes;                      /* of what was said and thought */
	int64_t files, file_bytes; /* that are attached, each once; also to what can still be brought back */
};

bool stats_read(struct history *, struct stats *, struct err *) MUST_USE;

#endif
