/*
 * pieces.c - of each piece it is known where it begins, and what the lines before it have left open. The last one
 * grows: pieces_read.c.
 */
#include "text/pieces.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "text/pieces_inside.h"

enum {
	SKIM_LEAST = 4 * PIECE_UNIT, /* bytes from a piece's start to the end from which on it is read without rows */
};

/* ---- one piece ---- */

struct flow *
pieces_start_flow(struct pieces *p, size_t i, bool coloured, bool skims)
{
	static const struct flow_state nothing;
	const struct piece *piece = &p->list[i];
	struct flow *f = flow_new(p->cols, p->look);

	flow_colour(f, coloured ? p->colours : NULL);
	if (skims)
		flow_skim(f);
	if (i > 0)
		flow_start(f, piece->state ? piece->state : &nothing, &piece->clean, piece->at, &p->definitions,
		        &p->heads);
	return f;
}

struct piece *
pieces_last(const struct pieces *p)
{
	return &p->list[p->n - 1];
}

static void
release_piece(struct piece *piece)
{
	flow_free(piece->flow);
	free(piece->state);
}

/* Where much comes after it, it will hardly be the last one: only the state after it is of interest. */
void
pieces_start_last(struct pieces *p)
{
	bool skims = p->length - pieces_last(p)->raw > SKIM_LEAST;

	pieces_last(p)->flow = pieces_start_flow(p, p->n - 1, true, skims);
}

/* The last piece begins again: what there is of it was not read. */
void
pieces_restart_last(struct pieces *p)
{
	struct piece *piece = pieces_last(p);

	flow_free(piece->flow);
	pieces_start_last(p);
	p->line = piece->raw;
	p->line_clean = piece->flow->clean;
	p->ended = p->complete = false;
}

struct piece *
pieces_add(struct pieces *p)
{
	if (p->n == p->space) {
		p->space = p->space ? p->space * 2 : 1;
		p->list = mem_realloc(p->list, p->space * sizeof(*p->list));
	}
	p->list[p->n] = (struct piece){0};
	return &p->list[p->n++];
}

struct pieces *
pieces_new(int cols, enum flow_look look)
{
	struct pieces *p = mem_alloc(sizeof(*p));

	p->cols = cols;
	p->look = look;
	p->lacks = SIZE_MAX;
	pieces_add(p);
	pieces_restart_last(p);
	return p;
}

void
pieces_free(struct pieces *p)
{
	if (!p)
		return;
	for (size_t i = 0; i < p->n; i++)
		release_piece(&p->list[i]);
	free(p->list);
	flow_free(p->spare);
	buf_release(&p->definitions);
	buf_release(&p->heads);
	free(p);
}

/* ---- another look ---- */

static void
release_spare(struct pieces *p)
{
	flow_free(p->spare);
	p->spare = NULL;
}

static void
release_rows(struct pieces *p)
{
	release_spare(p);
	for (size_t i = 0; i < p->n; i++) {
		flow_free(p->list[i].flow);
		p->list[i].flow = NULL;
		p->list[i].counted = p->list[i].empty;
	}
	p->n_kept = 0;
	pieces_restart_last(p);
}

void
pieces_set_cols(struct pieces *p, int cols)
{
	if (cols == p->cols)
		return;
	p->cols = cols;
	release_rows(p);
}

void
pieces_read_from(struct pieces *p, size_t piece)
{
	while (p->n > piece + 1)
		release_piece(&p->list[--p->n]);
	p->lacks = SIZE_MAX;
	p->read = pieces_last(p)->raw;
	release_rows(p);
}

void
pieces_colour(struct pieces *p, struct code_colours *colours)
{
	if (colours == p->colours)
		return;
	p->colours = colours;
	pieces_read_from(p, 0);
}

bool
pieces_lack_grammar(const struct pieces *p)
{
	return p->lacks != SIZE_MAX;
}

void
pieces_recolour(struct pieces *p)
{
	if (p->lacks != SIZE_MAX)
		pieces_read_from(p, p->lacks);
}

/* ---- what is kept ---- */

/* This piece is looked at; of the others, the one that was not for the longest time may have to go. */
void
pieces_keep(struct pieces *p, size_t i)
{
	size_t at = 0;

	while (at < p->n_kept && p->kept[at] != i)
		at++;
	if (at == PIECES_KEPT) {
		at = 0;
		flow_free(p->list[p->kept[0]].flow);
		p->list[p->kept[0]].flow = NULL;
	}
	if (at == p->n_kept)
		p->n_kept++;
	memmove(p->kept + at, p->kept + at + 1, (p->n_kept - at - 1) * sizeof(*p->kept));
	p->kept[p->n_kept - 1] = i;
}

/* ---- rows ---- */

static struct flow *
lay_out(struct pieces *p, size_t i, bool coloured)
{
	const struct piece *piece = &p->list[i];
	struct flow *f = pieces_start_flow(p, i, coloured, false);
	struct buf heads = {0};

	flow_take(f, p->text + piece->raw, p->list[i + 1].raw - piece->raw, p->list[i + 1].state->inside);
	flow_stop(f, &heads);
	buf_release(&heads);
	p->spent += f->cost;
	return f;
}

/* Else it looks the same without. */
static bool
has_colours(const struct pieces *p, size_t i)
{
	static const struct flow_state nothing;
	const struct flow_state *before = p->list[i].state ? p->list[i].state : &nothing;

	return before->code.language || p->list[i + 1].state->coloured > before->coloured;
}

/* Counting needs no colours. */
static size_t
count_rows(struct pieces *p, size_t i)
{
	struct flow *f = lay_out(p, i, false);
	size_t rows = flow_sheet(f)->n_rows;

	release_spare(p);
	if (has_colours(p, i)) {
		flow_free(f);
	} else {
		p->spare = f;
		p->spare_of = i;
	}
	return rows;
}

static struct flow *
lay_out_to_look(struct pieces *p, size_t i)
{
	struct flow *f = p->spare;

	if (!f || p->spare_of != i)
		return lay_out(p, i, true);
	p->spare = NULL;
	return f;
}

size_t
pieces_rows(struct pieces *p, size_t i)
{
	struct piece *piece = &p->list[i];

	if (i + 1 == p->n)
		return flow_sheet(piece->flow)->n_rows;
	if (!piece->counted)
		piece->rows = count_rows(p, i);
	piece->counted = true;
	return piece->rows;
}

const struct sheet *
pieces_sheet(struct pieces *p, size_t i)
{
	struct piece *piece = &p->list[i];

	if (!piece->flow) {
		piece->flow = lay_out_to_look(p, i);
		piece->rows = flow_sheet(piece->flow)->n_rows;
		piece->counted = true;
	}
	if (i + 1 < p->n)
		pieces_keep(p, i);
	return flow_sheet(piece->flow);
}

bool
pieces_are_counted(const struct pieces *p, size_t i)
{
	return i + 1 == p->n || p->list[i].counted;
}

size_t
pieces_n(const struct pieces *p)
{
	return p->n;
}

size_t
pieces_length(const struct pieces *p)
{
	return pieces_last(p)->at + flow_length(pieces_last(p)->flow);
}

size_t
pieces_find(const struct pieces *p, size_t byte)
{
	size_t low = 0, high = p->n;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (p->list[middle].at <= byte)
			low = middle;
		else
			high = middle;
	}
	return low;
}

size_t
pieces_spent(const struct pieces *p)
{
	return p->spent;
}

size_t
pieces_rows_kept(const struct pieces *p)
{
	size_t n = 0;

	for (size_t i = 0; i < p->n; i++)
		n += p->list[i].flow ? flow_sheet(p->list[i].flow)->n_rows : 0;
	return n + (p->spare ? flow_sheet(p->spare)->n_rows : 0);
}
