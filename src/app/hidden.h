/*
 * hidden.h - the names of models while they are hidden: from /compare --blind until the vote. Whatever draws or says a model's
 * name, or its server's address, asks here first.
 */
#ifndef FLYNN_APP_HIDDEN_H
#define FLYNN_APP_HIDDEN_H

#include <stdbool.h>

#include "base/buf.h"

struct app;
struct err;

/* The word that stands for a name. */
#define HIDDEN_NAME "hidden model"

bool hidden_is_on(const struct app *);
void hidden_set(struct app *, bool on);

/* The name as it may be shown: borrowed, it or HIDDEN_NAME. */
const char *hidden_model(const struct app *, const char *name);

/* Words that may name models or servers: appended to `out`, without these names while they are hidden. */
void hidden_put(const struct app *, const char *words, struct buf *out);
/* Why something failed, as it may be shown. */
void hidden_mend(const struct app *, struct err *);

#endif
