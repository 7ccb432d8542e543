/*
 * session_event.h - what comes of the running turn's reply.
 */
#ifndef FLYNN_CHAT_SESSION_EVENT_H
#define FLYNN_CHAT_SESSION_EVENT_H

#include "chat/session_state.h"

/* One event of the running turn. False, with ERR_LIMIT: the reply is past its bound, cancel the stream. */
bool session_event(struct session *, const struct chat_event *, struct err *) MUST_USE;

/* Where the server has not told the usage, it is what was counted here. */
void session_count_usage(struct session *);

#endif
