/*
 * hostile.h - text that would take over a terminal if it came there as it is: every C0 and C1 control, DEL, CSI, OSC, DCS
 * and the other control strings in 7 and 8 bits, bidirectional and invisible controls.
 */
#ifndef FLYNN_TESTS_HOSTILE_H
#define FLYNN_TESTS_HOSTILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/* Appends all of it as the inside of a JSON string; it begins with `begin` and ends with `end`. */
void hostile_json(struct buf *, const char *begin, const char *end);

/* One of HOSTILE_PARTS parts of it, from 0: for what is shown on one row. */
enum {
	HOSTILE_PARTS = 20,
};
void hostile_json_part(struct buf *, const char *begin, const char *end, int part);

/* All of it as the inside of a quoted text of term_script.h. */
void hostile_quoted(struct buf *, const char *begin, const char *end);

/* A character that must never stand in a cell, nor be sent to a terminal but by ourselves. */
bool hostile_point(uint32_t);

/* The first such character of a text, or 0. Ill-formed UTF-8 counts as one. */
uint32_t hostile_find(const char *, size_t n);

#endif
