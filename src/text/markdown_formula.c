/*
 * markdown_formula.c - formulas are put as a whole when the first of their lines comes; md4c hands out the others, too.
 */
#include <string.h>

#include "text/clean.h"
#include "text/formula.h"
#include "text/markdown_inside.h"
#include "text/markdown_mask.h"
#include "text/math.h"

/* A row stands for the whole source of its formula. Of the same length, bytes of both would be taken for the same
 * (text/sheet.h). */
static void
put_formula_row(struct paragraph *p, enum role role, const char *row, size_t n, size_t from, size_t from_len)
{
	struct buf *cleaned = &p->m->cleaned;

	buf_clear(cleaned);
	clean_text(&p->m->clean, row, n, cleaned);
	if (cleaned->len == from_len && from_len > 1)
		from_len--;
	sheet_put(p->page, role, buf_text(cleaned), cleaned->len, from, from_len);
}

static void
put_formula_rows(struct paragraph *p, enum role role, size_t from, size_t from_len)
{
	const char *at = buf_text(&p->m->formula);

	for (;;) {
		size_t n = strcspn(at, "\n");

		put_formula_row(p, role, at, n, from, from_len);
		if (!at[n])
			return;
		markdown_put_break(p);
		at += n + 1;
	}
}

static bool
has_text_in_line(const struct paragraph *p)
{
	const struct buf *text = &p->page->text;

	return text->len > p->begun_at && text->data[text->len - 1] != '\n';
}

/* Puts the formula m->text[at..end), a display formula on lines of its own. False: it has no other form than its source. */
static bool
lay_formula(struct paragraph *p, enum role role, size_t at, size_t end)
{
	const char *text = p->m->text.data + at;
	bool apart = p->cols > 0 && math_is_display(text, end - at);
	size_t stop, from, last;

	buf_clear(&p->m->formula);
	if (!markdown_find(p->m, &p->place, at, &stop, &from) ||
	        !markdown_find(p->m, &p->place, end - 1, &stop, &last) ||
	        !math_put(text, end - at, p->cols, &p->m->formula))
		return false;
	if (apart && has_text_in_line(p))
		markdown_put_break(p);
	p->broken = false;
	put_formula_rows(p, role, from, last + 1 - from);
	p->apart = apart;
	p->laid = end;
	return true;
}

/* The end of the formula that begins there; 0: none does. The mask knows, for code spans and links hide signs. */
static size_t
formula_at(const struct paragraph *p, size_t at)
{
	size_t end = 0;

	if (p->m->masked.data[at] == MASK_FORMULA && p->m->text.data[at] != MASK_FORMULA)
		end = formula_end(p->m->text.data + p->start, p->m->text.len - p->start, at - p->start);
	return end > 0 ? p->start + end : 0;
}

/* Blanks at the start of a line are left out. */
static void
put_plain(struct paragraph *p, enum role role, size_t at, size_t end)
{
	while (p->broken && at < end && (p->m->text.data[at] == ' ' || p->m->text.data[at] == '\t'))
		at++;
	if (at < end)
		markdown_put_waiting_break(p);
	markdown_put_parts(p, role, at, end);
}

/* A formula that began in a line above may go on in this one. */
void
markdown_put_with_formulas(struct paragraph *p, enum role role, size_t at, size_t end)
{
	size_t plain = at < p->laid ? p->laid : at;

	if (p->in_formula && p->laid <= end)
		p->broken = p->apart;
	for (at = at < p->seen ? p->seen : at; at < end;) {
		size_t stop = p->code > 0 ? 0 : formula_at(p, at);

		if (stop > 0) {
			put_plain(p, role, plain, at);
			plain = lay_formula(p, role, at, stop) ? stop : at;
			p->seen = stop;
			p->broken = p->broken || (plain == stop && p->apart && stop <= end);
		}
		at = stop > 0 ? stop : at + 1;
	}
	put_plain(p, role, plain, end);
	p->in_formula = p->laid > end;
}
