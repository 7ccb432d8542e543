/*
 * saver_told.c - what was saved of each message, by its id, in arrays that grow with the ids.
 */
#include "store/saver_told.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void
saver_told_release(struct saver_told_list *l)
{
	free(l->of);
	free(l->due);
	free(l->removed);
	*l = (struct saver_told_list){0};
}

struct saver_told *
saver_told_of(struct saver_told_list *l, uint64_t id)
{
	if (id > l->space) {
		l->space = (size_t)id + l->space / 2 + 16;
		l->of = mem_realloc(l->of, l->space * sizeof(*l->of));
	}
	if (id > l->n) {
		memset(l->of + l->n, 0, ((size_t)id - l->n) * sizeof(*l->of));
		l->n = (size_t)id;
	}
	return &l->of[id - 1];
}

void
saver_told_make_due(struct saver_told_list *l, uint64_t id)
{
	struct saver_told *told = saver_told_of(l, id);

	if (told->due)
		return;
	told->due = true;
	if (l->n_due == l->due_space) {
		l->due_space = l->due_space * 2 + 8;
		l->due = mem_realloc(l->due, l->due_space * sizeof(*l->due));
	}
	l->due[l->n_due++] = id;
}

void
saver_told_remove(struct saver_told_list *l, int64_t row)
{
	l->removed = mem_realloc(l->removed, (l->n_removed + 1) * sizeof(*l->removed));
	l->removed[l->n_removed++] = row;
}
