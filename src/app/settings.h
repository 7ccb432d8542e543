/*
 * settings.h - the parameters of a conversation's requests: its own parameters (/set) over those of its preset, over
 * those of its model. What none of them has is not sent, and the server's default holds.
 */
#ifndef FLYNN_APP_SETTINGS_H
#define FLYNN_APP_SETTINGS_H

#include <stdbool.h>

#include "base/buf.h"
#include "config/config.h"
#include "llama/parameters.h"

struct app;
struct conversation;
struct link;
struct talk;

/* Where a parameter's value comes from. */
enum setting_source {
	SETTING_OF_SERVER, /* nobody here: its default */
	SETTING_OF_MODEL,
	SETTING_OF_PRESET,
	SETTING_OF_CONVERSATION,
};

/* A new conversation begins with what the command line has set. */
void settings_begin(struct app *, struct talk *);

/* The preset that it uses. NULL: none, or one that is configured no longer. */
const struct config_preset *settings_preset(const struct app *, const struct talk *);

/* The system text that comes with its preset or with the model; NULL: none. */
const char *settings_system(const struct app *, const struct talk *, const struct link *);

/* All that is sent; to be released. */
void settings_effective(const struct app *, const struct talk *, struct parameters *);

/* One of them, its JSON borrowed, and who says so. NULL: the server's default holds. */
const char *settings_get(const struct app *, const struct talk *, const struct parameter *, enum setting_source *);

/* The server's default, its JSON borrowed. NULL: it does not tell. */
const char *settings_default(const struct talk *, const struct parameter *);

/* Its server has several models and has not loaded this one, so that no default is known. */
bool settings_lacks_defaults(const struct talk *);

/* "this conversation", "preset coder", "model local", "the server". */
void settings_put_source(const struct app *, const struct talk *, enum setting_source, struct buf *);

/* Whether it goes to the conversation's model where it is set: what was set for another model may be of llama-server alone. */
bool settings_is_sent(const struct talk *, const struct parameter *);

/* Appends the names of what is set and not sent: "top_k, min_p". */
void settings_put_unsent(const struct app *, const struct talk *, struct buf *);

/* False: the model of the focused pane takes no such parameter, which was said. */
bool settings_takes(struct app *, const struct parameter *);

/* Sets one for the conversation of the focused pane, as it is typed; NULL takes it back. False: refused, which was said. */
bool settings_set(struct app *, const struct parameter *, const char *typed);
void settings_set_json(struct app *, const struct parameter *, char *json); /* the same with its JSON, which it takes */

/* Appends "; the context has 4096 tokens" to what is said of a parameter that has its bound there, if that is known. */
void settings_put_bound(const struct talk *, const struct parameter *, struct buf *);

/* A server has refused a request with these parameters (JSON): where its words name one, the way out is put after them. */
void settings_explain(const struct app *, const struct talk *, const struct buf *sent, struct err *);

/* Instead of all that is set for the conversation of the focused pane. */
void settings_replace(struct app *, const struct parameters *);

/* "thinking off", "effort low", "at most 64 tokens of thought": how it thinks, where that was set. */
void settings_put_thinking(const struct app *, const struct talk *, struct buf *);

#endif
