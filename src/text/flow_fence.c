/*
 * flow_fence.c - code, with its number and language above it; and rules.
 */
#include "text/flow_inside.h"

#include <stdio.h>

#include "text/cluster.h"

enum {
	HEAD_RULE_COLS = 2,
};

void
flow_put_rule(struct flow *f, const struct block_line *l)
{
	struct sheet_shape shape;
	size_t start;

	if (flow_skims_rows(f))
		return;
	flow_begin_rows(f);
	shape = flow_shape(f, "", "", false);
	start = f->page.text.len;
	sheet_fill(&f->page, ROLE_SIGN, "─", f->cols - (int)f->page.leads[shape.first].cols);
	sheet_row(&f->page, start, (size_t)(l->at - f->source.data), shape.first);
	flow_end_rows(f);
}

/* The language is the first word after the fence. */
static void
put_language(struct flow *f, const struct block_line *l)
{
	const char *at = l->at, *end;
	struct clean clean = {0};

	while (at < l->end && *at == *l->at)
		at++;
	while (at < l->end && (*at == ' ' || *at == '\t'))
		at++;
	for (end = at; end < l->end && *end != ' ' && *end != '\t';)
		end++;
	if (end == at)
		return;
	markdown_put_typed(&f->markdown, &f->page, ROLE_SIGN, f->source.data, (size_t)(at - f->source.data),
	        (size_t)(end - at), &clean);
	sheet_puts(&f->page, ROLE_SIGN, " ");
}

/* A language that is not whole yet is none. */
static void
begin_code(struct flow *f, const struct block_line *l)
{
	f->state.code = (struct flow_code){0};
	if (f->state.coloured >= FLOW_COLOURED_MAX)
		return;
	if (f->colours && !f->trying && !flow_code_begin(&f->state.code, f->colours, l->at, (size_t)(l->end - l->at)))
		f->lacks_grammar = true;
}

static void
put_head_row(struct flow *f, const struct block_line *l)
{
	struct sheet *p = &f->page;
	struct sheet_shape shape;
	char number[32];
	size_t start;
	int width;

	flow_begin_rows(f);
	shape = flow_shape(f, "", "", true);
	width = f->cols - (int)p->leads[shape.first].cols;
	start = p->text.len;
	sheet_fill(p, ROLE_SIGN, "─", HEAD_RULE_COLS);
	snprintf(number, sizeof(number), " %zu ", f->state.codes);
	sheet_puts(p, ROLE_SIGN, number);
	put_language(f, l);
	sheet_fill(p, ROLE_SIGN, "─", width - cluster_width(p->text.data + start, p->text.len - start));
	sheet_row(p, start, (size_t)(l->at - f->source.data), shape.first);
	flow_end_rows(f);
}

void
flow_put_code_head(struct flow *f, const struct block_line *l)
{
	f->state.codes++;
	if (!flow_skims_rows(f))
		put_head_row(f, l);
	begin_code(f, l);
	f->state.leaf = BLOCK_FENCE;
}

void
flow_put_code_foot(struct flow *f)
{
	struct sheet *p = &f->page;
	struct sheet_shape shape;
	size_t start;

	f->state.code = (struct flow_code){0};
	flow_begin_rows(f);
	if (f->skims)
		return;
	shape = flow_shape(f, "", "", true);
	start = p->text.len;
	sheet_fill(p, ROLE_SIGN, "─", f->cols - (int)p->leads[shape.first].cols);
	sheet_row(p, start, f->at, shape.first);
}

void
flow_put_indented(struct flow *f, const struct block_line *l)
{
	struct block_line line = *l;
	struct sheet *p = &f->page;
	bool joins = !l->begins && !f->skims;

	if (joins && f->state.blanks > 0)
		flow_settle(f);
	for (; joins && f->state.blanks > 0; f->state.blanks--)
		sheet_row(p, p->text.len, f->state.blank,
		        p->n_rows > 0 ? p->rows[p->n_rows - 1].lead : flow_shape(f, "", "", true).rest);
	line.blanks += 4;
	flow_put_typed(f, ROLE_CODE, &line, "» ", true);
}
