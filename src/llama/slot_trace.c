/*
 * slot_trace.c - by its counts of tokens a slot is found, and by the number of its task it is known again.
 */
#include "llama/slot_trace.h"

#include <stddef.h>

enum {
	PROMPT_SLACK = 2, /* tokens by which two counts of the same prompt may differ */
};

static bool
has_prompt(const struct slot *slot, int64_t prompt)
{
	int64_t more = slot->used - slot->written - prompt;

	return more <= PROMPT_SLACK && (slot->written == 0 || more >= -PROMPT_SLACK);
}

/* A slot has never written less than what has come of its reply. */
static bool
may_make(const struct slot *slot, const struct slot_trace *trace)
{
	return slot->is_busy && slot->task >= 0 && slot->written >= trace->tokens &&
	       (trace->prompt == 0 || has_prompt(slot, trace->prompt));
}

int64_t
slot_trace_task(const struct slot_trace *trace, const struct slots *slots)
{
	const struct slot *best = NULL;

	for (size_t i = 0; i < slots->n; i++)
		if (may_make(&slots->rows[i], trace) && (!best || slots->rows[i].written < best->written))
			best = &slots->rows[i];
	return best ? best->task : -1;
}

bool
slot_trace_is_on(const struct slots *slots, int64_t task)
{
	for (size_t i = 0; i < slots->n; i++)
		if (slots->rows[i].is_busy && task >= 0 && slots->rows[i].task == task)
			return true;
	return false;
}
