/*
 * status_activity.h - what a conversation's turn does, in words, and when these will be others.
 */
#ifndef FLYNN_APP_STATUS_ACTIVITY_H
#define FLYNN_APP_STATUS_ACTIVITY_H

#include <stdint.h>

#include "base/compiler.h"
#include "tui/statusbar.h"

struct message;
struct talk;

void status_set_activity(const struct talk *, int64_t now_ms, struct status *);
/* Words for it, in one of the forms of struct status. */
void status_put(struct status *, int form, const char *format, ...) PRINTF_LIKE(3, 4);

/* When a conversation's status will be another though nothing happens: silence is counted in seconds. 0: never, or whoever tells
 * the time knows. */
int64_t status_next_ms(const struct talk *, int64_t now_ms);

/* The moment that the numbers of a running reply are of. */
int64_t status_numbers_ms(int64_t now_ms);

/* The last message, if it is a reply; else NULL. */
const struct message *status_reply(const struct talk *);

/* For tests: how long a running reply is silent before a word is said about it. */
void status_set_silence(int ms);

#endif
