/*
 * session_again.h - a reply that its server keeps, and that is told once more when it is taken up. For the files of this family.
 */
#ifndef FLYNN_CHAT_SESSION_AGAIN_H
#define FLYNN_CHAT_SESSION_AGAIN_H

#include "chat/session_state.h"

/* Forgets how the reply ended. */
void session_reopen(struct message *reply);

/* A message for what is told again, with the text that was there before. */
void session_tell_again(struct session *, const struct message *reply);

/* What events are written to: the reply, or what is told again of it. */
struct message *session_target(const struct session *);

/* What is told again takes the reply's place: now, or once it is as much. */
void session_adopt(struct session *);
void session_adopt_when_caught_up(struct session *);
void session_drop_again(struct session *);
void session_drop_align(struct session *); /* tokens that have no text yet get none */

/* A reply is not kept by its server any more. */
void session_forget(struct session *, struct message *reply);

#endif
