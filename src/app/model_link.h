/*
 * model_link.h - the way to a model: one of the configuration's, or another one of the same server. Its clients, and what is known
 * of their server.
 *
 * Conversations that use the same model share one, so that its server is asked for its health once, however many they are.
 * A server that is gone is the business of those that use it alone.
 */
#ifndef FLYNN_APP_MODEL_LINK_H
#define FLYNN_APP_MODEL_LINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/queue.h"
#include "config/config.h"
#include "llama/parameters.h"
#include "llama/server.h"

struct app;
struct talk;

struct link_offer {
	char *name;
	char state[16];  /* the server's word, as server_models tells it; "": not told */
	unsigned inputs; /* bits of llama/model_input.h; 0: not told */
};

struct link {
	const struct config_model *model;
	char *asked; /* of that model's server instead of its own name; or NULL */
	struct model_client *clients[CONFIG_CLIENTS_MAX];
	size_t n_clients;
	unsigned starts;   /* how often its server became ready: it may have another model since */
	bool cannot_count; /* its server does not know how; and below, what else app/token_counts.c knows of it */
	bool is_unloaded;  /* the model was not loaded there, and nothing happened since */
	int64_t awake_ms;  /* when the model was last seen to be in memory, by asking for it; 0: never */
	bool warned;       /* that its token is not safe: once */
	size_t users;      /* conversations; its server is watched while there are any */

	uint64_t watch;            /* of the clients' servers */
	struct server_info server; /* as last told */
	size_t which;              /* the client it is about: chat goes to that one */
	struct link_offer *offers; /* the models it has, where it has several */
	size_t n_offers;
	struct parameters defaults; /* of the server, as far as it tells them: see llama/defaults.h */
};

/* The one for that model. NULL: its client cannot be made. */
struct link *links_get(struct app *, const struct config_model *, const char *asked, struct err *);
void links_release(struct app *); /* once the net thread is gone: streams may use their clients until then */

/* The conversation's next message goes there; a reply on its way goes on. NULL: it uses none.
 * True: it was said that the token is not safe on its way there, as it is once. */
bool link_use(struct app *, struct talk *, struct link *);

/* For somebody else than a conversation who wants to know of its server. */
void link_hold(struct app *, struct link *);
void link_drop(struct app *, struct link *);

const struct model_client *link_client(const struct link *);

/* No endpoint is configured, and none of the default ones has answered as llama-server does: nothing that was said may go there. */
bool link_is_sought(const struct link *);

const char *link_name_there(const struct link *); /* of the model on its server; NULL: none was named */

/* What its server has told of that model in its list. NULL: nothing. */
const struct link_offer *link_find_offer(const struct link *, const char *name);

void link_probe(struct app *, const struct link *); /* probes its server now */

/* An answer to somebody else than the watch told that the server sleeps. */
void link_sleeps(struct app *, struct link *);

/* A record of a watch; what it told is in its link. NULL: that is not watched any more. */
struct link *links_event(struct app *, const struct queue_record *);

#endif
