/*
 * message_pictures.c - asks the source for cells, again and again until they are there.
 */
#include "tui/message_pictures.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "text/picture_size.h"
#include "tui/picture_source.h"

enum {
	COLS_LEAST = 4, /* less shows nothing */
	ROWS_LEAST = 2,
	MOST = 16, /* of a prompt are drawn */
};

void
message_pictures_release(struct message_pictures *p)
{
	for (size_t i = 0; i < p->n; i++) {
		picture_free(p->items[i].picture);
		free(p->items[i].why);
	}
	free(p->items);
	*p = (struct message_pictures){0};
}

static bool
are_shown(const struct message *m, const struct message_look *look, int cols)
{
	return look->pictures && !look->bare && !look->folded && !message_is_muted(m) && cols >= COLS_LEAST &&
	       look->picture_rows >= ROWS_LEAST;
}

/* What it will have, as far as its file says so. */
static size_t
rows_to_come(const struct attachment *a, int cols, int rows)
{
	struct picture_size size;

	if (picture_size_find(a->data, a->size, &size))
		picture_size_fit(&size, &cols, &rows);
	return (size_t)rows;
}

static void
add(struct message_pictures *p, const struct message_look *look, struct attachment *a, int cols)
{
	const char *why = NULL;
	struct picture *found = look->pictures->find(look->pictures, a, cols, look->picture_rows, &why);
	struct message_picture item = {.picture = found ? picture_hold(found) : NULL,
	        .why = why ? mem_strdup(why) : NULL,
	        .rows = found ? (size_t)found->rows
	                : why ? 1
	                      : rows_to_come(a, cols, look->picture_rows)};

	p->items = mem_realloc(p->items, (p->n + 1) * sizeof(*p->items));
	p->items[p->n++] = item;
}

static void
find_all(struct message_pictures *p, const struct message *m, const struct message_look *look, int cols)
{
	*p = (struct message_pictures){0};
	for (size_t i = 0; i < m->attachments.n && p->n < MOST && are_shown(m, look, cols); i++)
		if (m->attachments.items[i]->kind == ATTACHMENT_IMAGE)
			add(p, look, m->attachments.items[i], cols < PICTURE_COLS_MAX ? cols : PICTURE_COLS_MAX);
}

static bool
is_same(const struct message_pictures *a, const struct message_pictures *b)
{
	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++) {
		const struct message_picture *x = &a->items[i], *y = &b->items[i];

		if (x->picture != y->picture || x->rows != y->rows || !x->why != !y->why)
			return false;
	}
	return true;
}

bool
message_pictures_update(struct message_pictures *p, const struct message *m, const struct message_look *look, int cols)
{
	struct message_pictures now;
	bool changed;

	if (m->attachments.n == 0 && p->n == 0)
		return false;
	find_all(&now, m, look, cols);
	changed = !is_same(p, &now);
	message_pictures_release(p);
	*p = now;
	return changed;
}

/* A blank row parts one from the next. */
size_t
message_pictures_rows(const struct message_pictures *p, size_t i)
{
	return p->items[i].rows + (i + 1 < p->n);
}

static void
draw_cells(const struct picture *p, size_t row, struct grid *g, struct rect at)
{
	for (int col = 0; col < p->cols && col < at.cols; col++) {
		const struct picture_cell *cell = &p->cells[(int)row * p->cols + col];

		grid_put_picture(g, at.row, at.col + col, cell->character, cell->foreground, cell->background);
	}
}

void
message_pictures_draw(const struct message_pictures *p, size_t i, size_t row, struct grid *g, struct rect at)
{
	const struct message_picture *item = &p->items[i];

	if (item->picture && row < item->rows)
		draw_cells(item->picture, row, g, at);
	else if (row == 0 && !item->picture)
		grid_puts_clipped(g, at.row, at.col, at.col + at.cols, STYLE_NOTE, item->why ? item->why : "…");
}
