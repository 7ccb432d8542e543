/*
 * laid_out.c - see laid_out.h.
 */
#include "tests/text/laid_out.h"

#include <string.h>

#include "base/utf8.h"
#include "text/clean.h"
#include "text/cluster.h"

static const char *const signs[] = {
        [ROLE_TEXT] = "",
        [ROLE_EMPHASIS] = "{*",
        [ROLE_STRONG] = "{**",
        [ROLE_STRONG_EMPHASIS] = "{***",
        [ROLE_STRUCK] = "{~",
        [ROLE_HEADING] = "{#",
        [ROLE_CODE] = "{`",
        [ROLE_LINK] = "{[",
        [ROLE_TARGET] = "{(",
        [ROLE_SIGN] = "{|",
        [ROLE_CODE_KEYWORD] = "{k",
        [ROLE_CODE_TYPE] = "{t",
        [ROLE_CODE_NAME] = "{n",
        [ROLE_CODE_STRING] = "{s",
        [ROLE_CODE_NUMBER] = "{0",
        [ROLE_CODE_SPECIAL] = "{x",
        [ROLE_CODE_PREPROCESSOR] = "{p",
        [ROLE_CODE_COMMENT] = "{c",
        [ROLE_CODE_NOTICE] = "{!",
        [ROLE_CODE_ADDED] = "{+",
        [ROLE_CODE_REMOVED] = "{-",
};

/* The part of a run that is in a row; false: none is. */
static bool
part_of(const struct sheet *p, const struct sheet_row *row, size_t run, size_t *start, size_t *end)
{
	size_t row_end = row->start + row->len;

	*start = p->runs[run].at > row->start ? p->runs[run].at : row->start;
	*end = sheet_run_end(p, run) < row_end ? sheet_run_end(p, run) : row_end;
	return *start < *end;
}

void
laid_out_rows(const struct flow *f, struct buf *out)
{
	const struct sheet *p = flow_sheet(f);

	for (size_t i = 0; i < p->n_rows; i++) {
		const struct sheet_row *row = &p->rows[i];
		const struct sheet_lead *lead = &p->leads[row->lead];
		enum role role = ROLE_TEXT;
		size_t start, end;

		buf_put(out, buf_text(&p->text) + lead->at, lead->len);
		for (size_t run = 0; run < p->n_runs; run++) {
			if (!part_of(p, row, run, &start, &end))
				continue;
			if (role != p->runs[run].role)
				buf_printf(out, "%s%s", role != ROLE_TEXT ? "}" : "", signs[p->runs[run].role]);
			role = p->runs[run].role;
			buf_put(out, p->text.data + start, end - start);
		}
		buf_puts(out, role != ROLE_TEXT ? "}\n" : "\n");
	}
}

void
laid_out_page(const struct sheet *p, struct buf *out)
{
	for (size_t i = 0; i < p->n_rows; i++) {
		const struct sheet_row *row = &p->rows[i];
		const struct sheet_lead *lead = &p->leads[row->lead];
		size_t start, end;

		if (row->len > 0)
			buf_printf(out, "%u: ", (unsigned)sheet_row_from(p, i));
		buf_put(out, buf_text(&p->text) + lead->at, lead->len);
		for (size_t run = row->len > 0 ? sheet_run_of(p, row->start) : p->n_runs; run < p->n_runs; run++) {
			if (!part_of(p, row, run, &start, &end))
				break;
			buf_printf(out, "%s ", signs[p->runs[run].role]);
			buf_put(out, p->text.data + start, end - start);
			if (p->runs[run].from_len > 0)
				buf_printf(out, "@%u+%u", (unsigned)(p->base + p->runs[run].from),
				        (unsigned)p->runs[run].from_len);
			buf_puts(out, "}");
		}
		buf_puts(out, "\n");
	}
}

void
laid_out_all(const struct flow *f, struct buf *out)
{
	laid_out_page(flow_sheet(f), out);
}

/* ---- two sheets ---- */

static bool
same_bytes(const struct sheet *a, size_t at_a, const struct sheet *b, size_t at_b, size_t n)
{
	return n == 0 || memcmp(a->text.data + at_a, b->text.data + at_b, n) == 0;
}

static bool
same_row(const struct sheet *a, const struct sheet *b, size_t i)
{
	const struct sheet_row *row = &a->rows[i], *other = &b->rows[i];
	const struct sheet_lead *lead = &a->leads[row->lead], *other_lead = &b->leads[other->lead];

	return row->len == other->len && lead->len == other_lead->len && lead->cols == other_lead->cols &&
	       sheet_row_from(a, i) == sheet_row_from(b, i) && same_bytes(a, lead->at, b, other_lead->at, lead->len) &&
	       same_bytes(a, row->start, b, other->start, row->len);
}

/* The runs of a row that have text in it. */
static bool
same_runs(const struct sheet *a, const struct sheet *b, size_t i)
{
	const struct sheet_row *row = &a->rows[i], *other = &b->rows[i];
	size_t start, end, other_start, other_end, run, other_run;

	if (row->len == 0)
		return true;
	run = sheet_run_of(a, row->start);
	other_run = sheet_run_of(b, other->start);
	for (; run < a->n_runs && part_of(a, row, run, &start, &end); run++, other_run++) {
		const struct sheet_run *x = &a->runs[run], *y = &b->runs[other_run];

		if (other_run >= b->n_runs || !part_of(b, other, other_run, &other_start, &other_end) ||
		        start - row->start != other_start - other->start || end - start != other_end - other_start ||
		        x->role != y->role || x->from_len != y->from_len ||
		        (x->from_len > 0 && a->base + x->from != b->base + y->from))
			return false;
	}
	return true;
}

bool
laid_out_same(const struct sheet *a, const struct sheet *b)
{
	if (a->n_rows != b->n_rows)
		return false;
	for (size_t i = 0; i < a->n_rows; i++)
		if (!same_row(a, b, i) || !same_runs(a, b, i))
			return false;
	return true;
}

/* ---- one ---- */

/* What the filter would not change. */
static bool
is_clean(const char *text, size_t n)
{
	struct clean clean = {0};
	struct buf out = {0};
	bool same;

	clean_text(&clean, text, n, &out);
	clean_end(&clean, &out);
	same = out.len == n && memcmp(buf_text(&out), text, n) == 0 && !memchr(text, '\t', n);
	buf_release(&out);
	return same;
}

static const char *
row_wrong(const struct sheet *p, size_t i, int cols)
{
	const struct sheet_row *row = &p->rows[i];
	const struct sheet_lead *lead = &p->leads[row->lead];
	const char *text = buf_text(&p->text) + row->start;

	if (row->start + row->len > p->text.len)
		return "a row goes beyond the text";
	if (i > 0 && row->from < p->rows[i - 1].from)
		return "a row begins before the one above it";
	if (memchr(text, '\n', row->len))
		return "a line feed in a row";
	if (!is_clean(text, row->len) || !is_clean(buf_text(&p->text) + lead->at, lead->len))
		return "a row was not cleaned";
	if (cols > 2 && (int)lead->cols < cols && (int)lead->cols + cluster_width(text, row->len) > cols + 1)
		return "a row is too wide";
	return NULL;
}

/* Blanks at a break are swallowed, so nothing but spaces can stand outside of the columns: they are not drawn. */
static bool
ends_blank(const struct sheet *p, const struct sheet_row *row)
{
	return row->len > 0 && p->text.data[row->start + row->len - 1] == ' ';
}

static const char *
run_wrong(const struct sheet *p, size_t i, const struct buf *source)
{
	const struct sheet_run *run = &p->runs[i];
	size_t len = sheet_run_end(p, i) - run->at;

	if (i > 0 && run->at <= p->runs[i - 1].at)
		return "runs do not ascend";
	if (run->from_len > 0 && run->from + run->from_len > source->len)
		return "a run comes from behind the source";
	/* An entity may be as long as what is shown for it. */
	if (len != run->from_len || memchr(source->data + run->from, '&', len))
		return NULL;
	for (size_t at = 0; at < len; at++)
		if (p->text.data[run->at + at] !=
		        (source->data[run->from + at] == '\t' ? ' ' : source->data[run->from + at]))
			return "a run is not what it comes from";
	return NULL;
}

const char *
laid_out_wrong(const struct flow *f, const char *text, size_t n, int cols)
{
	const struct sheet *p = flow_sheet(f);
	struct clean clean = {.tabs = true};
	struct buf source = {0};
	const char *wrong = NULL;

	clean_text(&clean, text, n, &source);
	clean_end(&clean, &source);
	for (size_t i = 0; i < p->n_rows && !wrong; i++)
		wrong = ends_blank(p, &p->rows[i]) ? NULL : row_wrong(p, i, cols);
	for (size_t i = 0; i < p->n_runs && !wrong; i++)
		wrong = run_wrong(p, i, &source);
	if (!wrong && !is_clean(buf_text(&p->text), p->text.len))
		wrong = "the text was not cleaned";
	buf_release(&source);
	return wrong;
}
