/*
 * size_words.h - a number of bytes for people: "512 B", "1.1 MiB".
 */
#ifndef FLYNN_BASE_SIZE_WORDS_H
#define FLYNN_BASE_SIZE_WORDS_H

#include <stdint.h>

enum {
	SIZE_WORDS_MAX = 32,
};

void size_words(int64_t bytes, char words[static SIZE_WORDS_MAX]);

#endif
