/*
 * model.h - which model is talked to: one of the configuration's, or another one of the same server.
 */
#ifndef FLYNN_APP_MODEL_H
#define FLYNN_APP_MODEL_H

#include "app/app.h"

/* A name as it is shown: a server without an alias calls its model by the whole path of its file. Part of `name`. */
const char *model_show_name(const char *name);

/* Watches the servers of the app's clients. */
void model_watch(struct app *);

/* A name under `models:`, else a name for the server. The next message goes there; a running reply goes on. */
bool model_switch(struct app *, const char *name, struct err *) MUST_USE;

/* The server has a model of this name; without one: those that follow are all it has. */
void model_offer(struct app *, const char *name, size_t n);

const char *model_name(
        const struct app *, size_t i); /* the i-th: first the configured ones, then the server's; or NULL */
void model_describe(const struct app *, struct buf *);
void model_release(struct app *);

#endif
