/*
 * key_stream.h - the bytes of a terminal as keys and pasted text, however late each byte comes: over a slow line an escape
 * sequence arrives in pieces with pauses between them. Time is told by the caller, who looks at the clock.
 *
 * A bracketed paste (ESC [ 200 ~ … ESC [ 201 ~) is text, whatever it looks like. A terminal that does not know the marks
 * sends a paste like keys, only faster than anybody types: plain text that comes at once with an Enter in its middle is
 * text too, and so is what follows without a pause.
 *
 * An Enter that may belong to a sequence, a character or a paste that was cut never sends: it is given as Alt+Enter, which breaks the
 * line.
 */
#ifndef FLYNN_TUI_KEY_STREAM_H
#define FLYNN_TUI_KEY_STREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

enum {
	ESCAPE_MS = 90,          /* silence after which a lone ESC is the key Esc */
	ESCAPE_SLOW_MS = 200,    /* the same over ssh (tty_may_be_slow), at the start */
	ESCAPE_MOST_MS = 250,    /* the most that it grows to when a line is seen to be slow */
	SEQUENCE_MS = 1000,      /* after this silence nothing more is expected of a cut sequence, string or paste */
	ESCAPE_REST_MS = 500,    /* so long after Esc what looks like the rest of a sequence is that */
	BURST_PAUSE_MS = 10,     /* bytes without such a pause between them were sent at once */
	STRING_MAX = 256 * 1024, /* bytes of a control string */
	STREAM_COLUMNS_MAX = 16,
};

/* Where the next byte belongs. */
enum stream_place {
	STREAM_KEYS,
	STREAM_STRING,       /* inside a control string, which is dropped */
	STREAM_STRING_STALE, /* the same, after silence */
	STREAM_PASTE,
	STREAM_PASTE_STALE,
};

struct key_stream {
	struct buf waiting; /* bytes that were fed, */
	size_t used;        /* of which so many were given out */
	size_t keys_end;    /* up to here they are no burst */
	enum stream_place place;
	int escape_ms;
	int64_t fed_ms;     /* when bytes came last */
	int64_t escaped_ms; /* when the ESC came that was given as a key; 0: long ago */
	size_t mark_len;    /* how much of a paste's first mark was given as keys since then */
	size_t string_len;
	size_t rest;                     /* continuation bytes of a character that was given up */
	bool paused;                     /* before the bytes that were fed last */
	bool silent;                     /* after them */
	bool continued;                  /* `waiting` has got the ESC again that was given as a key */
	bool doubt;                      /* a sequence, a character or a paste was cut: Enter breaks the line */
	unsigned well;                   /* answers of a terminal that says it is (ESC [ 0 n) */
	int columns[STREAM_COLUMNS_MAX]; /* that the cursor was in, as it says (ESC [ row ; column R); */
	size_t n_columns;                /* answers after so many are not kept */
	bool after_cr;                   /* in pasted text */
	bool burst;                      /* text without marks is coming in */
};

/* `slow`: the terminal is at the other end of a line that may be. */
void key_stream_init(struct key_stream *, bool slow);
void key_stream_release(struct key_stream *);

void key_stream_feed(struct key_stream *, const char *bytes, size_t n, int64_t now_ms);
/* Nothing came for key_stream_timeout ms. */
void key_stream_silence(struct key_stream *);
int key_stream_timeout(const struct key_stream *); /* -1: silence means nothing */

enum stream_piece {
	STREAM_NOTHING, /* feed more */
	STREAM_KEY,     /* one, whole, as tui/sequence.h writes it */
	STREAM_TEXT,    /* pieces of one paste come one by one, whole characters; CR and CRLF are line feeds already */
};

/* Appends the next piece to `out`. */
enum stream_piece key_stream_next(struct key_stream *, struct buf *out);

#endif
