/*
 * served.h - the models of one server: GET /v1/models, and what a router says while models are loaded and unloaded
 * (llama-server's README, "Using multiple models"; GET /models/sse), without the I/O.
 *
 * A llama-server started with a model has that one. A router has several, loads them when they are asked for, and tells the
 * state of each. Other servers may list several without a word of their state: they count as loaded.
 */
#ifndef FLYNN_LLAMA_SERVED_H
#define FLYNN_LLAMA_SERVED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "llama/http.h"
#include "llama/model_client.h"
#include "llama/model_input.h"

/* State, and the word for it on the screen; in JSON too, but that a model which is downloaded is "loading" there. */
#define MODEL_STATES(X)                                                                                                \
	X(UNKNOWN, "")                                                                                                 \
	X(LOADED, "loaded")                                                                                            \
	X(LOADING, "loading")                                                                                          \
	X(DOWNLOADING, "downloading")                                                                                  \
	X(SLEEPING, "sleeping")                                                                                        \
	X(UNLOADED, "unloaded")                                                                                        \
	X(FAILED, "failed")                                                                                            \
	X(UNREACHABLE, "unreachable")

enum model_state {
#define X(state, word) MODEL_##state,
	MODEL_STATES(X)
#undef X
};

const char *model_state_word(enum model_state);
bool model_state_is_on_its_way(enum model_state); /* loading or downloading */

struct served_model {
	char *name;
	char *aliases; /* a line each: other names that it is asked for by; or NULL */
	enum model_state state;
	int percent;     /* of the loading; -1: not told */
	int exit_code;   /* of a failed one's process; 0: not told */
	int64_t n_ctx;   /* tokens; 0: not known */
	int64_t size;    /* bytes; 0: not known */
	unsigned inputs; /* enum model_input; 0: not known */
};

/* Zeroed to begin with. */
struct served {
	struct served_model *models;
	size_t n;
	enum model_state state; /* of the server: UNKNOWN, LOADED (it has told its models), LOADING, UNREACHABLE */
	bool router;            /* it tells the states of its models, and loads and unloads them */
	struct err error;       /* why it is not reached; ERR_NONE otherwise */
};

void served_release(struct served *);
bool served_has_several(const struct served *); /* a model has to be named */
bool served_is_called(const struct served_model *, const char *name); /* by name or alias */
/* By name, else by alias. NULL: it has none of that name. */
const struct served_model *served_find(const struct served *, const char *name);

/* ---- questions; released by the caller ---- */

void served_models_request(const struct model_client *, struct http_request *);
void served_events_request(const struct model_client *, struct http_request *); /* of a router */
/* False: there is no memory. */
bool served_load_request(const struct model_client *, const char *name, struct http_request *, struct err *) MUST_USE;
bool served_unload_request(const struct model_client *, const char *name, struct http_request *, struct err *) MUST_USE;

/* ---- what is said to them. The client is the one that asked: a server that repeats its auth token gets *** shown ---- */

/* `status` 0 with `broken`: there was no answer. */
void served_take_models(
        struct served *, const struct model_client *, int status, const char *body, size_t n, const struct err *broken);

/* An answer to GET /props of a server that is no router, which tells whether it sleeps and how large its context is. */
void served_take_props(struct served *, const struct model_client *, int status, const char *body, size_t n);

/* One of the events. False: it does not say it all, the models are to be asked for again. */
bool served_take_event(struct served *, const char *text, size_t n) MUST_USE;

/* To load or unload. False: refused, in the server's words. ERR_NONE with false: it is so already, or on its way there. */
bool served_take_order(const struct model_client *, int status, const char *body, size_t n, struct err *) MUST_USE;

/* The server has taken an order to load it: that it was unloaded or has failed is old. */
void served_expect_loading(struct served *, const char *name);

/* "exit code 1": why it failed. "" where that is not told, or it has not. */
enum {
	SERVED_WHY_MAX = 32,
};
void served_put_why(const struct served_model *, char why[static SERVED_WHY_MAX]);

#endif
