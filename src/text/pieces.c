/*
 * pieces.c - of each piece it is known where it begins, and what the lines before it have left open. The last one grows.
 */
#include "text/pieces.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "text/flow.h"
#include "text/flow_inside.h"

enum {
	BLANK_FAR = 1024,        /* bytes back from where a line is cut to look for a better place */
	COLOUR_BUDGET_TIMES = 4, /* colours take that much more of a budget than of a piece */
	SKIM_LEAST = 4 * 1024,   /* bytes from a piece's start to the end from which on it is read without rows */
};

struct piece {
	size_t raw, at; /* where it begins: bytes of the text, and of the cleaned text */
	struct clean clean;
	struct flow_state *state; /* NULL: of the first one */
	struct flow *flow;        /* NULL: it is not laid out now */
	size_t rows;
	bool counted; /* rows are those of these columns */
	bool empty;   /* there are none in any */
};

struct pieces {
	enum flow_look look;
	int cols;
	struct code_colours *colours;
	struct piece *list;
	size_t n, space;
	const char *text; /* borrowed; */
	size_t length;    /* all of it, read or not */
	bool ended, complete;
	size_t line;             /* where the line begins that is read next: a byte of the text */
	struct clean line_clean; /* and the filter there */
	struct buf definitions, heads;
	size_t lacks;             /* the first piece in which a grammar was missing; SIZE_MAX: none */
	size_t kept[PIECES_KEPT]; /* but for the last one, those that are laid out, by when they were looked at */
	size_t n_kept;
	struct flow *spare; /* laid out to be counted, and mostly looked at next; NULL: none, */
	size_t spare_of;    /* of this piece */
	size_t read; /* up to here the text is always read, whatever the budget is: it was before */
	size_t spent;
};

/* ---- one piece ---- */

static struct flow *
start_flow(struct pieces *p, size_t i, bool coloured, bool skims)
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

static struct piece *
last(const struct pieces *p)
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
static void
start_last(struct pieces *p)
{
	bool skims = p->length - last(p)->raw > SKIM_LEAST;

	last(p)->flow = start_flow(p, p->n - 1, true, skims);
}

/* The last piece begins again: what there is of it was not read. */
static void
restart_last(struct pieces *p)
{
	struct piece *piece = last(p);

	flow_free(piece->flow);
	start_last(p);
	p->line = piece->raw;
	p->line_clean = piece->flow->clean;
	p->ended = p->complete = false;
}

static struct piece *
add_piece(struct pieces *p)
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
	add_piece(p);
	restart_last(p);
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
	restart_last(p);
}

void
pieces_set_cols(struct pieces *p, int cols)
{
	if (cols == p->cols)
		return;
	p->cols = cols;
	release_rows(p);
}

static void
read_from(struct pieces *p, size_t piece)
{
	while (p->n > piece + 1)
		release_piece(&p->list[--p->n]);
	p->lacks = SIZE_MAX;
	p->read = last(p)->raw;
	release_rows(p);
}

void
pieces_colour(struct pieces *p, struct code_colours *colours)
{
	if (colours == p->colours)
		return;
	p->colours = colours;
	read_from(p, 0);
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
		read_from(p, p->lacks);
}

/* ---- what is kept ---- */

/* This piece is looked at; of the others, the one that was not for the longest time may have to go. */
static void
keep(struct pieces *p, size_t i)
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

/* ---- reading on ---- */

/* A line that is to be read. */
struct next_line {
	size_t end; /* after it */
	bool cut;   /* that is not its end */
};

/* Where a line without an end is cut: after a space near there, or between two characters. */
static size_t
place_to_cut(const char *line)
{
	for (size_t n = PIECE_LINE; n > PIECE_LINE - BLANK_FAR; n--)
		if (line[n - 1] == ' ' && (unsigned char)line[n] < 0x80)
			return n;
	for (size_t n = PIECE_LINE; n > PIECE_LINE - BLANK_FAR; n--)
		if ((unsigned char)line[n - 1] < 0x80 && (unsigned char)line[n] < 0x80)
			return n;
	return utf8_floor(line, PIECE_LINE);
}

static bool
find_line(const struct pieces *p, struct next_line *l)
{
	size_t from = last(p)->raw + last(p)->flow->taken, most = p->line + PIECE_LINE + 1;
	size_t end = most < p->length ? most : p->length;
	const char *feed = from < end ? memchr(p->text + from, '\n', end - from) : NULL;

	if (feed) {
		*l = (struct next_line){(size_t)(feed + 1 - p->text), false};
		return true;
	}
	*l = (struct next_line){0, true};
	if (p->length < most)
		return false;
	l->end = p->line + place_to_cut(p->text + p->line);
	return true;
}

/* The line was read further than it is taken now. */
static void
rewind_to_line(struct pieces *p)
{
	struct flow *f = last(p)->flow;

	buf_truncate(&f->source, f->at);
	f->clean = p->line_clean;
	f->taken = p->line - last(p)->raw;
}

static void
spend(struct pieces *p, size_t cost, size_t coloured, size_t *budget)
{
	size_t colours = coloured * FLOW_COLOUR_COST, all;

	if (last(p)->flow->skims)
		cost = colours + (cost - colours) / PIECE_SKIM_PART;
	all = cost + colours * (COLOUR_BUDGET_TIMES - 1);
	p->spent += cost;
	*budget -= all < *budget ? all : *budget;
}

static bool
is_due(const struct flow *f)
{
	bool between = f->state.leaf != BLOCK_PARAGRAPH && f->state.leaf != BLOCK_TABLE;

	return f->cost >= (between ? PIECE_SOFT : PIECE_HARD);
}

static void
note_grammar(struct pieces *p)
{
	if (p->lacks == SIZE_MAX && flow_lacks_grammar(last(p)->flow))
		p->lacks = p->n - 1;
}

/* It has rows, or they are made when they are looked at. */
static void
end_piece(struct pieces *p, size_t i)
{
	struct piece *piece = &p->list[i];

	piece->empty = !piece->flow->has_rows;
	piece->counted = piece->empty || !piece->flow->skims;
	piece->rows = piece->counted ? flow_sheet(piece->flow)->n_rows : 0;
	if (!piece->flow->skims) {
		keep(p, i);
		return;
	}
	flow_free(piece->flow);
	piece->flow = NULL;
}

static void
begin_piece(struct pieces *p, size_t raw)
{
	struct piece *before = last(p), *piece;
	struct flow *f = before->flow;
	struct flow_state *state = mem_alloc(sizeof(*state));
	size_t at = before->at + f->source.len;
	struct clean clean = f->clean;

	flow_stop(f, &p->heads);
	if (f->markdown.definitions.len > p->definitions.len)
		buf_put(&p->definitions, f->markdown.definitions.data + p->definitions.len,
		        f->markdown.definitions.len - p->definitions.len);
	*state = f->state;
	end_piece(p, p->n - 1);
	piece = add_piece(p);
	*piece = (struct piece){.raw = raw, .at = at, .clean = clean, .state = state};
	start_last(p);
}

static void
read_line(struct pieces *p, const struct next_line *l, size_t *budget)
{
	struct piece *piece = last(p);
	struct flow *f = piece->flow;
	size_t cost = f->cost, coloured = f->state.coloured;

	if (piece->raw + f->taken > l->end)
		rewind_to_line(p);
	flow_take(f, p->text + piece->raw, l->end - piece->raw, l->cut);
	spend(p, f->cost - cost, f->state.coloured - coloured, budget);
	note_grammar(p);
	p->line = l->end;
	p->line_clean = f->clean;
	p->read = l->end > p->read ? l->end : p->read;
	if (l->end < p->length && (l->cut || is_due(f)))
		begin_piece(p, l->end);
}

/* It stops between pieces only. */
static bool
read_lines(struct pieces *p, size_t *budget)
{
	struct next_line l;

	while (find_line(p, &l)) {
		if (*budget == 0 && p->n > 1 && last(p)->flow->cost == 0 && p->line >= p->read)
			return false;
		read_line(p, &l, budget);
	}
	return true;
}

/* It is the last one after all. */
static void
lay_out_last(struct pieces *p, size_t *budget)
{
	struct piece *piece = last(p);

	flow_free(piece->flow);
	piece->flow = start_flow(p, p->n - 1, true, false);
	flow_take(piece->flow, p->text + piece->raw, p->line - piece->raw, false);
	spend(p, piece->flow->cost, 0, budget);
}

/* What is after the last line that was read. */
static void
read_rest(struct pieces *p)
{
	struct piece *piece = last(p);
	size_t end = p->complete ? p->length : p->line;

	flow_grow(piece->flow, p->text + piece->raw, end - piece->raw, p->complete && p->ended);
	note_grammar(p);
}

bool
pieces_update(struct pieces *p, const char *text, size_t n, bool ended, size_t *budget)
{
	bool shorter = n < p->length, reopened = p->ended && (!ended || n > p->length);

	if (p->complete && p->ended == ended && n == p->length)
		return true;
	p->text = text;
	p->length = n;
	if (shorter)
		read_from(p, 0);
	else if (reopened || last(p)->flow->taken == 0)
		restart_last(p);
	p->ended = ended;
	p->complete = read_lines(p, budget);
	if (p->complete && last(p)->flow->skims)
		lay_out_last(p, budget);
	read_rest(p);
	return p->complete;
}

/* ---- rows ---- */

static struct flow *
lay_out(struct pieces *p, size_t i, bool coloured)
{
	const struct piece *piece = &p->list[i];
	struct flow *f = start_flow(p, i, coloured, false);
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
		keep(p, i);
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
	return last(p)->at + flow_length(last(p)->flow);
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
