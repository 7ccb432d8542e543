/*
 * busy_slots.h - GET /slots: which slots of a llama-server work, without the I/O. A slot works on one request at a time; a
 * request that finds none free waits, and gets no byte of an answer meanwhile.
 */
#ifndef FLYNN_LLAMA_BUSY_SLOTS_H
#define FLYNN_LLAMA_BUSY_SLOTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "llama/http.h"
#include "llama/model_client.h"

enum {
	BUSY_SLOTS_MAX = 64, /* that are told apart; those beyond are only counted */
};

struct busy_slot {
	int64_t task;    /* its number; -1: not told */
	int64_t tokens;  /* of its context; while the prompt is read, those of the batches so far */
	int64_t decoded; /* of the reply: as of 2026 these are among `tokens`, too */
};

struct busy_slots {
	bool told; /* false: /slots is off, needs another key, or the server is no llama-server; then all is 0 */
	int total, busy;
	struct busy_slot at[BUSY_SLOTS_MAX];
};

/* For the client's model, where the server has several. Released by the caller. */
void busy_slots_request(struct http_request *, const struct model_client *);
void busy_slots_read(struct busy_slots *, int status, const char *body, size_t n);

/* What is known of a reply, to find its slot: llama-server does not say which one it has. */
struct slot_trace {
	int64_t prompt; /* tokens; 0: not known */
	int64_t tokens; /* of the reply, that came */
};

/* The task of the slot that makes this reply, or is most likely to; -1: none does. */
int64_t busy_slots_task(const struct busy_slots *, const struct slot_trace *);
bool busy_slots_have(const struct busy_slots *, int64_t task);

#endif
