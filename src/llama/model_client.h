/*
 * model_client.h - what a provider of models is: encode a request, be fed the answer's bytes, finish.
 *
 * A struct model_client is one configured model on one server. It is never changed once made, so any thread may read
 * it. It does no I/O: net/ moves what model_encode gives and feeds what comes back to a struct reply, one per request.
 * The providers are the rows of a table in model_client.c; the factory finds them by name.
 */
#ifndef FLYNN_LLAMA_MODEL_CLIENT_H
#define FLYNN_LLAMA_MODEL_CLIENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "llama/chat.h"
#include "llama/http.h"
#include "llama/parameters.h"

/* The settings of one model; strings are borrowed for the call of model_client_new only. */
struct model_settings {
	const char *provider;           /* NULL: "llamacpp" */
	const char *name;               /* of the model in the configuration; NULL: it has none */
	const char *endpoint;           /* never NULL */
	const char *auth_token;         /* NULL: none */
	const char *auth_token_command; /* of the shell, which tells it; NULL: none */
	const char *model;              /* the name to ask the server for; NULL: whatever it serves */
	const char *ca_file;            /* NULL: the system's */
	const char *extra;              /* a JSON object whose members are sent as they are; NULL: none */
	bool insecure;
	bool no_resume;  /* its replies are not kept by the server (resume.h) */
	long timeout_ms; /* 0: none */
};

struct command_token;
struct model_provider;

struct model_client {
	const struct model_provider *provider;
	struct endpoint endpoint;
	char *server_name; /* what messages call its server: "llama-server", or the model's name */
	char *auth_token, *model, *ca_file, *extra; /* or NULL */
	struct command_token *command_token;        /* or NULL. See client_secret.h */
	bool insecure, no_resume;
	long timeout_ms; /* of silence; 0: none */
};

/* NULL, with ERR_CONFIG, for an unknown provider (the supported ones are named), a bad endpoint, or no model where the provider
 * needs one. */
struct model_client *model_client_new(const struct model_settings *, struct err *);
void model_client_free(struct model_client *);

/* Sets why the auth token is not safe on its way to the server (ERR_CONFIG): true where it is not. */
bool model_client_warn(const struct model_client *, struct err *);

/* "llamacpp, openai": for messages. */
const char *model_client_providers(void);

/* Whether it has what llama-server has beside the API of chats: /health, /props, /slots and the other paths of its own. Another server
 * is asked for nothing but chats and /v1/models. */
bool model_is_llama_server(const struct model_client *);

/* Whether requests may have this parameter. The second one is for a provider's name. */
bool model_takes(const struct model_client *, const struct parameter *);
bool model_provider_takes(const char *provider, const struct parameter *);

/* Whether its models must be named. */
bool model_provider_needs_model(const char *provider);

/* ERR_USAGE, with the first parameter that the provider does not take: "gpt takes no top_k: …". */
bool model_check_parameters(const char *provider, const char *name, const struct parameters *, struct err *) MUST_USE;

/* What to send for this chat, to be answered or to another path of the server; released by the caller. */
bool model_encode(
        const struct model_client *, const struct chat_request *, struct http_request *, struct err *) MUST_USE;
bool model_encode_to(const struct model_client *, const struct chat_request *, const char *path, struct http_request *,
        struct err *) MUST_USE;

/* The same in steps, of some `most` bytes each: a long conversation takes time. The chat and what it points to are borrowed until
 * the encoder is freed. Path NULL: to be answered. */
enum model_encoded {
	MODEL_ENCODES, /* there is more to do */
	MODEL_ENCODED, /* the request is the caller's */
	MODEL_NOT_ENCODED,
};
struct model_encoder;
struct model_encoder *model_encoder_new(const struct model_client *, const struct chat_request *, const char *path);
void model_encoder_free(struct model_encoder *); /* NULL is fine */
enum model_encoded model_encoder_step(struct model_encoder *, size_t most, struct http_request *, struct err *);

/* What a provider can do whose servers keep a reply for a client that has lost its connection. */
struct model_resume {
	/* The bytes of the reply's body from `from` on. */
	void (*rest)(const struct model_client *, const char *stream_id, uint64_t from, struct http_request *);
	/* The server is to make no more of it. */
	void (*stop)(const struct model_client *, const char *stream_id, struct http_request *);
	/* Whether the server has it (resume_found reads the answer). */
	void (*find)(const struct model_client *, const char *stream_id, struct http_request *);
};

/* NULL: a chat request of this client may not name a stream. */
const struct model_resume *model_resume(const struct model_client *);

/* ---- an answer ---- */

struct reply;

/* Called with each event as it is decoded; false means: no more for now (see REPLY_HELD), the event itself was taken. The
 * other events of the same piece of JSON still come, and so do those of reply_finish, whatever it returns. */
struct reply_sink {
	bool (*event)(void *arg, const struct chat_event *);
	void *arg;
};

enum reply_status {
	REPLY_MORE,   /* all bytes are used */
	REPLY_HELD,   /* the sink said false; feed again from *used on (also when that is the end, with no bytes) */
	REPLY_DONE,   /* the reply is complete and nothing more can come: close the connection */
	REPLY_FAILED, /* err says why; close the connection */
};

struct reply *reply_new(const struct model_client *, bool stream, struct reply_sink);
void reply_free(struct reply *);

/* The status line and headers, once, before the body. */
void reply_head(struct reply *, const struct http_head *);

/* A piece of the body, cut anywhere. */
enum reply_status reply_feed(struct reply *, const char *bytes, size_t n, size_t *used, struct err *);

/*
 * No more bytes. `broken` is NULL when the body ended as HTTP says it should, else what net/ found wrong. True when the
 * reply is complete: a finish_reason or [DONE] came. A reply that ended so stays complete if the connection broke
 * after it. The last events may come from here (a whole, non-streaming reply is decoded here).
 */
bool reply_finish(struct reply *, const struct err *broken, struct err *) MUST_USE;

/* No more bytes have come, and reply_finish was not called: whether the rest of the body is worth asking for. It is fed as if
 * nothing had been. `broken`: the body did not end as HTTP says it should. */
bool reply_lacks_rest(const struct reply *, bool broken);

/* ---- what a provider is made of ---- */

struct model_provider {
	const char *name;
	bool is_llama_server;
	bool (*takes)(const struct parameter *); /* NULL: every parameter */
	struct model_encoder *(*encoder_new)(
	        const struct model_client *, const struct chat_request *, const char *path);
	void (*encoder_free)(struct model_encoder *);
	enum model_encoded (*encoder_step)(struct model_encoder *, size_t most, struct http_request *, struct err *);
	struct reply *(*reply_new)(const struct model_client *, bool stream, struct reply_sink);
	void (*reply_free)(struct reply *);
	void (*head)(struct reply *, const struct http_head *);
	enum reply_status (*feed)(struct reply *, const char *bytes, size_t n, size_t *used, struct err *);
	bool (*finish)(struct reply *, const struct err *broken, struct err *);
	bool (*lacks_rest)(const struct reply *, bool broken);
	const struct model_resume *resume; /* NULL: its servers keep no reply */
};

/* Every provider's struct model_encoder begins with this. */
struct model_encoder {
	const struct model_provider *provider;
};

/* Every provider's struct reply begins with this. */
struct reply {
	const struct model_provider *provider;
	struct reply_sink sink;
};

const struct model_provider *llamacpp_provider(void); /* llama-server */
const struct model_provider *openai_provider(void);   /* any server with that API */

#endif
