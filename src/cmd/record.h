/*
 * record.h - the history of `flynn ask`: its one conversation, saved while the reply comes, by the store. A history
 * that cannot be used is a warning, never a failure.
 */
#ifndef FLYNN_CMD_RECORD_H
#define FLYNN_CMD_RECORD_H

#include <stdbool.h>

#include "chat/session.h"
#include "llama/attachment.h"
#include "llama/chat.h"

struct store;
struct parameters;
struct saver;

struct record {
	struct session session;
	struct store *store; /* NULL: nothing is saved */
	struct saver *saver;
	bool warned;
};

/* A new conversation with this system text, or NULL. */
void record_init(struct record *, const char *system);
void record_release(struct record *); /* saves the rest; waits some seconds at most */

/* The conversation of the history that was changed last instead. False: there is none, or it cannot be read. */
bool record_continue(struct record *, struct err *) MUST_USE;

/* Starts the store. */
void record_start(struct record *);

/* The prompt goes to this server with these files; nothing is saved before something of the reply has come. */
void record_send(struct record *, const char *prompt, const struct attachments *, const char *endpoint,
        const struct parameters *);

/* An event of the reply. False: it is past its bound. Without a store only the beginning of its text is kept. */
bool record_event(struct record *, const struct chat_event *, struct err *) MUST_USE;

/* The reply has ended: ERR_NONE: it is complete. `interrupted`: flynn is being ended. */
void record_end(struct record *, const struct err *why, bool interrupted);

#endif
