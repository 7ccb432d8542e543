/*
 * lens.c - items and pieces only grow, but for the tail: text behind the last token, which is laid out again each time.
 */
#include "tui/lens.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "text/clean.h"
#include "text/cluster.h"

enum {
	GAP_SHOWN_MAX = 4096, /* bytes of text without tokens; the rest is counted */
};

void
lens_release(struct lens *l)
{
	free(l->items);
	free(l->pieces);
	buf_release(&l->shown);
	*l = (struct lens){0};
}

/* ---- bytes in cells ---- */

static const char *
sign_of(char c, bool show_space)
{
	switch (c) {
	case '\n':
		return "↵";
	case '\t':
		return "⇥";
	case ' ':
		return show_space ? "␣" : " ";
	default:
		return NULL;
	}
}

static void
show_text(struct buf *out, const char *s, size_t n)
{
	char *text = mem_strndup(s, n), *clean = clean_line(text);

	buf_puts(out, clean);
	free(text);
	free(clean);
}

static size_t
text_length(const char *s, size_t n)
{
	size_t i = 0;

	while (i < n && !sign_of(s[i], true))
		i++;
	i = utf8_span(s, i);
	return i;
}

static bool
is_white(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!sign_of(s[i], true))
			return false;
	return true;
}

void
lens_show(struct buf *out, const char *s, size_t n, bool all_space)
{
	bool show_space = all_space || is_white(s, n);

	while (n > 0) {
		const char *sign = sign_of(*s, show_space);
		size_t used = sign ? 1 : text_length(s, n);

		if (sign)
			buf_puts(out, sign);
		else if (used > 0)
			show_text(out, s, used);
		else
			buf_printf(out, "<%02X>", (unsigned)(unsigned char)*s);
		used += used == 0;
		s += used;
		n -= used;
	}
}

enum lens_class
lens_class(const struct token *t)
{
	double p = token_probability(t->nats);

	return p >= 0.9 ? LENS_SURE : p >= 0.5 ? LENS_LIKELY : p >= 0.2 ? LENS_UNSURE : LENS_RARE;
}

/* ---- rows ---- */

static void
break_row(struct lens *l)
{
	l->row++;
	l->col = 0;
	l->word = l->n_pieces;
}

static void
add_piece(struct lens *l, const char *s, size_t n, int cols)
{
	if (l->n_pieces == l->pieces_space) {
		l->pieces_space = l->pieces_space > 0 ? 2 * l->pieces_space : 64;
		l->pieces = mem_realloc(l->pieces, l->pieces_space * sizeof(*l->pieces));
	}
	l->pieces[l->n_pieces++] =
	        (struct lens_piece){l->n_items - 1, (size_t)(s - buf_text(&l->shown)), n, l->row, l->col, cols};
	l->col += cols;
}

/* The word that the token goes on with goes to the next row with it, unless it is a long one. */
static void
wrap(struct lens *l, int cols)
{
	int from = l->word < l->n_pieces ? l->pieces[l->word].col : l->col;

	if (from == 0 || l->col - from + cols > l->cols) {
		break_row(l);
		return;
	}
	for (size_t i = l->word; i < l->n_pieces; i++) {
		l->pieces[i].row++;
		l->pieces[i].col -= from;
	}
	l->row++;
	l->col -= from;
}

/* Text that stays on one row where it fits into one. */
static void
lay_out_text(struct lens *l, const char *s, size_t n)
{
	int cols = cluster_width(s, n);

	if (l->col > 0 && l->col + cols > l->cols)
		wrap(l, cols);
	while (n > 0) {
		size_t fits = cluster_fit(s, n, l->cols - l->col);

		if (fits == 0 && l->col > 0) {
			break_row(l);
			continue;
		}
		fits = fits > 0 ? fits : cluster_length(s, n);
		add_piece(l, s, fits, cluster_width(s, fits));
		s += fits;
		n -= fits;
	}
}

static bool
begins_word(const char *bytes, size_t n)
{
	return n == 0 || sign_of(bytes[0], true);
}

/* The bytes of an item: rows end after line feeds. Each item has a piece. */
static void
lay_out(struct lens *l, const char *bytes, size_t n)
{
	l->items[l->n_items - 1].piece = l->n_pieces;
	if (begins_word(bytes, n) || l->items[l->n_items - 1].is_gap)
		l->word = l->n_pieces;
	while (n > 0) {
		const char *feed = memchr(bytes, '\n', n);
		size_t line = feed ? (size_t)(feed - bytes) + 1 : n, at = l->shown.len;

		if (l->is_broken)
			break_row(l);
		lens_show(&l->shown, bytes, line, false);
		lay_out_text(l, l->shown.data + at, l->shown.len - at);
		l->is_broken = feed != NULL;
		bytes += line;
		n -= line;
	}
	if (l->n_pieces == l->items[l->n_items - 1].piece)
		add_piece(l, buf_text(&l->shown) + l->shown.len, 0, 0);
}

static struct lens_item *
add_item(struct lens *l)
{
	if (l->n_items == l->items_space) {
		l->items_space = l->items_space > 0 ? 2 * l->items_space : 64;
		l->items = mem_realloc(l->items, l->items_space * sizeof(*l->items));
	}
	l->items[l->n_items] = (struct lens_item){.piece = l->n_pieces};
	return &l->items[l->n_items++];
}

/* ---- items ---- */

static const struct buf *
text_of(const struct message *m, unsigned flags)
{
	return flags & TOKEN_THOUGHT ? &m->reasoning : &m->content;
}

static void
add_gap(struct lens *l, const struct message *m, unsigned flags, size_t end)
{
	size_t *at = &l->ends[(flags & TOKEN_THOUGHT) != 0], n = end - *at;
	const char *text = buf_text(text_of(m, flags)) + *at;
	struct lens_item *gap;
	struct buf rest = {0};

	if (end <= *at)
		return;
	gap = add_item(l);
	*gap = (struct lens_item){{.flags = flags & TOKEN_THOUGHT, .at = *at, .n = n}, true, l->n_pieces};
	*at = end;
	if (n <= GAP_SHOWN_MAX) {
		lay_out(l, text, n);
		return;
	}
	lay_out(l, text, utf8_floor(text, GAP_SHOWN_MAX));
	buf_printf(&rest, "… (%zu bytes more)", n - utf8_floor(text, GAP_SHOWN_MAX));
	lay_out(l, rest.data, rest.len);
	buf_release(&rest);
}

/* The answer begins on a row of its own below the thought. */
static void
change_text(struct lens *l, const struct message *m, unsigned flags)
{
	unsigned before = l->n_items > 0 ? l->items[l->n_items - 1].token.flags : flags;

	if ((before ^ flags) & TOKEN_THOUGHT) {
		add_gap(l, m, before, text_of(m, before)->len);
		break_row(l);
		break_row(l);
		l->is_broken = false;
	}
}

/* False: the list is not of this text. */
static bool
add_token(struct lens *l, const struct message *m, const struct token *t)
{
	const struct buf *text = text_of(m, t->flags);
	size_t *end = &l->ends[(t->flags & TOKEN_THOUGHT) != 0];

	if (t->n > text->len || t->at > text->len - t->n || t->at < *end)
		return false;
	change_text(l, m, t->flags);
	add_gap(l, m, t->flags, t->at);
	add_item(l)->token = *t;
	lay_out(l, buf_text(text) + t->at, t->n);
	*end = t->at + t->n;
	l->n_tokens++;
	if (t->nats < TOKEN_NATS_MAX) {
		l->n_told++;
		l->nats += t->nats / 1000.0;
	}
	return true;
}

static void
begin_tail(struct lens *l)
{
	l->tail.n_items = l->n_items;
	l->tail.n_pieces = l->n_pieces;
	l->tail.shown = l->shown.len;
	l->tail.row = l->row;
	l->tail.col = l->col;
	l->tail.is_broken = l->is_broken;
	memcpy(l->tail.ends, l->ends, sizeof(l->ends));
}

static void
drop_tail(struct lens *l)
{
	if (l->tail.n_items == l->n_items)
		return;
	l->n_items = l->tail.n_items;
	l->n_pieces = l->word = l->tail.n_pieces;
	buf_truncate(&l->shown, l->tail.shown);
	l->row = l->tail.row;
	l->col = l->tail.col;
	l->is_broken = l->tail.is_broken;
	memcpy(l->ends, l->tail.ends, sizeof(l->ends));
}

static void
add_tail(struct lens *l, const struct message *m)
{
	unsigned last = l->n_items > 0 ? l->items[l->n_items - 1].token.flags & TOKEN_THOUGHT : TOKEN_THOUGHT;

	begin_tail(l);
	add_gap(l, m, last, text_of(m, last)->len);
	if (last && l->ends[0] < m->content.len) {
		change_text(l, m, 0);
		add_gap(l, m, 0, m->content.len);
	}
}

/* ---- the cursor ---- */

static bool
is_token(const struct lens *l, size_t item)
{
	return item < l->n_items && !l->items[item].is_gap;
}

const struct token *
lens_token(const struct lens *l)
{
	return is_token(l, l->cursor) ? &l->items[l->cursor].token : NULL;
}

size_t
lens_number(const struct lens *l)
{
	size_t n = 0;

	for (size_t i = 0; i <= l->cursor && i < l->n_items; i++)
		n += !l->items[i].is_gap;
	return n;
}

size_t
lens_rows(const struct token *t, size_t *own)
{
	*own = t->own > 0 ? t->own - 1 : t->n_candidates;
	return t->n_candidates + (t->own == 0);
}

static void
put_cursor(struct lens *l, size_t item)
{
	l->cursor = item;
	l->choice = 0;
	if (lens_token(l))
		(void)lens_rows(lens_token(l), &l->choice);
}

/* The nearest token from there on that way, or where the cursor is. */
static size_t
find_token(const struct lens *l, size_t from, int way)
{
	for (size_t i = from; i < l->n_items; i += (size_t)(long)way)
		if (is_token(l, i))
			return i;
	return l->cursor;
}

static size_t
last_token(const struct lens *l)
{
	return l->n_items > 0 ? find_token(l, l->n_items - 1, -1) : 0;
}

void
lens_move(struct lens *l, long tokens)
{
	int way = tokens < 0 ? -1 : 1;

	for (long i = tokens; i != 0; i -= way)
		put_cursor(l, find_token(l, l->cursor + (size_t)(long)way, way));
	l->follows = false;
}

void
lens_move_end(struct lens *l, int way)
{
	put_cursor(l, way < 0 ? find_token(l, 0, 1) : last_token(l));
	l->follows = way > 0;
}

bool
lens_move_unsure(struct lens *l, int way)
{
	for (size_t i = l->cursor + (size_t)(long)way; i < l->n_items; i += (size_t)(long)way)
		if (is_token(l, i) && lens_class(&l->items[i].token) >= LENS_UNSURE) {
			put_cursor(l, i);
			l->follows = false;
			return true;
		}
	return false;
}

static long
row_of(const struct lens *l, size_t item)
{
	size_t piece = l->items[item].piece;

	return piece < l->n_pieces ? l->pieces[piece].row : l->row;
}

/* To the token in the same column, or before it. */
void
lens_move_rows(struct lens *l, long rows)
{
	int way = rows < 0 ? -1 : 1;
	size_t to = l->cursor;
	long row;
	int col;

	if (!lens_token(l))
		return;
	row = row_of(l, l->cursor) + rows;
	col = l->pieces[l->items[l->cursor].piece].col;
	for (size_t i = l->cursor + (size_t)(long)way; i < l->n_items; i += (size_t)(long)way) {
		const struct lens_piece *p = &l->pieces[l->items[i].piece];

		if (!is_token(l, i))
			continue;
		if (way > 0 ? p->row > row : p->row < row || (p->row == row && p->col < col))
			break;
		to = i;
		if (way > 0 && p->row == row && p->col >= col)
			break;
	}
	put_cursor(l, to);
	l->follows = false;
}

void
lens_choose(struct lens *l, long rows)
{
	const struct token *t = lens_token(l);
	size_t own, n = t ? lens_rows(t, &own) : 0;

	if (rows < 0 && l->choice > 0)
		l->choice--;
	else if (rows > 0 && l->choice + 1 < n)
		l->choice++;
	l->follows = false;
}

/* ---- reading ---- */

static void
begin(struct lens *l, const struct message *m, int cols)
{
	size_t cursor = l->id == m->id && l->moves == m->moves ? l->cursor : 0, choice = l->choice;
	bool follows = l->follows;
	long top = l->top;

	lens_release(l);
	*l = (struct lens){.id = m->id,
	        .moves = m->moves,
	        .cols = cols,
	        .cursor = cursor,
	        .choice = choice,
	        .follows = follows,
	        .top = top};
}

void
lens_read(struct lens *l, const struct message *m, int cols)
{
	struct token t;

	if (l->id != m->id || l->moves != m->moves || l->cols != cols || l->reader.next > m->tokens.len)
		begin(l, m, cols);
	drop_tail(l);
	l->reader.packed = &m->tokens;
	while (tokens_next(&l->reader, &t))
		if (!add_token(l, m, &t))
			l->reader.next = m->tokens.len;
	add_tail(l, m);
	if (l->follows)
		put_cursor(l, last_token(l));
	else if (!lens_token(l))
		put_cursor(l, find_token(l, l->cursor < l->n_items ? l->cursor : 0, 1));
}
