/*
 * tree_view.c - the rows, made in one walk, and which of them is chosen. A conversation is as deep as it is long, so
 * nothing here calls itself.
 */
#include "tui/tree_view.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct tree_note {
	size_t row; /* TREE_NO_ROW: it has none */
	bool folded, on_path;
};

void
tree_view_release(struct tree_view *v)
{
	free(v->rows);
	free(v->notes);
	*v = (struct tree_view){0};
}

/* ---- notes ---- */

static struct tree_note *
note_of(struct tree_view *v, const struct message *m)
{
	if (m->id >= v->n_notes) {
		size_t n = (size_t)m->id * 2 + 64;

		v->notes = mem_realloc(v->notes, n * sizeof(*v->notes));
		for (size_t i = v->n_notes; i < n; i++)
			v->notes[i] = (struct tree_note){.row = TREE_NO_ROW};
		v->n_notes = n;
	}
	return &v->notes[m->id];
}

bool
tree_view_is_folded(const struct tree_view *v, const struct message *m)
{
	return m->id < v->n_notes && v->notes[m->id].folded;
}

bool
tree_view_is_on_path(const struct tree_view *v, const struct message *m)
{
	return m->id < v->n_notes && v->notes[m->id].on_path;
}

static void
note_path(struct tree_view *v)
{
	size_t n;
	struct message *const *path = conversation_path(v->conversation, &n);

	for (size_t i = n; i-- > 0;)
		note_of(v, path[i])->on_path = true;
}

/* ---- walking ---- */

/* What comes next from top to bottom, without what is below it where `into` is false; NULL: that was the last. */
static struct message *
next_of(struct message *m, bool into)
{
	if (into && m->first_child)
		return m->first_child;
	while (m && !m->next_sibling)
		m = m->parent;
	return m ? m->next_sibling : NULL;
}

static bool
has_siblings(const struct tree_view *v, const struct message *m)
{
	return m->next_sibling || m != (m->parent ? m->parent->first_child : conversation_first(v->conversation));
}

/* ---- rows ---- */

static void
add_row(struct tree_view *v, struct message *m)
{
	size_t around = m->parent ? v->rows[note_of(v, m->parent)->row].branch : TREE_NO_ROW;

	if (v->n == v->space) {
		v->space = v->space ? v->space * 2 : 256;
		v->rows = mem_realloc(v->rows, v->space * sizeof(*v->rows));
	}
	v->rows[v->n] = (struct tree_row){.message = m, .branch = has_siblings(v, m) ? v->n : around, .outer = around};
	note_of(v, m)->row = v->n++;
}

/* After what is below a message, which is counted. */
static struct message *
skip_below(struct message *m, size_t *n)
{
	struct message *end = next_of(m, false);

	for (struct message *at = next_of(m, true); at != end; at = next_of(at, true))
		++*n;
	return end;
}

static void
make_rows(struct tree_view *v)
{
	struct message *next;

	v->n = v->messages = 0;
	for (struct message *m = conversation_first(v->conversation); m; m = next) {
		size_t below = 0;

		add_row(v, m);
		next = tree_view_is_folded(v, m) ? skip_below(m, &below) : next_of(m, true);
		v->rows[v->n - 1].below = below;
		v->messages += 1 + below;
	}
}

static void
choose_row(struct tree_view *v, size_t row)
{
	v->chosen = row < v->n ? row : v->n > 0 ? v->n - 1 : 0;
	v->chosen_id = v->n > 0 ? v->rows[v->chosen].message->id : 0;
}

void
tree_view_update(struct tree_view *v)
{
	size_t row = TREE_NO_ROW;

	for (size_t i = 0; i < v->n_notes; i++) {
		v->notes[i].row = TREE_NO_ROW;
		v->notes[i].on_path = false;
	}
	note_path(v);
	make_rows(v);
	if (v->chosen_id > 0 && v->chosen_id < v->n_notes)
		row = v->notes[v->chosen_id].row;
	choose_row(v, row != TREE_NO_ROW ? row : v->chosen);
}

void
tree_view_show(struct tree_view *v, struct conversation *c, const struct message *chosen)
{
	v->conversation = c;
	v->n_notes = 0;
	v->chosen_id = chosen ? chosen->id : 0;
	v->chosen = v->top = 0;
	tree_view_update(v);
}

/* ---- the choice ---- */

struct message *
tree_view_chosen(const struct tree_view *v)
{
	return v->chosen < v->n ? v->rows[v->chosen].message : NULL;
}

void
tree_view_choose(struct tree_view *v, const struct message *m)
{
	for (const struct message *above = m->parent; above; above = above->parent)
		note_of(v, above)->folded = false;
	v->chosen_id = m->id;
	tree_view_update(v);
}

void
tree_view_move(struct tree_view *v, long rows)
{
	long at = (long)v->chosen + rows;

	choose_row(v, at < 0 ? 0 : (size_t)at);
}

void
tree_view_fold(struct tree_view *v, bool folded)
{
	struct message *m = tree_view_chosen(v);

	if (!m)
		return;
	note_of(v, m)->folded = folded;
	tree_view_update(v);
}

/* ---- finding ---- */

static struct message *
find_forwards(struct message *first, struct message *start, bool (*holds)(const struct message *, void *), void *arg)
{
	for (struct message *m = next_of(start, true); m; m = next_of(m, true))
		if (holds(m, arg))
			return m;
	for (struct message *m = first; m != start; m = next_of(m, true))
		if (holds(m, arg))
			return m;
	return holds(start, arg) ? start : NULL;
}

static struct message *
find_backwards(struct message *first, struct message *start, bool (*holds)(const struct message *, void *), void *arg)
{
	struct message *found = NULL;

	for (struct message *m = first; m != start; m = next_of(m, true))
		if (holds(m, arg))
			found = m;
	for (struct message *m = found ? NULL : start; m; m = next_of(m, true))
		if (holds(m, arg))
			found = m;
	return found;
}

struct message *
tree_view_find(const struct tree_view *v, bool backwards, bool (*holds)(const struct message *, void *), void *arg)
{
	struct message *start = tree_view_chosen(v), *first = conversation_first(v->conversation);

	if (!start)
		return NULL;
	return backwards ? find_backwards(first, start, holds, arg) : find_forwards(first, start, holds, arg);
}
