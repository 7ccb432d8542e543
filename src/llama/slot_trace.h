/*
 * slot_trace.h - the slot of a reply: llama-server does not say which one makes it, but what each of them has done.
 */
#ifndef FLYNN_LLAMA_SLOT_TRACE_H
#define FLYNN_LLAMA_SLOT_TRACE_H

#include <stdbool.h>
#include <stdint.h>

#include "llama/slots.h"

/* What is known of a reply. */
struct slot_trace {
	int64_t prompt; /* tokens; 0: not known */
	int64_t tokens; /* of the reply, that came */
};

/* The task of the busy slot that makes this reply, or is most likely to; -1: none does. */
int64_t slot_trace_task(const struct slot_trace *, const struct slots *);

/* Whether a slot is busy with this task; with none that is not known (-1). */
bool slot_trace_is_on(const struct slots *, int64_t task);

#endif
