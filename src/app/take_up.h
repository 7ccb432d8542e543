/*
 * take_up.h - a reply that an earlier flynn has left unfinished, because it was killed, or lost its connection for too long: when
 * its conversation is opened and its server still has it, it is shown to its end.
 *
 * It comes from its first byte: what the history has was cut where it happened to be saved, in the midst of an event. One that is
 * longer than the server keeps (llama/resume.h) stays as it is.
 */
#ifndef FLYNN_APP_TAKE_UP_H
#define FLYNN_APP_TAKE_UP_H

#include <stdbool.h>

struct app;
struct link;
struct store_result;
struct talk;

/* The conversation has just been loaded, and has its link: asks its server once that is up. */
void take_up_look(struct app *, struct talk *);

/* What is known of a server has changed. */
void take_up_heard(struct app *, const struct link *);

/* The store's answer, whether the reply is this flynn's. */
void take_up_claimed(struct app *, const struct store_result *);

#endif
