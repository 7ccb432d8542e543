/*
 * transcript_fold.c - whose reasoning is shown: everybody's or nobody's, and a list of exceptions.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "tui/transcript.h"

/* Where it stands in the list; n_folds: it does not. */
static size_t
find(const struct transcript *t, uint64_t id)
{
	size_t i = 0;

	while (i < t->n_folds && t->folds[i] != id)
		i++;
	return i;
}

bool
transcript_is_unfolded(const struct transcript *t, uint64_t id)
{
	return t->unfolded != (find(t, id) < t->n_folds);
}

void
transcript_fold(struct transcript *t)
{
	t->unfolded = !t->unfolded;
	t->n_folds = 0;
}

void
transcript_fold_message(struct transcript *t, uint64_t id)
{
	size_t i = find(t, id);

	t->refolded = true;
	if (i < t->n_folds) {
		t->folds[i] = t->folds[--t->n_folds];
		return;
	}
	t->folds = mem_realloc(t->folds, (t->n_folds + 1) * sizeof(*t->folds));
	t->folds[t->n_folds++] = id;
}

void
transcript_unfold(struct transcript *t, uint64_t id)
{
	if (!transcript_is_unfolded(t, id))
		transcript_fold_message(t, id);
}
