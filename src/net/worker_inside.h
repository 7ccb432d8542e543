/*
 * worker_inside.h - what worker.c, on the UI thread, and worker_thread.c, on the net thread, share: the queues, and the
 * commands that go through one of them. The struct has a part for each thread. Private to these two.
 */
#ifndef FLYNN_NET_WORKER_INSIDE_H
#define FLYNN_NET_WORKER_INSIDE_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/log.h"
#include "base/queue.h"
#include "base/wake.h"
#include "llama/chat_order.h"
#include "llama/http.h"
#include "llama/model_client.h"
#include "llama/slot_trace.h"
#include "net/call.h"
#include "net/encoding.h"
#include "net/events.h"
#include "net/farewell.h"
#include "net/slot_watch.h"
#include "net/stream.h"
#include "net/transport.h"
#include "net/watch.h"

enum {
	STREAM_ID_MAX = 64, /* bytes of a chat_request's stream_id, with its NUL */
};

enum command_type {
	COMMAND_CHAT,         /* struct order_command; id: the stream */
	COMMAND_CALL,         /* struct call_command; id: the call */
	COMMAND_CALL_ABOUT,   /* struct order_command; id: the call */
	COMMAND_CANCEL,       /* id: the stream */
	COMMAND_PATIENT,      /* id: the stream */
	COMMAND_WATCH,        /* struct watch_command; id: the watch */
	COMMAND_PROBE,        /* id: the watch */
	COMMAND_UNWATCH,      /* id: the watch */
	COMMAND_TAKE_UP,      /* struct kept_command; id: the stream */
	COMMAND_STOP,         /* struct kept_command */
	COMMAND_SETTLE,       /* id: that of the NET_SETTLED which answers it */
	COMMAND_WATCH_STOP,   /* struct stop_command; id: the stop's */
	COMMAND_UNWATCH_STOP, /* id: the stop's */
};

struct order_command {
	const struct model_client *client;
	struct chat_order *order; /* goes over to the net thread */
	int64_t limit_ms;         /* of a call */
};

struct call_command {
	struct http_request *request; /* goes over to the net thread */
	int64_t limit_ms;             /* CALL_FOLLOWS: none */
};

struct kept_command {
	const struct model_client *client;
	char stream_id[STREAM_ID_MAX];
};

struct stop_command {
	uint64_t stream;
	struct slot_trace trace;
};

struct watch_command {
	size_t n;
	const struct model_client *clients[WATCH_CLIENTS_MAX];
};

struct net {
	/* between the threads */
	struct queue *commands, *events;
	struct wake wake; /* rung by the net thread */
	atomic_bool quit; /* a flag, not a command: it must get through when the queue is full */
	atomic_bool ended;
	atomic_bool begins; /* something that may open a file: the UI thread looks whether it returns */
	atomic_int holders; /* the last one frees it all */
	pthread_t thread;

	/* the UI thread's */
	bool started;
	uint64_t last_stream;
	struct buf unsent;  /* commands that must not be lost, while their queue is full */
	uint64_t turn_seen; /* see net_is_late */
	int looks;
	int64_t looked_ms;

	atomic_bool wants_notes;
	atomic_int number; /* thread_number of the thread, once it runs */

	/* the net thread's */
	struct transport *transport;
	struct stream *streams;
	struct encoding **encodings; /* first come, first served */
	size_t n_encodings;
	struct call **calls;
	size_t n_calls;
	struct slot_watches slots;
	struct watch *watches[WATCH_CLIENTS_MAX];
	size_t n_watches;
	struct farewell **farewells;
	size_t n_farewells;
	int64_t due_ms;        /* when the next turn is */
	uint64_t started_told; /* transfers */
	uint64_t settle;       /* somebody waits for the farewells to end; 0: nobody does */
	struct log *log;
	struct event_writer notes;
};

/* The net thread, from its start to its end. */
void *worker_run(void *net);

/* Frees it, if nobody else holds it. */
void worker_let_go(struct net *);

#endif
