/*
 * replay.h - the conversation of the focused pane is played again there (chat/player.h): a pane of its own stands in the place of that
 * one, over a copy of the conversation, and all that draws, draws it as it draws any other. Nothing of it is saved or sent.
 *
 * Its time is that of the clock, or told: by a test, or by whoever writes down what is shown (REPLAY_AT_ONCE).
 */
#ifndef FLYNN_APP_REPLAY_H
#define FLYNN_APP_REPLAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "chat/player.h"
#include "tui/composer.h"

struct app;
struct message;
struct pane;
struct talk;

/* How time passes. */
enum replay_time {
	REPLAY_BY_CLOCK,
	REPLAY_AS_TOLD, /* by replay_tell alone */
	REPLAY_AT_ONCE, /* as soon as everything is drawn that there is; at its end flynn ends */
};

#define REPLAY_SLOWEST 0.25
#define REPLAY_FASTEST 64.0

/* Zeroed: as /replay plays. */
struct replay_options {
	enum replay_time time;
	double speed; /* 0: 1 */
	bool quits;   /* flynn ends with it */
	/* The time that the frames from now on are of, since the beginning; or NULL. */
	void (*tick)(void *arg, int64_t ms);
	void *arg;
};

struct replay {
	struct replay_options options;
	struct talk *talk;
	struct pane *covered;     /* that stood here */
	struct composer composer; /* as it was */
	struct player player;
	const struct message *prompt; /* that the composer has as much of as was typed; NULL: none */
	size_t typed;
	double speed;
	bool paused;
	int64_t since_ms, base_ms; /* at the first time of the clock or as told, the second was played */
	int64_t told_ms;
	int64_t again_ms; /* of the clock: when it was to play on; 0: not */
	int64_t drawn_ms; /* as played, of the last frame */
	struct buf keys;  /* what the bar says of them */
};

/* False: there is nothing to be played, or not now, which was said. */
bool replay_begin(struct app *, const struct replay_options *);
/* All is as it was. */
void replay_end(struct app *);
bool replay_is_on(const struct app *);
bool replay_is_at_once(const struct app *); /* nobody watches it */

/* From now on replays have this time unless they say another. */
void replay_use_time(struct app *, enum replay_time);
/* So many ms pass, of the time that is told. */
void replay_tell(struct app *, int64_t ms);

/* Every turn of the loop: plays what is due. When to come again, in ms; -1: after whatever happens. */
int replay_turn(struct app *);

/* ---- what keys do ---- */

void replay_pause(struct app *);           /* or goes on; at the end: from the beginning */
void replay_go(struct app *, int way);     /* -1: to the beginning of the turn, or to the one before; 1: to the next */
void replay_faster(struct app *, int way); /* twice as fast, or half */

/* ---- replay_status.c ---- */

struct status;

/* Puts it into the status bar. */
void replay_set_status(const struct app *, struct status *);

#endif
