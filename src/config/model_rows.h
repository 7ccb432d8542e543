/*
 * model_rows.h - all models there are to choose from: those of the configuration, and the others that their servers have.
 *
 * Models of the configuration at the same endpoint share a server. One that names no model of a server with several is no
 * model to choose: the server's are.
 */
#ifndef FLYNN_CONFIG_MODEL_ROWS_H
#define FLYNN_CONFIG_MODEL_ROWS_H

#include <stdbool.h>
#include <stddef.h>

#include "config/config.h"
#include "llama/served.h"

struct config_servers {
	const struct config_model **models; /* for each server one that leads there: the one in use, else the first */
	size_t n;
	size_t *of; /* the server of each model of the configuration */
};

void config_servers_init(struct config_servers *, const struct config *);
void config_servers_release(struct config_servers *);

struct model_row {
	char *name;                       /* as -m takes it */
	const struct config_model *model; /* that leads to its server */
	char *asked;                      /* of that server, instead of the model's own name; or NULL */
	size_t server;
	enum model_state state;           /* its own, or the server's while that does not tell */
	const struct served_model *known; /* borrowed of the server's struct served; NULL: nothing is known of it */
};

struct model_rows {
	struct model_row *items;
	size_t n;
};

/* What they are made of is borrowed; `served` has one for each server. Releases what was there: zeroed to begin with. */
void model_rows_make(
        struct model_rows *, const struct config *, const struct config_servers *, const struct served *served);
void model_rows_release(struct model_rows *);

/* Its name on the server; NULL: whatever the server has. */
const char *model_row_on_server(const struct model_row *);

/* Whether requests of that model, or with that other name for its server, go there. */
bool model_row_is_used(const struct model_row *, const struct config_servers *, const struct config *,
        const struct config_model *, const char *asked);

/* "why": one sentence about a row that cannot be used. False: there is nothing to say. */
bool model_row_why(const struct model_row *, const struct served *its_server, struct buf *out);

#endif
