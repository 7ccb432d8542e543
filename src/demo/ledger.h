/*
 * ledger.h - what the stand-in's thread shares with the threads that use it: what has happened, and what is wanted. It has
 * a mutex of its own, since no token of the program passes here. For standin.c and connection.c.
 */
#ifndef FLYNN_DEMO_LEDGER_H
#define FLYNN_DEMO_LEDGER_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* What happens, counted. */
enum standin_event {
	STANDIN_CONNECTED, /* a connection was accepted */
	STANDIN_REQUEST,   /* a whole request has arrived */
	STANDIN_ANSWERED,  /* an answer was played to its end */
	STANDIN_BLOCKED,   /* the client reads too slowly: its socket took no more for now */
	STANDIN_LEFT,      /* the client closed its connection before the end of the answer */
	STANDIN_CLOSED,    /* a connection is gone, for whatever reason */
	STANDIN_EVENTS
};

struct ledger {
	pthread_mutex_t lock;
	pthread_cond_t changed;
	size_t counts[STANDIN_EVENTS];
	struct buf *requests;
	size_t n_requests;
	size_t go; /* waits that may go on */
	bool stop;
	bool wants_listening, listens; /* as asked for, as it is */
};

void ledger_init(struct ledger *);
void ledger_release(struct ledger *);

/* What happens: of the thread. */
void ledger_count(struct ledger *, enum standin_event);
void ledger_record(struct ledger *, const char *request, size_t n); /* counts it too */
void ledger_set_listening(struct ledger *, bool);                   /* it does, and so it is wanted from now on */

/* What is wanted: of the thread. */
bool ledger_may_go(struct ledger *); /* takes one ledger_let_go */
bool ledger_is_stopped(struct ledger *);
bool ledger_listening(struct ledger *, bool *wanted); /* whether it does */

/* For the other threads; the stand-in's must be woken after the first three. */
void ledger_let_go(struct ledger *);
void ledger_stop(struct ledger *);
void ledger_want_listening(struct ledger *, bool);
void ledger_wait_listening(struct ledger *, bool); /* until it is so */

/* As standin_count, standin_wait and standin_request. */
size_t ledger_count_of(struct ledger *, enum standin_event);
bool ledger_wait(struct ledger *, enum standin_event, size_t n, int ms);
char *ledger_request(struct ledger *, size_t index, size_t *len);

#endif
