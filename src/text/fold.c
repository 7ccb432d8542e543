/*
 * fold.c - two tables, looked through by halves.
 */
#include "text/fold.h"

#include <stdlib.h>

#include "base/compiler.h"
#include "text/find_table.h"

bool
fold_separates(uint32_t c)
{
	return char_set_holds(separators, ARRAY_LEN(separators), c);
}

bool
fold_is_letter(uint32_t c)
{
	if (c < 0x80)
		return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
	return !fold_separates(c) && fold_character(c) != 0;
}

static int
compare_fold(const void *character, const void *row)
{
	const uint32_t *c = character;
	const struct fold *f = row;

	return *c < f->first ? -1 : *c > f->last;
}

uint32_t
fold_character(uint32_t c)
{
	const struct fold *f;

	if (c < 0x80)
		return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
	f = bsearch(&c, folds, ARRAY_LEN(folds), sizeof(*folds), compare_fold);
	if (!f || (c - f->first) % f->step != 0)
		return c;
	return f->to + (f->moves ? c - f->first : 0);
}
