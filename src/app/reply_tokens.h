/*
 * reply_tokens.h - the tokens of a reply of the conversation shown, for whoever shows them: which reply, why it has none, and another
 * candidate instead of one.
 */
#ifndef FLYNN_APP_REPLY_TOKENS_H
#define FLYNN_APP_REPLY_TOKENS_H

#include <stdbool.h>
#include <stddef.h>

struct app;
struct message;
struct token;

/* The last one, also one that has not said anything but a thought yet. NULL: there is none. */
struct message *reply_tokens_last(const struct app *);

/* Yours to free; `again`: how they are asked for. */
char *reply_tokens_why_none(const struct message *, const char *again);

/* Goes on from the token with another of its candidates (from 0; the token itself where it is none of them) in another version of the
 * reply. False: said why not. */
bool reply_tokens_take(struct app *, struct message *, const struct token *, size_t choice);

#endif
