/*
 * standin.h - a stand-in for llama-server: HTTP on raw sockets, loopback only, driven by a script. It sends what a real
 * server sends byte for byte, and what no server should send. The tests talk to it, and `flynn demo` will.
 */
#ifndef FLYNN_DEMO_STANDIN_H
#define FLYNN_DEMO_STANDIN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

struct standin;

/*
 * Starts a thread that listens on 127.0.0.1, on a free port, or on the unix socket `unix_path` when that is not NULL,
 * and plays the script (its language is described in standin.c) to whoever connects. Paths in the script are relative
 * to `dir`. NULL with the script's line when it is wrong.
 */
struct standin *standin_new(const char *script, const char *dir, const char *unix_path, struct err *);
void standin_free(struct standin *); /* closes everything and joins the thread */

const char *standin_endpoint(const struct standin *); /* "http://127.0.0.1:PORT"; borrowed */

#endif
