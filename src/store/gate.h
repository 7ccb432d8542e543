/*
 * gate.h - lets the writer keep the reader out of the file: until the writer has opened it, and while it is repaired
 * or replaced, when nobody else may have it open.
 *
 * Each thread sets its own flag and then reads the other's, sequentially consistent: so the reader is never inside
 * while the gate is shut.
 */
#ifndef FLYNN_STORE_GATE_H
#define FLYNN_STORE_GATE_H

#include <stdatomic.h>
#include <stdbool.h>

#include "base/wake.h"

struct gate {
	atomic_bool shut;    /* the writer's */
	atomic_bool inside;  /* the reader's: it has the file open, or is about to */
	atomic_bool damaged; /* set by the reader, who waits outside until the writer has taken it back */
	struct wake *for_writer, *for_reader;
};

/* Shut, and nobody inside. The wake-ups are borrowed. */
void gate_init(struct gate *, struct wake *for_writer, struct wake *for_reader);

/* The writer's. gate_shut waits until the reader is out, which is soon: gate_is_shut is what ends its questions. */
void gate_shut(struct gate *);
void gate_open(struct gate *); /* what damage was told of is seen to */
bool gate_has_damage(struct gate *);

/* The reader's, who comes in when it is true, and goes out when it has closed the file. */
bool gate_enter(struct gate *);
void gate_leave(struct gate *);
bool gate_is_shut(const struct gate *);

/* The reader, outside, has found the file to be damaged: it is shut until the writer has looked at that. */
void gate_tell_damage(struct gate *);

#endif
