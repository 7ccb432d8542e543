/*
 * flow.c - whole lines go to text/blocks.c for good; what they close is laid out for good. Then a copy of that state reads
 * the line on its way, and what is still open is laid out behind the rest, to be taken back with the next call.
 */
#include "text/flow.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "text/blocks.h"
#include "text/clean.h"
#include "text/cluster.h"
#include "text/flow_code.h"
#include "text/flow_lead.h"
#include "text/markdown.h"
#include "text/table.h"

enum {
	GROW_LEAST = 2048, /* bytes of a paragraph from which on it is not parsed again each time, */
	GROW_PART = 8,     /* but when this part of it is new */
	ROW_LONG = 2048,   /* bytes of a table's row that is not taken apart before it is whole */
	REFIT_ROWS =
	        32, /* of a table, up to which all are laid out again when its columns change; then when they have */
	            /* doubled */
	HEAD_RULE_COLS = 2,
};

/* What the lines so far have left open. */
struct state {
	struct blocks blocks;
	struct flow_leads leads;
	enum block_leaf leaf;  /* that rows are still to be made of, or that is still to be closed */
	int level;             /* of the heading that a paragraph has become; 0: none */
	size_t first, n_parts; /* of the parts: lines of the paragraph */
	size_t blanks, blank;  /* lines of that kind since the last row, and where the first one is */
	size_t codes;          /* fences so far */
	struct flow_code code; /* of the open one */
};

struct flow {
	enum flow_look look;
	int cols;
	struct clean clean;
	struct buf source; /* cleaned */
	size_t taken;      /* bytes of the original */
	bool ended;

	size_t at; /* of the source: whole lines were read up to here */
	struct state state;
	bool trying; /* what is laid out now will be taken back */
	struct page page;
	struct page_mark closed; /* up to here it stays as it is */
	bool stale;              /* what is behind that is to be taken back before anything is put */

	struct grammars *grammars; /* NULL: code is plain */
	struct highlight highlight;
	bool lacks_grammar;

	struct markdown markdown;
	struct markdown_part *parts;
	size_t space_parts;

	struct table table;
	struct page_mark table_start;
	struct page_shape table_shape;
	bool table_tried;  /* it began with what is tried */
	size_t table_rows; /* that are laid out for good, unless the columns' widths change; */
	size_t fitted;     /* and how many there were when they last did */

	/* What was laid out last, when that can go on behind the last row: text[from..end) of the source. */
	struct {
		bool on, paragraph;
		size_t from, end, parsed_end;
		struct clean clean;
		enum role role;
		struct page_shape shape;
	} open;
};

struct flow *
flow_new(int cols, enum flow_look look)
{
	struct flow *f = mem_alloc(sizeof(*f));

	f->look = look;
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
	page_release(&f->page);
	markdown_release(&f->markdown);
	highlight_release(&f->highlight);
	table_release(&f->table);
	free(f->parts);
	free(f);
}

void
flow_colour(struct flow *f, struct grammars *grammars)
{
	f->grammars = grammars;
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

const struct page *
flow_page(const struct flow *f)
{
	return &f->page;
}

/* ---- putting rows ---- */

static void
settle(struct flow *f)
{
	if (f->stale)
		page_truncate(&f->page, f->closed);
	f->stale = false;
	f->open.on = false;
}

/* The leads of rows that begin now; these have something of their own behind them. */
static struct page_shape
shape_of(struct flow *f, const char *first, const char *rest, bool hard)
{
	struct page_shape shape = {.cols = f->cols, .hard = hard};
	struct buf lead = {0};

	flow_leads_put(&f->state.leads, f->cols, true, &lead);
	buf_puts(&lead, first);
	shape.first = page_lead(&f->page, buf_text(&lead), lead.len);
	buf_clear(&lead);
	flow_leads_put(&f->state.leads, f->cols, false, &lead);
	buf_puts(&lead, rest);
	shape.rest = page_lead(&f->page, buf_text(&lead), lead.len);
	buf_release(&lead);
	return shape;
}

/* Blank lines are shown as one row, and where nothing was before not at all; text that is shown as it is written has them
 * all. */
static void
put_blank_rows(struct flow *f)
{
	struct page *p = &f->page;
	size_t n = f->look == FLOW_MARKDOWN && f->state.blanks > 1 ? 1 : f->state.blanks;
	struct buf lead = {0};

	f->state.blanks = 0;
	if (p->n_rows == 0 || n == 0)
		return;
	flow_leads_put_common(&f->state.leads, f->cols, &lead);
	for (size_t i = 0; i < n; i++) {
		uint32_t number = page_lead(p, buf_text(&lead), lead.len);

		page_row(p, p->text.len, f->state.blank + i, number);
	}
	buf_release(&lead);
}

/* Whatever makes rows begins with this. */
static void
begin_rows(struct flow *f)
{
	settle(f);
	put_blank_rows(f);
}

static void
end_rows(struct flow *f)
{
	flow_leads_shown(&f->state.leads);
}

/* An item or a quote in which there is nothing (yet). */
static void
put_empty_item(struct flow *f, size_t from)
{
	struct page_shape shape;

	begin_rows(f);
	shape = shape_of(f, "", "", false);
	page_row(&f->page, f->page.text.len, from, shape.first);
	end_rows(f);
}

/* ---- what goes on behind the last row ---- */

static void
keep_open(struct flow *f, bool paragraph, enum role role, size_t from, size_t end, const struct page_shape *shape)
{
	f->open.on = f->trying;
	f->open.paragraph = paragraph;
	f->open.role = role;
	f->open.from = from;
	f->open.end = f->open.parsed_end = end;
	f->open.shape = *shape;
}

static void
go_on_typed(struct flow *f, size_t at, size_t end)
{
	markdown_put_typed(&f->markdown, &f->page, f->open.role, f->source.data, at, end - at, &f->open.clean);
	f->open.end = end;
}

static bool
may_go_on_typed(const struct flow *f, const struct block_line *l)
{
	return f->trying && f->stale && f->open.on && !f->open.paragraph && !f->state.code.grammar &&
	       f->open.from == (size_t)(l->at - f->source.data) && f->open.end <= (size_t)(l->end - f->source.data);
}

/* What a line of code looks like may depend on its end, so it is read again as it grows. */
static void
put_text(struct flow *f, enum role role, size_t from, size_t end, struct clean *clean)
{
	if (f->state.code.grammar)
		flow_code_put(&f->state.code, &f->highlight, &f->markdown, &f->page, f->source.data, from, end - from, clean);
	else
		markdown_put_typed(&f->markdown, &f->page, role, f->source.data, from, end - from, clean);
}

/* A line as it is written. */
static void
put_typed(struct flow *f, enum role role, const struct block_line *l, const char *rest_sign, bool hard)
{
	size_t from = (size_t)(l->at - f->source.data), end = (size_t)(l->end - f->source.data), start;
	struct clean clean = {.column = (size_t)l->blanks};
	struct page_shape shape;

	if (may_go_on_typed(f, l)) {
		f->stale = false;
		go_on_typed(f, f->open.end, end);
		page_wrap_on(&f->page, &f->open.shape);
		end_rows(f);
		return;
	}
	begin_rows(f);
	shape = shape_of(f, "", rest_sign, hard);
	start = f->page.text.len;
	page_fill(&f->page, role, " ", l->blanks);
	put_text(f, role, from, end, &clean);
	page_wrap(&f->page, start, from, &shape);
	end_rows(f);
	keep_open(f, false, role, from, end, &shape);
	f->open.clean = clean;
}

/* ---- paragraphs and headings ---- */

static void
add_part(struct flow *f, const struct block_line *l)
{
	struct state *s = &f->state;
	size_t i = s->first + s->n_parts;

	if (i >= f->space_parts) {
		f->space_parts = f->space_parts * 2 + 16;
		f->parts = mem_realloc(f->parts, f->space_parts * sizeof(*f->parts));
	}
	f->parts[i] = (struct markdown_part){(size_t)(l->at - f->source.data), (size_t)(l->end - l->at), false};
	s->n_parts++;
}

/* What is tried must not overwrite the lines of the paragraph that is open. */
static void
begin_paragraph(struct flow *f, const struct block_line *l)
{
	struct state *s = &f->state;

	s->leaf = BLOCK_PARAGRAPH;
	s->level = 0;
	s->first = f->trying ? s->first + s->n_parts : 0;
	s->n_parts = 0;
	add_part(f, l);
}

/* Is the first letter one of those that are written from right to left? They are shown in the order in which they are
 * read. */
static bool
is_right_to_left(const char *text, size_t n)
{
	for (size_t i = 0; i + 2 < n; i++) {
		unsigned char a = (unsigned char)text[i], b = (unsigned char)text[i + 1],
		              c = (unsigned char)text[i + 2];

		if ((a >= 'a' && a <= 'z') || (a >= 'A' && a <= 'Z') || (a >= 0xc3 && a < 0xd6))
			return false;
		if (a >= 0xe1 && a <= 0xed && a != 0xe2)
			return false;
		if ((a == 0xd6 && b >= 0x90) || (a >= 0xd7 && a <= 0xdf) || (a == 0xe0 && b >= 0xa0 && b <= 0xa3))
			return true;
		if (a == 0xef && ((b == 0xac && c >= 0x9d) || (b >= 0xad && b <= 0xb7) || (b >= 0xb9 && b <= 0xba)))
			return true;
	}
	return false;
}

static const char *
heading_sign(int level)
{
	static const char signs[] = "###### ";

	return level > 0 ? signs + sizeof(signs) - 2 - level : "";
}

/* A task's box takes the place of its item's sign. */
static void
take_task(struct flow *f, struct markdown_part *part)
{
	const char *text = f->source.data + part->at;

	if (part->len < 5 || text[0] != '[' || text[2] != ']' || text[3] != ' ' || !strchr(" xX", text[1]))
		return;
	if (!flow_leads_task(&f->state.leads, text[1] != ' '))
		return;
	part->at += 4;
	part->len -= 4;
}

static struct page_shape
paragraph_shape(struct flow *f, const struct markdown_part *parts, size_t n)
{
	static const char blanks[] = "          ";
	const char *text = f->source.data + parts[0].at, *sign = heading_sign(f->state.level);
	bool mark = is_right_to_left(text, parts[n - 1].at + parts[n - 1].len - parts[0].at);
	char first[16];

	memcpy(first, sign, strlen(sign) + 1);
	strcat(first, mark ? "← " : "");
	return shape_of(f, first, blanks + sizeof(blanks) - 1 - strlen(sign) - (mark ? 2 : 0), false);
}

static void
lay_paragraph(struct flow *f)
{
	struct state *s = &f->state;
	struct markdown_part *parts = f->parts + s->first, whole = parts[0];
	size_t n = s->n_parts, end = parts[n - 1].at + parts[n - 1].len, start;
	struct page_shape shape;

	begin_rows(f);
	if (s->level == 0)
		take_task(f, &parts[0]);
	shape = paragraph_shape(f, parts, n);
	start = f->page.text.len;
	markdown_put(&f->markdown, &f->page, s->level > 0 ? ROLE_HEADING : ROLE_TEXT, f->source.data, parts, n);
	page_wrap(&f->page, start, parts[0].at, &shape);
	parts[0] = whole;
	end_rows(f);
	keep_open(f, true, ROLE_TEXT, whole.at, end, &shape);
	f->open.clean = (struct clean){0};
}

/* Is so little of the paragraph new that it may be shown as it is written? */
static bool
may_go_on(const struct flow *f, size_t from, size_t end)
{
	size_t size = end - from;

	if (!f->open.on || !f->open.paragraph || f->open.from != from || f->open.end > end || size < GROW_LEAST ||
	        !f->stale)
		return false;
	if (f->open.parsed_end - from > MARKDOWN_MAX)
		return true;
	return (end - f->open.parsed_end) * GROW_PART < size;
}

static void
go_on_paragraph(struct flow *f)
{
	const struct state *s = &f->state;
	size_t i = s->first + s->n_parts;

	f->stale = false;
	while (i > s->first && f->parts[i - 1].at + f->parts[i - 1].len > f->open.end)
		i--;
	for (; i < s->first + s->n_parts; i++) {
		const struct markdown_part *part = &f->parts[i];
		bool anew = part->at >= f->open.end;

		if (anew)
			page_puts(&f->page, ROLE_TEXT, "\n");
		if (anew)
			f->open.clean = (struct clean){0};
		go_on_typed(f, anew ? part->at : f->open.end, part->at + part->len);
	}
	page_wrap_on(&f->page, &f->open.shape);
	end_rows(f);
}

static void
show_paragraph(struct flow *f)
{
	const struct state *s = &f->state;
	const struct markdown_part *last = &f->parts[s->first + s->n_parts - 1];

	if (f->trying && may_go_on(f, f->parts[s->first].at, last->at + last->len))
		go_on_paragraph(f);
	else
		lay_paragraph(f);
}

static void
put_heading(struct flow *f, const struct block_line *l)
{
	struct block_line text = *l;
	const char *end;

	text.at += l->level;
	while (text.at < text.end && (*text.at == ' ' || *text.at == '\t'))
		text.at++;
	while (text.end > text.at && (text.end[-1] == ' ' || text.end[-1] == '\t'))
		text.end--;
	for (end = text.end; end > text.at && end[-1] == '#';)
		end--;
	if (end == text.at || end[-1] == ' ' || end[-1] == '\t')
		text.end = end;
	begin_paragraph(f, &text);
	f->state.level = l->level;
	lay_paragraph(f);
	f->state.leaf = BLOCK_NONE;
	f->state.level = 0;
}

static void
put_rule(struct flow *f, const struct block_line *l)
{
	struct page_shape shape;
	size_t start;

	begin_rows(f);
	shape = shape_of(f, "", "", false);
	start = f->page.text.len;
	page_fill(&f->page, ROLE_SIGN, "─", f->cols - (int)f->page.leads[shape.first].cols);
	page_row(&f->page, start, (size_t)(l->at - f->source.data), shape.first);
	end_rows(f);
}

/* ---- code ---- */

/* The language is the first word behind the fence. */
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
	page_puts(&f->page, ROLE_SIGN, " ");
}

/* A language that is not whole yet is none. */
static void
begin_code(struct flow *f, const struct block_line *l)
{
	f->state.code = (struct flow_code){0};
	if (f->grammars && !f->trying && !flow_code_begin(&f->state.code, f->grammars, l->at, (size_t)(l->end - l->at)))
		f->lacks_grammar = true;
}

static void
put_code_head(struct flow *f, const struct block_line *l)
{
	struct page *p = &f->page;
	struct page_shape shape;
	char number[32];
	size_t start;
	int width;

	begin_rows(f);
	f->state.codes++;
	shape = shape_of(f, "", "", true);
	width = f->cols - (int)p->leads[shape.first].cols;
	start = p->text.len;
	page_fill(p, ROLE_SIGN, "─", HEAD_RULE_COLS);
	snprintf(number, sizeof(number), " %zu ", f->state.codes);
	page_puts(p, ROLE_SIGN, number);
	put_language(f, l);
	page_fill(p, ROLE_SIGN, "─", width - cluster_width(p->text.data + start, p->text.len - start));
	page_row(p, start, (size_t)(l->at - f->source.data), shape.first);
	end_rows(f);
	begin_code(f, l);
	f->state.leaf = BLOCK_FENCE;
}

static void
put_code_foot(struct flow *f)
{
	struct page *p = &f->page;
	struct page_shape shape;
	size_t start;

	f->state.code = (struct flow_code){0};
	begin_rows(f);
	shape = shape_of(f, "", "", true);
	start = p->text.len;
	page_fill(p, ROLE_SIGN, "─", f->cols - (int)p->leads[shape.first].cols);
	page_row(p, start, f->at, shape.first);
}

static void
put_indented(struct flow *f, const struct block_line *l)
{
	struct block_line line = *l;

	if (!l->begins && f->state.blanks > 0)
		settle(f);
	for (; !l->begins && f->state.blanks > 0; f->state.blanks--)
		page_row(&f->page, f->page.text.len, f->state.blank, f->page.rows[f->page.n_rows - 1].lead);
	line.blanks += 4;
	put_typed(f, ROLE_CODE, &line, "» ", true);
}

/* ---- tables ---- */

static void
add_row(struct flow *f, const struct block_line *l)
{
	table_add(&f->table, &f->markdown, f->source.data, (size_t)(l->at - f->source.data), (size_t)(l->end - l->at));
}

/* The paragraph's last line is the head. */
static void
begin_table(struct flow *f, const struct block_line *l)
{
	struct state *s = &f->state;
	struct markdown_part head = f->parts[s->first + --s->n_parts];

	if (s->n_parts > 0)
		lay_paragraph(f);
	begin_rows(f);
	table_begin(&f->table, f->source.data, (size_t)(l->at - f->source.data), (size_t)(l->end - l->at));
	table_add(&f->table, &f->markdown, f->source.data, head.at, head.len);
	f->table_shape = shape_of(f, "", "", false);
	f->table_start = page_mark(&f->page);
	f->table_tried = f->trying;
	f->table_rows = f->fitted = 0;
	end_rows(f);
	s->leaf = BLOCK_TABLE;
}

/* Lays out what is new, or all of it when the columns' widths are others and that is not asked too often. The last row
 * may be a part of one only. */
static void
show_table(struct flow *f, bool ends, bool partial)
{
	struct table *t = &f->table;
	size_t whole = t->n_rows - partial;
	int cols = f->cols - (int)f->page.leads[f->table_shape.rest].cols;

	settle(f);
	if (ends || t->n_rows <= REFIT_ROWS || t->n_rows >= f->fitted * 2) {
		if (table_fit(t, cols) || f->fitted == 0) {
			page_truncate(&f->page, f->table_start);
			f->table_rows = 0;
		}
		f->fitted = t->n_rows;
	}
	table_lay(t, &f->page, f->table_rows, whole, &f->table_shape);
	f->table_rows = whole;
	if (!f->table_tried)
		f->closed = page_mark(&f->page);
	if (partial)
		table_lay(t, &f->page, whole, t->n_rows, &f->table_shape);
}

/* A row on its way. */
static void
try_row(struct flow *f, const struct block_line *l)
{
	struct table_before before;

	if (l->end - l->at > ROW_LONG) {
		if (!may_go_on_typed(f, l) || f->table_rows < f->table.n_rows)
			show_table(f, false, false);
		put_typed(f, ROLE_TEXT, l, "", false);
		return;
	}
	before = table_before(&f->table);
	add_row(f, l);
	show_table(f, false, true);
	table_take_back(&f->table, &before);
}

/* ---- lines ---- */

static void
end_leaf(struct flow *f)
{
	enum block_leaf leaf = f->state.leaf;

	if (leaf == BLOCK_PARAGRAPH)
		show_paragraph(f);
	else if (leaf == BLOCK_TABLE)
		show_table(f, !f->trying, false);
	else if (leaf == BLOCK_FENCE)
		put_code_foot(f);
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
	struct state *s = &f->state;

	if (flow_leads_waits(&s->leads, l->kept))
		put_empty_item(f, (size_t)(l->at - f->source.data));
	flow_leads_close(&s->leads, l->kept);
	for (size_t i = l->kept; i < s->blocks.depth; i++)
		flow_leads_open(&s->leads, &s->blocks.open[i]);
}

static void
take_blank(struct flow *f)
{
	if (f->state.blanks++ == 0)
		f->state.blank = f->at;
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
		begin_paragraph(f, l);
		break;
	case LINE_MORE:
		add_part(f, l);
		break;
	case LINE_UNDERLINE:
		f->state.level = l->level;
		lay_paragraph(f);
		f->state.leaf = BLOCK_NONE;
		f->state.level = 0;
		break;
	case LINE_HEADING:
		put_heading(f, l);
		break;
	case LINE_BREAK:
		put_rule(f, l);
		break;
	case LINE_FENCE:
		put_code_head(f, l);
		break;
	case LINE_FENCE_END:
		break;
	case LINE_CODE:
		put_typed(f, ROLE_CODE, l, "» ", true);
		break;
	case LINE_INDENTED:
		put_indented(f, l);
		break;
	case LINE_HTML:
		put_typed(f, ROLE_TEXT, l, "", false);
		break;
	case LINE_DELIMITER:
		begin_table(f, l);
		break;
	case LINE_ROW:
		add_row(f, l);
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
		try_row(f, &l);
	else
		put_line(f, &l);
	if (partial && l.kind == LINE_DELIMITER)
		show_table(f, false, false);
}

static void
take_typed(struct flow *f, const char *begin, const char *end)
{
	struct block_line l = {.at = begin, .end = end};

	if (begin == end)
		take_blank(f);
	else
		put_typed(f, ROLE_TEXT, &l, "", false);
}

static void
take_line(struct flow *f, size_t at, size_t end, bool partial)
{
	const char *text = f->source.data;

	if (f->look == FLOW_MARKDOWN)
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
		f->at = feed ? (size_t)(feed - f->source.data) + 1 : f->source.len;
	}
	if (!f->stale)
		f->closed = page_mark(&f->page);
}

/* Nothing in it goes on. */
static void
end_all(struct flow *f)
{
	end_leaf(f);
	if (flow_leads_waits(&f->state.leads, 0))
		put_empty_item(f, f->source.len);
	settle(f);
	f->closed = page_mark(&f->page);
}

/* The line on its way, and the block that is open. */
static void
try_rest(struct flow *f)
{
	struct state before = f->state;
	bool rest = f->at < f->source.len;

	f->trying = true;
	if (rest)
		take_line(f, f->at, f->source.len, true);
	if (f->state.leaf == BLOCK_PARAGRAPH)
		show_paragraph(f);
	else if (f->state.leaf == BLOCK_TABLE && !rest)
		show_table(f, false, false);
	if (flow_leads_waits(&f->state.leads, 0))
		put_empty_item(f, f->source.len);
	f->trying = false;
	if (f->stale)
		settle(f);
	f->state = before;
}

void
flow_grow(struct flow *f, const char *text, size_t n, bool ended)
{
	if (n > f->taken)
		clean_text(&f->clean, text + f->taken, n - f->taken, &f->source);
	f->taken = n;
	if (ended && !f->ended)
		clean_end(&f->clean, &f->source);
	f->ended = ended;
	f->stale = f->page.text.len > f->closed.text || f->page.n_rows > f->closed.n_rows;
	take_whole_lines(f);
	if (ended)
		end_all(f);
	else
		try_rest(f);
}
