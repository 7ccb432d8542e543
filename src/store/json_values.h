/*
 * json_values.h - how values of a message are written in the history and in its JSON.
 */
#ifndef FLYNN_STORE_JSON_VALUES_H
#define FLYNN_STORE_JSON_VALUES_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "chat/conversation.h"

struct cJSON;
struct sqlite3_stmt;

/* One object each, with the names of the structs' members; "" where nothing is known. */
void json_put_usage(struct buf *, const struct chat_usage *);
void json_put_timings(struct buf *, const struct chat_timings *);

/* The parameters of a request, which are JSON text, in the one form that all texts of the same value share; what is no
 * JSON object as a string. */
void json_put_parameters(struct buf *, const char *json, size_t n);
void json_put_json(struct buf *, const struct cJSON *); /* a value in that form; no number loses a digit */

/* Those that were set for a conversation, to a statement's i-th parameter: their JSON, or "". */
void json_bind_parameters(struct sqlite3_stmt *, int i, const struct parameters *);

/* "tags":["work","todo"] */
void json_put_tags(struct buf *, const struct tags *);

/* The other way; what is missing, or no JSON at all (NULL), is not known. Texts end with a NUL. */
struct chat_usage json_usage(const char *json, size_t n);
struct chat_timings json_timings(const char *json, size_t n);
struct chat_usage json_usage_of(const struct cJSON *);
struct chat_timings json_timings_of(const struct cJSON *);

/* The value with this name. False: there is none. */
bool json_role(const char *name, enum chat_role *);
bool json_state(const char *name, enum message_state *);
bool json_titled(const char *name, enum title_by *);
bool json_error(const char *name, enum err_code *);

const char *json_titled_name(enum title_by);

/* The name of a summary's kind; "" for any other message. The other way: whether it is that of a summary. */
const char *json_kind_name(bool is_summary);
bool json_kind(const char *name);

#endif
