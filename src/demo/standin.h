/*
 * standin.h - a stand-in for llama-server: HTTP on raw sockets, loopback only, driven by a script. It sends what a real
 * server sends byte for byte, and what no server should send. The tests talk to it, and `flynn demo` does.
 */
#ifndef FLYNN_DEMO_STANDIN_H
#define FLYNN_DEMO_STANDIN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "demo/ledger.h"

struct standin;

/*
 * Starts a thread that listens on 127.0.0.1, on a free port, or on the unix socket `unix_path` when that is not NULL,
 * and plays the script (its language is described in script.h) to whoever connects. Paths in the script are relative
 * to `dir`. NULL with the script's line when it is wrong.
 */
struct standin *standin_new(const char *script, const char *dir, const char *unix_path, struct err *);
void standin_free(struct standin *); /* closes everything and joins the thread; NULL is fine */

const char *standin_endpoint(const struct standin *); /* "http://127.0.0.1:PORT" or "unix:PATH"; borrowed */

/* Lets one `wait` of the script go on: one that waits now, or the next one to come. */
void standin_go(struct standin *);

/* False: as a server that is not running, every connection closed, new ones refused. True: back at the same address.
 * Done when it returns. */
void standin_listen(struct standin *, bool on);

/* How often it has happened so far. */
size_t standin_count(struct standin *, enum standin_event);

/* Waits until it has happened n times in all; false after `ms` milliseconds. */
bool standin_wait(struct standin *, enum standin_event, size_t n, int ms);

/* The bytes of the request that arrived as number `index`, from 0, head and body, NUL-terminated and the caller's to
 * free. NULL: there were not so many. `len` may be NULL. */
char *standin_request(struct standin *, size_t index, size_t *len);

#endif
