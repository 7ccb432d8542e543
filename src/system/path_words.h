/*
 * path_words.h - what paths mean as people write them: quotes, ~, patterns, and the address that a file manager gives. Waits for
 * the disk.
 */
#ifndef FLYNN_SYSTEM_PATH_WORDS_H
#define FLYNN_SYSTEM_PATH_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

enum {
	PATH_LIST_MAX = 100, /* paths of one command */
};

/* Zeroed to begin with. */
struct path_list {
	char **paths;
	size_t n;
};

void path_list_release(struct path_list *);
void path_list_add(struct path_list *, const char *path);

/* ~ and ~/… under the home folder (NULL: not known), "file://…" as its path. The caller's to free. */
char *path_plain(const char *text, bool has_tilde, const char *home);

/* Appends the paths that the words of `text` name: a word is itself where such a file is, else a pattern as of glob(3), of which
 * only files count. A text that names a file as a whole, blanks and all, is that file. False: a quote is not closed, a pattern
 * fits no file, there are too many. */
bool path_words_expand(const char *text, const char *home, struct path_list *, struct err *) MUST_USE;

/* Appends the names of the folder of `path` that begin with what stands behind its last slash, in their order; folders end in
 * a slash. Hidden ones only where that begins with a dot; none that is no UTF-8 or has control characters. */
void path_names(const char *path, struct path_list *);

#endif
