/*
 * held.h - settings that wait for the next save, to be written in its transaction: a commit of their own costs the machine as much
 * as a save.
 */
#ifndef FLYNN_STORE_HELD_H
#define FLYNN_STORE_HELD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct database;

struct held {
	struct held_setting {
		char *key, *value; /* NULL: it is taken away */
	} * settings;
	size_t n;
	int64_t until_ms; /* of clock_ms(): then they wait no longer */
	bool apart;       /* they spoil no save again */
};

/* The last value of a key counts. */
void held_add(struct held *, const char *key, const char *value, int64_t now_ms);

/* How long they may wait for a save; -1: there are none. */
int held_wait_ms(const struct held *, int64_t now_ms);

/* For a save, in its transaction. What cannot be written is left to held_write. held_joined: it was committed. */
void held_join(struct held *, struct database *);
void held_joined(struct held *);

/* By themselves. They are gone then; false: the last err says why some were not kept. */
bool held_write(struct held *, struct database *, struct err *) MUST_USE;

/* One, at once. */
bool held_set(struct database *, const char *key, const char *value, struct err *) MUST_USE;

void held_release(struct held *);

#endif
