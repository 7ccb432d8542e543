/*
 * terminal.h - a terminal that somebody hammers on: each read gives bytes by chance to the real decoder of keys. It takes a
 * frame only now and then, and between two reads it may have another size, or the server may say something.
 */
#ifndef FLYNN_TESTS_KEYS_FUZZ_TERMINAL_H
#define FLYNN_TESTS_KEYS_FUZZ_TERMINAL_H

#include "app/app.h"
#include "tests/term_script.h"
#include "tui/term.h"

/* What was done, counted; others than the process may look at it. */
struct terminal_counts {
	volatile long seed, reads, bytes, keys, pastes, mice, frames, sizes, records, probes, sessions, saved;
};

struct terminal_use {
	long seed;
	int reads;    /* of one session */
	bool records; /* the server's words are made here */
	bool say;     /* prints the bytes */
	struct terminal_counts *counts;
	struct buf why; /* what did not hold; "": all did */
	void (*before_end)(void *arg, struct app *);
	void *arg;
};

/* The use is borrowed until term_free. Chance (tests/torture/chance.h) begins with the seed. */
struct term *terminal_new(struct terminal_use *, struct app *, const struct term_script_host *, struct err *);

#endif
