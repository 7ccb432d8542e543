/*
 * conversation.c - the tree, kept by pointers between messages, and two arrays made from it when asked: the path to the
 * leaf, and the same as a request.
 */
#include "chat/conversation.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct conversation {
	char *system;         /* or NULL */
	struct message root;  /* stands for "at the top"; never handed out */
	struct message *leaf; /* &root: it is empty */
	uint64_t last_id;
	struct message **path;
	size_t n_path, path_space;
	bool path_stale;
	struct chat_message *request;
};

const char *
message_state_name(enum message_state state)
{
	static const char *const names[] = {
#define X(state, name) [MESSAGE_##state] = (name),
	        MESSAGE_STATES(X)
#undef X
	};

	return names[state];
}

struct conversation *
conversation_new(const char *system)
{
	struct conversation *c = mem_alloc(sizeof(*c));

	c->system = system && *system ? mem_strdup(system) : NULL;
	c->leaf = &c->root;
	c->path_stale = true;
	return c;
}

static void
message_free(struct message *m)
{
	buf_release(&m->content);
	buf_release(&m->reasoning);
	buf_release(&m->model);
	buf_release(&m->finish_reason);
	free(m->error);
	free(m);
}

/* Not by recursion: a long conversation is a deep tree. */
static void
free_below(struct message *top)
{
	struct message *m = top;

	for (;;) {
		while (m->first_child)
			m = m->first_child;
		if (m == top)
			return;
		struct message *parent = m->parent;
		parent->first_child = m->next_sibling;
		message_free(m);
		m = parent;
	}
}

void
conversation_free(struct conversation *c)
{
	if (!c)
		return;
	for (struct message *m = c->root.first_child; m; m = m->next_sibling)
		m->parent = &c->root;
	free_below(&c->root);
	free(c->system);
	free(c->path);
	free(c->request);
	free(c);
}

const char *
conversation_system(const struct conversation *c)
{
	return c->system;
}

void
conversation_set_system(struct conversation *c, const char *system)
{
	free(c->system);
	c->system = system && *system ? mem_strdup(system) : NULL;
}

static void
set_leaf(struct conversation *c, struct message *leaf)
{
	c->leaf = leaf;
	c->path_stale = true;
}

struct message *
conversation_add(struct conversation *c, struct message *parent, enum chat_role role, const char *content)
{
	struct message *m = mem_alloc(sizeof(*m)), *above = parent ? parent : &c->root;

	m->id = ++c->last_id;
	m->role = role;
	m->parent = parent;
	buf_puts(&m->content, content);
	m->content.max = m->reasoning.max = CONVERSATION_TEXT_MAX;
	m->usage = (struct chat_usage){-1, -1, -1};
	if (above->last_child)
		above->last_child->next_sibling = m;
	else
		above->first_child = m;
	above->last_child = m;
	set_leaf(c, m);
	return m;
}

void
conversation_remove(struct conversation *c, struct message *m)
{
	struct message *above = m->parent ? m->parent : &c->root, *before = NULL;

	assert(!m->first_child);
	for (struct message *s = above->first_child; s != m; s = s->next_sibling)
		before = s;
	if (before)
		before->next_sibling = m->next_sibling;
	else
		above->first_child = m->next_sibling;
	if (above->last_child == m)
		above->last_child = before;
	if (c->leaf == m)
		set_leaf(c, above);
	message_free(m);
}

struct message *
conversation_leaf(const struct conversation *c)
{
	return c->leaf == &c->root ? NULL : c->leaf;
}

void
conversation_set_leaf(struct conversation *c, struct message *leaf)
{
	set_leaf(c, leaf ? leaf : &c->root);
}

static void
make_path(struct conversation *c)
{
	size_t n = 0;

	for (struct message *m = conversation_leaf(c); m; m = m->parent)
		n++;
	if (n > c->path_space) {
		c->path_space = n * 2;
		c->path = mem_realloc(c->path, c->path_space * sizeof(struct message *));
	}
	c->n_path = n;
	for (struct message *m = conversation_leaf(c); m; m = m->parent)
		c->path[--n] = m;
	c->path_stale = false;
}

struct message *const *
conversation_path(struct conversation *c, size_t *n)
{
	if (c->path_stale)
		make_path(c);
	*n = c->n_path;
	return c->path;
}

/* A reply without text says nothing to a model, and neither does a prompt that another prompt follows. */
static bool
is_sent(const struct message *m, const struct message *last, const struct message *next)
{
	if (m->role == CHAT_ASSISTANT)
		return m->content.len > 0;
	return m == last || m->role != CHAT_USER || (next && next->role == CHAT_ASSISTANT && next->content.len > 0);
}

const struct chat_message *
conversation_request(struct conversation *c, const struct message *last, size_t *n)
{
	size_t n_path, used = 0;
	struct message *const *path = conversation_path(c, &n_path);

	c->request = mem_realloc(c->request, (n_path + 1) * sizeof(*c->request));
	if (c->system)
		c->request[used++] = (struct chat_message){CHAT_SYSTEM, c->system, NULL};
	for (size_t i = 0; i < n_path; i++) {
		const struct message *m = path[i];

		if (is_sent(m, last, i + 1 < n_path ? path[i + 1] : NULL))
			c->request[used++] = (struct chat_message){
			        m->role, buf_text(&m->content), m->reasoning.len > 0 ? buf_text(&m->reasoning) : NULL};
		if (m == last)
			break;
	}
	*n = used;
	return c->request;
}
