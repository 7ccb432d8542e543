/*
 * layout_text.c - the tree as a line of text, to be kept, and the way back. What was kept may be anything.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mix.h"
#include "tui/layout.h"
#include "tui/layout_node.h"

enum {
	PANE_LAST = 999999,
};

static void
print_node(const struct layout_node *n, struct buf *out)
{
	if (!n->first) {
		buf_put_number(out, n->pane);
		return;
	}
	buf_putc(out, '(');
	print_node(n->first, out);
	buf_putc(out, n->beside ? '|' : '/');
	buf_put_number(out, n->share);
	buf_putc(out, ',');
	print_node(n->second, out);
	buf_putc(out, ')');
}

void
layout_print(const struct layout *l, struct buf *out)
{
	print_node(l->root, out);
	if (!l->zoomed)
		return;
	buf_putc(out, 'z');
	buf_put_number(out, l->zoomed);
}

static uint64_t
mix_node(uint64_t key, const struct layout_node *n)
{
	if (!n->first)
		return mix_number(key, n->pane);
	key = mix_number(key, (uint64_t)n->share << 2 | (n->beside ? 2 : 1));
	return mix_node(mix_node(key, n->first), n->second);
}

uint64_t
layout_key(const struct layout *l)
{
	return mix_node(mix_number(1, l->zoomed), l->root);
}

/* ---- the way back ---- */

struct reader {
	const char *at;
	unsigned seen[LAYOUT_PANES_MAX];
	size_t n;
	int depth;
};

/* From 1 to `last`; 0: there is none. */
static long
read_number(struct reader *r, long last)
{
	long number = 0;

	for (; *r->at >= '0' && *r->at <= '9'; r->at++)
		number = number > last ? number : number * 10 + (*r->at - '0');
	return number <= last ? number : 0;
}

static bool
read_character(struct reader *r, char wanted)
{
	if (*r->at != wanted)
		return false;
	r->at++;
	return true;
}

/* No number stands twice. */
static struct layout_node *
read_pane(struct reader *r)
{
	unsigned pane = (unsigned)read_number(r, PANE_LAST);

	for (size_t i = 0; i < r->n; i++)
		if (r->seen[i] == pane)
			return NULL;
	if (pane == 0 || r->n == LAYOUT_PANES_MAX)
		return NULL;
	r->seen[r->n++] = pane;
	return layout_node_new(pane);
}

static struct layout_node *read_node(struct reader *r);

static struct layout_node *
read_split(struct reader *r)
{
	struct layout_node *first = read_node(r), *second = NULL, *split;
	bool beside = first && read_character(r, '|');
	long share = 0;

	if (first && (beside || read_character(r, '/')))
		share = read_number(r, LAYOUT_SHARE_ALL - 1);
	if (share > 0 && read_character(r, ','))
		second = read_node(r);
	if (!second || !read_character(r, ')')) {
		layout_node_free(first);
		layout_node_free(second);
		return NULL;
	}
	split = layout_node_new(0);
	split->beside = beside;
	split->share = (int)share;
	layout_node_part(split, first, second);
	return split;
}

static struct layout_node *
read_node(struct reader *r)
{
	struct layout_node *n = NULL;

	if (!read_character(r, '('))
		return read_pane(r);
	if (++r->depth < LAYOUT_PANES_MAX)
		n = read_split(r);
	r->depth--;
	return n;
}

/* False: something else stands there. */
static bool
read_zoomed(struct reader *r, unsigned *zoomed)
{
	*zoomed = 0;
	if (read_character(r, 'z'))
		*zoomed = (unsigned)read_number(r, PANE_LAST);
	return *r->at == '\0';
}

bool
layout_parse(struct layout *l, const char *text, struct err *err)
{
	struct reader r = {.at = text};

	*l = (struct layout){.root = read_node(&r)};
	if (l->root && read_zoomed(&r, &l->zoomed)) {
		l->n = r.n;
		return true;
	}
	layout_release(l);
	return err_set(err, ERR_USAGE, "this is no layout of panes: %s", text);
}
