/*
 * fence_index.c - marks on the way, and the search among them.
 */
#include "text/fence_index.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void
fence_index_release(struct fence_index *x)
{
	free(x->marks);
	clean_map_release(&x->map);
	*x = (struct fence_index){0};
}

static void
add_mark(struct fence_index *x, const char *text)
{
	if (x->n_marks == x->space) {
		x->space = x->space * 2 + 1;
		x->marks = mem_realloc(x->marks, x->space * sizeof(*x->marks));
	}
	x->marks[x->n_marks++] = (struct fence_mark){x->now, clean_map_to(&x->map, text, x->now.at)};
}

static bool
is_mark_due(const struct fence_index *x)
{
	return x->n_marks == 0 || x->now.at - x->marks[x->n_marks - 1].fences.at >= FENCE_MARK_BYTES;
}

void
fence_index_read(struct fence_index *x, const char *text, size_t n, bool ended, size_t *budget)
{
	x->complete = false;
	while (x->now.at<n && * budget> 0) {
		const char *feed = memchr(text + x->now.at, '\n', n - x->now.at);
		size_t end = feed ? (size_t)(feed + 1 - text) : n, cost = end - x->now.at + FENCE_LINE_COST;

		if (!feed && !ended)
			break;
		if (is_mark_due(x))
			add_mark(x, text);
		fences_count(&x->now, text, end, true);
		*budget -= cost < *budget ? cost : *budget;
	}
	x->complete = *budget > 0 || x->now.at == n;
}

const struct fence_mark *
fence_index_mark(const struct fence_index *x, size_t at)
{
	size_t low = 0, high = x->n_marks;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (x->marks[middle].fences.at <= at)
			low = middle;
		else
			high = middle;
	}
	return &x->marks[low];
}

/* The last mark before the fence that begins the block. */
static const struct fence_mark *
mark_before(const struct fence_index *x, size_t which)
{
	size_t low = 0, high = x->n_marks;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (x->marks[middle].fences.n < which)
			low = middle;
		else
			high = middle;
	}
	return &x->marks[low];
}

/* The last mark inside the block, or the one before it. */
static const struct fence_mark *
mark_inside(const struct fence_index *x, size_t which)
{
	const struct fence_mark *before = mark_before(x, which), *last = mark_before(x, which + 1);

	while (last > before && (last->fences.n != which || last->fences.blocks.leaf != BLOCK_FENCE))
		last--;
	return last;
}

static size_t
read_so_far(const struct fence_index *x, size_t n)
{
	return x->now.at < n && x->complete ? n : x->now.at < n ? x->now.at : n;
}

bool
fence_index_place(const struct fence_index *x, const char *text, size_t n, size_t which, size_t *start, size_t *end)
{
	struct fences f;
	const struct fence_mark *inside;

	n = read_so_far(x, n);
	if (which == 0 || which > x->now.n)
		return false;
	f = mark_before(x, which)->fences;
	while (f.n < which)
		if (!fences_next(&f, text, n, start))
			return false;
	inside = mark_inside(x, which);
	*end = fences_end(inside->fences.at > f.at ? inside->fences : f, text, n);
	return true;
}

bool
fence_index_begin(
        const struct fence_index *x, const char *text, size_t n, size_t which, struct fences *from, size_t *end)
{
	size_t start;

	if (!fence_index_place(x, text, n, which, &start, end))
		return false;
	*from = mark_before(x, which)->fences;
	return true;
}

size_t
fence_index_cleaned(const struct fence_index *x, const char *text, size_t at)
{
	const struct fence_mark *mark = fence_index_mark(x, at);
	struct clean_map map = {.taken = mark->fences.at, .cleaned = mark->cleaned};
	size_t cleaned = clean_map_to(&map, text, at);

	clean_map_release(&map);
	return cleaned;
}
