/*
 * changes.c - a list of messages, each in it once: the message knows whether it is.
 */
#include "chat/changes.h"

#include <stdlib.h>

#include "base/mem.h"

void
changes_release(struct changes *c)
{
	free(c->changed);
	free(c->removed);
	*c = (struct changes){0};
}

bool
changes_none(const struct changes *c)
{
	return !c->info && c->first == c->n && c->n_removed == 0;
}

void
changes_touch(struct changes *c, struct message *m)
{
	c->count++;
	if (m->is_changed)
		return;
	m->is_changed = true;
	if (c->n == c->space) {
		c->space = c->space * 2 + 8;
		c->changed = mem_realloc(c->changed, c->space * sizeof(struct message *));
	}
	c->changed[c->n++] = m;
}

void
changes_touch_info(struct changes *c)
{
	c->count++;
	c->info = true;
}

void
changes_remove(struct changes *c, const struct message *m)
{
	c->count++;
	for (size_t i = c->first; i < c->n; i++)
		if (c->changed[i] == m)
			c->changed[i] = NULL;
	c->removed = mem_realloc(c->removed, (c->n_removed + 1) * sizeof(*c->removed));
	c->removed[c->n_removed++] = m->id;
}

struct message *
changes_take(struct changes *c)
{
	while (c->first < c->n) {
		struct message *m = c->changed[c->first++];

		if (m) {
			m->is_changed = false;
			return m;
		}
	}
	c->first = c->n = 0;
	return NULL;
}

uint64_t
changes_take_removed(struct changes *c)
{
	return c->n_removed > 0 ? c->removed[--c->n_removed] : 0;
}
