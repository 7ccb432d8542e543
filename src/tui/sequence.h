/*
 * sequence.h - the bytes that a terminal sends, cut into units: a character, a key's escape sequence (ECMA-48: CSI and
 * SS3, 7-bit or C1), an answer of the terminal, the start of a control string or of a bracketed paste. Holds no state
 * and knows no time: tui/key_stream.h does.
 */
#ifndef FLYNN_TUI_SEQUENCE_H
#define FLYNN_TUI_SEQUENCE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

enum sequence_kind {
	SEQUENCE_CUT, /* all bytes there are begin it, and its end has not come */
	SEQUENCE_KEY,
	SEQUENCE_INVALID,   /* no UTF-8 */
	SEQUENCE_ANSWER,    /* of the terminal to a question; no key */
	SEQUENCE_BROKEN,    /* an escape sequence that another byte ended; that byte is not part of it */
	SEQUENCE_STRING,    /* the introducer of a control string: DCS, SOS, OSC, PM, APC */
	SEQUENCE_PASTE,     /* the mark before pasted text */
	SEQUENCE_PASTE_END, /* the mark after it */
};

/* What s[0..n), n > 0, begins with, and how long that is. */
enum sequence_kind sequence_scan(const char *s, size_t n, size_t *len);

/* Appends a key's sequence as the key decoder reads it: 7-bit, without sub-parameters. False, and nothing appended: the
 * key was released (kitty's protocol), or is one of those that no program has a use for alone (Shift). */
bool sequence_put_key(const char *s, size_t len, struct buf *out);

/* The column, from 1, of an answer that says where the cursor is; 0: it says something else. */
int sequence_column(const char *s, size_t len);

enum sequence_string {
	STRING_OPEN,    /* `len` bytes belong to it, and more may come */
	STRING_ENDED,   /* by ST or BEL, which are in `len` */
	STRING_ABORTED, /* by another control character, which is not */
};

/* How far s[0..n) is the inside of a control string. */
enum sequence_string sequence_string(const char *s, size_t n, size_t *len);

#endif
