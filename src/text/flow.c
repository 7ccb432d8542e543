/*
 * flow.c - whole lines go to text/blocks.c for good; what they close is laid out for good. Then a copy of that state reads
 * the line on its way, and what is still open is laid out after the rest, to be taken back with the next call.
 */
#include "text/flow.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "text/flow_inside.h"

enum {
	BLANKS_MAX = 1000, /* lines one after another */
};

struct flow *
flow_new(int cols, enum flow_look look)
{
	struct flow *f = mem_alloc(sizeof(*f));

	f->is_markdown = look == FLOW_MARKDOWN;
	f->cols = cols > 1 ? cols : 1;
	f->clean.tabs = true;
	return f;
}

void
flow_free(struct flow *f)
{
	if (!f)
		return;
	buf_release(&f->source);
	sheet_release(&f->page);
	markdown_release(&f->markdown);
	table_release(&f->table);
	free(f->parts);
	free(f);
}

void
flow_colour(struct flow *f, struct code_colours *colours)
{
	f->colours = colours;
}

bool
flow_lacks_grammar(const struct flow *f)
{
	return f->lacks_grammar;
}

size_t
flow_length(const struct flow *f)
{
	return f->source.len;
}

const struct sheet *
flow_sheet(const struct flow *f)
{
	return &f->page;
}

/* ---- lines ---- */

static void
end_leaf(struct flow *f)
{
	enum block_leaf leaf = f->state.leaf;

	bool text = leaf == BLOCK_PARAGRAPH && f->state.n_parts > 0;

	if (text)
		flow_show_paragraph(f);
	if (text && !f->trying)
		flow_keep_definitions(f);
	else if (leaf == BLOCK_TABLE)
		flow_show_table(f, !f->trying, false);
	else if (leaf == BLOCK_FENCE)
		flow_put_code_foot(f);
	f->state.leaf = BLOCK_NONE;
	f->state.level = 0;
}

static bool
goes_on(enum block_leaf leaf, enum block_line_kind kind)
{
	if (leaf == BLOCK_PARAGRAPH)
		return kind == LINE_MORE || kind == LINE_UNDERLINE || kind == LINE_DELIMITER;
	return (leaf == BLOCK_TABLE && kind == LINE_ROW) || (leaf == BLOCK_FENCE && kind == LINE_CODE);
}

static void
change_leads(struct flow *f, const struct block_line *l)
{
	struct flow_state *s = &f->state;

	if (flow_leads_waits(&s->leads, l->kept))
		flow_put_empty_item(f, (size_t)(l->at - f->source.data));
	flow_leads_close(&s->leads, l->kept);
	for (size_t i = l->kept; i < s->blocks.depth; i++)
		flow_leads_open(&s->leads, &s->blocks.open[i]);
}

/* More than so many are shown as so many. */
static void
take_blank(struct flow *f)
{
	if (f->state.blanks == 0)
		f->state.blank = f->at;
	if (f->state.blanks < BLANKS_MAX)
		f->state.blanks++;
}

/* Of a paragraph whose lines are in another flow there is no heading to be made. */
static void
put_underline(struct flow *f, const struct block_line *l)
{
	if (f->state.n_parts == 0) {
		flow_put_typed(f, ROLE_TEXT, l, "", false);
	} else {
		f->state.level = l->level;
		flow_lay_paragraph(f);
	}
	f->state.leaf = BLOCK_NONE;
	f->state.level = 0;
}

static void
put_line(struct flow *f, const struct block_line *l)
{
	switch (l->kind) {
	case LINE_BLANK:
		if (f->state.blocks.depth == l->kept) /* else it begins an item or a quote */
			take_blank(f);
		break;
	case LINE_PARAGRAPH:
		flow_begin_paragraph(f, l);
		break;
	case LINE_MORE:
		flow_add_part(f, l);
		break;
	case LINE_UNDERLINE:
		put_underline(f, l);
		break;
	case LINE_HEADING:
		flow_put_heading(f, l);
		break;
	case LINE_BREAK:
		flow_put_rule(f, l);
		break;
	case LINE_FENCE:
		flow_put_code_head(f, l);
		break;
	case LINE_FENCE_END:
		break;
	case LINE_CODE:
		flow_put_typed(f, ROLE_CODE, l, "» ", true);
		break;
	case LINE_INDENTED:
		flow_put_indented(f, l);
		break;
	case LINE_HTML:
		flow_put_typed(f, ROLE_TEXT, l, "", false);
		break;
	case LINE_DELIMITER:
		flow_begin_table(f, l);
		break;
	case LINE_ROW:
		flow_add_row(f, l);
		break;
	}
}

static void
take_markdown(struct flow *f, const char *begin, const char *end, bool partial)
{
	struct block_line l = blocks_line(&f->state.blocks, begin, end, partial);

	if (!goes_on(f->state.leaf, l.kind))
		end_leaf(f);
	change_leads(f, &l);
	if (partial && l.kind == LINE_ROW)
		flow_try_row(f, &l);
	else
		put_line(f, &l);
	if (partial && l.kind == LINE_DELIMITER)
		flow_show_table(f, false, false);
}

static void
take_typed(struct flow *f, const char *begin, const char *end)
{
	struct block_line l = {.at = begin, .end = end};

	if (begin == end)
		take_blank(f);
	else
		flow_put_typed(f, ROLE_TEXT, &l, "", false);
}

/* What is left of a line that another flow has the start of. */
static void
take_inside(struct flow *f, const char *begin, const char *end)
{
	struct block_line l = {.at = begin, .end = end};

	if (begin == end)
		return;
	if (f->state.leaf == BLOCK_FENCE)
		flow_put_typed(f, ROLE_CODE, &l, "» ", true);
	else
		flow_put_typed(f, ROLE_TEXT, &l, "", false);
	if (f->state.leaf == BLOCK_TABLE && !f->trying)
		flow_begin_table_here(f);
}

static void
take_line(struct flow *f, size_t at, size_t end, bool partial)
{
	const char *text = f->source.data;

	if (!f->trying)
		f->cost += end - at + FLOW_LINE_COST;
	if (f->state.inside)
		take_inside(f, text + at, text + end);
	else if (f->is_markdown)
		take_markdown(f, text + at, text + end, partial);
	else
		take_typed(f, text + at, text + end);
}

/* ---- growing ---- */

static void
take_whole_lines(struct flow *f)
{
	while (f->at < f->source.len) {
		const char *from = f->source.data + f->at, *feed = memchr(from, '\n', f->source.len - f->at);

		if (!feed && !f->ended)
			break;
		take_line(f, f->at, feed ? (size_t)(feed - f->source.data) : f->source.len, false);
		f->state.inside = false;
		f->at = feed ? (size_t)(feed - f->source.data) + 1 : f->source.len;
	}
	if (!f->stale)
		f->closed = sheet_mark(&f->page);
}

/* Nothing in it goes on. */
static void
end_all(struct flow *f)
{
	end_leaf(f);
	if (flow_leads_waits(&f->state.leads, 0))
		flow_put_empty_item(f, f->source.len);
	flow_settle(f);
	f->closed = sheet_mark(&f->page);
}

static void
copy_state(struct flow_state *to, const struct flow_state *from)
{
	size_t rest = offsetof(struct flow_state, leaf);

	blocks_copy(&to->blocks, &from->blocks);
	flow_leads_copy(&to->leads, &from->leads);
	memcpy((char *)to + rest, (const char *)from + rest, sizeof(*to) - rest);
}

/* The line on its way, and the block that is open. */
static void
try_rest(struct flow *f)
{
	struct flow_state before;
	bool rest = f->at < f->source.len;

	copy_state(&before, &f->state);
	f->trying = true;
	if (rest)
		take_line(f, f->at, f->source.len, true);
	if (f->state.leaf == BLOCK_PARAGRAPH && f->state.n_parts > 0)
		flow_show_paragraph(f);
	else if (f->state.leaf == BLOCK_TABLE && !rest)
		flow_show_table(f, false, false);
	if (flow_leads_waits(&f->state.leads, 0))
		flow_put_empty_item(f, f->source.len);
	f->trying = false;
	if (f->stale)
		flow_settle(f);
	copy_state(&f->state, &before);
}

/* Cleans what is new. */
static void
take_text(struct flow *f, const char *text, size_t n)
{
	if (n > f->taken)
		clean_text(&f->clean, text + f->taken, n - f->taken, &f->source);
	f->taken = n;
	f->stale = f->page.text.len > f->closed.text || f->page.n_rows > f->closed.n_rows;
}

void
flow_grow(struct flow *f, const char *text, size_t n, bool ended)
{
	take_text(f, text, n);
	if (ended && !f->ended)
		clean_end(&f->clean, &f->source);
	f->ended = ended;
	take_whole_lines(f);
	if (ended)
		end_all(f);
	else
		try_rest(f);
}

/* ---- going on where another flow stopped ---- */

void
flow_skim(struct flow *f)
{
	f->skims = true;
}

void
flow_start(struct flow *f, const struct flow_state *s, const struct clean *clean, size_t base,
        const struct buf *definitions, const struct buf *heads)
{
	f->state = *s;
	f->clean = *clean;
	f->page.base = base;
	buf_put(&f->markdown.definitions, buf_text(definitions), s->definitions);
	if (!f->colours)
		f->state.code = (struct flow_code){0};
	if (s->leaf == BLOCK_TABLE && !f->skims)
		flow_go_on_with_table(f, heads);
}

void
flow_take(struct flow *f, const char *text, size_t n, bool cut)
{
	take_text(f, text, n);
	take_whole_lines(f);
	if (!cut || f->at == f->source.len)
		return;
	take_line(f, f->at, f->source.len, false);
	f->at = f->source.len;
	f->state.inside = true;
	if (!f->stale)
		f->closed = sheet_mark(&f->page);
}

void
flow_stop(struct flow *f, struct buf *heads)
{
	struct flow_state *s = &f->state;

	f->stale = f->page.text.len > f->closed.text || f->page.n_rows > f->closed.n_rows;
	if (s->leaf == BLOCK_PARAGRAPH && s->n_parts > 0)
		flow_lay_paragraph(f);
	else if (s->leaf == BLOCK_TABLE)
		flow_show_table(f, true, false);
	flow_settle(f);
	if (s->leaf == BLOCK_TABLE)
		flow_keep_head(f, heads);
	s->first = s->n_parts = 0;
	s->blocks.cells = 0;
	s->blank = 0;
	s->definitions = f->markdown.definitions.len;
	f->closed = sheet_mark(&f->page);
}
