/*
 * flow_rows.c - what every row begins with, and raw lines.
 */
#include "text/flow_inside.h"

void
flow_settle(struct flow *f)
{
	if (f->stale)
		sheet_truncate(&f->page, f->closed);
	f->stale = false;
	f->open.on = false;
}

struct sheet_shape
flow_shape(struct flow *f, const char *first, const char *rest, bool hard)
{
	struct sheet_shape shape = {.cols = f->cols, .hard = hard};
	struct buf lead = {0};

	flow_leads_put(&f->state.leads, f->cols, true, &lead);
	buf_puts(&lead, first);
	shape.first = sheet_lead(&f->page, buf_text(&lead), lead.len);
	buf_clear(&lead);
	flow_leads_put(&f->state.leads, f->cols, false, &lead);
	buf_puts(&lead, rest);
	shape.rest = sheet_lead(&f->page, buf_text(&lead), lead.len);
	buf_release(&lead);
	return shape;
}

/* Blank lines are shown as one row, and where nothing was before not at all; text that is shown as it is written has them
 * all. */
static void
put_blank_rows(struct flow *f)
{
	struct sheet *p = &f->page;
	size_t n = f->is_markdown && f->state.blanks > 1 ? 1 : f->state.blanks;
	struct buf lead = {0};

	f->state.blanks = 0;
	if (!f->state.begun || n == 0 || f->skims)
		return;
	flow_leads_put_common(&f->state.leads, f->cols, &lead);
	for (size_t i = 0; i < n; i++) {
		uint32_t number = sheet_lead(p, buf_text(&lead), lead.len);

		sheet_row(p, p->text.len, f->state.blank + i < f->at ? f->state.blank + i : f->at, number);
	}
	buf_release(&lead);
}

void
flow_begin_rows(struct flow *f)
{
	flow_settle(f);
	put_blank_rows(f);
	f->has_rows = f->has_rows || !f->trying;
	f->state.begun = true;
}

void
flow_end_rows(struct flow *f)
{
	flow_leads_shown(&f->state.leads);
}

bool
flow_skims_rows(struct flow *f)
{
	if (!f->skims)
		return false;
	flow_begin_rows(f);
	flow_end_rows(f);
	return true;
}

void
flow_put_empty_item(struct flow *f, size_t from)
{
	struct sheet_shape shape;

	if (flow_skims_rows(f))
		return;
	flow_begin_rows(f);
	shape = flow_shape(f, "", "", false);
	sheet_row(&f->page, f->page.text.len, from, shape.first);
	flow_end_rows(f);
}

/* ---- what goes on after the last row ---- */

void
flow_keep_open(struct flow *f, bool paragraph, enum role role, size_t from, size_t end, const struct sheet_shape *shape)
{
	f->open.on = f->trying;
	f->open.paragraph = paragraph;
	f->open.role = role;
	f->open.from = from;
	f->open.end = f->open.parsed_end = end;
	f->open.shape = *shape;
}

void
flow_go_on_typed(struct flow *f, size_t at, size_t end)
{
	markdown_put_typed(&f->markdown, &f->page, f->open.role, f->source.data, at, end - at, &f->open.clean);
	f->open.end = end;
}

/* What a line of code in colours looks like may depend on its end, up to where it is looked at. */
static bool
may_change(const struct flow *f)
{
	return f->state.code.language && !f->state.inside && f->open.end - f->open.from <= CODE_LINE_MAX;
}

bool
flow_may_go_on_typed(const struct flow *f, const struct block_line *l)
{
	return f->trying && f->stale && f->open.on && !f->open.paragraph && !may_change(f) &&
	       f->open.from == (size_t)(l->at - f->source.data) && f->open.end <= (size_t)(l->end - f->source.data);
}

/* A line of code changes what the next one looks like, whether it is shown or not. When the text has had as many colours as
 * it gets, the next line has none. */
static void
put_coloured(struct flow *f, size_t from, size_t end, struct clean *clean)
{
	struct flow_state *s = &f->state;
	size_t n = end - from < CODE_LINE_MAX ? end - from : CODE_LINE_MAX;

	if (f->skims)
		flow_code_skip(&s->code, f->colours, f->source.data + from, end - from);
	else
		flow_code_put(&s->code, f->colours, &f->markdown, &f->page, f->source.data, from, end - from, clean);
	s->coloured += n;
	if (!f->trying)
		f->cost += n * FLOW_COLOUR_COST;
	if (s->coloured >= FLOW_COLOURED_MAX)
		s->code = (struct flow_code){0};
}

static void
put_text(struct flow *f, enum role role, size_t from, size_t end, struct clean *clean)
{
	if (f->state.code.language && !f->state.inside)
		put_coloured(f, from, end, clean);
	else if (!f->skims)
		markdown_put_typed(&f->markdown, &f->page, role, f->source.data, from, end - from, clean);
}

void
flow_put_typed(struct flow *f, enum role role, const struct block_line *l, const char *rest_sign, bool hard)
{
	size_t from = (size_t)(l->at - f->source.data), end = (size_t)(l->end - f->source.data), start;
	struct clean clean = {.column = (size_t)l->blanks};
	struct sheet_shape shape;

	if (flow_may_go_on_typed(f, l)) {
		f->stale = false;
		flow_go_on_typed(f, f->open.end, end);
		sheet_wrap_on(&f->page, &f->open.shape);
		flow_end_rows(f);
		return;
	}
	if (f->skims) {
		flow_begin_rows(f);
		put_text(f, role, from, end, &clean);
		flow_end_rows(f);
		return;
	}
	if (f->state.code.language)
		role = ROLE_TEXT;
	flow_begin_rows(f);
	shape = flow_shape(f, f->state.inside ? rest_sign : "", rest_sign, hard);
	start = f->page.text.len;
	sheet_fill(&f->page, role, " ", l->blanks);
	put_text(f, role, from, end, &clean);
	sheet_wrap(&f->page, start, from, &shape);
	flow_end_rows(f);
	flow_keep_open(f, false, role, from, end, &shape);
	f->open.clean = clean;
}
