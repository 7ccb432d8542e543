/*
 * farewell.c - one DELETE, or two with a pause between them.
 */
#include "net/farewell.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/compiler.h"
#include "base/mem.h"

enum {
	LIMIT_MS = 5000, /* for each of them */
	AGAIN_MS = 300,
};

struct farewell {
	struct transport *transport;
	const struct model_client *client;
	char *stream_id;
	struct transfer *transfer; /* NULL: none is on its way */
	int64_t deadline_ms;       /* of the transfer, else of the pause */
	bool again, ended;
};

static void
on_head(UNUSED void *arg, UNUSED const struct http_head *head)
{
}

static bool
on_body(UNUSED void *arg, UNUSED const char *bytes, UNUSED size_t n)
{
	return true;
}

static void
on_end(void *arg, UNUSED const struct err *broken)
{
	struct farewell *f = arg;

	f->ended = true;
}

static const struct transfer_handler handler = {on_head, on_body, on_end};

static void
start(struct farewell *f)
{
	struct http_request request;
	struct err err;

	model_resume(f->client)->stop(f->client, f->stream_id, &request);
	f->transfer = transport_start(f->transport, &request, &handler, f, &err);
	f->ended = f->transfer == NULL;
	f->deadline_ms = clock_ms() + LIMIT_MS;
}

struct farewell *
farewell_new(struct transport *transport, const struct model_client *client, const char *stream_id, bool twice)
{
	struct farewell *f = mem_alloc(sizeof(*f));

	f->transport = transport;
	f->client = client;
	f->stream_id = mem_strdup(stream_id);
	f->again = twice;
	start(f);
	return f;
}

void
farewell_free(struct farewell *f)
{
	transfer_free(f->transfer);
	free(f->stream_id);
	free(f);
}

int64_t
farewell_deadline_ms(const struct farewell *f)
{
	return f->deadline_ms;
}

bool
farewell_turn(struct farewell *f, int64_t now_ms)
{
	bool over = f->ended || now_ms >= f->deadline_ms;

	if (!over)
		return false;
	if (!f->transfer && f->again) {
		f->again = false;
		start(f);
		return false;
	}
	transfer_free(f->transfer);
	f->transfer = NULL;
	f->ended = false;
	f->deadline_ms = now_ms + AGAIN_MS;
	return !f->again;
}
