/*
 * import_part.h - what the readers of other programs' exports have in common: texts, notes, files, times.
 */
#ifndef FLYNN_STORE_IMPORT_PART_H
#define FLYNN_STORE_IMPORT_PART_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "store/import_lost.h"
#include "store/import_tree.h"
#include "store/load.h"

/* A conversation that is being read. */
struct import_reading {
	struct import_tree tree;
	struct loaded loaded;
	struct import_lost lost;
	size_t message; /* the number of the one that is wrong, from 1; 0: it is the conversation */
	bool too_long;  /* a text was */
	struct err *err;
};

/* Adds a message (import_tree_add) that is then filled in. */
struct message *import_add(
        struct import_reading *, enum chat_role, const char *id, const char *parent, const cJSON *children);

/* The text becomes a paragraph of its own at the end of the message, or of its reasoning; "" is none. */
void import_put(struct import_reading *, struct message *, const char *text);
void import_put_reasoning(struct import_reading *, struct message *, const char *text);

/* Counts what is lost, and says so in the message: "[tool call: python]". `name`: cleaned and cut; NULL or "": none. */
void import_note(struct import_reading *, struct message *, enum import_lost_kind, const char *what, const char *name);
/* The same for a call, whose arguments are kept below as code. */
void import_note_call(struct import_reading *, struct message *, const char *name, const char *arguments);
/* A block of code. */
void import_put_code(struct import_reading *, struct message *, const char *language, const char *text);

/* A file of a prompt; where flynn cannot have it, a note. Takes the bytes. `name`: NULL or "": one by its type. */
void import_attach(struct import_reading *, struct message *, const char *name, struct buf *data);
/* The same of a text, of Base64, and of a URL: "data:image/png;base64,…" has the bytes, any other is a note. */
void import_attach_text(struct import_reading *, struct message *, const char *name, const char *text);
void import_attach_base64(struct import_reading *, struct message *, const char *name, const char *base64);
void import_attach_url(struct import_reading *, struct message *, const char *name, const char *url);

/* A parameter of the conversation, if flynn has it and can have the value; else it is counted. null is none. */
void import_set(struct import_reading *, const char *name, const cJSON *value);

/* Title and times; where there is no title it is made of the first prompt. */
void import_title(struct import_reading *, const char *title);
void import_times(struct import_reading *, int64_t created_ms, int64_t updated_ms);

/* Makes the conversation of the tree. `leaf` is that of import_tree_build. Titles and times are set after it. */
bool import_finish(struct import_reading *, const char *leaf) MUST_USE;

/* Before import_finish: the uuids of the conversation and of its messages are made of the program and the ids there. `id`, which is
 * borrowed, NULL: they get none. */
void import_name(struct import_reading *, const char *program, const char *id);

/* A tag, where that can be one. */
void import_tag(struct import_reading *, const char *name);

/* A name of a model, cut where it is longer than any. */
void import_put_name(struct buf *, const char *);

/* The parameters of the request for a reply, where this is a JSON object with any. */
void import_put_options(struct message *, const char *json);

/* The speeds that are not told, from the tokens and their times. */
void import_speeds(struct chat_timings *);

/* A length of time in milliseconds, of so many of `unit_ms`; 0 where it can be none. */
int64_t import_duration(double n, double unit_ms);

/* Unix time, in seconds, milliseconds, microseconds or nanoseconds by its size, or as a date; 0: it is none. */
int64_t import_time(const cJSON *);
int64_t import_date(const char *); /* also without an offset, which is UTC then */

/* A member that must have this type where it is there and not null. False: ERR_INCOMPLETE. */
bool import_is_text(struct import_reading *, const cJSON *object, const char *name) MUST_USE;
bool import_is_list(struct import_reading *, const cJSON *object, const char *name) MUST_USE;
bool import_wrong(struct import_reading *, const char *words);

#endif
