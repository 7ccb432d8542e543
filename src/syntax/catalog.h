/*
 * catalog.h - which file has the syntax of which language. It is filled with the texts of nanorc files; reading them is the
 * caller's.
 */
#ifndef FLYNN_SYNTAX_CATALOG_H
#define FLYNN_SYNTAX_CATALOG_H

#include <stddef.h>

struct catalog_entry {
	char *name; /* of the syntax */
	char *path;
	char **patterns; /* of names of files, as they were written */
	size_t n_patterns;
};

/* Zeroed to begin with. */
struct catalog {
	struct catalog_entry *entries;
	size_t n;
};

void catalog_release(struct catalog *);

/* Takes in what the file at `path` has. */
void catalog_add(struct catalog *, const char *path, const char *nanorc, size_t n);

/* The entry for a language (syntax/language.h): the first one of that name (capitals count as small letters), else the first whose files are named like it:
 * "x.py", or "CMakeLists.txt". NULL: there is none. */
const struct catalog_entry *catalog_find(const struct catalog *, const char *language);

#endif
