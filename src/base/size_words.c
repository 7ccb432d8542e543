/*
 * size_words.c - the largest unit that leaves at least 1, with one digit after the point below 10.
 */
#include "base/size_words.h"

#include <stdio.h>

void
size_words(int64_t bytes, char words[static SIZE_WORDS_MAX])
{
	static const char *const units[] = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
	double n = (double)bytes;
	int unit = 0;

	while (n >= 1023.5 && unit < 6) {
		n /= 1024;
		unit++;
	}
	snprintf(words, SIZE_WORDS_MAX, "%.*f %s", unit > 0 && n < 9.95, n, units[unit]);
}
