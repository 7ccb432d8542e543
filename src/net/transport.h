/*
 * transport.h - HTTP as libcurl moves it: no other file but net/libcurl.c knows it.
 *
 * One struct transport is one thread's curl multi handle; a struct transfer is one exchange. Each takes a new
 * connection and closes it (llama-server closes after a stream whatever it says), follows no redirect, and goes
 * through no proxy when its endpoint is on this machine.
 */
#ifndef FLYNN_NET_TRANSPORT_H
#define FLYNN_NET_TRANSPORT_H

#include <poll.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "llama/http.h"

enum {
	TRANSPORT_TURN_MS = 45, /* a wait that passes bodies on ends after so long */
};

struct transport;
struct transfer;

/* Called from transport_wait, on its thread. None of them may start or end a transfer, but for transfer_pause. */
struct transfer_handler {
	void (*head)(void *arg, const struct http_head *);    /* once, before the body; 1xx answers are skipped */
	bool (*body)(void *arg, const char *bytes, size_t n); /* false: nobody has to look after it because of these */
	void (*end)(void *arg, const struct err *broken);     /* NULL: the body ended as HTTP says; the last call */
};

/* Made by any thread, which may wake the other one from then on. */
struct transport *transport_new(struct err *);
/* On the thread that uses it, first: loads libcurl, which takes some milliseconds. Where it cannot be loaded each transfer fails
 * with words that say so. */
void transport_load(struct transport *);
void transport_free(struct transport *);

/* Takes the request. NULL: it could not be started. */
struct transfer *transport_start(
        struct transport *, struct http_request *takes, const struct transfer_handler *, void *arg, struct err *);

/* Closes the connection at once; no more calls of its handler. It must be called after the transfer has ended, too. */
void transfer_free(struct transfer *);

void transfer_pause(struct transfer *); /* no more body until resumed; the socket is not read */
void transfer_resume(struct transfer *);

/* Milliseconds of clock_ms() when bytes were last received (at first: when it was started; now, while a command has not told the
 * token yet). */
int64_t transfer_last_byte_ms(const struct transfer *);
bool transfer_awaits_token(const struct transfer *);

/* After the transfer has ended: its connection was made, and lost. */
bool transfer_was_lost(const struct transfer *);

/* Some of an answer has come: the first line of its header, or more. */
bool transfer_has_answer(const struct transfer *);

/* The server's process, where it is on this machine and can be known: see net/process.h. After the transfer has ended. */
int transfer_process(const struct transfer *);

/* Waits for at most `ms` (negative: no limit), until transport_wake, or until one of these others is ready (its `revents`
 * says so), and moves what can be moved. Bodies that nobody has to look after do not end it, but for
 * the first after TRANSPORT_TURN_MS. */
void transport_wait(struct transport *, int ms, struct pollfd *, size_t n);

/* A number that changes when a wait begins or ends, and is odd while there is none. For any thread. */
uint64_t transport_waits(const struct transport *);

/* How many transfers were started. */
uint64_t transport_started(const struct transport *);

void transport_wake(void *transport); /* from any thread */

#endif
