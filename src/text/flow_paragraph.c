/*
 * flow_paragraph.c - paragraphs and headings. One that is nothing but text goes on after its last row; any other is laid
 * out again each time while it is short.
 */
#include "text/flow_inside.h"

#include <string.h>

#include "base/mem.h"

enum {
	GROW_LEAST = 2048,     /* bytes of a paragraph from which on it is not parsed again each time, */
	GROW_PART = 8,         /* but when this part of it is new */
	ADDRESS_BEGINNING = 3, /* bytes that with those after them may begin an address: "www" and "." */
};

void
flow_add_part(struct flow *f, const struct block_line *l)
{
	struct flow_state *s = &f->state;
	size_t i = s->first + s->n_parts;

	if (i >= f->space_parts) {
		f->space_parts = f->space_parts * 2 + 16;
		f->parts = mem_realloc(f->parts, f->space_parts * sizeof(*f->parts));
	}
	f->parts[i] = (struct markdown_part){(size_t)(l->at - f->source.data), (size_t)(l->end - l->at), false};
	s->n_parts++;
}

/* What is tried must not overwrite the lines of the paragraph that is open. */
void
flow_begin_paragraph(struct flow *f, const struct block_line *l)
{
	struct flow_state *s = &f->state;

	s->leaf = BLOCK_PARAGRAPH;
	s->level = 0;
	s->first = f->trying ? s->first + s->n_parts : 0;
	s->n_parts = 0;
	flow_add_part(f, l);
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

static struct sheet_shape
paragraph_shape(struct flow *f, bool mark)
{
	static const char blanks[] = "          ";
	const char *sign = heading_sign(f->state.level);
	char first[16];

	memcpy(first, sign, strlen(sign) + 1);
	strcat(first, mark ? "← " : "");
	return flow_shape(f, first, blanks + sizeof(blanks) - 1 - strlen(sign) - (mark ? 2 : 0), false);
}

/* The spaces at the end are not shown; they are when something comes after them. */
static size_t
shown_end(const struct flow *f, const struct markdown_part *last)
{
	size_t end = last->at + last->len;

	while (end > last->at && (f->source.data[end - 1] == ' ' || f->source.data[end - 1] == '\t'))
		end--;
	return end;
}

static int
columns_left(const struct flow *f, const struct sheet_shape *shape)
{
	int cols = shape->cols - (int)f->page.leads[shape->rest].cols;

	return cols > 1 ? cols : 1;
}

static void
lay_paragraph(struct flow *f)
{
	struct flow_state *s = &f->state;
	struct markdown_part *parts = f->parts + s->first, whole = parts[0];
	size_t n = s->n_parts, end = shown_end(f, &parts[n - 1]), start;
	struct sheet_shape shape;
	bool mark, plain;

	if (s->level == 0)
		take_task(f, &parts[0]);
	mark = is_right_to_left(f->source.data + parts[0].at, parts[n - 1].at + parts[n - 1].len - parts[0].at);
	shape = paragraph_shape(f, mark);
	start = f->page.text.len;
	plain = s->level > 0 ? markdown_put(&f->markdown, &f->page, ROLE_HEADING, 0, f->source.data, parts, n)
	                     : markdown_put(&f->markdown, &f->page, ROLE_TEXT, columns_left(f, &shape), f->source.data,
	                               parts, n);
	sheet_wrap(&f->page, start, parts[0].at, &shape);
	parts[0] = whole;
	flow_keep_open(f, true, ROLE_TEXT, whole.at, end, &shape);
	f->open.plain = plain && s->level == 0;
	f->open.right_to_left = mark;
	f->open.clean = plain ? f->markdown.clean : (struct clean){0};
}

void
flow_lay_paragraph(struct flow *f)
{
	struct markdown_part first = f->parts[f->state.first];

	flow_begin_rows(f);
	if (!f->skims)
		lay_paragraph(f);
	else if (f->state.level == 0)
		take_task(f, &first);
	flow_end_rows(f);
}

/* The first of the paragraph's lines that is not all shown. */
static size_t
first_new_part(const struct flow *f)
{
	const struct flow_state *s = &f->state;
	size_t i = s->first + s->n_parts;

	while (i > s->first && f->parts[i - 1].at + f->parts[i - 1].len > f->open.end)
		i--;
	return i;
}

/* Is the end of the page the same bytes as its source? A selector without its base is not: what comes next belongs to
 * its run. */
static bool
ends_as_written(const struct sheet *p)
{
	const struct sheet_run *last = &p->runs[p->n_runs - 1];

	return p->text.len - last->at == last->from_len;
}

/* Is what is new nothing but text, and so was the rest? */
static bool
stays_plain(const struct flow *f, size_t from, size_t end)
{
	const struct flow_state *s = &f->state;

	if (!f->open.plain || f->page.n_runs == 0 || !ends_as_written(&f->page))
		return false;
	if (end - from < GROW_LEAST && is_right_to_left(f->source.data + from, end - from) != f->open.right_to_left)
		return false;
	for (size_t i = first_new_part(f); i < s->first + s->n_parts; i++) {
		size_t at = f->parts[i].at, behind = at + f->parts[i].len;

		if (at >= f->open.end && (unsigned char)f->source.data[at] >= 0x80)
			return false;
		if (f->open.end > at + ADDRESS_BEGINNING)
			at = f->open.end - ADDRESS_BEGINNING;
		if (!markdown_is_plain(f->source.data + at, behind - at))
			return false;
	}
	return true;
}

/* May what is new be shown as it is written? It is text, or little beside the rest. */
static bool
may_go_on(const struct flow *f, size_t from, size_t end)
{
	size_t size = end - from;

	if (!f->open.on || !f->open.paragraph || f->open.from != from || f->open.end > end || !f->stale)
		return false;
	if (stays_plain(f, from, end))
		return true;
	if (size < GROW_LEAST)
		return false;
	if (f->open.parsed_end - from > MARKDOWN_MAX)
		return true;
	return (end - f->open.parsed_end) * GROW_PART < size;
}

/* The blank rows above it are there already. */
static void
go_on_paragraph(struct flow *f)
{
	struct flow_state *s = &f->state;

	f->stale = false;
	s->begun = true;
	s->blanks = 0;
	for (size_t i = first_new_part(f); i < s->first + s->n_parts; i++) {
		const struct markdown_part *part = &f->parts[i];
		bool anew = part->at >= f->open.end;

		if (anew)
			sheet_puts(&f->page, ROLE_TEXT, "\n");
		if (anew)
			f->open.clean = (struct clean){0};
		flow_go_on_typed(f, anew ? part->at : f->open.end, shown_end(f, part));
	}
	sheet_wrap_on(&f->page, &f->open.shape);
	flow_end_rows(f);
}

void
flow_show_paragraph(struct flow *f)
{
	const struct flow_state *s = &f->state;
	const struct markdown_part *last = &f->parts[s->first + s->n_parts - 1];

	if (f->trying && may_go_on(f, f->parts[s->first].at, last->at + last->len))
		go_on_paragraph(f);
	else
		flow_lay_paragraph(f);
}

void
flow_keep_definitions(struct flow *f)
{
	const struct flow_state *s = &f->state;

	for (size_t i = s->first; i < s->first + s->n_parts; i++)
		if (!markdown_define(&f->markdown, f->source.data + f->parts[i].at, f->parts[i].len))
			break;
}

void
flow_put_heading(struct flow *f, const struct block_line *l)
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
	flow_begin_paragraph(f, &text);
	f->state.level = l->level;
	flow_lay_paragraph(f);
	f->state.leaf = BLOCK_NONE;
	f->state.level = 0;
}
