/*
 * browser.c - the rows, which of them is chosen, and which are in view. browser_draw.c draws them.
 *
 * Every row is as high as the others: one line, or two when the list is of places found. The choice is held by what is
 * chosen, not by its number, so that a list that comes again does not move it.
 */
#include "tui/browser.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "tui/browser_rows.h"
#include "tui/rows.h"

void
browser_init(struct browser *b)
{
	*b = (struct browser){0};
	composer_init(&b->input);
}

static void
drop_rows(struct browser *b)
{
	for (size_t i = 0; i < b->n; i++) {
		free(b->rows[i].title);
		free(b->rows[i].notes);
		free(b->rows[i].tags);
		free(b->rows[i].when);
		free(b->rows[i].count);
		marked_release(&b->rows[i].line);
	}
	b->n = 0;
}

void
browser_release(struct browser *b)
{
	composer_release(&b->input);
	drop_rows(b);
	free(b->rows);
	browser_preview_clear(b);
	free(b->preview);
	buf_release(&b->label);
	buf_release(&b->words);
	*b = (struct browser){0};
}

/* ---- rows ---- */

void
browser_begin(struct browser *b)
{
	b->held_id = b->held_message = 0;
	if (b->moved && b->chosen < b->n) {
		b->held_id = b->rows[b->chosen].id;
		b->held_message = b->rows[b->chosen].message;
	}
	drop_rows(b);
}

static char *
one_line(const char *text)
{
	struct marked m = {0};

	marked_set_line(&m, text, strlen(text), NULL, 0);
	return buf_take(&m.text);
}

void
browser_add(struct browser *b, const struct browser_entry *e)
{
	struct browser_row *row;

	if (b->n == b->space) {
		b->space = b->space ? b->space * 2 : 64;
		b->rows = mem_realloc(b->rows, b->space * sizeof(*b->rows));
	}
	row = &b->rows[b->n++];
	*row = (struct browser_row){.id = e->id,
	        .message = e->message,
	        .title = one_line(e->title),
	        .notes = one_line(e->notes),
	        .tags = one_line(e->tags ? e->tags : ""),
	        .when = one_line(e->when),
	        .count = one_line(e->count)};
	if (e->line)
		marked_set_line(&row->line, e->line, e->line_len, e->hits, e->n_hits);
}

/* The same message, else another row of the same conversation. */
static bool
find_held(const struct browser *b, size_t *at)
{
	bool found = false;

	for (size_t i = 0; i < b->n; i++) {
		if (b->rows[i].id != b->held_id)
			continue;
		if (!found || b->rows[i].message == b->held_message)
			*at = i;
		found = true;
		if (b->rows[i].message == b->held_message)
			break;
	}
	return found;
}

void
browser_end(struct browser *b)
{
	size_t at = 0;

	if (b->held_id == 0 || !find_held(b, &at)) {
		b->moved = false;
		b->top = 0;
	}
	b->chosen = at;
}

bool
browser_chosen(const struct browser *b, int64_t *id, int64_t *message)
{
	if (b->chosen >= b->n)
		return false;
	*id = b->rows[b->chosen].id;
	*message = b->rows[b->chosen].message;
	return true;
}

void
browser_choose(struct browser *b, int64_t id)
{
	for (size_t i = 0; i < b->n; i++)
		if (b->rows[i].id == id) {
			b->chosen = i;
			b->moved = true;
			return;
		}
}

void
browser_move(struct browser *b, long rows)
{
	long at = (long)b->chosen + rows, last = (long)b->n - 1;

	if (b->n == 0)
		return;
	b->chosen = (size_t)(at < 0 ? 0 : at > last ? last : at);
	b->moved = true;
}

bool
browser_wants_more(const struct browser *b)
{
	return b->chosen + 2 * b->page >= b->n;
}

/* ---- preview ---- */

void
browser_preview_clear(struct browser *b)
{
	for (size_t i = 0; i < b->n_preview; i++)
		marked_release(&b->preview[i].text);
	b->n_preview = 0;
}

void
browser_preview_add(
        struct browser *b, enum style style, const char *text, size_t n, const struct mark *marks, size_t n_marks)
{
	struct browser_part *part;

	if (b->n_preview == b->preview_space) {
		b->preview_space = b->preview_space ? b->preview_space * 2 : 8;
		b->preview = mem_realloc(b->preview, b->preview_space * sizeof(*b->preview));
	}
	part = &b->preview[b->n_preview++];
	*part = (struct browser_part){.style = style};
	marked_set(&part->text, text, n, marks, n_marks);
}

/* ---- the view ---- */

struct browser_places
browser_places(int rows, int cols)
{
	int rule = rows >= BROWSER_RULE_FROM_ROWS, head = 1 + rule, left = rows - head;
	struct browser_places p = {.rule = rule, .list = {head, 0, left, cols}};

	if (cols >= BROWSER_BESIDE_FROM_COLS) {
		p.list.cols = cols * 2 / 5;
		p.preview = (struct rect){head, p.list.cols + 2, left, cols - p.list.cols - 2};
	} else if (rows >= BROWSER_BELOW_FROM_ROWS) {
		p.list.rows = left / 2;
		p.preview = (struct rect){head + p.list.rows + 1, 0, left - p.list.rows - 1, cols};
	}
	return p;
}

int
browser_row_lines(const struct browser *b, int list_rows)
{
	return b->n > 0 && b->rows[0].line.text.len > 0 && list_rows >= BROWSER_TWO_LINES_FROM_ROWS ? 2 : 1;
}

void
browser_layout(struct browser *b, int rows, int cols)
{
	int list_rows = browser_places(rows, cols).list.rows, page = list_rows / browser_row_lines(b, list_rows);

	b->page = page > 0 ? (size_t)page : 1;
	b->top = rows_top(b->top, b->chosen, b->page, b->n);
}
