/*
 * models_ask.h - the models of the configured servers, asked for all at once and waited for.
 *
 * What comes in besides, of a call of the caller's own, goes to its function.
 */
#ifndef FLYNN_CMD_MODELS_ASK_H
#define FLYNN_CMD_MODELS_ASK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/queue.h"
#include "cmd/options.h"
#include "config/config.h"
#include "config/model_rows.h"
#include "net/worker.h"

enum {
	MODELS_ANSWER_MS = 5000, /* for one answer */
};

struct asked_server {
	struct model_client *clients[CONFIG_CLIENTS_MAX];
	size_t n_clients, which; /* the one that is asked, in the end the one that answered */
	struct served served;
	uint64_t call; /* that runs; 0: none */
	bool asks_props;
	struct buf body;
};

struct models_ask {
	struct config config;
	struct config_servers servers;
	struct asked_server *items; /* one for each server */
	struct served *served;      /* the same, for model_rows_make, once models_ask_wait has returned */
	struct net *net;
	/* Told of records that are none of ours; or NULL. */
	void (*other)(void *arg, const struct queue_record *);
	void *arg;
};

/* False: an error of the configuration or the system; nothing is to be released. */
bool models_ask_init(struct models_ask *, const struct config_flags *, struct err *) MUST_USE;
void models_ask_release(struct models_ask *);

/* Begins to ask that server. */
void models_ask_server(struct models_ask *, size_t server);
bool models_ask_is_done(const struct models_ask *); /* all that were asked have answered, or will not */

/* Waits until something has come, for so long at the most (negative: no limit), and takes all of it. False: a signal came. */
bool models_ask_turn(struct models_ask *, int ms);
bool models_ask_wait(struct models_ask *); /* until all is done */

const struct model_client *models_ask_client(const struct models_ask *, size_t server);

#endif
