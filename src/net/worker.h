/*
 * worker.h - the net thread: every chat stream and every health probe, over one curl multi handle.
 *
 * The UI thread (or `flynn ask`, its one thread) holds the struct net, gives commands, and reads events (net/events.h) from
 * a queue; nothing else is shared. No call waits for the network.
 *
 * A stream is one chat request and its reply. Its id is the caller's, never used twice; every event of it carries the
 * id, and NET_END is the last, exactly one, also after net_cancel. A watch keeps an eye on one server for as long as
 * the program runs.
 */
#ifndef FLYNN_NET_WORKER_H
#define FLYNN_NET_WORKER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/err.h"
#include "base/log.h"
#include "base/queue.h"
#include "llama/chat.h"
#include "llama/chat_order.h"
#include "llama/model_client.h"
#include "llama/slot_trace.h"
#include "net/events.h"

struct net;

/* Starts the thread. `log` may be NULL. */
struct net *net_new(struct log *, struct err *);

/* Closes every connection at once and ends the thread. False: it has not ended after two seconds, for a file that libcurl opens does
 * not answer. It goes on when that does, so what it was given must stay, and the program ends (base/thread.h). */
bool net_free(struct net *) MUST_USE;

/* Whether the thread has been stuck for five seconds, which only a file that does not answer does to it. `*again_ms`: when to ask again;
 * -1: when something happens. */
bool net_is_late(struct net *, int *again_ms);
bool net_set_late(struct err *); /* false: those words */

/* The same in two steps: what is commanded in between is done once the thread runs. */
struct net *net_prepare(struct log *, struct err *);
bool net_start(struct net *, struct err *) MUST_USE;

/* Readable (POLLIN) when events wait and net_sleep said true; call net_awake after poll(2), with whether it was. */
int net_fd(const struct net *);
bool net_sleep(struct net *); /* false: do not sleep, there are events */
void net_awake(struct net *, bool readable);

/* What the log is given comes as NET_NOTE records too, from now on. */
void net_send_notes(struct net *);

/* The oldest event, or NULL; borrowed until net_consume. */
const struct queue_record *net_peek(struct net *);
void net_consume(struct net *);

/* An id for the next stream; each is given once. */
uint64_t net_new_stream(struct net *);

/* Sends a chat request, which the thread encodes. False: the thread is overwhelmed; then no event comes. The client stays the
 * caller's and must outlive the stream. */
bool net_chat(
        struct net *, uint64_t stream, const struct model_client *, struct chat_order *takes, struct err *) MUST_USE;

/* A stream without a request: a reply that the server keeps, from its first byte. False: the thread is overwhelmed. */
bool net_take_up(
        struct net *, uint64_t stream, const struct model_client *, const char *stream_id, struct err *) MUST_USE;

/* Ends a stream or a call: its connection is closed at once, and a server that would go on with a reply is told to stop. Unknown or ended ids are fine. */
void net_cancel(struct net *, uint64_t stream);

enum {
	NET_SETTLE_MS = 1000, /* for net_settle, where somebody waits for flynn to end */
};

/* A reply that the server goes on with after its connection was lost is not wanted any more: the server is told. */
void net_stop(struct net *, const struct model_client *, const char *stream_id);

/* Waits until the servers have been told of all replies that were cancelled or stopped, so long at the most. Events are dropped
 * meanwhile: it is for the end. */
void net_settle(struct net *, int ms);

/* For tests: what is waited for before a lost reply is taken up is so many times shorter from now on. */
void net_hasten(int times);
/* Watches what becomes of a stream that is about to be cancelled: call it before net_cancel. Its outcome comes as one NET_STOPPED
 * under `id`, which is one of net_new_stream, in some five seconds at the most; none where the stream has ended already. */
void net_watch_stop(struct net *, uint64_t stream, uint64_t id, const struct slot_trace *);
/* It is of no interest any more. */
void net_unwatch_stop(struct net *, uint64_t id);

/* What the stream waits for was seen on its way: its time-out counts from now on. */
void net_be_patient(struct net *, uint64_t stream);

/* Sends a small request beside the streams, which takes so long at the most: its answer comes as NET_ANSWER_BODY and
 * NET_ANSWER. Its id is one of net_new_stream. Takes the request. False: the thread is overwhelmed, and no answer comes. */
bool net_call(struct net *, uint64_t id, struct http_request *takes, int64_t limit_ms, struct err *) MUST_USE;

/* The same for a request about a chat, which the thread encodes. The client must outlive the call. */
bool net_call_about(struct net *, uint64_t id, const struct model_client *, struct chat_order *takes, int64_t limit_ms,
        struct err *) MUST_USE;

/* The same without a limit, for an answer of Server-Sent Events: each comes as a NET_EVENT once it is there, until the answer
 * ends or net_cancel. One without text comes when they begin, and in place of one that is too long for a record: whoever keeps
 * in step by them may have missed something. An answer of another status comes as that of any call. */
bool net_follow(struct net *, uint64_t id, struct http_request *takes, struct err *) MUST_USE;

/* Watches a server: GET /health every 2 s while it is down or loading, every 15 s while it is fine, 5 s at most each;
 * GET /props when it becomes ready, and then GET /v1/models where it has several models. With several clients the
 * first one that answers as llama-server is the one that counts, and the others are asked only while none does. Clients
 * must outlive the net. */
void net_watch(struct net *, uint64_t watch, const struct model_client *const *clients, size_t n);
void net_unwatch(struct net *, uint64_t watch); /* records of it may still be in the queue */
void net_probe(struct net *, uint64_t watch);   /* now, not later, and its models too */

#endif
