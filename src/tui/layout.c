/*
 * layout.c - the tree, and the parts of the screen that come of it. A split keeps the share of its first part, not cells, so
 * that a screen that shrinks and grows again looks as it did.
 */
#include "tui/layout.h"

#include <stdlib.h>

#include "base/mem.h"
#include "tui/layout_node.h"

/* ---- nodes ---- */

struct layout_node *
layout_node_new(unsigned pane)
{
	struct layout_node *n = mem_alloc(sizeof(*n));

	n->pane = pane;
	n->share = LAYOUT_SHARE_ALL / 2;
	return n;
}

void
layout_node_free(struct layout_node *n)
{
	if (!n)
		return;
	layout_node_free(n->first);
	layout_node_free(n->second);
	free(n);
}

void
layout_node_part(struct layout_node *n, struct layout_node *first, struct layout_node *second)
{
	n->first = first;
	n->second = second;
	first->parent = second->parent = n;
}

void
layout_init(struct layout *l, unsigned pane)
{
	*l = (struct layout){.root = layout_node_new(pane), .n = 1};
}

void
layout_release(struct layout *l)
{
	layout_node_free(l->root);
	*l = (struct layout){0};
}

static struct layout_node *
find(struct layout_node *n, unsigned pane)
{
	struct layout_node *found;

	if (!n->first)
		return n->pane == pane ? n : NULL;
	found = find(n->first, pane);
	return found ? found : find(n->second, pane);
}

static size_t
count(const struct layout_node *n)
{
	return n->first ? count(n->first) + count(n->second) : 1;
}

static struct layout_node *
nth(struct layout_node *n, size_t i)
{
	size_t first;

	if (!n->first)
		return i == 0 ? n : NULL;
	first = count(n->first);
	return i < first ? nth(n->first, i) : nth(n->second, i - first);
}

/* ---- places ---- */

static int
gap(const struct layout_node *split)
{
	return split->beside ? 1 : 0;
}

static int
larger(int a, int b)
{
	return a > b ? a : b;
}

static int
smaller(int a, int b)
{
	return a < b ? a : b;
}

/* Cells that its panes need that way, to have one each. */
static int
least(const struct layout_node *n, bool beside)
{
	int first, second;

	if (!n->first)
		return 1;
	first = least(n->first, beside);
	second = least(n->second, beside);
	return n->beside == beside ? first + gap(n) + second : larger(first, second);
}

/* Cells for both parts. */
static int
room(const struct layout_node *split)
{
	return larger((split->beside ? split->rect.cols : split->rect.rows) - gap(split), 0);
}

/* So many cells for the first part, or as near to that as the panes in both can bear. */
static int
bearable(const struct layout_node *split, int first)
{
	first = smaller(first, room(split) - least(split->second, split->beside));
	return smaller(larger(first, least(split->first, split->beside)), room(split));
}

static void
place(struct layout_node *n, struct rect r)
{
	struct rect first = r, second = r;
	int cells;

	n->rect = r;
	if (!n->first)
		return;
	cells = bearable(n, (int)((long)room(n) * n->share / LAYOUT_SHARE_ALL));
	if (n->beside) {
		first.cols = cells;
		second.cols = room(n) - cells;
		second.col = r.col + smaller(cells + gap(n), r.cols);
	} else {
		first.rows = cells;
		second.rows = room(n) - cells;
		second.row = r.row + cells;
	}
	place(n->first, first);
	place(n->second, second);
}

void
layout_place(struct layout *l, struct rect area)
{
	struct layout_node *zoomed = l->zoomed ? find(l->root, l->zoomed) : NULL;

	l->area = area;
	if (!zoomed) {
		l->zoomed = 0;
		place(l->root, area);
		return;
	}
	place(l->root, (struct rect){area.row, area.col, 0, 0});
	zoomed->rect = area;
}

struct rect
layout_rect(const struct layout *l, unsigned pane)
{
	const struct layout_node *n = find(l->root, pane);

	return n ? n->rect : (struct rect){0, 0, 0, 0};
}

bool
layout_is_usable(struct rect r)
{
	return r.rows >= LAYOUT_USABLE_ROWS && r.cols >= LAYOUT_USABLE_COLS;
}

unsigned
layout_nth(const struct layout *l, size_t i)
{
	const struct layout_node *n = nth(l->root, i);

	return n ? n->pane : 0;
}

static bool
holds(struct rect r, int row, int col)
{
	return row >= r.row && row < r.row + r.rows && col >= r.col && col < r.col + r.cols;
}

unsigned
layout_at(const struct layout *l, int row, int col)
{
	const struct layout_node *n;

	for (size_t i = 0; (n = nth(l->root, i)) != NULL; i++)
		if (holds(n->rect, row, col))
			return n->pane;
	return 0;
}

/* What stands beside its middle. */
unsigned
layout_neighbour(const struct layout *l, unsigned pane, enum layout_way way)
{
	struct rect r = layout_rect(l, pane);
	int row = r.row + r.rows / 2, col = r.col + r.cols / 2;
	unsigned found;

	switch (way) {
	case LAYOUT_LEFT:
		return layout_at(l, row, r.col - 2);
	case LAYOUT_RIGHT:
		return layout_at(l, row, r.col + r.cols + 1);
	case LAYOUT_UP:
	case LAYOUT_DOWN:
		row = way == LAYOUT_UP ? r.row - 1 : r.row + r.rows;
		found = layout_at(l, row, col);
		return found ? found : layout_at(l, row, col - 1); /* the middle is a border there */
	}
	return 0;
}

/* ---- changing the tree ---- */

bool
layout_can_split(const struct layout *l, unsigned pane, bool beside)
{
	struct rect half = layout_rect(l, pane);

	if (beside)
		half.cols = (half.cols - 1) / 2;
	else
		half.rows /= 2;
	return l->n < LAYOUT_PANES_MAX && layout_is_usable(half);
}

bool
layout_split(struct layout *l, unsigned pane, bool beside, unsigned new_pane)
{
	struct layout_node *n = find(l->root, pane);

	if (!n || l->n >= LAYOUT_PANES_MAX)
		return false;
	layout_node_part(n, layout_node_new(pane), layout_node_new(new_pane));
	n->pane = 0;
	n->beside = beside;
	n->share = LAYOUT_SHARE_ALL / 2;
	l->n++;
	l->zoomed = 0;
	return true;
}

/* The pane of a part that was next to the one before or after it. */
static unsigned
nearest(const struct layout_node *n, bool to_its_end)
{
	while (n->first)
		n = to_its_end ? n->second : n->first;
	return n->pane;
}

/* A split that has lost one part is the other one. */
static void
become(struct layout_node *split, struct layout_node *rest)
{
	split->pane = rest->pane;
	split->beside = rest->beside;
	split->share = rest->share;
	split->first = split->second = NULL;
	if (rest->first)
		layout_node_part(split, rest->first, rest->second);
	free(rest);
}

unsigned
layout_close(struct layout *l, unsigned pane)
{
	struct layout_node *n = find(l->root, pane), *split = n ? n->parent : NULL, *rest;
	unsigned next;

	if (!split)
		return 0;
	rest = n == split->first ? split->second : split->first;
	next = nearest(rest, rest == split->first);
	become(split, rest);
	free(n);
	l->n--;
	l->zoomed = 0;
	return next;
}

void
layout_swap(struct layout *l, unsigned a, unsigned b)
{
	struct layout_node *one = find(l->root, a), *other = find(l->root, b);

	if (!one || !other)
		return;
	one->pane = b;
	other->pane = a;
}

/* Splits the same way, one in the other, count as one row. */
static int
parts(const struct layout_node *n, bool beside)
{
	return n->first && n->beside == beside ? parts(n->first, beside) + parts(n->second, beside) : 1;
}

static void
even(struct layout_node *n)
{
	int first, all;

	if (!n->first)
		return;
	first = parts(n->first, n->beside);
	all = first + parts(n->second, n->beside);
	n->share = (first * LAYOUT_SHARE_ALL + all - 1) / all;
	even(n->first);
	even(n->second);
}

void
layout_even(struct layout *l)
{
	even(l->root);
}

/* ---- borders ---- */

/* The first share that gives so many cells of the room. */
static void
set_cells(struct layout_node *split, int cells)
{
	int all = room(split), share;

	if (all == 0)
		return;
	share = (int)(((long)bearable(split, cells) * LAYOUT_SHARE_ALL + all - 1) / all);
	split->share = smaller(larger(share, 1), LAYOUT_SHARE_ALL - 1);
}

static int
cells_of_first(const struct layout_node *split)
{
	return split->beside ? split->first->rect.cols : split->first->rect.rows;
}

/* The nearest split that way of which the node is in the first part, or in the second. */
static struct layout_node *
split_around(struct layout_node *n, bool beside, bool in_first)
{
	for (struct layout_node *split = n->parent; split; n = split, split = split->parent)
		if (split->beside == beside && (split->first == n) == in_first)
			return split;
	return NULL;
}

bool
layout_resize(struct layout *l, unsigned pane, enum layout_way way, int cells)
{
	bool beside = way == LAYOUT_LEFT || way == LAYOUT_RIGHT;
	struct layout_node *n = find(l->root, pane), *split = n ? split_around(n, beside, true) : NULL;

	if (n && !split)
		split = split_around(n, beside, false);
	if (!split || l->zoomed)
		return false;
	set_cells(split, cells_of_first(split) + (way == LAYOUT_LEFT || way == LAYOUT_UP ? -cells : cells));
	return true;
}

static struct layout_node *
border_of(struct layout_node *n, int row, int col)
{
	struct layout_node *found;

	if (!n->first || !holds(n->rect, row, col))
		return NULL;
	if (n->beside ? col == n->second->rect.col - 1 : row == n->second->rect.row)
		return n;
	found = border_of(n->first, row, col);
	return found ? found : border_of(n->second, row, col);
}

struct layout_node *
layout_border(const struct layout *l, int row, int col)
{
	return l->zoomed ? NULL : border_of(l->root, row, col);
}

void
layout_move_border(struct layout *l, struct layout_node *split, int row, int col)
{
	if (l->zoomed)
		return;
	set_cells(split, split->beside ? col - split->rect.col : row - split->rect.row);
}

static const struct layout_node *
nth_column(const struct layout_node *n, size_t *i)
{
	const struct layout_node *found;

	if (!n->first)
		return NULL;
	if (n->beside && n->rect.cols > n->first->rect.cols && (*i)-- == 0)
		return n;
	found = nth_column(n->first, i);
	return found ? found : nth_column(n->second, i);
}

bool
layout_column(const struct layout *l, size_t i, struct rect *column)
{
	const struct layout_node *split = nth_column(l->root, &i);

	if (!split)
		return false;
	*column =
	        (struct rect){split->rect.row, split->rect.col + split->first->rect.cols, split->rect.rows, gap(split)};
	return true;
}
