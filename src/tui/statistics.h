/*
 * statistics.h - how fast a reply came, in words.
 */
#ifndef FLYNN_TUI_STATISTICS_H
#define FLYNN_TUI_STATISTICS_H

#include "base/buf.h"
#include "chat/message.h"

/* Appends "38.2 tok/s · first token after 0.3 s · 240 tokens", as far as it is known, on a line of its own; nothing where a
 * message is no reply, or has not ended. */
void statistics_put(const struct message *, struct buf *);

#endif
