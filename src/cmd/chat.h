/*
 * chat.h - `flynn`: the full screen.
 */
#ifndef FLYNN_CMD_CHAT_H
#define FLYNN_CMD_CHAT_H

#include <stdint.h>

#include "app/keeper.h"
#include "app/replay.h"
#include "base/log.h"
#include "cmd/options.h"

int cmd_chat(const struct options *); /* the exit status */

int chat_at(const struct options *, int64_t conversation); /* beginning with this one of the history; 0: the last */

/* What is shown to others: a script that types, or a conversation that is played again, and the terminal that it is shown on, which stays the caller's; NULL: the real one. */
struct chat_show {
	struct stage *stage;
	struct term *term;
	struct conversation *conversation;   /* that is shown, and taken; NULL: a new one */
	const struct replay_options *replay; /* which is played then; NULL: it is not */
};

/* The same with a configuration that is there already. Without keeper options nothing is kept; the log and what is shown may be NULL. */
int chat_with(const struct config *, const struct keeper_options *, struct log *, struct chat_show *);

#endif
