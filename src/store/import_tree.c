/*
 * import_tree.c - ids become places in the array, places become links, and the tree is walked along its links, without
 * recursion: it may be as deep as it has messages. What is left then is added by its times, as if it had been said here: the
 * order of messages is their age.
 */
#include "store/import_tree.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum {
	NONE = -1,
};

struct import_node {
	char *id, *parent_id; /* or NULL */
	const cJSON *children;
	struct message *message; /* or NULL */
	long parent, first_child, last_child, next;
	bool is_linked, is_visited;
	bool is_open; /* a reply that goes on below it */
	long head;    /* the node whose message has what is said here, or above; NONE: nothing is */
	int64_t when_ms,
	        child_ms;     /* no earlier than the one above and the sibling before; that of its last child so far */
	long last;            /* of a head: the node of its last part */
	struct message *made; /* of a head, in the conversation */
};

const char *
import_id(const cJSON *id, char room[IMPORT_ID_SIZE])
{
	if (cJSON_IsNumber(id))
		snprintf(room, IMPORT_ID_SIZE, "%.17g", id->valuedouble);
	return cJSON_IsNumber(id) ? room : cJSON_IsString(id) ? id->valuestring : NULL;
}

void
import_tree_add(
        struct import_tree *t, const char *id, const char *parent, const cJSON *children, struct message *message)
{
	if (t->n == t->space) {
		t->space = t->space * 2 + 16;
		t->nodes = mem_realloc(t->nodes, t->space * sizeof(*t->nodes));
	}
	t->nodes[t->n++] = (struct import_node){.id = mem_strdup(id),
	        .parent_id = mem_strdup(parent),
	        .children = children,
	        .message = message,
	        .parent = NONE,
	        .first_child = NONE,
	        .last_child = NONE,
	        .next = NONE,
	        .head = NONE};
}

void
import_tree_release(struct import_tree *t)
{
	for (size_t i = 0; i < t->n; i++) {
		free(t->nodes[i].id);
		free(t->nodes[i].parent_id);
		if (t->nodes[i].message)
			message_free(t->nodes[i].message);
	}
	free(t->nodes);
	*t = (struct import_tree){0};
}

/* ---- ids ---- */

struct index_entry {
	const char *id;
	size_t at;
};

struct node_index {
	struct index_entry *entries; /* by ascending id */
	size_t n;
};

static int
by_id(const void *a, const void *b)
{
	const struct index_entry *x = a, *y = b;
	int order = strcmp(x->id, y->id);

	return order != 0 ? order : (x->at > y->at) - (x->at < y->at);
}

static bool
make_index(const struct import_tree *t, struct node_index *index, size_t *message, struct err *err)
{
	index->entries = mem_alloc((t->n + 1) * sizeof(*index->entries));
	index->n = 0;
	for (size_t i = 0; i < t->n; i++)
		if (t->nodes[i].id)
			index->entries[index->n++] = (struct index_entry){t->nodes[i].id, i};
	qsort(index->entries, index->n, sizeof(*index->entries), by_id);
	for (size_t i = 1; i < index->n; i++)
		if (strcmp(index->entries[i].id, index->entries[i - 1].id) == 0) {
			*message = index->entries[i].at + 1;
			return err_set(err, ERR_INCOMPLETE, "message %zu has the id \"%.80s\" too",
			        index->entries[i - 1].at + 1, index->entries[i].id);
		}
	return true;
}

static long
find_node(const struct node_index *index, const char *id)
{
	size_t from = 0, to = id ? index->n : 0;

	while (from < to) {
		size_t middle = from + (to - from) / 2;
		int order = strcmp(index->entries[middle].id, id);

		if (order == 0)
			return (long)index->entries[middle].at;
		if (order < 0)
			from = middle + 1;
		else
			to = middle;
	}
	return NONE;
}

/* ---- links ---- */

/* Those at the top hang below the node after the last one. */
static void
link_node(struct import_tree *t, long at)
{
	struct import_node *node = &t->nodes[at], *parent = &t->nodes[node->parent];

	if (node->is_linked)
		return;
	node->is_linked = true;
	if (parent->last_child == NONE)
		parent->first_child = at;
	else
		t->nodes[parent->last_child].next = at;
	parent->last_child = at;
}

static void
link_children(struct import_tree *t, const struct node_index *index, size_t i)
{
	const cJSON *child;
	char room[IMPORT_ID_SIZE];

	if (!cJSON_IsArray(t->nodes[i].children))
		return;
	cJSON_ArrayForEach(child, t->nodes[i].children)
	{
		long at = find_node(index, import_id(child, room));

		if (at != NONE && t->nodes[at].parent == (long)i)
			link_node(t, at);
	}
}

static void
link_all(struct import_tree *t, const struct node_index *index)
{
	size_t top = t->n;

	import_tree_add(t, NULL, NULL, NULL, NULL);
	for (size_t i = 0; i < top; i++) {
		long parent = find_node(index, t->nodes[i].parent_id);

		t->nodes[i].parent = parent == NONE ? (long)top : parent;
	}
	for (size_t i = 0; i < top; i++)
		link_children(t, index, i);
	for (size_t i = 0; i < top; i++)
		link_node(t, (long)i);
}

/* ---- the walk ---- */

/* The next one, in the order in which a parent comes before its children, and these in their order; NONE: that was all. */
static long
next_node(const struct import_tree *t, long at)
{
	long top = (long)t->n - 1;

	if (t->nodes[at].first_child != NONE)
		return t->nodes[at].first_child;
	while (at != top && t->nodes[at].next == NONE)
		at = t->nodes[at].parent;
	return at == top ? NONE : t->nodes[at].next;
}

static bool
is_whole(struct import_tree *t, size_t *message, struct err *err)
{
	long top = (long)t->n - 1;

	for (long at = next_node(t, top); at != NONE; at = next_node(t, at))
		t->nodes[at].is_visited = true;
	for (long i = 0; i < top; i++)
		if (!t->nodes[i].is_visited) {
			*message = (size_t)i + 1;
			return err_set(err, ERR_INCOMPLETE, "the messages above it form a circle");
		}
	return true;
}

static bool
has_one_child(const struct import_node *node)
{
	return node->first_child != NONE && node->first_child == node->last_child;
}

static bool
append(struct buf *to, const struct buf *text)
{
	if (text->len == 0)
		return true;
	return (to->len == 0 || buf_append_string(to, "\n\n")) && buf_append(to, buf_text(text), text->len);
}

static void
put_name(struct buf *to, const struct buf *name)
{
	if (name->len == 0)
		return;
	buf_clear(to);
	buf_put(to, buf_text(name), name->len);
}

/* What a later part of a reply says goes to its end; of the rest the later part is right. */
static bool
join_reply(struct message *to, struct message *part)
{
	put_name(&to->model, &part->model);
	put_name(&to->parameters, &part->parameters);
	put_name(&to->finish_reason, &part->finish_reason);
	if (to->created_ms == 0)
		to->created_ms = part->created_ms;
	if (part->usage.prompt_tokens >= 0 || part->usage.completion_tokens >= 0)
		to->usage = part->usage;
	if (part->timings.predicted_n > 0)
		to->timings = part->timings;
	to->thought_ms += part->thought_ms;
	to->state = part->state;
	return append(&to->reasoning, &part->reasoning) && append(&to->content, &part->content);
}

struct walk {
	struct import_tree *tree;
	const char *system; /* the text that the conversation has, or NULL */
	struct err *err;
};

/* Nothing is added for a node that is structure, or whose text the conversation has as its system text. */
static bool
is_structure(const struct walk *w, const struct import_node *node, long above)
{
	const struct message *m = node->message;

	if (!m || m->role != CHAT_SYSTEM)
		return !m;
	return m->content.len == 0 || (above == NONE && w->system && strcmp(w->system, buf_text(&m->content)) == 0);
}

static int64_t
later(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

static bool
visit_node(struct walk *w, long at)
{
	struct import_node *node = &w->tree->nodes[at], *parent = &w->tree->nodes[node->parent];
	struct message *m = node->message;

	node->head = parent->head;
	node->when_ms = parent->when_ms;
	if (is_structure(w, node, parent->head)) {
		node->is_open = parent->is_open && has_one_child(node);
		return true;
	}
	node->is_open = m->role == CHAT_ASSISTANT && has_one_child(node);
	if (m->role == CHAT_ASSISTANT && parent->is_open) {
		w->tree->nodes[parent->head].last = at;
		return join_reply(w->tree->nodes[parent->head].message, m) ||
		       err_set(w->err, ERR_LIMIT, "the reply that it belongs to is too long");
	}
	node->head = node->last = at;
	node->when_ms = later(m->created_ms, later(parent->when_ms, parent->child_ms));
	parent->child_ms = node->when_ms;
	return true;
}

/* ---- adding ---- */

struct head {
	int64_t when_ms;
	size_t place; /* in the order of the walk: a parent comes before its children, a sibling before the next */
	long at;
};

static int
by_time(const void *a, const void *b)
{
	const struct head *x = a, *y = b;

	if (x->when_ms != y->when_ms)
		return x->when_ms < y->when_ms ? -1 : 1;
	return (x->place > y->place) - (x->place < y->place);
}

static struct message *
message_above(const struct import_tree *t, const struct import_node *node)
{
	long head = t->nodes[node->parent].head;

	return head == NONE ? NULL : t->nodes[head].made;
}

void
import_tree_uuid(char out[UUID_SIZE], const char *program, const char *conversation, const char *message)
{
	struct buf names = {0};

	buf_printf(&names, "%s\n%s", program, conversation);
	if (message)
		buf_printf(&names, "\n%s", message);
	uuid_make_of_sha256(out, buf_text(&names), names.len);
	buf_release(&names);
}

/* A reply that goes on in a later export is another one: its name is that of its last part. */
static void
name_message(const struct import_tree *t, const struct import_node *node)
{
	const char *id = t->nodes[node->last].id;

	if (t->program && t->id && id)
		import_tree_uuid(node->made->uuid, t->program, t->id, id);
}

static void
add_heads(struct import_tree *t, struct conversation *c)
{
	struct head *heads = mem_alloc(t->n * sizeof(*heads));
	size_t n = 0;

	for (long at = next_node(t, (long)t->n - 1); at != NONE; at = next_node(t, at))
		if (t->nodes[at].head == at) {
			heads[n] = (struct head){t->nodes[at].when_ms, n, at};
			n++;
		}
	qsort(heads, n, sizeof(*heads), by_time);
	for (size_t i = 0; i < n; i++) {
		struct import_node *node = &t->nodes[heads[i].at];

		node->made = conversation_add_copy(c, message_above(t, node), node->message);
		name_message(t, node);
	}
	free(heads);
}

/* ---- the whole ---- */

static const struct message *
system_at(const struct import_tree *t, long at)
{
	const struct message *m = t->nodes[at].message;

	return m && m->role == CHAT_SYSTEM && m->content.len > 0 ? m : NULL;
}

/* Of the branch that is shown; else the first one there is. */
static const struct message *
find_system(const struct import_tree *t, long leaf)
{
	const struct message *found = NULL;
	long top = (long)t->n - 1;

	for (long at = leaf; at != NONE && at != top; at = t->nodes[at].parent)
		if (t->nodes[at].message)
			found = system_at(t, at);
	for (long at = next_node(t, top); leaf == NONE && !found && at != NONE; at = next_node(t, at))
		found = system_at(t, at);
	return found;
}

static bool
walk_all(struct walk *w, size_t *message)
{
	struct import_tree *t = w->tree;

	for (long at = next_node(t, (long)t->n - 1); at != NONE; at = next_node(t, at))
		if (!visit_node(w, at)) {
			*message = (size_t)at + 1;
			return false;
		}
	return true;
}

static struct conversation *
build(struct import_tree *t, long leaf, size_t *message, struct err *err)
{
	const struct message *system = find_system(t, leaf);
	struct walk w = {.tree = t, .system = system ? buf_text(&system->content) : NULL, .err = err};
	struct conversation *c;

	if (!walk_all(&w, message))
		return NULL;
	c = conversation_new(w.system);
	add_heads(t, c);
	if (leaf != NONE && t->nodes[leaf].head != NONE)
		conversation_set_leaf(c, t->nodes[t->nodes[leaf].head].made);
	return c;
}

struct conversation *
import_tree_build(struct import_tree *t, const char *leaf, size_t *message, struct err *err)
{
	struct conversation *made = NULL;
	struct node_index index;

	if (make_index(t, &index, message, err)) {
		link_all(t, &index);
		if (is_whole(t, message, err))
			made = build(t, find_node(&index, leaf), message, err);
	}
	free(index.entries);
	return made;
}
