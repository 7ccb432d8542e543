/*
 * client.h - one question to a model, waited for: what `flynn ask` and other programs call. Both run over the net
 * thread and its queue, as the full screen does.
 */
#ifndef FLYNN_NET_CLIENT_H
#define FLYNN_NET_CLIENT_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "llama/chat.h"
#include "llama/model_client.h"
#include "net/worker.h"

/* A whole reply; chat_response_release it. */
struct chat_response {
	struct buf content, reasoning;
	struct buf finish_reason, model;
	struct buf tokens; /* each packed (llama/token_pack.h), with the number of its bytes before it */
	bool tool_calls; /* it asked for tools */
	struct chat_usage usage;
	struct chat_timings timings;
};

void chat_response_init(struct chat_response *);
void chat_response_release(struct chat_response *);

/* Calls `event` on the calling thread for each event of the reply, with a lull after the last one that has arrived and another
 * when nothing came for a while. `event` returning false ends the call with ERR_CANCELLED, and so does a readable `cancel_fd`
 * (-1: none). True: the reply is complete. */
bool chat_stream(struct net *, const struct model_client *, const struct chat_request *,
        bool (*event)(void *arg, const struct chat_event *), void *arg, int cancel_fd, struct err *) MUST_USE;

/* The same with `stream` off: what came is in the response whether it returns true or false. A non-streaming request
 * goes on on the server after it was cancelled. */
bool chat(struct net *, const struct model_client *, const struct chat_request *, struct chat_response *, int cancel_fd,
        struct err *) MUST_USE;

/* One small request, which takes so long at the most: `status` is 0 where no whole answer came. False: cancelled. */
bool client_get(struct net *, struct http_request *takes, int limit_ms, int cancel_fd, int *status, struct buf *body,
        struct err *) MUST_USE;

/* Waits for the first word on whether a server is there, and which of several. False: cancelled. The watch goes on
 * for as long as the net does. */
bool client_probe(struct net *, const struct model_client *const *, size_t n, int cancel_fd, struct net_server *,
        struct err *) MUST_USE;

#endif
