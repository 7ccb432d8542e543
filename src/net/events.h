/*
 * events.h - what the net thread reports, as records of the queue: the net thread writes them, the UI thread reads
 * them.
 */
#ifndef FLYNN_NET_EVENTS_H
#define FLYNN_NET_EVENTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/queue.h"
#include "llama/chat.h"
#include "llama/server.h"

/* The type of a queue_record; its id is the stream's or the watch's. Texts are whole characters, not terminated; a
 * long one comes in several records. */
enum net_event_type {
	NET_PROGRESS,  /* struct chat_progress */
	NET_MODEL,     /* text */
	NET_REASONING, /* text */
	NET_CONTENT,   /* text */
	NET_TOOL_CALL, /* struct net_tool_call */
	NET_FINISH,    /* text */
	NET_USAGE,     /* struct chat_usage */
	NET_TIMINGS,   /* struct chat_timings */
	NET_END,       /* struct err, whole: ERR_NONE when the reply is complete, ERR_CANCELLED after net_cancel */
	NET_SERVER,    /* struct net_server, of a watch, whenever something about it changed */
	NET_NOTE, /* text: a line that the log was given too, once net_send_notes was called; of no stream and no watch */
	NET_ANSWER_BODY, /* bytes: of a call's answer */
	NET_ANSWER,      /* struct net_answer, of a call: the last of it */
	NET_EVENT,       /* text, of a call that follows: the data of one of its events; without text: see net_follow */
	NET_ID,          /* text: how the server calls the reply */
	NET_DEFAULTS, /* text, of a watch: what defaults_put says of its server, whenever that changed; without text: not known */
	NET_CONNECTION,    /* bool: see CHAT_EVENT_CONNECTION */
	NET_TOKEN,         /* bytes: see CHAT_EVENT_TOKEN */
	NET_WAS_REASONING, /* nothing: see CHAT_EVENT_WAS_REASONING */
	NET_SETTLED,       /* nothing: the answer to net_settle; of no stream and no watch */
	NET_SLOTS,         /* struct net_slots, of a stream of whose answer no byte has come, whenever it changed */
	NET_STOPPED,       /* enum net_stopped, the answer to net_watch_stop: the only one */
	NET_OFFER, /* struct net_offer, of a watch: a model of a server that has several; empty: a new list begins */
};

/* The answer to a call, followed by its body. */
struct net_answer {
	int status;        /* of HTTP; 0: none came */
	struct err broken; /* ERR_NONE: the answer is whole */
};

struct net_slots {
	bool told; /* false: the server does not say what its slots do; then both are 0 */
	int total, busy;
};

/* What became of a reply that was stopped. */
enum net_stopped {
	NET_STOPPED_UNKNOWN, /* the server does not say */
	NET_STOPPED_DONE,    /* its slot is free */
	NET_STOPPED_WORKS,   /* the server still works on it */
};

struct net_tool_call {
	int index;
	char id[64], name[128]; /* "" except with the call's first piece */
};

struct net_server {
	size_t which; /* the client of the watch that this is about */
	struct server_info info;
};

struct net_offer {
	char name[SERVER_MODEL_MAX + 1];
	char state[16];  /* as server_models tells it */
	unsigned inputs; /* … */
};

/*
 * Records on their way into a queue that may be full: what did not fit waits in `held`, in order, at most the events of
 * one SSE item long.
 */
struct event_writer {
	struct queue *queue;
	uint64_t id;
	struct buf held;
};

/* False when something is held. */
bool event_write(struct event_writer *, const struct chat_event *);
bool event_write_record(struct event_writer *, uint16_t type, const void *data, size_t size);

/* Moves what is held into the queue. True: nothing is held any more. */
bool event_write_held(struct event_writer *);

/* Not of a stream: ids of the two may be the same. */
bool event_is_of_watch(const struct queue_record *);

/* A record of a stream as the chat event that it carries; false for NET_END. The event's text points
 * into the record. */
bool event_read(const struct queue_record *, struct chat_event *);

#endif
