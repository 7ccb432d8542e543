/*
 * import_same.c - siblings stand in the order of their rows in both, so one walk over each list of children is enough.
 */
#include "store/import_same.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "store/json_write.h"

/* By the text that an export would have of them. */
static bool
are_equal(const struct message *a, const struct message *b)
{
	struct buf x = {0}, y = {0};
	bool equal;

	if (a->role != b->role || a->created_ms != b->created_ms || a->content.len != b->content.len)
		return false;
	json_put_message_fields(&x, a);
	json_put_message_fields(&y, b);
	equal = x.len == y.len && memcmp(x.data, y.data, x.len) == 0;
	buf_release(&x);
	buf_release(&y);
	return equal;
}

/* What stands for a message of `part` in `whole`, and how far its children were matched. */
struct match {
	const struct message *whole, *last_child;
};

static const struct message *
first_root(const struct conversation *c)
{
	const struct message *m = conversation_next(c, NULL);

	while (m && m->parent)
		m = conversation_next(c, m);
	return m;
}

static const struct message *
first_candidate(const struct conversation *whole, const struct match *parent)
{
	if (parent->last_child)
		return parent->last_child->next_sibling;
	return parent->whole ? parent->whole->first_child : first_root(whole);
}

bool
import_same_holds(const struct conversation *whole, const struct conversation *part)
{
	struct match *matches; /* of messages by their ids; [0]: the roots' parent */
	uint64_t n = 1;
	bool holds = true;

	for (const struct message *m = NULL; (m = conversation_next(part, m)) != NULL;)
		n = m->id + 1;
	matches = mem_alloc(n * sizeof(*matches));
	for (const struct message *m = NULL; holds && (m = conversation_next(part, m)) != NULL;) {
		struct match *parent = &matches[m->parent ? m->parent->id : 0];
		const struct message *other = first_candidate(whole, parent);

		while (other && !are_equal(m, other))
			other = other->next_sibling;
		matches[m->id].whole = parent->last_child = other;
		holds = other != NULL;
	}
	free(matches);
	return holds;
}
