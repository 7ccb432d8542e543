/*
 * stream.h - one chat request on the net thread: its transfer, its reply, and what waits for room in the queue.
 * Known to worker_thread.c only.
 *
 * A stream whose server keeps the reply (llama/resume.h) goes on when its connection is lost: another transfer brings the rest of
 * the body, and the reply does not notice.
 */
#ifndef FLYNN_NET_STREAM_H
#define FLYNN_NET_STREAM_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/queue.h"
#include "llama/model_client.h"
#include "net/events.h"
#include "net/transport.h"

/* The way back to a reply whose connection was lost. */
struct stream_resume {
	char *stream_id;      /* NULL: there is none */
	bool taken_up;        /* there was no other request */
	uint64_t received;    /* bytes of the body so far */
	int tries, tries_max; /* since the last of them came */
	int64_t next_ms;      /* of clock_ms(), the next try; 0: none is waited for */
	bool trying;          /* the transfer is of one */
	bool confirmed;       /* … whose head said that the rest follows */
	bool gone;            /* the server has said that it has nothing, or refused the request */
	bool past;            /* it has dropped what comes next, but makes more: it is to be told to stop */
	bool out_of_reach;    /* no try was answered */
	bool broke;           /* how the connection was lost */
	struct err broken;    /* … */
	int64_t started_ms;   /* the try */
};

struct stream {
	struct stream *next;
	struct transport *transport;
	const struct model_client *client;
	struct stream_resume resume;
	struct transfer *transfer; /* NULL once it was closed */
	struct reply *reply;
	struct event_writer events;
	struct buf rest; /* bytes of the body that came while the queue was full */
	int64_t started_ms;
	int64_t awaited_ms; /* what it waits for was seen on its way: its time-out counts from here, where that is later */
	bool heard;         /* something was received; worker_thread.c takes note and clears it */
	bool lost;          /* the connection was lost; the same */
	bool headed;        /* the reply has its head */
	bool whole;         /* not streaming: its time-out is for all of it */
	bool paused;        /* the transfer waits until nothing is held */
	bool over;          /* nothing more is taken from the transfer; `end` says why */
	bool ended;         /* the transfer has reported its end */
	bool broke;         /* … and `broken` says how */
	struct err broken, end;
	bool end_written; /* NET_END is in the queue, or held */
};

/* Takes the request; its stream_id says whether the server keeps the reply. One that cannot be started ends at once, with an
 * error. */
struct stream *stream_new(struct transport *, struct queue *, uint64_t id, const struct model_client *,
        struct http_request *takes, bool streaming);
/* One that could not be encoded: it ends at once, with this error. */
struct stream *stream_refuse(struct queue *, uint64_t id, const struct model_client *, const struct err *);
/* One of a reply that the server keeps, from its first byte; there is no other request. */
struct stream *stream_take_up(
        struct transport *, struct queue *, uint64_t id, const struct model_client *, const char *stream_id);
void stream_free(struct stream *);

/* It is of no interest any more: closes its connection. */
void stream_cancel(struct stream *);

/* Ends it when it was silent for too long. Its deadline in clock_ms(), or INT64_MAX. */
void stream_check_time(struct stream *, int64_t now_ms);
int64_t stream_deadline_ms(const struct stream *);

/* Moves on what was held, and closes what is over. True when its NET_END is in the queue: stream_free it. */
bool stream_turn(struct stream *);

/* Something waits for room in the queue. */
bool stream_is_held(const struct stream *);

/* As net_hasten. Before there is a stream. */
void stream_hasten(int times);

/* At its end: the server may be making more of the reply, though nobody takes it. */
bool stream_goes_on(const struct stream *);

#endif
