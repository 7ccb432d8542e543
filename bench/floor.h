/*
 * floor.h - what the two floor programs of bench/screen have in common: the least that a screen can be, with ncurses as
 * anybody would begin, and the least that takes text out of an event stream. No layout, no JSON, no errors.
 */
#ifndef FLYNN_BENCH_FLOOR_H
#define FLYNN_BENCH_FLOOR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* A window that scrolls, and one line for what is typed. */
void floor_open(void);
void floor_close(void);
void floor_put(const char *text, size_t n); /* shown by floor_show */
void floor_show(void);

/* Takes what was typed, and echoes it. */
enum floor_key { FLOOR_NOTHING, FLOOR_ENTER, FLOOR_QUIT } floor_read(void);

/* Tells the text of every whole event in `in`, and drops what it has read. */
void floor_events(struct buf *in, void (*text)(void *arg, const char *, size_t n), void *arg);

#endif
