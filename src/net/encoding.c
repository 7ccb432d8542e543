/*
 * encoding.c - a slice is some two milliseconds of work.
 */
#include "net/encoding.h"

#include <stdlib.h>

#include "base/mem.h"

enum {
	SLICE = 1 << 19, /* bytes of the body */
};

struct encoding *
encoding_new(const struct encoding *begun)
{
	struct encoding *e = mem_alloc(sizeof(*e));

	*e = *begun;
	e->encoder = chat_order_encoder(e->order, e->client);
	return e;
}

void
encoding_free(struct encoding *e)
{
	model_encoder_free(e->encoder);
	chat_order_free(e->order);
	free(e);
}

enum model_encoded
encoding_step(struct encoding *e, struct http_request *request, struct err *err)
{
	if (!e->cancelled)
		return model_encoder_step(e->encoder, SLICE, request, err);
	err_set(err, ERR_CANCELLED, "stopped");
	return MODEL_NOT_ENCODED;
}
