/*
 * chat.h - what is asked of a model and what comes back: plain values, without I/O and without a conversation.
 *
 * Texts are UTF-8, NUL-terminated, without U+0000. What a request points to is borrowed for the call only.
 */
#ifndef FLYNN_LLAMA_CHAT_H
#define FLYNN_LLAMA_CHAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct attachments;
struct parameters;

enum chat_role {
	CHAT_SYSTEM,
	CHAT_USER,
	CHAT_ASSISTANT,
};

const char *chat_role_name(enum chat_role); /* "system", "user", "assistant" */

struct chat_message {
	enum chat_role role;
	const char *content;
	const char *reasoning;                 /* NULL: none */
	const struct attachments *attachments; /* NULL: none */
};

struct chat_request {
	const struct chat_message *messages;
	size_t n_messages;
	bool stream;
	bool answer_now;                     /* its thinking may be ended by a request to /control */
	const struct parameters *parameters; /* NULL: none is set */
	const char *stream_id; /* the server keeps the reply under this name (resume.h); NULL: it does not */
};

/* Tokens of the prompt read so far (`prompt_progress`); `cached` of them were in the server's cache. */
struct chat_progress {
	int64_t total, cached, processed; /* tokens */
	int64_t ms;                       /* since reading began */
};

int chat_progress_percent(const struct chat_progress *); /* 0 to 100, of what is not cached */

struct chat_usage {
	int64_t prompt_tokens, completion_tokens, cached_tokens; /* -1: not known */
};

struct chat_timings {
	int64_t cache_n, prompt_n, predicted_n; /* tokens; their sum is the context in use */
	double prompt_ms, predicted_ms;
	double prompt_per_second, predicted_per_second; /* tokens; 0: not to be shown */
	int64_t draft_n, draft_n_accepted;              /* tokens of speculative decoding; 0: nothing was drafted */
	int64_t first_ms; /* not the server's: from the request to the first token, as seen here; 0: not known */
};

/* A piece of a tool call; pieces of one call share `index`. id and name come with its first piece, else NULL. */
struct chat_tool_call {
	int index;
	const char *id, *name;
};

enum chat_event_type {
	CHAT_EVENT_PROGRESS,      /* progress */
	CHAT_EVENT_MODEL,         /* text: the model's name as the server says it; once */
	CHAT_EVENT_ID,            /* text: how the server calls the reply, for a request about it; once */
	CHAT_EVENT_REASONING,     /* text */
	CHAT_EVENT_CONTENT,       /* text */
	CHAT_EVENT_TOKEN,         /* text: a token of the text that follows, and its candidates (token_pack.h); bytes */
	CHAT_EVENT_WAS_REASONING, /* all content so far was reasoning, with space after it; at most once */
	CHAT_EVENT_TOOL_CALL,     /* tool_call; text: a piece of its arguments */
	CHAT_EVENT_FINISH,        /* text: the finish_reason */
	CHAT_EVENT_USAGE,         /* usage */
	CHAT_EVENT_TIMINGS,       /* timings */
	CHAT_EVENT_CONNECTION,    /* lost: true: it is being taken up again; false: the server has answered to that */
	CHAT_EVENT_LULL,          /* no event is left of what has arrived: a good moment to write or paint */
};

struct chat_event {
	enum chat_event_type type;
	const char *text; /* `len` bytes, whole characters, followed by a NUL only where so said */
	size_t len;
	union {
		struct chat_progress progress;
		struct chat_usage usage;
		struct chat_timings timings;
		struct chat_tool_call tool_call;
		bool lost;
	};
};

#endif
