/*
 * attach.h - files that go with the next prompt of a conversation: talk->attached has those that were read, others are on their
 * way (system/attachment_job.h).
 */
#ifndef FLYNN_APP_ATTACH_H
#define FLYNN_APP_ATTACH_H

#include <poll.h>
#include <stdbool.h>
#include <stddef.h>

#include "llama/attachment.h"

struct app;
struct message;
struct talk;

enum {
	ATTACH_FILES_MAX = 100, /* with one prompt */
	ATTACH_JOBS_MAX = 16,   /* that wait for a disk at a time */
};

void attach_init(struct app *);
void attach_release(struct app *);

/* The files that these words name (system/path_words.h) are read and attached to the focused pane's conversation. False: not now,
 * which was said. */
bool attach_files(struct app *, const char *words);

/* A chip by its number, from 1, read or not. False: there is none. */
bool attach_drop(struct app *, size_t number);
size_t attach_drop_all(struct app *); /* how many there were */

/* Some are attached, or being read. */
bool attach_has_files(const struct app *, const struct talk *);
void attach_forget(struct app *, const struct talk *); /* it is being closed: what is being read for it */

/* Another prompt is in the composer for a while, without files, or with those of this message; later those before come back, and its
 * own are dropped. */
void attach_set_aside(struct app *, struct talk *);
void attach_instead(struct talk *, const struct message *);
void attach_bring_back(struct app *, struct talk *);

/* Takes what was read. When to come again without an event, in ms; -1: not. */
int attach_turn(struct app *);
size_t attach_fds(const struct app *, struct pollfd fds[static ATTACH_JOBS_MAX]); /* how many there are to wait for */

/* A chip above the composer. */
struct attach_chip {
	const struct attachment *file; /* NULL: it is being read, */
	const char *words;             /* by these words */
};

size_t attach_chips(const struct app *, const struct talk *, struct attach_chip **); /* the caller's to free */

#endif
