/*
 * yaml.h - one YAML document as a small tree that knows its lines.
 *
 * Stricter than YAML: one document, no duplicate keys, aliases, anchors or tags, and every key is a word. Knows nothing
 * of what the keys mean.
 */
#ifndef FLYNN_CONFIG_YAML_H
#define FLYNN_CONFIG_YAML_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

enum {
	TREE_DEPTH_MAX = 16,
	TREE_ITEMS_MAX = 1000, /* of one mapping or list */
};

enum tree_type {
	TREE_TEXT,
	TREE_LIST,
	TREE_MAP,
};

struct tree {
	enum tree_type type;
	int line;  /* the first is 1 */
	char *key; /* NULL, but for the items of a mapping */
	int key_line;
	char *text;         /* of a TREE_TEXT, UTF-8 without U+0000, else NULL */
	bool plain;         /* the text stood there without quotes */
	struct tree *items; /* of the others, in the order of the file */
	size_t n;
};

/* Parses text[0..n); NULL with ERR_CONFIG and `path:line: …`. A text without a document is an empty plain one. */
struct tree *tree_parse(const char *path, const char *text, size_t n, struct err *);
void tree_free(struct tree *);

/* The value of a key of a mapping; NULL: it has no such key. */
const struct tree *tree_get(const struct tree *, const char *key);

/* Nothing was written there, or `null`, or `~`. */
bool tree_is_null(const struct tree *);

#endif
