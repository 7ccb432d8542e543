/*
 * blocks.c - CommonMark's way of reading blocks: a line first goes on with the quotes and list items that are open, then
 * opens others; what is left of it belongs to the leaf within them, or begins another. A paragraph may go on where its
 * quote or item does not (a lazy line), and not everything can end it.
 */
#include "text/blocks.h"

#include <string.h>

#include "text/blocks_line.h"
#include "text/blocks_table.h"
#include "text/formula.h"

void
blocks_copy(struct blocks *to, const struct blocks *from)
{
	memcpy(to, from, offsetof(struct blocks, fences));
	memcpy(to->fences, from->fences, from->n_fences * sizeof(*from->fences));
	memcpy(to->open, from->open, (from->list > from->depth ? from->list : from->depth) * sizeof(*from->open));
}

/* ---- quotes and items ---- */

/* How many of the open ones the line goes on with. */
static size_t
go_on(struct blocks *b, struct line *l)
{
	size_t i;

	for (i = 0; i < b->depth; i++) {
		int indent = line_indent(l);
		bool empty = line_is_empty(l->at, l->end);

		if (b->open[i].quote) {
			if (indent > LINE_INDENT_MAX || line_first(l) != '>')
				break;
			line_skip_columns(l, indent);
			line_skip_bytes(l, 1);
			line_skip_columns(l, 1);
		} else if (indent >= b->open[i].indent && !(empty && b->open[i].empty)) {
			line_skip_columns(l, b->open[i].indent);
		} else if (empty && !b->open[i].empty) {
			line_skip_columns(l, indent);
		} else {
			break;
		}
		b->open[i].empty = b->open[i].empty && empty;
	}
	return i;
}

static void
open_quote(struct blocks *b, struct line *l)
{
	line_skip_columns(l, line_indent(l));
	line_skip_bytes(l, 1);
	line_skip_columns(l, 1);
	b->open[b->depth++] = (struct block_container){.quote = true};
}

/* An item's number is one more than that of the item before it in its list. `before`: what was open there; NULL: nothing. */
static unsigned
item_number(const char *sign, size_t n, const struct block_container *before)
{
	unsigned number = 0;

	if (before && !before->quote && before->sign == sign[n - 1])
		return before->number + 1;
	for (size_t i = 0; i + 1 < n; i++)
		number = number * 10 + (unsigned)(sign[i] - '0');
	return number;
}

/* What belongs to an item begins where its text does; code without a fence, or nothing, one space after the sign. */
static void
open_item(struct blocks *b, struct line *l, size_t n, const struct block_container *before)
{
	struct block_container item = {0};
	int from = l->column, blanks;

	line_skip_columns(l, line_indent(l));
	item.sign = l->at[n - 1];
	item.number = item_number(l->at, n, before);
	line_skip_bytes(l, n);
	blanks = line_indent(l);
	item.empty = line_is_empty(l->at, l->end);
	line_skip_columns(l, item.empty || blanks > LINE_INDENT_MAX + 1 ? 1 : blanks);
	item.indent = l->column - from + (item.empty && blanks == 0);
	b->open[b->depth++] = item;
}

/* Whatever was open there ends. */
static void
begin_container(struct blocks *b, size_t goes_on)
{
	b->depth = goes_on;
	b->list = 0;
	b->leaf = BLOCK_NONE;
}

/* Opens one, where the line begins one. `goes_on`: how many open ones it goes on with; the others end then. */
static bool
open_one(struct blocks *b, struct line *l, size_t goes_on)
{
	const struct block_container *before = goes_on < b->depth || b->list == goes_on + 1 ? &b->open[goes_on] : NULL;
	struct line inner = *l;
	size_t n;

	if (goes_on == BLOCKS_DEPTH_MAX || line_indent(l) > LINE_INDENT_MAX)
		return false;
	line_skip_columns(&inner, LINE_INDENT_MAX);
	if (inner.at < inner.end && *inner.at == '>') {
		begin_container(b, goes_on);
		open_quote(b, l);
		return true;
	}
	n = line_is_break(&inner) ? 0 : line_item(&inner, b->leaf == BLOCK_PARAGRAPH && goes_on == b->depth);
	if (n == 0)
		return false;
	begin_container(b, goes_on);
	open_item(b, l, n, before);
	return true;
}

/* ---- leaves ---- */

/* What is left is the line's; of a tab that was taken in part, spaces. */
static void
set_content(struct block_line *out, const struct line *l)
{
	out->blanks = line_tab_rest(l);
	out->at = out->blanks > 0 ? l->at + 1 : l->at;
}

static void
begin_leaf(struct blocks *b, size_t goes_on, enum block_leaf leaf)
{
	b->depth = goes_on;
	b->leaf = leaf;
}

/* Code without a fence may go on after it. */
static void
read_blank(struct blocks *b, const struct line *l, size_t goes_on, struct block_line *out)
{
	struct line code = *l;

	out->kind = LINE_BLANK;
	line_skip_columns(&code, LINE_INDENT_MAX + 1);
	set_content(out, &code);
	if (goes_on == b->depth && b->leaf == BLOCK_INDENTED)
		return;
	if (goes_on < b->depth && !b->open[goes_on].quote)
		b->list = goes_on + 1;
	begin_leaf(b, goes_on, BLOCK_NONE);
}

static void
open_fence(struct blocks *b, const struct line *inner, size_t n)
{
	b->fences[b->n_fences++] = (struct block_fence){n, line_names_markdown(inner, n)};
}

static void
read_fence(struct blocks *b, const struct line *inner, size_t n, int indent)
{
	b->sign = *inner->at;
	b->indent = indent;
	b->n_fences = 0;
	open_fence(b, inner, n);
}

/* What a line without an indentation of its own may be, whatever was before it. */
static bool
read_marked(struct blocks *b, const struct line *inner, int indent, size_t goes_on, struct block_line *out)
{
	bool behind_text = b->leaf == BLOCK_PARAGRAPH && goes_on == b->depth;
	enum html_kind html;
	size_t n;

	out->level = line_heading(inner);
	if (out->level > 0) {
		out->kind = LINE_HEADING;
		begin_leaf(b, goes_on, BLOCK_NONE);
		return true;
	}
	n = line_opens_fence(inner);
	if (n > 0) {
		out->kind = LINE_FENCE;
		read_fence(b, inner, n, indent);
		begin_leaf(b, goes_on, BLOCK_FENCE);
		return true;
	}
	html = html_begins(inner->at, inner->end, behind_text);
	if (html != HTML_NONE) {
		out->kind = LINE_HTML;
		out->begins = true;
		b->html = html;
		begin_leaf(b, goes_on, html_ends(html, inner->at, inner->end) ? BLOCK_NONE : BLOCK_HTML);
		return true;
	}
	return false;
}

static void
read_text(struct blocks *b, size_t goes_on, bool goes_on_lazily, struct block_line *out)
{
	out->kind = goes_on_lazily ? LINE_MORE : LINE_PARAGRAPH;
	if (goes_on_lazily)
		out->kept = b->depth;
	else
		begin_leaf(b, goes_on, BLOCK_PARAGRAPH);
}

/* What makes something else of the paragraph above it. */
static bool
read_below_text(struct blocks *b, const struct line *inner, bool partial, struct block_line *out)
{
	size_t n;

	out->level = line_underline(inner);
	if (out->level > 0 && partial) {
		read_text(b, b->depth, true, out);
		return true;
	}
	if (out->level > 0) {
		out->kind = LINE_UNDERLINE;
		b->leaf = BLOCK_NONE;
		return true;
	}
	n = cells_delimiters(inner->at, inner->end);
	if (n > 0 && n == b->cells) {
		out->kind = LINE_DELIMITER;
		b->leaf = BLOCK_TABLE;
		return true;
	}
	return false;
}

/* Outside of code, HTML, and whatever else takes lines as they are. `l`: what is left of it after quotes and items. */
static void
read_leaf(struct blocks *b, const struct line *l, size_t goes_on, bool partial, struct block_line *out)
{
	struct line inner = *l;
	int indent = line_indent(l);
	bool indented = indent > LINE_INDENT_MAX, whole = goes_on == b->depth, text = b->leaf == BLOCK_PARAGRAPH;

	line_skip_columns(&inner, indent);
	out->at = inner.at;
	if (line_is_empty(l->at, l->end)) {
		read_blank(b, l, goes_on, out);
	} else if (!indented && read_marked(b, &inner, indent, goes_on, out)) {
		if (out->kind == LINE_HTML)
			set_content(out, l);
	} else if (!indented && text && whole && read_below_text(b, &inner, partial, out)) {
		return;
	} else if (!indented && line_is_break(&inner)) {
		out->kind = LINE_BREAK;
		begin_leaf(b, goes_on, BLOCK_NONE);
	} else if (!indented && b->leaf == BLOCK_TABLE && whole && (partial || cells_count(inner.at, inner.end) > 0)) {
		out->kind = LINE_ROW;
	} else if (indented && !text) {
		struct line code = *l;

		line_skip_columns(&code, LINE_INDENT_MAX + 1);
		out->kind = LINE_INDENTED;
		out->begins = !whole || b->leaf != BLOCK_INDENTED;
		set_content(out, &code);
		begin_leaf(b, goes_on, BLOCK_INDENTED);
	} else {
		read_text(b, goes_on, text, out);
	}
}

/* ---- a line ---- */

/* A fence as code of the one it stands in, that nobody takes for the end of that. */
static bool
open_inner_fence(struct blocks *b, const struct line *l)
{
	const struct block_fence *fence = &b->fences[b->n_fences - 1];
	struct line inner = *l;
	size_t n;

	if (!fence->nests || b->n_fences == BLOCKS_FENCES_MAX || line_indent(l) > LINE_INDENT_MAX)
		return false;
	line_skip_columns(&inner, LINE_INDENT_MAX);
	n = line_opens_fence(&inner);
	if (n < fence->length || *inner.at != b->sign || !line_names_language(&inner, n))
		return false;
	open_fence(b, &inner, n);
	return true;
}

static void
read_code(struct blocks *b, struct line *l, struct block_line *out)
{
	if (!open_inner_fence(b, l) && line_closes_fence(l, b->sign, b->fences[b->n_fences - 1].length))
		b->n_fences--;
	if (b->n_fences == 0) {
		out->kind = LINE_FENCE_END;
		b->leaf = BLOCK_NONE;
		return;
	}
	line_skip_columns(l, b->indent);
	out->kind = LINE_CODE;
	set_content(out, l);
}

static void
read_html(struct blocks *b, const struct line *l, struct block_line *out)
{
	out->kind = LINE_HTML;
	set_content(out, l);
	if (html_ends(b->html, l->at, l->end))
		b->leaf = BLOCK_NONE;
}

/* A line of a display formula, indented as it is written. Code ends even one that is not closed, and so does a heading. */
static bool
read_formula(struct blocks *b, const struct line *l, struct block_line *out)
{
	struct line inner = *l;

	line_skip_columns(&inner, line_indent(l));
	if (b->leaf != BLOCK_PARAGRAPH || !b->formula || line_is_empty(l->at, l->end) || line_opens_fence(&inner) ||
	        line_heading(&inner))
		return false;
	out->at = line_tab_rest(l) > 0 ? inner.at : l->at;
	read_text(b, b->depth, true, out);
	return true;
}

static bool
is_html_over(const struct blocks *b, const struct line *l)
{
	return b->html >= HTML_BLOCK && line_is_empty(l->at, l->end);
}

struct block_line
blocks_line(struct blocks *b, const char *begin, const char *end, bool partial)
{
	struct line l = {begin, end, 0, false};
	size_t goes_on = go_on(b, &l);
	struct block_line out = {.kept = goes_on, .at = l.at, .end = end};
	bool whole = goes_on == b->depth;

	if (whole && b->leaf == BLOCK_FENCE) {
		read_code(b, &l, &out);
	} else if (whole && b->leaf == BLOCK_HTML && !is_html_over(b, &l)) {
		read_html(b, &l, &out);
	} else if (!read_formula(b, &l, &out)) {
		if (b->leaf != BLOCK_PARAGRAPH && (!whole || b->leaf == BLOCK_FENCE || b->leaf == BLOCK_HTML))
			b->leaf = BLOCK_NONE;
		while (open_one(b, &l, goes_on))
			goes_on = b->depth;
		read_leaf(b, &l, goes_on, partial, &out);
	}
	if (out.kind != LINE_BLANK)
		b->list = 0;
	/* Nothing can follow on a part of a line. */
	if (!partial && (out.kind == LINE_PARAGRAPH || out.kind == LINE_MORE)) {
		char open = out.kind == LINE_MORE ? b->formula : 0;

		b->formula = formula_open(open, out.at, (size_t)(out.end - out.at));
		b->cells = open ? 0 : cells_count(out.at, out.end);
	}
	return out;
}
