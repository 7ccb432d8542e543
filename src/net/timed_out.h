/*
 * timed_out.h - the words for a server that says nothing. Known to src/net only.
 */
#ifndef FLYNN_NET_TIMED_OUT_H
#define FLYNN_NET_TIMED_OUT_H

#include <stdint.h>

#include "base/err.h"

/* ERR_TIMEOUT: "llama-server request timed out (WHAT ENDPOINT in 60 s)", with the server's name. `what` ends with its preposition: "nothing came
 * from". ms 0: how long is not known. */
void timed_out(struct err *, const char *server_name, const char *what, const char *endpoint, int64_t ms);

#endif
