/*
 * flow_table.c - when a table is laid out.
 */
#include "text/flow_inside.h"

enum {
	ROW_LONG = 2048, /* bytes of a row that is not taken apart before it is whole */
	HEAD_MAX =
	        1024, /* bytes of the head and the line below it: a table with more of them ends where its flow does */
	REFIT_ROWS = 32, /* up to which all are laid out again when the columns change; then when they have doubled */
};

void
flow_add_row(struct flow *f, const struct block_line *l)
{
	f->has_rows = f->has_rows || !f->trying;
	if (!f->skims)
		table_add(&f->table, &f->markdown, f->source.data, (size_t)(l->at - f->source.data),
		        (size_t)(l->end - l->at));
}

/* Its rows are measured with the head. */
static void
begin_measuring(struct flow *f, const struct markdown_part *head, const struct markdown_part *delimiters)
{
	flow_begin_rows(f);
	table_begin(&f->table, f->source.data, delimiters->at, delimiters->len);
	table_add(&f->table, &f->markdown, f->source.data, head->at, head->len);
	f->table_shape = flow_shape(f, "", "", false);
	f->table_start = sheet_mark(&f->page);
	f->table_tried = f->trying;
	f->table_first = f->table_rows = f->fitted = 0;
	flow_end_rows(f);
}

/* The paragraph's last line is the head. */
void
flow_begin_table(struct flow *f, const struct block_line *l)
{
	struct flow_state *s = &f->state;
	struct markdown_part head = f->parts[s->first + --s->n_parts];

	if (s->n_parts > 0)
		flow_lay_paragraph(f);
	f->head = head;
	f->delimiters = (struct markdown_part){.at = (size_t)(l->at - f->source.data), .len = (size_t)(l->end - l->at)};
	if (!flow_skims_rows(f))
		begin_measuring(f, &f->head, &f->delimiters);
	s->head = (struct flow_head){0};
	s->leaf = BLOCK_TABLE;
}

void
flow_keep_head(struct flow *f, struct buf *heads)
{
	struct flow_state *s = &f->state;

	if (s->head.n > 0)
		return;
	if (f->head.len + f->delimiters.len > HEAD_MAX) {
		s->leaf = s->blocks.leaf = BLOCK_NONE;
		return;
	}
	s->head = (struct flow_head){heads->len, f->head.len, f->delimiters.len};
	buf_put(heads, f->source.data + f->head.at, f->head.len);
	buf_put(heads, f->source.data + f->delimiters.at, f->delimiters.len);
}

/* Its columns are as wide as the rows here need. */
void
flow_go_on_with_table(struct flow *f, const struct buf *heads)
{
	const struct flow_head *head = &f->state.head;

	table_begin(&f->table, heads->data, head->at + head->n, head->delimiters);
	table_add(&f->table, &f->markdown, heads->data, head->at, head->n);
	f->table_shape = flow_shape(f, "", "", false);
	f->table_start = sheet_mark(&f->page);
	f->table_tried = false;
	f->table_first = f->table_rows = 1;
	f->fitted = 0;
}

void
flow_begin_table_here(struct flow *f)
{
	f->table_start = sheet_mark(&f->page);
}

void
flow_show_table(struct flow *f, bool ends, bool partial)
{
	struct table *t = &f->table;
	size_t whole = t->n_rows - partial;
	int cols;

	if (f->skims)
		return;
	cols = f->cols - (int)f->page.leads[f->table_shape.rest].cols;
	flow_settle(f);
	if (ends || t->n_rows <= REFIT_ROWS || t->n_rows >= f->fitted * 2) {
		if (table_fit(t, cols) || f->fitted == 0) {
			sheet_truncate(&f->page, f->table_start);
			f->table_rows = f->table_first;
		}
		f->fitted = t->n_rows;
	}
	table_lay(t, &f->page, f->table_rows, whole, &f->table_shape);
	f->table_rows = whole;
	if (!f->table_tried)
		f->closed = sheet_mark(&f->page);
	if (partial)
		table_lay(t, &f->page, whole, t->n_rows, &f->table_shape);
}

void
flow_try_row(struct flow *f, const struct block_line *l)
{
	struct table_before before;

	if (l->end - l->at > ROW_LONG) {
		if (!flow_may_go_on_typed(f, l) || f->table_rows < f->table.n_rows)
			flow_show_table(f, false, false);
		flow_put_typed(f, ROLE_TEXT, l, "", false);
		return;
	}
	before = table_before(&f->table);
	flow_add_row(f, l);
	flow_show_table(f, false, true);
	table_take_back(&f->table, &before);
}
