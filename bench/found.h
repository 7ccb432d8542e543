/*
 * found.h - the history that flynn finds in a benchmark, and what is looked for in it.
 */
#ifndef FLYNN_BENCH_FOUND_H
#define FLYNN_BENCH_FOUND_H

#include "store/history.h"

static const char found_cache[] = "bench/history-cache"; /* the folder, in the build tree */

/* What is looked for: the first row of the list, and the end of the longest conversation. */
struct wanted {
	char *path, *listed, *end, *number;
	char *title; /* as it is looked for: next to no message holds it */
};

/* In a history, which is the one that flynn finds from now on. */
struct wanted found_choose(char *path_takes);
void found_release(struct wanted *);

char *found_path(void);           /* of the history that bench/history has made */
void found_put(const char *file); /* in the data folder that flynn finds; NULL: none */
struct history *found_open(const char *path, enum history_mode);

void found_give_up(const char *why);

#endif
