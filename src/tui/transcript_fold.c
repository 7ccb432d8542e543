/*
 * transcript_fold.c - whose reasoning is shown: everybody's or nobody's, and a list of exceptions; and whose text is not.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "tui/transcript.h"

/* Where it stands in the list; n: it does not. */
static size_t
find(const struct folds *f, uint64_t id)
{
	size_t i = 0;

	while (i < f->n && f->ids[i] != id)
		i++;
	return i;
}

static void
put_or_take(struct folds *f, uint64_t id)
{
	size_t i = find(f, id);

	if (i < f->n) {
		f->ids[i] = f->ids[--f->n];
		return;
	}
	f->ids = mem_realloc(f->ids, (f->n + 1) * sizeof(*f->ids));
	f->ids[f->n++] = id;
}

void
transcript_folds_release(struct transcript *t)
{
	free(t->thoughts.ids);
	free(t->texts.ids);
}

bool
transcript_is_unfolded(const struct transcript *t, uint64_t id)
{
	return t->unfolded != (find(&t->thoughts, id) < t->thoughts.n);
}

bool
transcript_is_folded(const struct transcript *t, uint64_t id)
{
	return find(&t->texts, id) < t->texts.n;
}

void
transcript_fold(struct transcript *t)
{
	t->unfolded = !t->unfolded;
	t->thoughts.n = 0;
}

void
transcript_fold_message(struct transcript *t, uint64_t id)
{
	put_or_take(&t->thoughts, id);
	t->refolded = true;
}

void
transcript_fold_text(struct transcript *t, uint64_t id)
{
	put_or_take(&t->texts, id);
	t->refolded = true;
}

void
transcript_unfold(struct transcript *t, uint64_t id, enum spot_part part)
{
	if (part == SPOT_THOUGHT && !transcript_is_unfolded(t, id))
		transcript_fold_message(t, id);
	if (part == SPOT_CONTENT && transcript_is_folded(t, id))
		transcript_fold_text(t, id);
}
