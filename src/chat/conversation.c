/*
 * conversation.c - the tree, kept by pointers between messages, and an array made from it when asked: the path to the leaf; what
 * of it is sent is outgoing.c's. Deleted messages hang in the trash, out of the tree, until the end.
 */
#include "chat/conversation.h"

#include <assert.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "chat/changes.h"
#include "chat/outgoing.h"

/* A message that was deleted, the leaf it took along, and the sibling before it (NULL: it was the first). */
struct deleted {
	struct message *message, *leaf, *before;
};

struct conversation {
	struct conversation_info info;
	char *system;           /* or NULL */
	struct message root;    /* the parent of those at the top; never handed out */
	struct message *leaf;   /* &root: it is empty */
	struct message **by_id; /* by_id[id - 1]; NULL: removed */
	uint64_t last_id;
	size_t id_space;
	struct deleted *trash;
	size_t n_trash;

	struct changes changes;

	struct message **path;
	size_t n_path, path_space;
	bool path_stale;
	uint64_t path_number, path_made; /* made: when it was made anew last, and not added to */
	struct message *summary;         /* the last one of the path as far as it was looked at: */
	uint64_t summary_path;           /* with this number, */
	size_t summary_n;                /* so many messages */
	bool muted;                      /* one of the path is, as of these */
	uint64_t muted_path, muted_changes;
	struct outgoing outgoing;
};

struct conversation *
conversation_new(const char *system)
{
	struct conversation *c = mem_alloc(sizeof(*c));

	c->system = system && *system ? mem_strdup(system) : NULL;
	c->leaf = &c->root;
	c->path_stale = true;
	return c;
}

void
conversation_free(struct conversation *c)
{
	if (!c)
		return;
	for (uint64_t id = 1; id <= c->last_id; id++)
		if (c->by_id[id - 1])
			message_free(c->by_id[id - 1]);
	buf_release(&c->info.title);
	buf_release(&c->info.preset);
	tags_release(&c->info.tags);
	parameters_release(&c->info.parameters);
	outgoing_release(&c->outgoing);
	free(c->by_id);
	free(c->trash);
	changes_release(&c->changes);
	free(c->system);
	free(c->path);
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
	changes_touch_info(&c->changes);
}

struct conversation_info *
conversation_info(struct conversation *c)
{
	return &c->info;
}

/* ---- changes ---- */

void
conversation_touch(struct conversation *c, struct message *m)
{
	changes_touch(&c->changes, m);
}

void
conversation_touch_info(struct conversation *c)
{
	changes_touch_info(&c->changes);
}

uint64_t
conversation_changes(const struct conversation *c)
{
	return c->changes.count;
}

bool
conversation_is_changed(const struct conversation *c)
{
	return !changes_none(&c->changes);
}

struct message *
conversation_take_changed(struct conversation *c)
{
	return changes_take(&c->changes);
}

uint64_t
conversation_take_removed(struct conversation *c)
{
	return changes_take_removed(&c->changes);
}

bool
conversation_take_info(struct conversation *c)
{
	bool changed = c->changes.info;

	c->changes.info = false;
	return changed;
}

/* ---- the tree ---- */

static void
set_leaf(struct conversation *c, struct message *leaf)
{
	c->leaf = leaf;
	c->path_stale = true;
	changes_touch_info(&c->changes);
}

/* The next id is of this message, or of none. */
static void
put_id(struct conversation *c, struct message *m)
{
	if (c->last_id == c->id_space) {
		c->id_space = c->id_space * 2 + 16;
		c->by_id = mem_realloc(c->by_id, c->id_space * sizeof(struct message *));
	}
	c->by_id[c->last_id++] = m;
}

struct message *
conversation_find(const struct conversation *c, uint64_t id)
{
	return id > 0 && id <= c->last_id ? c->by_id[id - 1] : NULL;
}

struct message *
conversation_find_row(const struct conversation *c, int64_t row)
{
	for (uint64_t id = row != 0 ? c->last_id : 0; id > 0; id--)
		if (c->by_id[id - 1] && c->by_id[id - 1]->row == row)
			return c->by_id[id - 1];
	return NULL;
}

struct message *
conversation_next(const struct conversation *c, const struct message *m)
{
	for (uint64_t id = m ? m->id + 1 : 1; id <= c->last_id; id++)
		if (c->by_id[id - 1])
			return c->by_id[id - 1];
	return NULL;
}

static struct message *
above_of(struct conversation *c, const struct message *m)
{
	return m->parent ? m->parent : &c->root;
}

static struct message *
first_sibling(const struct conversation *c, const struct message *m)
{
	return m->parent ? m->parent->first_child : c->root.first_child;
}

size_t
conversation_sibling_number(const struct conversation *c, const struct message *m, size_t *of)
{
	size_t number = 0;

	*of = 0;
	for (const struct message *s = first_sibling(c, m); s; s = s->next_sibling) {
		(*of)++;
		if (s == m)
			number = *of;
	}
	return number;
}

struct message *
conversation_sibling(const struct conversation *c, const struct message *m, int steps)
{
	size_t n, number = conversation_sibling_number(c, m, &n) - 1;
	struct message *s = first_sibling(c, m);

	for (number = (size_t)(((long)number + steps) % (long)n + (long)n) % n; number > 0; number--)
		s = s->next_sibling;
	return s;
}

/* Conversations are made on several threads. */
static atomic_uint_fast64_t paths;

static uint64_t
new_path_number(void)
{
	return atomic_fetch_add(&paths, 1) + 1;
}

static void
make_path_room(struct conversation *c, size_t n)
{
	if (n <= c->path_space)
		return;
	c->path_space = n * 2;
	c->path = mem_realloc(c->path, c->path_space * sizeof(struct message *));
}

/* A message below the leaf: however long the path is, it only gets longer. */
static void
grow_path(struct conversation *c, struct message *leaf)
{
	make_path_room(c, c->n_path + 1);
	c->path[c->n_path++] = leaf;
	c->path_number = new_path_number();
	c->leaf = leaf;
	changes_touch_info(&c->changes);
}

struct message *
conversation_add(struct conversation *c, struct message *parent, enum chat_role role, const char *content)
{
	struct message *m = message_new(role, content), *above = parent ? parent : &c->root;

	put_id(c, m);
	m->id = c->last_id;
	m->parent = parent;
	message_link(above, above->last_child, m);
	if (c->path_stale || c->leaf != above)
		set_leaf(c, m);
	else
		grow_path(c, m);
	conversation_touch(c, m);
	return m;
}

struct message *
conversation_add_copy(struct conversation *c, struct message *parent, struct message *from)
{
	struct message *m = conversation_add(c, parent, from->role, "");

	buf_clear(&m->content);
	buf_share(&m->content, &from->content);
	message_copy(m, from);
	return m;
}

void
conversation_remove(struct conversation *c, struct message *m)
{
	struct message *above = above_of(c, m), *before;

	assert(!m->first_child);
	before = message_unlink(above, m);
	for (size_t i = 0; i < c->n_trash; i++)
		if (c->trash[i].before == m)
			c->trash[i].before = before;
	if (c->leaf == m)
		set_leaf(c, above);
	changes_remove(&c->changes, m);
	c->by_id[m->id - 1] = NULL;
	message_free(m);
}

void
conversation_delete(struct conversation *c, struct message *m)
{
	struct message *above = above_of(c, m);
	struct deleted *d;

	c->trash = mem_realloc(c->trash, (c->n_trash + 1) * sizeof(*c->trash));
	d = &c->trash[c->n_trash++];
	*d = (struct deleted){m, message_is_within(conversation_leaf(c), m) ? c->leaf : NULL, message_unlink(above, m)};
	m->is_deleted = true;
	conversation_touch(c, m);
	if (d->leaf)
		set_leaf(c, message_newest_below(above));
}

struct message *
conversation_undelete(struct conversation *c)
{
	struct deleted *d = c->n_trash > 0 ? &c->trash[--c->n_trash] : NULL;

	if (!d)
		return NULL;
	message_link(above_of(c, d->message), d->before, d->message);
	d->message->is_deleted = false;
	conversation_touch(c, d->message);
	set_leaf(c, d->leaf ? d->leaf : message_newest_below(d->message));
	return d->message;
}

static void
copy_settings(struct conversation *to, const struct conversation *from)
{
	to->info.preset = (struct buf){0};
	buf_puts(&to->info.preset, buf_text(&from->info.preset));
	parameters_copy(&to->info.parameters, &from->info.parameters);
	tags_copy(&to->info.tags, &from->info.tags);
}

struct conversation *
conversation_fork(const struct conversation *c, struct message *last)
{
	struct conversation *fork = conversation_new(c->system);
	struct message *parent = NULL;
	struct buf down = {0}; /* pointers to messages, the last first */
	struct message *m;

	copy_settings(fork, c);
	for (m = last; m; m = m->parent)
		buf_put(&down, (const char *)&m, sizeof(m));
	for (size_t i = down.len / sizeof(m); i > 0; i--) {
		memcpy(&m, down.data + (i - 1) * sizeof(m), sizeof(m));
		parent = conversation_add_copy(fork, parent, m);
	}
	buf_release(&down);
	return fork;
}

/* Its id is the next one, or a later one: those between are of messages that were removed. */
static void
copy_message(struct conversation *copy, struct message *m)
{
	struct message *parent = m->parent ? conversation_find(copy, m->parent->id) : NULL;

	if (m->is_deleted || (m->parent && !parent))
		return;
	while (copy->last_id + 1 < m->id)
		put_id(copy, NULL);
	memcpy(conversation_add_copy(copy, parent, m)->uuid, m->uuid, sizeof(m->uuid));
}

struct conversation *
conversation_copy(struct conversation *c)
{
	struct conversation *copy = conversation_new(c->system);
	const struct message *leaf = conversation_leaf(c);

	copy->info = c->info;
	copy->info.title = (struct buf){0};
	buf_put(&copy->info.title, buf_text(&c->info.title), c->info.title.len);
	copy_settings(copy, c);
	for (struct message *m = NULL; (m = conversation_next(c, m)) != NULL;)
		copy_message(copy, m);
	set_leaf(copy, leaf ? conversation_find(copy, leaf->id) : &copy->root);
	return copy;
}

struct message *
conversation_first(const struct conversation *c)
{
	return c->root.first_child;
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

struct message *
conversation_last_reply(const struct conversation *c)
{
	struct message *m = conversation_leaf(c);

	while (m && (m->role != CHAT_ASSISTANT || m->content.len == 0))
		m = m->parent;
	return m;
}

static void
make_path(struct conversation *c)
{
	size_t n = 0;

	for (struct message *m = conversation_leaf(c); m; m = m->parent)
		n++;
	make_path_room(c, n);
	c->n_path = n;
	for (struct message *m = conversation_leaf(c); m; m = m->parent)
		c->path[--n] = m;
	c->path_stale = false;
	c->path_made = c->path_number = new_path_number();
}

bool
conversation_path_only_grew(const struct conversation *c, uint64_t number)
{
	return !c->path_stale && number >= c->path_made && number <= c->path_number;
}

uint64_t
conversation_path_number(struct conversation *c)
{
	size_t n;

	(void)conversation_path(c, &n);
	return c->path_number;
}

struct message *const *
conversation_path(struct conversation *c, size_t *n)
{
	if (c->path_stale)
		make_path(c);
	*n = c->n_path;
	return c->path;
}

/* From the leaf up: the message is mostly near the end. */
bool
conversation_is_on_path(struct conversation *c, const struct message *m)
{
	size_t n;
	struct message *const *path = conversation_path(c, &n);

	while (n > 0 && path[n - 1] != m)
		n--;
	return n > 0;
}

const struct message *
conversation_last_summary(struct conversation *c)
{
	size_t n;
	struct message *const *path = conversation_path(c, &n);

	if (c->summary_path == c->path_number)
		return c->summary;
	if (!conversation_path_only_grew(c, c->summary_path)) {
		c->summary = NULL;
		c->summary_n = 0;
	}
	for (; c->summary_n < n; c->summary_n++)
		if (path[c->summary_n]->is_summary)
			c->summary = path[c->summary_n];
	c->summary_path = c->path_number;
	return c->summary;
}

bool
conversation_has_muted(struct conversation *c)
{
	size_t n;
	struct message *const *path = conversation_path(c, &n);

	if (c->muted_path == c->path_number && c->muted_changes == c->changes.count)
		return c->muted;
	while (n > 0 && !message_is_muted(path[n - 1]))
		n--;
	c->muted = n > 0;
	c->muted_path = c->path_number;
	c->muted_changes = c->changes.count;
	return c->muted;
}

/* ---- what is sent ---- */

static void
make_outgoing(struct conversation *c, const struct message *last)
{
	size_t n;
	struct message *const *path = conversation_path(c, &n);

	outgoing_make(&c->outgoing, c->system, path, n, last);
}

struct message *const *
conversation_sent(struct conversation *c, const struct message *last, size_t *n, struct buf **system)
{
	make_outgoing(c, last);
	*system = c->outgoing.system.len > 0 ? &c->outgoing.system : NULL;
	*n = c->outgoing.n;
	return c->outgoing.messages;
}

const struct chat_message *
conversation_request(struct conversation *c, const struct message *last, size_t *n)
{
	make_outgoing(c, last);
	return outgoing_request(&c->outgoing, n);
}

struct chat_order *
conversation_order(struct conversation *c, const struct message *last)
{
	make_outgoing(c, last);
	return outgoing_order(&c->outgoing);
}
