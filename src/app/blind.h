/*
 * blind.h - a blind comparison: several conversations answer the same prompt, and the names of their models are hidden
 * (hidden.h) until the person at the keyboard votes for a reply. Which model answers where is left to chance.
 *
 * A conversation is in it as long as a pane shows it and its turn has not failed without a word. When fewer than two are left, the
 * comparison is over: names are shown, and nothing is counted.
 */
#ifndef FLYNN_APP_BLIND_H
#define FLYNN_APP_BLIND_H

#include <stdbool.h>

#include "base/buf.h"

struct app;
struct key;
struct talk;

enum {
	BLIND_MOST = 9, /* conversations: as many as there are digits */
};

/* Those that have `is_blind` set, all idle and at least two, answer the next prompt: their models, presets, parameters and
 * system texts are dealt out among them. */
void blind_begin(struct app *);

/* The replies come one after the other, in one conversation: names stay hidden until blind_end, and the vote is the caller's. */
void blind_begin_in_turn(struct app *);
void blind_end(struct app *);

/* To be called after keys and records, before what is to be seen is drawn. */
void blind_settle(struct app *);

/* A digit on empty input: the vote. False: this key is none, or no comparison waits for one. */
bool blind_take_key(struct app *, struct key);

/* "1, 2: vote for the best reply…", as far as it fits. */
void blind_put_hint(const struct app *, int cols, struct buf *);

const char *blind_prompt(const char *argument); /* of /compare: what stands behind --blind; NULL: that is not there */
bool blind_is_mistyped(const char *argument);   /* It begins with what was probably meant to be --blind. */

#endif
