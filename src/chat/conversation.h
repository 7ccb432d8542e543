/*
 * conversation.h - a conversation: a tree of messages. Editing and regenerating add siblings, nothing is overwritten;
 * the path from the root to the current leaf is what the screen shows and a request sends.
 *
 * It owns its messages. It knows nothing of lines, panes, servers or files.
 */
#ifndef FLYNN_CHAT_CONVERSATION_H
#define FLYNN_CHAT_CONVERSATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "llama/chat.h"

/* State, and its name in the history's JSON. */
#define MESSAGE_STATES(X)                                                                                              \
	X(COMPLETE, "complete")                                                                                        \
	X(STREAMING, "streaming")     /* its reply is on the way; never stored so */                                   \
	X(STOPPED, "stopped")         /* by the person at the keyboard */                                              \
	X(INTERRUPTED, "interrupted") /* flynn itself was ended */                                                     \
	X(FAILED, "failed")           /* server, network or time-out: see error */

enum message_state {
#define X(state, name) MESSAGE_##state,
	MESSAGE_STATES(X)
#undef X
};

const char *message_state_name(enum message_state);

struct message {
	uint64_t id;                                                      /* 1, 2, 3, … within its conversation */
	struct message *parent, *first_child, *last_child, *next_sibling; /* parent NULL: the root's own children */
	enum chat_role role;
	enum message_state state;
	struct buf content, reasoning; /* at most CONVERSATION_TEXT_MAX bytes each */
	struct buf model, finish_reason;
	struct err *error; /* why it FAILED, or NULL */
	struct chat_progress progress;
	struct chat_usage usage;
	struct chat_timings timings;
	int64_t thought_tokens; /* events of reasoning: llama-server sends one a token */
	int64_t thought_ms;     /* from the first of them to the first of the reply's own text */
	bool tool_calls; /* the reply asked for tools, which flynn has not */
};

enum {
	CONVERSATION_TEXT_MAX = 64 * 1024 * 1024,
};

struct conversation;

struct conversation *conversation_new(const char *system); /* system: copied; NULL or "": none */
void conversation_free(struct conversation *);

const char *conversation_system(const struct conversation *);            /* NULL: none */
void conversation_set_system(struct conversation *, const char *system); /* from the next request on; as above */

/* Adds a message below `parent` (NULL: at the top) and makes it the leaf. Borrowed until it is removed. */
struct message *conversation_add(struct conversation *, struct message *parent, enum chat_role, const char *content);
/* Removes a message that has no children; the leaf goes to its parent. */
void conversation_remove(struct conversation *, struct message *);

struct message *conversation_leaf(const struct conversation *); /* NULL: it is empty */
void conversation_set_leaf(struct conversation *, struct message *);

/* The path to the leaf, the oldest first: an array of `*n` pointers, borrowed until the tree or the leaf changes. */
struct message *const *conversation_path(struct conversation *, size_t *n);

/* The path as a request sends it, up to and including `last` (a message of the path): the system text first, replies
 * with no text left out, and so are prompts that have no reply but another prompt behind them. Borrowed like the
 * path; good until a message of it changes. */
const struct chat_message *conversation_request(struct conversation *, const struct message *last, size_t *n);

#endif
