/*
 * farewell.h - tells a server that nobody wants a reply any more which it would go on with for a client that has lost its
 * connection (llama/resume.h). Known to worker_thread.c only.
 */
#ifndef FLYNN_NET_FAREWELL_H
#define FLYNN_NET_FAREWELL_H

#include <stdbool.h>
#include <stdint.h>

#include "llama/model_client.h"
#include "net/transport.h"

struct farewell;

/* `twice`: the request for the reply may still be on its way to the server, which knows nothing to stop then. */
struct farewell *farewell_new(struct transport *, const struct model_client *, const char *stream_id, bool twice);
void farewell_free(struct farewell *);

int64_t farewell_deadline_ms(const struct farewell *); /* clock_ms() */

/* True: it was said, or could not be said in time: farewell_free it. */
bool farewell_turn(struct farewell *, int64_t now_ms);

#endif
