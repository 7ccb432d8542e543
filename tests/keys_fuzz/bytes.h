/*
 * bytes.h - what a terminal may send, by chance: keys that do something where the keyboard is, and others; words, slash
 * commands, pastes, the mouse, sequences that are broken, and bytes that are nothing.
 */
#ifndef FLYNN_TESTS_KEYS_FUZZ_BYTES_H
#define FLYNN_TESTS_KEYS_FUZZ_BYTES_H

#include "app/app.h"
#include "base/buf.h"

/* Appends one of them; `rows` and `cols` are the terminal's. */
void bytes_put(struct buf *, const struct app *, int rows, int cols);

/* As a terminal would send this key. */
void bytes_put_key(struct buf *, struct key);

#endif
