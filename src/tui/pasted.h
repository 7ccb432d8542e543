/*
 * pasted.h - which parts of a text were not typed: pasted, or put there by an action. A big one of them may be folded: it is shown
 * as a chip, "[pasted 214 lines]", and edited as one unit.
 */
#ifndef FLYNN_TUI_PASTED_H
#define FLYNN_TUI_PASTED_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

enum {
	PASTED_LINES_MAX = 20, /* of a part that is not big, */
	PASTED_CHARS_MAX = 4000,
};

struct pasted_part {
	size_t from, to; /* bytes */
	size_t feeds, chars;
	bool ends_line; /* with a line feed */
	bool is_folded;
};

/* In the order of the text; they do not overlap. Zeroed to begin with. */
struct pasted {
	struct pasted_part *parts;
	size_t n;
};

void pasted_release(struct pasted *);
void pasted_copy(struct pasted *to, const struct pasted *from); /* `to` is empty */

/* In the text so many bytes at `at` became so many others, which were typed. What is left of a part that was folded is folded no
 * longer. */
void pasted_replace(struct pasted *, size_t at, size_t removed, size_t inserted);

/* text[at..at+n) was not typed. `goes_on`: the part that ends there is the same paste. */
void pasted_add(struct pasted *, const char *text, size_t at, size_t n, bool goes_on);

bool pasted_has(const struct pasted *, size_t at); /* this byte */

/* Folds the part that begins there, if it is big. */
void pasted_fold(struct pasted *, size_t at);
/* The part that is nearest before `at`, or behind it; false: none is folded. */
bool pasted_unfold(struct pasted *, size_t at);

/* The folded part that this byte is in; that ends there; NULL: there is none. */
const struct pasted_part *pasted_fold_at(const struct pasted *, size_t at);
const struct pasted_part *pasted_fold_before(const struct pasted *, size_t at);

void pasted_put_label(const struct pasted_part *, struct buf *);

#endif
