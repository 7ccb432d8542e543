/*
 * turn.h - a turn is a prompt with its reply: begun, gone on with, stopped.
 */
#ifndef FLYNN_APP_TURN_H
#define FLYNN_APP_TURN_H

#include <stdbool.h>

#include "base/queue.h"
#include "llama/attachment.h"

struct app;
struct link;
struct message;
struct talk;
struct token_branch;

/* Sends the composer's text, and what is attached; only while idle. */
void turn_send(struct app *);
/* Another version of an earlier prompt, beside it, with the same files; only while idle. */
void turn_send_version(struct app *, const struct message *prompt, const char *text);
/* Another text, in any conversation that is idle, with these files (NULL: none); the view stays where it is. */
void turn_send_to(struct app *, struct talk *, const char *prompt, const struct attachments *files);
/* The first of the prompts that wait there, if it is idle and there is one. */
void turn_next(struct app *, struct talk *);
/* False: a reply is on its way in the conversation that is shown, which was said. */
bool turn_may_begin(struct app *);
/* A reply again (NULL: the last); false: there is none, or not now, which was said. */
bool turn_retry(struct app *, struct message *);
/* The last reply again, with its tokens and their candidates. */
bool turn_retry_with_tokens(struct app *);
/* Another version of a reply, which begins so; takes that. False: not now, which was said. */
bool turn_branch(struct app *, struct message *reply, struct token_branch *);
void turn_continue(struct app *); /* the last reply, which can be */
/* False: the last reply has nothing but a thought, which its server is not sent (llama/openai.c). */
bool turn_may_continue(const struct talk *);
bool turn_stop(struct app *);     /* false: no reply is on its way */

void turn_stop_of(struct app *, struct talk *); /* of one that is not idle */

/* An unfinished reply that its server may still have is not wanted any more. NULL: nothing is done. */
void turn_stop_kept(struct app *, struct talk *, struct message *);
/* flynn is being ended by the person at the keyboard: servers are not to go on with the replies that are on their way (net_settle
 * waits until they know). */
void turns_leave(struct app *);

/* What is known of that model's server has changed: turns may wait for that. */
void turns_heard(struct app *, const struct link *);

/* A record of the stream that this conversation waits for. */
void turn_take(struct app *, struct talk *, const struct queue_record *);

#endif
