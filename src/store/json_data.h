/*
 * json_data.h - the data of attachments in the JSON of a conversation: Base64, which is decoded while the JSON is read
 * (json_pieces.h), so that neither its text nor a tree of it is ever in memory. A number in quotes stands for it there.
 */
#ifndef FLYNN_STORE_JSON_DATA_H
#define FLYNN_STORE_JSON_DATA_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "llama/attachment.h"

struct json_datum {
	bool is_wrong;            /* it is no Base64 */
	char sha256[SHA256_TEXT]; /* of the bytes, or "" */
	struct buf bytes;         /* until they are those of an attachment */
	struct attachment *made;  /* of them, or NULL */
};

/* Zeroed to begin with. */
struct json_data {
	struct json_datum *of;
	size_t n, space;
	size_t bytes; /* of all of them */
};

void json_data_clear(struct json_data *);

/* Adds a datum that was decoded, or finds the one that is the same. Takes the bytes. Returns its number. */
size_t json_data_add(struct json_data *, struct buf *bytes, bool is_wrong);

/* The one whose number is in this text; NULL: there is none. */
struct json_datum *json_data_find(const struct json_data *, const char *number);

/* Where in a conversation's tree a byte stands, as far as that tells whether a text is such data:
 * {"messages":[{"attachments":[{"data":"…"}]}]}. Zeroed to begin with. */
struct json_place {
	size_t depth; /* brackets that are open */
	size_t good;  /* of these the first ones that lead there */
	bool is_name; /* the text that begins next is the name of a member, */
	bool leads;   /* and the last such name was one that leads there */
};

void json_place_step(struct json_place *, char sign); /* a bracket, a brace or a comma; others are none */
void json_place_name(struct json_place *, const char *name, size_t n);
bool json_place_wants_name(const struct json_place *); /* the text that begins next */
bool json_place_is_data(const struct json_place *);    /* … is data */

#endif
