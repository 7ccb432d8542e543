/*
 * paste.h - pasted text in the bytes that a terminal sends (tui/key_stream.h): where it ends, and whether bytes without marks are a paste.
 */
#ifndef FLYNN_TUI_PASTE_H
#define FLYNN_TUI_PASTE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

#define PASTE_START "\x1b[200~"
#define PASTE_END   "\x1b[201~"

enum {
	PASTE_MARK_LEN = sizeof(PASTE_START) - 1,
};

/* Where the mark is, or might begin, at the end of what there is; n when it is nowhere. */
size_t paste_find(const char *bytes, size_t n, const char *mark);

/* Nothing but what text is made of. */
bool paste_is_plain(const char *bytes, size_t n);

/* So much at once, or with an Enter inside, is typed by nobody. */
bool paste_is_typed_by_nobody(const char *bytes, size_t n);

#endif
