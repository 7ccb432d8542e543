/*
 * import_lost.c - the names and the words of the kinds.
 */
#include "store/import_lost.h"

const char *
import_lost_name(enum import_lost_kind kind)
{
	static const char *const names[] = {
#define X(kind, name, one, many) name,
	        IMPORT_LOST(X)
#undef X
	};

	return names[kind];
}

const char *
import_lost_words(enum import_lost_kind kind, size_t n)
{
	static const char *const words[][2] = {
#define X(kind, name, one, many) {one, many},
	        IMPORT_LOST(X)
#undef X
	};

	return words[kind][n != 1];
}

void
import_lost_add(struct import_lost *to, const struct import_lost *lost)
{
	for (int i = 0; i < IMPORT_LOST_N; i++)
		to->n[i] += lost->n[i];
}
