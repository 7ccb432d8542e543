/*
 * sockets.h - what the net thread waits for: curl's sockets, curl's clock, a wake-up, and files of others, all in one poll(2).
 * Private to transport.c.
 *
 * curl could wait by itself (curl_multi_poll), but then asks three times for each token whether its socket is readable.
 */
#ifndef FLYNN_NET_SOCKETS_H
#define FLYNN_NET_SOCKETS_H

#include <poll.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/wake.h"

struct sockets {
	struct wake wake;           /* for any thread to ring */
	struct pollfd *fds;         /* that of the wake-up, curl's, and then others' */
	size_t n, space;            /* without others' */
	atomic_uint_fast64_t waits; /* twice those that have ended, and one: odd while there is no wait */
	int64_t due_ms; /* of clock_ms(): curl wants to be called then, whatever comes; INT64_MAX: it does not */
};

bool sockets_init(struct sockets *, struct err *) MUST_USE;
void sockets_release(struct sockets *);

/* The events of poll(2) that this file is waited for, from now on; 0: none. */
void sockets_set(struct sockets *, int fd, short events);

/* In so many ms curl wants to be called; below 0: it does not any more. */
void sockets_set_due(struct sockets *, long ms);

/* Waits for at most `ms` (negative: no limit), until curl is due, the wake-up rings, or one of all these is ready; `revents` says
 * so of the others. True: it rang, or one of the others is ready, or nothing of all that. */
bool sockets_wait(struct sockets *, int ms, struct pollfd *others, size_t n);

/* One of curl's that is ready, each once; false: no other is. Between two calls sockets may be set. */
bool sockets_take_ready(struct sockets *, struct pollfd *ready);

/* Whether curl is to be called for the time; once. */
bool sockets_take_due(struct sockets *);

#endif
