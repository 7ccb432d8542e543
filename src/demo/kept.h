/*
 * kept.h - the streams that the stand-in keeps for clients that lose their connection: the step where each one's answer begins.
 * For connection.c and standin.c.
 */
#ifndef FLYNN_DEMO_KEPT_H
#define FLYNN_DEMO_KEPT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

struct kept_stream {
	char *id;
	size_t step;
};

struct kept {
	struct kept_stream *streams;
	size_t n;
};

void kept_release(struct kept *);

/* A new one of the same id takes the old one's place. */
void kept_add(struct kept *, const char *id, size_t len, size_t step);
/* NULL: it is not kept. */
const struct kept_stream *kept_find(const struct kept *, const char *id, size_t len);
void kept_forget(struct kept *, const char *id, size_t len);

/* The whole answer to a lookup with this body. */
void kept_tell(const struct kept *, const char *body, struct buf *out);

#endif
