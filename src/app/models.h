/*
 * models.h - what is known of the models of all configured servers. They are asked only while the models
 * page is open, or while something waits for a model to load (a prompt counts as waiting after 2 s without an answer). A router
 * then reports changes itself (llama/served.h); other servers are asked every 2 s.
 */
#ifndef FLYNN_APP_MODELS_H
#define FLYNN_APP_MODELS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/err.h"
#include "config/model_rows.h"
#include "llama/attachment.h"
#include "llama/served.h"

struct app;
struct link;

void models_init(struct app *);
void models_release(struct app *);

void models_watch(struct app *, bool on); /* somebody looks, or no longer */

/* Asks whom it is time to ask. Before each frame; and when to come again, in clock_ms() (0: not by itself). */
void models_turn(struct app *);
int64_t models_due_ms(const struct app *);

void models_rows(const struct app *, struct model_rows *); /* made again, as model_rows_make does it */
const struct served *models_server(const struct app *, const struct model_row *);
const char *models_endpoint(struct app *, const struct model_row *);                  /* of its server; borrowed */
bool models_is_at(const struct app *, const struct model_row *, const struct link *); /* the same server */
bool models_uses(const struct app *, const struct model_row *, const struct link *);

/* Asks the server to do it; what becomes of it is in the rows, and a failure is said. */
void models_load(struct app *, const struct model_row *);
void models_unload(struct app *, const struct model_row *);

/* The model is about to be used: loads it where its server is a router, and says nothing of one that cannot be told to. */
void models_prepare(struct app *, const struct link *);

/* Whether the model is being loaded, as far as that is followed; percent -1: not told. */
bool models_is_loading(const struct app *, const struct link *, int *percent);

/* What the model reads besides text: bits of llama/model_input.h; 0: not known, as of a server that is not reached. */
unsigned models_inputs(const struct app *, const struct link *);

/* False: it is known that the model does not take one of these files; the words name it, and what can be done. */
bool models_check_attachments(
        const struct app *, const struct link *, const struct attachments *, struct err *) MUST_USE;

#endif
