/*
 * nearest.c - edit distance with transpositions (optimal string alignment), over three rows.
 */
#include "base/nearest.h"

#include <string.h>

enum {
	LONGEST = 32,
};

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static size_t
least(size_t a, size_t b)
{
	return a < b ? a : b;
}

size_t
nearest_distance(const char *a, const char *b)
{
	size_t rows[3][LONGEST + 1], m = strlen(a), n = strlen(b);
	size_t *before = rows[0], *last = rows[1], *now = rows[2];

	if (m > LONGEST || n > LONGEST)
		return (size_t)-1;
	for (size_t j = 0; j <= n; j++)
		now[j] = j;
	for (size_t i = 1; i <= m; i++) {
		size_t *oldest = before;

		before = last;
		last = now;
		now = oldest;
		now[0] = i;
		for (size_t j = 1; j <= n; j++) {
			size_t differs = lower(a[i - 1]) != lower(b[j - 1]);

			now[j] = least(least(last[j], now[j - 1]) + 1, last[j - 1] + differs);
			if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1]))
				now[j] = least(now[j], before[j - 2] + 1);
		}
	}
	return now[n];
}

bool
nearest_is_near(const char *typed, const char *word)
{
	return nearest_distance(typed, word) <= least(strlen(typed), strlen(word)) / 3;
}
