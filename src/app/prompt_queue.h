/*
 * prompt_queue.h - the prompts that wait for a reply to end, and how they look above the composer.
 */
#ifndef FLYNN_APP_PROMPT_QUEUE_H
#define FLYNN_APP_PROMPT_QUEUE_H

#include <stdbool.h>
#include <stddef.h>

#include "llama/attachment.h"
#include "tui/grid.h"

struct queued_prompt {
	char *text;
	struct attachments files; /* that go with it */
	long seed;                /* the same; 0: as the parameters say */
};

/* Zeroed to begin with. */
struct prompt_queue {
	struct queued_prompt *prompts; /* the one that goes next first */
	size_t n, space;
};

void prompt_queue_release(struct prompt_queue *);

/* At the end. Files are held; NULL: none. */
void prompt_queue_add(struct prompt_queue *, const char *prompt, const struct attachments *files);

void prompt_queue_seed(struct prompt_queue *, long seed); /* of the last one */

/* The next one, the last one: the caller's to release. False: it is empty. */
bool prompt_queue_take_next(struct prompt_queue *, struct queued_prompt *);
bool prompt_queue_take_last(struct prompt_queue *, struct queued_prompt *);
void queued_prompt_release(struct queued_prompt *);

/* The input as it is saved, without files: the queued prompts, then the text being typed, which may be "". The caller's
 * to free; and the way back: the prompts into the queue, the rest, borrowed from `kept`, returned. */
char *prompt_queue_join(const struct prompt_queue *, const char *typed);
const char *prompt_queue_split(struct prompt_queue *, const char *kept);

int prompt_queue_rows(const struct prompt_queue *, int screen_rows); /* that it takes of such a screen */

/* One row a prompt, its first line; the last row counts those that have none. `held`: no reply is on its way, and Enter
 * sends the next. */
void prompt_queue_draw(const struct prompt_queue *, bool held, struct grid *, struct rect);

#endif
