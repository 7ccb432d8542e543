/*
 * server.h - whether a server is there, and what it serves, without the I/O: GET /health, /props and /v1/models of a llama-server,
 * and /v1/models alone of any other.
 */
#ifndef FLYNN_LLAMA_SERVER_H
#define FLYNN_LLAMA_SERVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "llama/http.h"
#include "llama/model_client.h"
#include "llama/model_input.h"

/* State, and the word for it in the status bar and in `flynn doctor`. */
#define SERVER_STATES(X)                                                                                               \
	X(UNKNOWN, "connecting")                                                                                       \
	X(NOT_RUNNING, "not running")                                                                                  \
	X(TIMED_OUT, "timed out")                                                                                      \
	X(LOADING, "loading")                                                                                          \
	X(UNAUTHORISED, "unauthorised")                                                                                \
	X(FAILING, "failing")   /* it answers, but with an error, or not as llama-server does */                       \
	X(SLEEPING, "sleeping") /* ready, but that the next prompt waits until its model is loaded again */            \
	X(READY, "ready")

enum server_state {
#define X(state, word) SERVER_##state,
	SERVER_STATES(X)
#undef X
};

const char *server_state_word(enum server_state);
bool server_state_is_up(enum server_state); /* a prompt would be answered */

/* By value, since it travels in a queue record. Names are cut inside whole characters. */
struct server_info {
	enum server_state state;
	bool is_llama_server; /* it said `Server: llama.cpp` */
	bool router;          /* serves several models, loaded on demand */
	bool listed;          /* the client's model is in the list of a server that is no llama-server */
	bool tells_sleep;     /* /props says whether it sleeps, and is asked for at each look */
	int64_t n_ctx;        /* tokens of context per slot; 0: not known */
	int slots;            /* 0: not known */
	unsigned inputs; /* of its model, or of the one that is used on a router: bits of model_input.h; 0: not known */
	char model[256]; /* alias, else file name without its path; "": not known */
	char build[64];  /* "b11669-Debian"; "": not known */
	struct err error; /* why it is not up; code ERR_NONE otherwise */
};

/* The requests; released by the caller. A llama-server's /health needs no key and gets none at first; of other servers /v1/models tells. */
void server_health_request(const struct model_client *, struct http_request *);
void server_props_request(const struct model_client *, struct http_request *);
void server_models_request(const struct model_client *, struct http_request *);
/* The /props of the client's model on a router, which does not load the model for that. */
void server_model_props_request(const struct model_client *, struct http_request *);

/* Takes an answer, or `broken` instead of one. server_props fills in the fields of /props; an answer that is no
 * JSON leaves them unknown, a 401 makes it UNAUTHORISED, a 404 (older servers) changes nothing. The client is the one
 * that asked: a server that repeats its auth token gets *** shown. */
void server_health(
        struct server_info *, const struct model_client *, const struct http_head *, const char *body, size_t len);
void server_props(
        struct server_info *, const struct model_client *, const struct http_head *, const char *body, size_t len);

/* Takes an answer to server_model_props_request: the model's context, and whether it sleeps. False: the model is not loaded. */
bool server_model_props(struct server_info *, const struct http_head *, const char *body, size_t len);

enum {
	SERVER_MODEL_MAX = 256, /* bytes of a model's name; one that is longer is left out */
};

/* Calls `tell` for each model in an answer to /v1/models, with its name, whether it is loaded in the server's words
 * ("loaded", "loading", "unloaded", "sleeping", "failed"; "": it does not say), and its inputs; none where it is no such list. */
typedef void server_tell_model(void *arg, const char *name, const char *state, unsigned inputs);
void server_models(const struct model_client *, const struct http_head *, const char *body, size_t len,
        server_tell_model *, void *arg);

void server_broken(struct server_info *, const struct err *broken);

#endif
