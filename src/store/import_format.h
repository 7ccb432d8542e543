/*
 * import_format.h - the JSON of other programs: one row each, found by what is in it and not by the file's name.
 */
#ifndef FLYNN_STORE_IMPORT_FORMAT_H
#define FLYNN_STORE_IMPORT_FORMAT_H

#include "store/import_part.h"

struct import_format {
	const char *name, *program; /* in JSON, and for people */
	bool (*is)(const cJSON *conversation);
	bool (*read)(const cJSON *conversation, struct import_reading *);
	const char *(*id)(const cJSON *conversation); /* NULL: it has none */
};

/* That of a conversation; NULL: none that is known. */
const struct import_format *import_format_find(const cJSON *);

/* Reads it. True: r->loaded is to be released; the conversation's uuid is made of the program and its id there, "" where it has
 * none. */
bool import_format_read(const struct import_format *, const cJSON *, struct import_reading *) MUST_USE;

#endif
