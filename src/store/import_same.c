/*
 * import_same.c - siblings stand in the order of their rows in both, so one walk over each list of children is enough.
 */
#include "store/import_same.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/json_put.h"
#include "base/mem.h"
#include "store/json_write.h"

static bool
are_same_bytes(const struct buf *a, const struct buf *b)
{
	return a->len == b->len && memcmp(buf_text(a), buf_text(b), a->len) == 0;
}

/* Releases them. */
static bool
are_same(struct buf *a, struct buf *b)
{
	bool same = are_same_bytes(a, b);

	buf_release(a);
	buf_release(b);
	return same;
}

/* Mended, as an export has them. Of long texts no copies are made. */
static bool
are_same_texts(const struct buf *a, const struct buf *b)
{
	struct buf x = {0}, y = {0};

	if (are_same_bytes(a, b))
		return true;
	json_put_string(&x, buf_text(a), a->len);
	json_put_string(&y, buf_text(b), b->len);
	return are_same(&x, &y);
}

/* By the text that an export would have of them. */
static bool
are_equal(const struct message *a, const struct message *b)
{
	struct buf x = {0}, y = {0};

	if (a->role != b->role || a->created_ms != b->created_ms || a->content.len != b->content.len ||
	        !are_same_texts(&a->content, &b->content) || !are_same_texts(&a->reasoning, &b->reasoning))
		return false;
	json_put_message_details(&x, a);
	json_put_message_details(&y, b);
	return are_same(&x, &y);
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
