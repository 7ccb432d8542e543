/*
 * key_hint.h - a line that names keys, as many as fit: "Enter open · Tab best first · Esc close".
 */
#ifndef FLYNN_APP_KEY_HINT_H
#define FLYNN_APP_KEY_HINT_H

#include <stddef.h>

#include "base/buf.h"
#include "tui/keymap.h"

/* Appends the words, which it takes, unless they are "" or the line would be wider than that. */
void hint_put(struct buf *line, char *words, int cols);

/* "y copy"; "": no key does it there. The caller's to free. */
char *hint_key(const struct keymap *, enum key_context, const char *action, const char *what);

/* The same for several actions. */
struct hint_row {
	const char *action, *what;
};
void hint_put_rows(
        struct buf *line, const struct keymap *, enum key_context, const struct hint_row *, size_t n, int cols);

#endif
