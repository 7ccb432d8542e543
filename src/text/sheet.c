/*
 * sheet.c - three arrays and a text that grow together.
 */
#include "text/sheet.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "text/cluster.h"
#include "text/wrap.h"

enum {
	ROWS_OF_A_LINE = 64, /* at the most, that are looked through for where a byte is shown */
};

void
sheet_release(struct sheet *p)
{
	buf_release(&p->text);
	free(p->runs);
	free(p->rows);
	free(p->leads);
	*p = (struct sheet){0};
}

struct sheet_mark
sheet_mark(struct sheet *p)
{
	p->sealed = p->n_runs;
	return (struct sheet_mark){p->text.len, p->n_runs, p->n_rows, p->n_leads};
}

void
sheet_truncate(struct sheet *p, struct sheet_mark m)
{
	if (m.text < p->text.len)
		buf_truncate(&p->text, m.text);
	p->n_runs = p->sealed = m.n_runs;
	p->n_rows = m.n_rows;
	p->n_leads = m.n_leads;
}

/* ---- text ---- */

static bool
goes_on(const struct sheet *p, enum role role, size_t n, size_t from, size_t from_len)
{
	const struct sheet_run *last = &p->runs[p->n_runs - 1];
	size_t len;

	if (p->n_runs == p->sealed)
		return false;
	len = p->text.len - last->at;
	if (last->role != role || last->from_len == 0 || from_len == 0)
		return last->role == role && last->from_len == 0 && from_len == 0;
	return n == from_len && last->from_len == len && last->from + len == from;
}

static void
add_run(struct sheet *p, enum role role, size_t from, size_t from_len)
{
	if (p->n_runs == p->space_runs) {
		p->space_runs = p->space_runs + p->space_runs / 2 + 8;
		p->runs = mem_realloc(p->runs, p->space_runs * sizeof(*p->runs));
	}
	p->runs[p->n_runs++] =
	        (struct sheet_run){(uint32_t)p->text.len, (uint32_t)from, (uint32_t)from_len, (uint8_t)role};
}

void
sheet_put(struct sheet *p, enum role role, const char *text, size_t n, size_t from, size_t from_len)
{
	if (n == 0 || n > UINT32_MAX - p->text.len)
		return;
	if (p->n_runs > 0 && goes_on(p, role, n, from, from_len))
		p->runs[p->n_runs - 1].from_len += (uint32_t)from_len;
	else
		add_run(p, role, from, from_len);
	buf_put(&p->text, text, n);
}

void
sheet_puts(struct sheet *p, enum role role, const char *text)
{
	sheet_put(p, role, text, strlen(text), 0, 0);
}

/* All of it is one run. */
void
sheet_fill(struct sheet *p, enum role role, const char *cluster, int cols)
{
	size_t n = strlen(cluster);

	if (cols > 0)
		sheet_put(p, role, cluster, n, 0, 0);
	for (; cols > 1 && n <= UINT32_MAX - p->text.len; cols--)
		buf_put(&p->text, cluster, n);
}

/* Where text[start..start + n) of a run comes from. A piece of what is not the same as its source has not as many bytes
 * as that, or it would be taken for it. */
static struct sheet_run
piece_of(const struct sheet *p, size_t run, size_t start, size_t n)
{
	struct sheet_run piece = p->runs[run];

	if (sheet_run_end(p, run) - piece.at == piece.from_len) {
		piece.from += (uint32_t)(start - piece.at);
		piece.from_len = (uint32_t)n;
	} else if (piece.from_len == n && n > 1) {
		piece.from_len--;
	}
	return piece;
}

void
sheet_copy(struct sheet *p, const struct sheet *other, size_t start, size_t len)
{
	size_t end = start + len;

	for (size_t i = len > 0 ? sheet_run_of(other, start) : 0; start < end; i++) {
		size_t run_end = sheet_run_end(other, i), n = (run_end < end ? run_end : end) - start;
		struct sheet_run piece = piece_of(other, i, start, n);

		sheet_put(p, piece.role, other->text.data + start, n, piece.from, piece.from_len);
		start += n;
	}
}

/* ---- rows ---- */

uint32_t
sheet_lead(struct sheet *p, const char *lead, size_t n)
{
	const struct sheet_lead *last = p->n_leads > 0 ? &p->leads[p->n_leads - 1] : NULL;

	if (last && last->len == n && memcmp(buf_text(&p->text) + last->at, lead, n) == 0)
		return (uint32_t)(p->n_leads - 1);
	if (p->n_leads == p->space_leads) {
		p->space_leads = p->space_leads + p->space_leads / 2 + 8;
		p->leads = mem_realloc(p->leads, p->space_leads * sizeof(*p->leads));
	}
	p->leads[p->n_leads] =
	        (struct sheet_lead){(uint32_t)p->text.len, (uint32_t)n, (uint32_t)cluster_width(lead, n)};
	if (n > 0)
		sheet_put(p, ROLE_SIGN, lead, n, 0, 0);
	if (p->text.len < p->leads[p->n_leads].at + n)
		p->leads[p->n_leads].len = 0;
	return (uint32_t)p->n_leads++;
}

/* The first byte of the source in the row, or what the row above begins with. */
static size_t
row_from(const struct sheet *p, size_t start, size_t len, size_t from)
{
	for (size_t i = len > 0 ? sheet_run_of(p, start) : p->n_runs; i < p->n_runs && p->runs[i].at < start + len;
	        i++) {
		const struct sheet_run *run = &p->runs[i];
		size_t inside = start > run->at ? start - run->at : 0;

		if (run->from_len > 0)
			return run->from + (sheet_run_end(p, i) - run->at == run->from_len ? inside : 0);
	}
	return from;
}

static void
add_row(struct sheet *p, size_t start, size_t len, size_t from, uint32_t lead)
{
	if (p->n_rows == p->space_rows) {
		p->space_rows = p->space_rows + p->space_rows / 2 + 8;
		p->rows = mem_realloc(p->rows, p->space_rows * sizeof(*p->rows));
	}
	from = row_from(p, start, len, from);
	if (p->n_rows > 0 && from < p->rows[p->n_rows - 1].from)
		from = p->rows[p->n_rows - 1].from;
	p->rows[p->n_rows++] = (struct sheet_row){(uint32_t)start, (uint32_t)from, (uint32_t)len, lead, 0};
}

static void
wrap(struct sheet *p, size_t start, size_t from, bool first, const struct sheet_shape *shape)
{
	const char *text = buf_text(&p->text);
	size_t n = p->text.len;

	while (start <= n) {
		uint32_t lead = first ? shape->first : shape->rest;
		int width = shape->cols - (int)p->leads[lead].cols;
		size_t len, next;

		width = width > 1 ? width : 1;
		next = (shape->hard ? wrap_next_hard : wrap_next)(text, n, start, width, &len);
		add_row(p, start, len, from, lead);
		from = p->rows[p->n_rows - 1].from;
		first = false;
		start = next;
	}
}

void
sheet_wrap(struct sheet *p, size_t start, size_t from, const struct sheet_shape *shape)
{
	wrap(p, start, from, true, shape);
}

void
sheet_wrap_on(struct sheet *p, const struct sheet_shape *shape)
{
	struct sheet_row last = p->rows[--p->n_rows];

	wrap(p, last.start, last.from, last.lead == shape->first, shape);
}

void
sheet_row(struct sheet *p, size_t start, size_t from, uint32_t lead)
{
	add_row(p, start, p->text.len - start, from, lead);
}

/* ---- looking ---- */

size_t
sheet_run_of(const struct sheet *p, size_t at)
{
	size_t low = 0, high = p->n_runs;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (p->runs[middle].at <= at)
			low = middle;
		else
			high = middle;
	}
	return low;
}

size_t
sheet_run_end(const struct sheet *p, size_t run)
{
	return run + 1 < p->n_runs ? p->runs[run + 1].at : p->text.len;
}

static bool
shows(const struct sheet *p, const struct sheet_row *row, size_t from)
{
	size_t end = row->start + row->len;

	for (size_t i = row->len > 0 ? sheet_run_of(p, row->start) : p->n_runs; i < p->n_runs && p->runs[i].at < end;
	        i++)
		if (p->runs[i].from <= from && from < p->runs[i].from + p->runs[i].from_len)
			return true;
	return false;
}

size_t
sheet_row_from(const struct sheet *p, size_t row)
{
	return p->base + p->rows[row].from;
}

/* The cells of a table's row stand beside each other: where a byte is shown may be a row above the one that begins last
 * before it. */
size_t
sheet_row_of(const struct sheet *p, size_t from)
{
	size_t low = 0, high = p->n_rows;

	from = from > p->base ? from - p->base : 0;
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (p->rows[middle].from <= from)
			low = middle;
		else
			high = middle;
	}
	for (size_t i = low, n = 0; n < ROWS_OF_A_LINE; i--, n++) {
		if (shows(p, &p->rows[i], from))
			return i;
		if (i == 0)
			break;
	}
	return low;
}
