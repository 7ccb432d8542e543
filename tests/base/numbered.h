/*
 * numbered.h - queue records of which every byte follows from a number, so that a reader sees a wrong one.
 */
#ifndef FLYNN_TESTS_BASE_NUMBERED_H
#define FLYNN_TESTS_BASE_NUMBERED_H

#include <stdbool.h>
#include <string.h>

#include "base/queue.h"

/* Whole words first: so ThreadSanitizer checks a million records in a second or two. */
static inline void
numbered_fill(struct queue_record *r, uint64_t number)
{
	uint64_t word = number * UINT64_C(0x0101010101010101), *words = (void *)r->data;
	size_t n = r->size / sizeof(word);

	for (size_t i = 0; i < n; i++, word += 3)
		words[i] = word;
	memcpy(words + n, &word, r->size % sizeof(word));
}

static inline bool
numbered_is_filled(const struct queue_record *r, uint64_t number)
{
	uint64_t word = number * UINT64_C(0x0101010101010101);
	const uint64_t *words = (const void *)r->data;
	size_t n = r->size / sizeof(word);

	for (size_t i = 0; i < n; i++, word += 3)
		if (words[i] != word)
			return false;
	return memcmp(words + n, &word, r->size % sizeof(word)) == 0;
}

/* Pushes record `number`; false when there is no room. */
static inline bool
numbered_push(struct queue *q, uint64_t number, size_t size)
{
	struct queue_record *r = queue_reserve(q, (uint16_t)number, number, size);

	if (!r)
		return false;
	numbered_fill(r, number);
	queue_push(q);
	return true;
}

static inline bool
numbered_is(const struct queue_record *r, uint64_t number, size_t size)
{
	return r && r->type == (uint16_t)number && r->id == number && r->size == size && (uintptr_t)r->data % 8 == 0 &&
	       numbered_is_filled(r, number);
}

#endif
