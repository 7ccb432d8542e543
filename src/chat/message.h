/*
 * message.h - one message of a conversation, and its place in the tree of them: who is above, beside and below it. It may
 * hang below a message that stands for "at the top" and is none itself (conversation.c has one).
 */
#ifndef FLYNN_CHAT_MESSAGE_H
#define FLYNN_CHAT_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "llama/attachment.h"
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

enum {
	MESSAGE_TEXT_MAX = 64 * 1024 * 1024,
};

struct message {
	uint64_t id;   /* 1, 2, 3, … within its conversation */
	int64_t row;   /* in the history; 0: not there (yet) */
	char uuid[37]; /* the same in every history; "": it has none yet */
	struct message *parent, *first_child, *last_child, *next_sibling; /* parent NULL: the root's own children */
	enum chat_role role;
	enum message_state state;
	struct buf content, reasoning;  /* at most MESSAGE_TEXT_MAX bytes each */
	struct attachments attachments; /* of a prompt: the files that are sent along */
	struct buf model, finish_reason;
	struct buf tokens;               /* of a reply: with their candidates, where they were asked for (tokens.h) */
	struct buf endpoint, parameters; /* of a reply: who was asked, and with what (JSON); "" where not known */
	struct buf stream; /* of a reply that is not complete: the server keeps it under this name; "": it does not */
	size_t stream_content, stream_reasoning; /* where what it keeps begins in these texts */
	struct buf pieces;  /* of a reply: when its text came (chat/recording.h); "": that is not known */
	int64_t created_ms; /* Unix time; 0: not known */
	struct err *error;  /* why it FAILED, or NULL */
	struct chat_progress progress;
	struct chat_usage usage;
	struct chat_timings timings;
	int64_t thought_tokens; /* events of reasoning: llama-server sends one a token */
	int64_t thought_ms;     /* from the first of them to the first of the reply's own text */
	bool tool_calls;        /* the reply asked for tools, which flynn has not */
	bool is_edited;         /* a reply whose text a person has changed */
	bool is_muted;          /* shown, but not sent; so is the other message of its turn */
	bool is_summary;        /* a CHAT_SYSTEM message: what stood here before, in few words */
	unsigned moves;         /* how often its content became reasoning: else its texts only grow */
	bool is_deleted;        /* with all below it; can be brought back */
	bool is_changed;        /* is in its conversation's list of changes */
};

/* With this text, and in no tree. */
struct message *message_new(enum chat_role, const char *content);
void message_free(struct message *); /* it alone */

/* All that was said, but for the content, which message_new has been given; not where it is kept, here or on a server. Reasoning
 * and pieces are shared (buf_share), not copied, and so are attachments. */
void message_copy(struct message *to, struct message *from);

/* Puts it below `above`, after the sibling `before`; NULL: as the first. `parent` is the caller's to set. */
void message_link(struct message *above, struct message *before, struct message *);
struct message *message_unlink(struct message *above, struct message *); /* the sibling before it, or NULL */

/* A turn is muted as a whole: the prompt of a muted one hides all its replies. */
bool message_is_muted(const struct message *);

/* A reply that a person has changed, or that was cut short, in its text or in its thought before that: stopped, interrupted, failed, or its length limit
 * reached. */
bool message_can_continue(const struct message *);

bool message_is_within(const struct message *, const struct message *top); /* `top` itself, or below it */
struct message *message_newest_below(struct message *); /* where the newest line of messages below it ends */

#endif
