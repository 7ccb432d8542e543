/*
 * save.h - what changed in one conversation, copied out of it for the writing thread: new messages whole; of a reply
 * that streams only the text that came since the last save; at its end what is missing and the reply's last state;
 * what was removed, deleted, brought back or muted; leaf, title, system text, parameters, draft and place. saver.h
 * makes it, write.h writes it.
 */
#ifndef FLYNN_STORE_SAVE_H
#define FLYNN_STORE_SAVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "chat/conversation.h"
#include "llama/attachment.h"

/* A message by its row where it has one, else by its id within the conversation: it is new in this very save. Both 0:
 * none. */
struct save_link {
	int64_t row;
	uint64_t id;
};

/* What of a message is to be written. */
enum {
	SAVE_WHOLE = 1,    /* content and reasoning replace what was there; else they are appended to it */
	SAVE_FIELDS = 2,   /* all members below `state`; when that is not STREAMING, the journal is folded too */
	SAVE_DELETE = 4,   /* it, and all below it */
	SAVE_UNDELETE = 8, /* it, and all that was deleted with it: before all else */
	SAVE_MUTED = 16,   /* whether it is */
	SAVE_TOKENS = 32,  /* its tokens: those of a reply that has ended */
	SAVE_COUNTS = 64, /* with text of a reply on its way: usage and the time and tokens of the thought are others */
};

struct save_message {
	unsigned what;
	uint64_t id;
	int64_t row;   /* 0: it is new: WHOLE and FIELDS */
	char uuid[37]; /* "": it gets one, where it is new */
	struct save_link parent;
	enum chat_role role;
	bool lost; /* set by the store: the history has another text than these changes assume; the next save must be WHOLE */
	size_t content_at, reasoning_at; /* where the texts below begin */
	struct buf content, reasoning;
	struct buf tokens;
	struct attachments attachments; /* of a new message: held together with it */
	bool cut;                       /* the rest of its text comes with the next save */
	bool is_new;                    /* write.c's, meanwhile: it had no row */
	bool is_muted;

	/* Always there. */
	enum message_state state;
	unsigned moves;
	struct chat_usage usage;
	int64_t thought_tokens, thought_ms;

	struct buf model, endpoint, parameters, finish_reason, stream, pieces;
	size_t stream_content, stream_reasoning;
	struct err *error; /* or NULL */
	struct chat_timings timings;
	int64_t created_ms;
	bool tool_calls, is_edited, is_summary;
};

/* What of the conversation is to be written. */
enum {
	SAVE_TITLE = 1, /* and who gave it */
	SAVE_SYSTEM = 2,
	SAVE_MARKS = 4, /* pinned, archived */
	SAVE_LEAF = 8,
	SAVE_DRAFT = 16,
	SAVE_PLACE = 32,
	SAVE_PARAMETERS = 64,
	SAVE_PRESET = 128,
	SAVE_TAGS = 256,
};

enum {
	/* Bytes of a message's text in one save, so that neither its copy here nor what SQLite makes of it is as
	 * large as a text may become. More than that comes in several saves; until the last one the message streams,
	 * for the history. */
	SAVE_TEXT_MAX = 1 << 19,
};

enum {
	/* In a draft: ends each prompt that waits, before what is being typed. A control character made for this, RS:
	 * who pastes one into a prompt gets two. */
	SAVE_PROMPT_END = '\x1e',
};

/* The draft belongs to the conversation that is begun next while this one has no message: nothing else is written
 * then. A conversation that begins deletes that draft, unless it is that of another conversation of this flynn: they
 * share the place. */
struct save {
	struct save *next; /* of another conversation, to be written together with this one; NULL: none */
	uint64_t handle;   /* the caller's name for the conversation */
	unsigned what;
	int64_t row;                    /* of the conversation; 0: it is new */
	int64_t row_before;             /* write.c's, meanwhile */
	char uuid[37];                  /* "": it gets one */
	int64_t created_ms, updated_ms; /* 0: now */
	struct buf title, system, draft, preset;
	struct parameters parameters;
	struct tags tagged, untagged; /* names that it got and lost */
	struct buf told_draft;      /* what is known to be there of it */
	enum title_by titled;
	bool pinned, archived;
	struct save_link leaf;
	struct save_link seen;         /* the message at the top of the screen; none: the screen follows the end */
	int64_t seen_line;             /* of that message */
	struct save_message *messages; /* by ascending id */
	size_t n_messages;
	int64_t *removed; /* rows */
	size_t n_removed;
};

void save_free(struct save *); /* and those after it; NULL is fine */

#endif
