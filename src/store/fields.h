/*
 * fields.h - how values of a message are written in the history and in its JSON.
 */
#ifndef FLYNN_STORE_FIELDS_H
#define FLYNN_STORE_FIELDS_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "chat/conversation.h"

struct cJSON;

/* One object each, with the names of the structs' members; "" where nothing is known. */
void fields_put_usage(struct buf *, const struct chat_usage *);
void fields_put_timings(struct buf *, const struct chat_timings *);

/* The parameters of a request, which are JSON text, in the one form that all texts of the same value share; what is no
 * JSON object as a string. */
void fields_put_parameters(struct buf *, const char *json, size_t n);
void fields_put_json(struct buf *, const struct cJSON *); /* a value in that form; no number loses a digit */

/* The other way; what is missing, or no JSON at all (NULL), is not known. Texts end with a NUL. */
struct chat_usage fields_usage(const char *json, size_t n);
struct chat_timings fields_timings(const char *json, size_t n);
struct chat_usage fields_usage_of(const struct cJSON *);
struct chat_timings fields_timings_of(const struct cJSON *);

/* The value with this name. False: there is none. */
bool fields_role(const char *name, enum chat_role *);
bool fields_state(const char *name, enum message_state *);
bool fields_titled(const char *name, enum title_by *);
bool fields_error(const char *name, enum err_code *);

const char *fields_titled_name(enum title_by);

#endif
