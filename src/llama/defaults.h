/*
 * defaults.h - the values that hold on a server where nothing is set: `default_generation_settings.params` of GET /props. Older
 * servers have them without `params`, or do not tell them.
 *
 * A default may lie outside of what parameter.h lets a person set.
 */
#ifndef FLYNN_LLAMA_DEFAULTS_H
#define FLYNN_LLAMA_DEFAULTS_H

#include <stddef.h>

#include "base/buf.h"
#include "llama/parameters.h"

enum {
	DEFAULTS_MAX = 4096, /* bytes of the object; a larger one is no server's */
};

/* Appends one JSON object by the names of the table, of the body of an answer to GET /props; "" where it tells none. */
void defaults_put(const char *props, size_t len, struct buf *);

/* Reads such an object; what was in the set before is gone. */
void defaults_read(struct parameters *, const char *json, size_t len);

#endif
