/*
 * key_input.h - what a terminal sends, as events: bytes in, keys and pasted text out (tui/key_stream.h finds
 * where each begins and ends, libtermkey takes keys apart: the only file that knows it). Reads nothing, and does not
 * know when: who feeds it looks at the clock.
 */
#ifndef FLYNN_TUI_KEY_INPUT_H
#define FLYNN_TUI_KEY_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "tui/term_event.h"

struct key_input;

/* For the terminal that `name` (TERM) is, at the other end of a line that may be slow. ERR_SYSTEM when its keys cannot be
 * decoded. */
struct key_input *key_input_new(const char *name, bool slow, struct err *);
void key_input_free(struct key_input *); /* NULL is fine */

void key_input_feed(struct key_input *, const char *bytes, size_t n, int64_t now_ms);
/* Nothing came for key_input_timeout ms. */
void key_input_silence(struct key_input *);
int key_input_timeout(const struct key_input *); /* -1: there is nothing that waits for silence */

/* Whether the terminal has said that it is well (tui/pacing.h), since this was asked last. */
bool key_input_take_well(struct key_input *);

/* Columns that it said the cursor was in, since this was asked last; `columns` has room for `most`. */
size_t key_input_take_columns(struct key_input *, int *columns, size_t most);

/* TERM_KEY, TERM_MOUSE, TERM_PASTE, a change of the focus, or TERM_NOTHING: feed more. */
struct term_event key_input_next(struct key_input *);

#endif
