/*
 * export.h - conversations for other programs and for people: as JSON, which loses nothing and can be imported again
 * (import.h, doc/history.md); as Markdown and as plain text, which hold the branch that is shown. In Markdown control
 * characters are replaced as on the screen.
 */
#ifndef FLYNN_STORE_EXPORT_H
#define FLYNN_STORE_EXPORT_H

#include <stdbool.h>
#include <stdio.h>

#include "store/load.h"

#define EXPORT_FORMAT "flynn-history"

enum {
	EXPORT_VERSION = 1, /* of the JSON */
};

enum export_format {
	EXPORT_MARKDOWN,
	EXPORT_TEXT,
	EXPORT_JSON,
};

/* The format by its name (md, txt, json), or by the suffix of a file's name. */
bool export_format_named(const char *name, enum export_format *);
bool export_format_of_file(const char *path, enum export_format *);

/* A file is what export_begin writes, any number of conversations, and what export_end writes. Failing to write is the
 * file's own affair (ferror). */
struct export
{
	FILE *file;
	enum export_format format;
	size_t n; /* conversations so far */
};

void export_begin(struct export *, FILE *, enum export_format);
void export_conversation(struct export *, struct loaded *);
void export_end(struct export *);

#endif
