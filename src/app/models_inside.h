/*
 * models_inside.h - the state of models.h, for models.c, models_orders.c and models_state.c alone.
 */
#ifndef FLYNN_APP_MODELS_INSIDE_H
#define FLYNN_APP_MODELS_INSIDE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "config/model_rows.h"
#include "llama/served.h"

struct app;
struct link;

enum {
	MODELS_ANSWER_MS = 5000,
};

struct models_server {
	size_t which; /* of the clients of its link: the one that answers */
	bool asks;
	bool overtaken;   /* an event has told more than the answer that is on its way may know */
	int64_t due_ms;   /* of the next round */
	uint64_t follows; /* the call; 0: none */
	bool hears;       /* its events */
	bool no_events;   /* it has none */
};

/* Something that a server was told to do, until it is done. */
struct models_order {
	uint64_t id;
	size_t server;
	char *name; /* on the server */
	bool load;  /* else unload */
	bool quiet; /* a server that cannot do it is no error */
	bool taken, moved;
	int looks; /* that did not see it move */
};

struct models {
	struct config_servers servers;
	struct models_server *items;
	struct served *served; /* of each */
	struct models_order *orders;
	size_t n_orders;
	uint64_t last_order;
	bool watched;
};

/* The client of a server that answers. NULL: its clients cannot be made, and that is said of the server. */
const struct model_client *models_client(struct app *, size_t server);

size_t models_server_of(const struct app *, const struct link *);
const struct served_model *models_find(
        const struct app *, const struct link *); /* what is known of its model, or NULL */

/* ---- orders (models_orders.c) ---- */

bool models_has_orders(const struct app *, size_t server);

/* Drops those that are done or have failed. `is_look`: the server was asked, else it has told something by itself. */
void models_judge_orders(struct app *, size_t server, bool is_look);

#endif
