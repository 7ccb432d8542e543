/*
 * held_keys.h - keys and pastes that wait, in their order: while the end of a conversation is shown whose rest is being read
 * (app/glimpse.h), while files are looked at (app/attach.h), and while a prompt waits for its server (app/first_look.h). Nothing can be done meanwhile but scrolling; in the first case
 * the draft can be written, too.
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

enum key_effect {
	KEY_ACTS,
	KEY_WRITES, /* the draft, and nothing else */
	KEY_LOOKS,  /* moves the view, or quits */
};

/* Keeps a key or what was pasted for later; false: it need not wait. */
bool held_keys_hold(struct app *, struct key, enum key_effect);
bool held_keys_hold_paste(struct app *, const char *text, size_t n);

/* Gives up what keys wait for, but for the rest of a conversation: an Enter among them breaks the line (Alt+Enter) and sends nothing
 * any more. False: they do not wait for anything else. */
bool held_keys_give_up(struct app *);

/* The next one that need not wait any more. False: there is none. */
bool held_keys_next(struct app *, struct held_key *);

#endif
