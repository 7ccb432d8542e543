/*
 * connection.h - one connection of the stand-in, for standin.c alone.
 */
#ifndef FLYNN_DEMO_CONNECTION_H
#define FLYNN_DEMO_CONNECTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "demo/kept.h"
#include "demo/ledger.h"
#include "demo/script.h"

/* What a connection asks of the server it belongs to; the functions get `arg`. */
struct connection_host {
	const struct script *script;
	void *arg;
	void (*count)(void *arg, enum standin_event);
	void (*record)(void *arg, const char *request, size_t n);
	size_t (*answer)(void *arg, size_t route); /* the step where the route's next answer begins */
	bool (*may_go)(void *arg);                 /* takes one standin_go */
	void (*refuse)(void *arg);
	void (*hold)(void *arg, const char *name, long ms);
	bool (*holds)(void *arg, const char *name);
	struct kept *kept;
};

struct connection {
	int fd;
	int state;
	const struct connection_host *host;
	bool answers;   /* a request, not "on connect" */
	bool continued; /* "100 Continue" was said */
	bool says_more; /* than was read */
	struct buf in;
	size_t step;
	long tokens; /* of the request, see route_count_tokens; and so many of them are known */
	long known;
	char counted[256]; /* the answer that tells them */
	const char *out;   /* what is still to send of the current step */
	size_t out_len;
	bool resumed;     /* it goes on with an answer that was kept; and nothing of it was sent yet */
	size_t skip;      /* bytes of the body that were sent before */
	struct buf piece; /* what is sent instead of a step's bytes */
	size_t cut;
	int64_t until;
	int depth;
	struct {
		size_t start;
		long left; /* 0: endless */
	} loops[SCRIPT_DEPTH_MAX];
};

void connection_init(struct connection *, int fd, const struct connection_host *);
void connection_release(struct connection *); /* closes it */

short connection_events(const struct connection *);                    /* for poll(2) */
int64_t connection_wait_ms(const struct connection *, int64_t now_ms); /* at most; -1: no limit */

/* After poll(2). False: it is at its end. */
bool connection_serve(struct connection *, short events);

#endif
