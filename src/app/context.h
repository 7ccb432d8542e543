/*
 * context.h - how full the context is: what the next request will have in it before its new prompt, and what that prompt adds. One
 * of two sources: the server counts (app/token_counts.h), else the numbers of earlier replies give an estimate.
 *
 * Both numbers together are the prompt_tokens of the reply that comes. A reply on its way is counted as it grows.
 */
#ifndef FLYNN_APP_CONTEXT_H
#define FLYNN_APP_CONTEXT_H

#include <stdbool.h>
#include <stdint.h>

#include "llama/chat.h"

struct app;
struct talk;
struct message;

enum {
	CONTEXT_REST_MS = 300,      /* without a key, before the prompt that is being written is counted */
	CONTEXT_COST_MAX = 1 << 20, /* bytes of a prompt that is counted */
};

struct context_gauge {
	int64_t used, size; /* tokens; 0: not known */
	bool is_about;      /* `used` is an estimate */
};

void context_init(struct app *);
void context_release(struct app *);

void context_typed(struct app *); /* a key or a paste came */

/* Asks for what is to be counted next, if anything is. When to come again without an event, in ms; -1: not. */
int context_turn(struct app *);

/* Of a reply that arrives: as of that time, as chat/pace.h counts tokens; INT64_MAX: all that came. */
void context_gauge(const struct talk *, int64_t now_ms, struct context_gauge *);

/* Tokens that the prompt in the composer adds; -1: not known. */
int64_t context_cost(const struct app *);

/* The tokens that the prompt in the composer is too long by, both numbers being counted; 0: it is not. */
int64_t context_excess(const struct app *);

/* A prompt of no text, which stands at the end of chats that are counted: templates and servers treat a reply at the end as
 * one to be continued. */
struct chat_message context_no_prompt(void);

/* The tokens that one reply and all before it took; 0: not known. */
int64_t context_of_reply(const struct message *);

#endif
