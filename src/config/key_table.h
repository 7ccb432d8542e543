/*
 * key_table.h - the keys that a mapping of the configuration file may have: a table for each kind of mapping, and the walk that
 * looks each key up there.
 *
 * A row names the member that its value is made into (key_values.h has the functions). Errors are ERR_CONFIG and begin with
 * file:line.
 */
#ifndef FLYNN_CONFIG_KEY_TABLE_H
#define FLYNN_CONFIG_KEY_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/compiler.h"
#include "base/err.h"
#include "config/yaml.h"

struct reader {
	const char *path; /* of the file */
	struct err *err;
};

/* False, for the caller to return. */
bool reader_wrong(const struct reader *, int line, const char *format, ...) PRINTF_LIKE(3, 4);
/* The same with the error that is there already: as it is, or after the key's name. */
bool reader_wrong_err(const struct reader *, int line);
bool reader_wrong_value(const struct reader *, const struct tree *);

struct key {
	const char *name;
	bool (*take)(const struct reader *, const struct tree *, void *to);
	size_t member;       /* of the struct that the mapping is read into */
	bool plain;          /* stands without quotes */
	const char *example; /* for messages; NULL: it is a mapping, taken as it is */
};

struct key_table {
	const char *heading; /* of flynn-config(5), below which the keys are explained */
	const struct key *rows;
	size_t n;
	const struct key_table *below; /* of mappings that lie deeper, as those of models below the top; or NULL */
};

const struct key *key_find(const struct key_table *, const char *name); /* NULL: there is none */

/* Says what would be right. */
bool key_unknown(const struct reader *, const struct tree *, const struct key_table *);

/* Whether the value is one text, and stands as the key wants it. */
bool key_check_text(const struct reader *, const struct tree *, const struct key *);

/* Takes the value of one key; nothing, for one without a value. */
bool key_read(const struct reader *, const struct tree *, const struct key *, void *to);

/* Takes all items of a mapping. */
bool key_table_read(const struct reader *, const struct tree *, const struct key_table *, void *to);

#endif
