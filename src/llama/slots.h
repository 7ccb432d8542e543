/*
 * slots.h - GET /slots: what each slot of a llama-server does (its README, "--slots").
 */
#ifndef FLYNN_LLAMA_SLOTS_H
#define FLYNN_LLAMA_SLOTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "llama/http.h"
#include "llama/model_client.h"

enum {
	SLOTS_MAX = 256, /* that are read */
};

/* Tokens. */
struct slot {
	int64_t id;
	bool is_busy;
	int64_t n_ctx;   /* 0: not known */
	int64_t used;    /* of n_ctx: prompt and reply of what it does now, or did last and keeps in its cache */
	int64_t written; /* of the reply; 0: it reads the prompt */
	int64_t task;    /* the number of what it does, or did last; -1: not told */
};

struct slots {
	struct slot *rows;
	size_t n, n_busy;
};

/* Names the client's model, if it has one: a router needs the name and is told not to load the model; other servers ignore it.
 * The request is the caller's to release. */
void slots_request(const struct model_client *, struct http_request *);

/* The answer; to be released in either case. False: there is none; the err says why, and that it is switched off (501). */
bool slots_read(
        struct slots *, const struct model_client *, int status, const char *body, size_t n, struct err *) MUST_USE;
void slots_release(struct slots *);

#endif
