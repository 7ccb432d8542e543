/*
 * held_keys.h - keys and pastes that wait, in their order: while the end of a conversation is shown whose rest is being read
 * (app/glimpse.h), and while files are looked at (app/attach.h). Nothing can be done meanwhile but scrolling.
 */
#ifndef FLYNN_APP_HELD_KEYS_H
#define FLYNN_APP_HELD_KEYS_H

#include <stdbool.h>
#include <stddef.h>

#include "tui/key.h"

struct app;

/* A key, or with `paste` text to be freed. */
struct held_key {
	struct key key;
	char *paste; /* NULL: a key */
	size_t n;
};

void held_keys_init(struct app *);
void held_keys_release(struct app *);

bool held_keys_wait(const struct app *); /* they do now */

/* Keeps a key or what was pasted for later; false: it need not wait. */
bool held_keys_hold(struct app *, struct key, bool harmless);
bool held_keys_hold_paste(struct app *, const char *text, size_t n);

/* The next one that need not wait any more. False: there is none. */
bool held_keys_next(struct app *, struct held_key *);

#endif
