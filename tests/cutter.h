/*
 * cutter.h - a proxy that breaks connections: it passes the bytes of a server's answers on up to some byte by chance, and closes
 * then, in order or with RST. Each reply of a chat stream is cut one to three times, counting the connections that take it up
 * again; all else passes whole.
 */
#ifndef FLYNN_TESTS_CUTTER_H
#define FLYNN_TESTS_CUTTER_H

#include <stddef.h>
#include <stdint.h>

struct cutter;

/* Listens on a free port of 127.0.0.1 and connects to that port there. `within`: a reply has at least so many bytes, heads
 * included; the cuts are made among them. The same seed gives the same numbers of bytes, in the order of the connections. NULL:
 * there is no socket. */
struct cutter *cutter_new(int port, uint64_t seed, size_t within);

int cutter_port(const struct cutter *);
void cutter_run(struct cutter *); /* on the calling thread, until cutter_stop */
void cutter_stop(struct cutter *);
void cutter_free(struct cutter *); /* once it does not run */

/* How many connections were cut so far, and of how many replies. */
size_t cutter_cuts(const struct cutter *);
size_t cutter_replies(const struct cutter *);

#endif
