/*
 * sheet_draw.c - a row is its lead, and the runs that it has a part of. A cluster that two runs share looks like the first.
 */
#include "tui/sheet_draw.h"

#include <string.h>

static enum style
style_of(enum role role, enum style text)
{
	static const enum style styles[] = {
	        [ROLE_EMPHASIS] = STYLE_EMPHASIS,
	        [ROLE_STRONG] = STYLE_STRONG,
	        [ROLE_STRONG_EMPHASIS] = STYLE_STRONG_EMPHASIS,
	        [ROLE_STRUCK] = STYLE_STRUCK,
	        [ROLE_HEADING] = STYLE_HEADING,
	        [ROLE_CODE] = STYLE_CODE,
	        [ROLE_LINK] = STYLE_LINK,
	        [ROLE_TARGET] = STYLE_TARGET,
	        [ROLE_SIGN] = STYLE_SIGN,
	};

	if (role >= ROLE_CODE_KEYWORD)
		return STYLE_CODE_KEYWORD + (role - ROLE_CODE_KEYWORD);
	return role == ROLE_TEXT ? text : styles[role];
}

static size_t
row_end(const struct sheet_row *row)
{
	return row->start + row->len;
}

/* Where the cluster ends that goes across `at`, or `at`. */
static size_t
whole_cluster(const char *text, size_t start, size_t at, size_t end)
{
	if (at >= end || (unsigned char)text[at] < 0x80)
		return at < end ? at : end;
	while (start < at)
		start += cluster_length(text + start, end - start);
	return start;
}

static int
draw_lead(const struct sheet *p, const struct sheet_row *row, struct grid *g, struct rect line)
{
	const struct sheet_lead *lead = &p->leads[row->lead];

	/* Blanks are there already. */
	if (strspn(buf_text(&p->text) + lead->at, " ") >= lead->len)
		return line.col + (int)lead->cols;
	return grid_put(g, line.row, line.col, line.col + line.cols, STYLE_SIGN, p->text.data + lead->at, lead->len);
}

/* Its bytes from `start` on; and says where they end. */
static void
draw_from(const struct sheet *p, const struct sheet_row *row, struct grid *g, struct rect line, enum style text,
        size_t start, int col)
{
	int end_col = line.col + line.cols;
	size_t end = row_end(row);

	for (size_t run = row->len > 0 ? sheet_run_of(p, start) : 0; start < end && col < end_col; run++) {
		size_t part = whole_cluster(p->text.data, start, sheet_run_end(p, run), end);

		if (part <= start)
			continue;
		col = grid_put(g, line.row, col, end_col, style_of(p->runs[run].role, text), p->text.data + start,
		        part - start);
		start = part;
	}
	grid_text_ends(g, line.row, col < end_col - 1 ? row->len : 0, col); /* else something may not have fitted */
}

void
sheet_draw(const struct sheet *p, size_t at, struct grid *g, struct rect line, enum style text)
{
	const struct sheet_row *row = &p->rows[at];

	draw_from(p, row, g, line, text, row->start, draw_lead(p, row, g, line));
}

void
sheet_draw_on(const struct sheet *p, size_t at, struct grid *g, struct rect line, enum style text, size_t len, int col)
{
	const struct sheet_row *row = &p->rows[at];

	draw_from(p, row, g, line, text, row->start + len, col);
}

/* ---- marks ---- */

/* The first mark that ends after this byte. */
static size_t
first_behind(const struct mark *marks, size_t n, size_t byte)
{
	size_t low = 0;

	while (low < n) {
		size_t middle = low + (n - low) / 2;

		if (marks[middle].end > byte)
			n = middle;
		else
			low = middle + 1;
	}
	return low;
}

/* The bytes of the page's text that a mark has of a run; all of them, where they are not the same as in the source. */
static struct mark
marked_part(const struct sheet *p, size_t run, struct mark m)
{
	const struct sheet_run *r = &p->runs[run];
	size_t end = sheet_run_end(p, run);
	struct mark part = {r->at, end};

	if (end - r->at != r->from_len)
		return part;
	if (m.start > p->base + r->from)
		part.start = r->at + (m.start - p->base - r->from);
	if (m.end < p->base + r->from + r->from_len)
		part.end = r->at + (m.end - p->base - r->from);
	return part;
}

bool
sheet_draw_marks(const struct sheet *p, size_t at, struct grid *g, struct rect line, const struct mark *marks, size_t n,
        size_t here)
{
	const struct sheet_row *row = &p->rows[at];
	int col = line.col + (int)p->leads[row->lead].cols;
	bool any = false;

	for (size_t run = row->len > 0 ? sheet_run_of(p, row->start) : p->n_runs;
	        run < p->n_runs && p->runs[run].at < row_end(row); run++) {
		size_t from = p->base + p->runs[run].from, end = from + p->runs[run].from_len;

		for (size_t i = first_behind(marks, n, from); i < n && marks[i].start < end; i++) {
			struct mark part = marked_part(p, run, marks[i]);

			if (part.end <= row->start || part.start >= row_end(row))
				continue;
			marks_paint(g, line.row, col, line.col + line.cols, p->text.data, row->start, row->len, part,
			        i == here ? STYLE_HIT_HERE : STYLE_HIT);
			any = true;
		}
	}
	return any;
}

/* ---- keys ---- */

static uint64_t
mix(uint64_t h, uint64_t word)
{
	h = (h ^ word) * 0x9e3779b97f4a7c15u;
	return h ^ h >> 29;
}

static uint64_t
mix_text(uint64_t h, const char *text, size_t n)
{
	uint64_t word;

	for (; n >= sizeof(word); text += sizeof(word), n -= sizeof(word)) {
		memcpy(&word, text, sizeof(word));
		h = mix(h, word);
	}
	word = 0;
	memcpy(&word, text, n);
	return mix(h, word ^ (uint64_t)n << 56);
}

/* Of its first bytes. */
static uint64_t
key_of(const struct sheet *p, const struct sheet_row *row, size_t len)
{
	const struct sheet_lead *lead = &p->leads[row->lead];
	uint64_t h =
	        mix_text(mix_text(0, buf_text(&p->text) + lead->at, lead->len), buf_text(&p->text) + row->start, len);

	for (size_t run = len > 0 ? sheet_run_of(p, row->start) : p->n_runs;
	        run < p->n_runs && p->runs[run].at < row->start + len; run++) {
		size_t start = p->runs[run].at > row->start ? p->runs[run].at - row->start : 0;

		h = mix(h, (uint64_t)start << 8 | p->runs[run].role);
	}
	return h != 0 ? h : 1;
}

/* A row stays as it was put: its key is made once, not for each frame. */
uint64_t
sheet_draw_key(const struct sheet *p, size_t at)
{
	struct sheet_row *row = &p->rows[at];

	if (row->key == 0)
		row->key = key_of(p, row, row->len);
	return row->key;
}

static bool
is_plain(char c)
{
	return c >= ' ' && c < 0x7f;
}

uint64_t
sheet_draw_key_before(const struct sheet *p, size_t at, size_t len)
{
	const struct sheet_row *row = &p->rows[at];
	const char *text = p->text.data + row->start;

	if (len == 0 || len >= row->len || !is_plain(text[len - 1]) || !is_plain(text[len]))
		return 0;
	return key_of(p, row, len);
}
