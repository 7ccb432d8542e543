/*
 * endpoint.h - where a llama-server is: the forms that a configuration or -e may hold.
 *
 *	http://host[:port][/prefix]   https://…   an IPv6 literal in brackets   unix:/path/llama.sock
 *
 * A final "/" or "/v1" is taken off: llama-server has some paths only without it.
 */
#ifndef FLYNN_LLAMA_ENDPOINT_H
#define FLYNN_LLAMA_ENDPOINT_H

#include <stdbool.h>

#include "base/err.h"

struct endpoint {
	char *text;      /* as given: what messages show */
	char *root;      /* scheme, host, port and prefix, no final "/"; "http://localhost" for a unix socket */
	char *origin;    /* scheme, host and port, all three always there, in small letters */
	char *unix_path; /* NULL: TCP */
	bool tls;
	bool loopback; /* localhost, *.localhost, 127/8, ::1, or a unix socket: never through a proxy */
};

/* False says what is wrong with `text` and what would be right, with code ERR_CONFIG; there is nothing to release then.
 * A password or a query is never repeated in the error. */
bool endpoint_parse(struct endpoint *, const char *text, struct err *) MUST_USE;
void endpoint_release(struct endpoint *);
void endpoint_copy(struct endpoint *to, const struct endpoint *from);

/* Same scheme, host and port (RFC 6454), or the same socket: a token may go from one to the other. */
bool endpoint_same_origin(const struct endpoint *, const struct endpoint *);

/* Whoever is on the way can read what is sent: plain HTTP to another machine. */
bool endpoint_is_open(const struct endpoint *);

/* root + path ("/health"), to be freed by the caller. */
char *endpoint_url(const struct endpoint *, const char *path);

#endif
