/*
 * model.h - which model the focused pane's conversation talks to: one of the configuration's, or another one of the same
 * server (model_link.h).
 */
#ifndef FLYNN_APP_MODEL_H
#define FLYNN_APP_MODEL_H

#include "app/app.h"

struct conversation;

/* A name as it is shown: a server without an alias calls its model by the whole path of its file. Part of `name`,
 * or what stands for it while names are hidden (hidden.h). */
const char *model_show_name(const struct app *, const char *name);

const struct config_model *model_configured(
        const struct app *, const char *name); /* NULL: there is none of that name */

/* A name under `models:`, such a name with "/NAME" after it for another model of its server, else a name for the server in
 * use. The next message goes there, a running reply goes on, and what came
 * of it is said. */
bool model_use(struct app *, const char *name);

/* The focused conversation's next message goes to that one. True: what link_use has said stands in the status bar. */
bool model_take(struct app *, struct link *);

/* The link for such a name. NULL: its client cannot be made. */
struct link *model_find_link(struct app *, const char *name, struct err *);

/* Its system text is no model's and no preset's: /system has said it, or it came along in the history. */
bool model_has_own_system(const struct app *, const struct talk *);

/* The conversation's next message goes to that model, with its system text where the conversation has none of its own. True:
 * what link_use has said stands in the status bar. */
bool model_give(struct app *, struct talk *, struct link *);

/* The way to the model that a conversation of the history was last answered by; NULL: it is configured no longer, or there
 * is only one. */
struct link *model_of_conversation(struct app *, struct conversation *);

/* The name of the model that answered last in a conversation, where that was at this link's server; else NULL. */
const char *model_that_answered(const struct link *, const struct conversation *);

bool model_is_missing(const struct link *); /* its server has several, and none was asked for */

const char *model_name_of(const struct link *); /* as /model takes it */
const char *model_name(
        const struct app *, size_t i); /* the i-th: first the configured ones, then the server's; or NULL */

/* For what would show nothing but names. True: they are hidden until the vote (hidden.h), which was said. */
bool model_names_wait(struct app *);

#endif
