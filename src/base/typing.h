/*
 * typing.h - how long somebody waits between two characters of what he types: never in step, and longer after a word; the same each
 * time.
 */
#ifndef FLYNN_BASE_TYPING_H
#define FLYNN_BASE_TYPING_H

#include <stdint.h>

enum {
	TYPING_CHARACTER_MS = 55, /* between two */
	TYPING_KEY_MS = 400,      /* before a key such as Enter, which somebody who looks on should see */
};

/* From half of `character_ms` to one and a half times it, and twice that after a word. `random`: its state, 1 to begin with. */
static inline int
typing_pause_ms(uint32_t *random, int character_ms, uint32_t character)
{
	int ms;

	*random = *random * 1664525 + 1013904223;
	ms = character_ms / 2 + (int)((*random >> 8) % (uint32_t)(character_ms + 1));
	return character == ' ' || character == '\n' ? ms * 2 : ms;
}

#endif
