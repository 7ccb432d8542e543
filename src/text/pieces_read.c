/*
 * pieces_read.c - reading on at the end of a long text: line by line into the last piece, and where that is long enough the
 * next one begins.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "text/pieces.h"
#include "text/pieces_inside.h"

enum {
	BLANK_FAR = PIECE_UNIT,  /* bytes back from where a line is cut to look for a better place */
	COLOUR_BUDGET_TIMES = 4, /* colours take that much more of a budget than of a piece */
};

/* ---- lines ---- */

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
	size_t from = pieces_last(p)->raw + pieces_last(p)->flow->taken, most = p->line + PIECE_LINE + 1;
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
	struct flow *f = pieces_last(p)->flow;

	buf_truncate(&f->source, f->at);
	f->clean = p->line_clean;
	f->taken = p->line - pieces_last(p)->raw;
}

static void
spend(struct pieces *p, size_t cost, size_t coloured, size_t *budget)
{
	size_t colours = coloured * FLOW_COLOUR_COST, all;

	if (pieces_last(p)->flow->skims)
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
	if (p->lacks == SIZE_MAX && flow_lacks_grammar(pieces_last(p)->flow))
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
		pieces_keep(p, i);
		return;
	}
	flow_free(piece->flow);
	piece->flow = NULL;
}

static void
begin_piece(struct pieces *p, size_t raw)
{
	struct piece *before = pieces_last(p), *piece;
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
	piece = pieces_add(p);
	*piece = (struct piece){.raw = raw, .at = at, .clean = clean, .state = state};
	pieces_start_last(p);
}

static void
read_line(struct pieces *p, const struct next_line *l, size_t *budget)
{
	struct piece *piece = pieces_last(p);
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

/* A piece that was long enough where the text ended ends there too, now that there is more. */
static void
end_due_piece(struct pieces *p)
{
	if (p->line < p->length && is_due(pieces_last(p)->flow))
		begin_piece(p, p->line);
}

/* It stops between pieces only. */
static bool
read_lines(struct pieces *p, size_t *budget)
{
	struct next_line l;

	end_due_piece(p);
	while (find_line(p, &l)) {
		if (*budget == 0 && p->n > 1 && pieces_last(p)->flow->cost == 0 && p->line >= p->read)
			return false;
		read_line(p, &l, budget);
	}
	return true;
}

/* It is the last one after all. */
static void
lay_out_last(struct pieces *p, size_t *budget)
{
	struct piece *piece = pieces_last(p);

	flow_free(piece->flow);
	piece->flow = pieces_start_flow(p, p->n - 1, true, false);
	flow_take(piece->flow, p->text + piece->raw, p->line - piece->raw, false);
	spend(p, piece->flow->cost, 0, budget);
}

/* What is after the last line that was read. */
static void
read_rest(struct pieces *p)
{
	struct piece *piece = pieces_last(p);
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
		pieces_read_from(p, 0);
	else if (reopened || pieces_last(p)->flow->taken == 0)
		pieces_restart_last(p);
	p->ended = ended;
	p->complete = read_lines(p, budget);
	if (p->complete && pieces_last(p)->flow->skims)
		lay_out_last(p, budget);
	read_rest(p);
	return p->complete;
}
