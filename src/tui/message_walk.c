/*
 * message_walk.c - from row to row of a message, by its pieces: no step looks at more of them than it passes.
 */
#include "tui/message_rows.h"
#include "tui/message_rows_inside.h"

enum {
	PICTURE_PARTS = 1000, /* of its height, in a spot */
};

uint64_t
message_line_number(struct line at)
{
	return (uint64_t)at.part << 56 | (uint64_t)at.piece << 32 | at.row;
}

static struct line
line_of(uint64_t number)
{
	return (struct line){(unsigned)(number >> 56), (number >> 32) & 0xffffff, number & 0xffffffff};
}

static bool
is_folded(const struct message_rows *l)
{
	size_t rows = l->look.folded ? pieces_rows(l->content, 0) : 0;

	return rows > FOLD_ROWS + 1 || (rows > FOLD_ROWS && pieces_n(l->content) > 1);
}

/* The pieces of a part that have rows, and how many rows these have. */
static size_t
n_pieces(const struct message_rows *l, unsigned part)
{
	if (part == SPOT_THOUGHT)
		return l->thought ? pieces_n(l->thought) : 0;
	if (part == SPOT_PICTURE)
		return l->pictures.n;
	return part == SPOT_CONTENT && !is_folded(l) ? pieces_n(l->content) : 1;
}

/* Folded, there is one more, which tells of the others. */
static size_t
n_rows(const struct message_rows *l, unsigned part, size_t piece)
{
	switch (part) {
	case SPOT_HEAD:
		return l->head.len > 0;
	case SPOT_THOUGHT:
		return pieces_rows(l->thought, piece);
	case SPOT_CONTENT:
		return is_folded(l) ? FOLD_ROWS + 1 : pieces_rows(l->content, piece);
	case SPOT_TAIL:
		return l->tail ? flow_sheet(l->tail)->n_rows : 0;
	case SPOT_PICTURE:
		return message_pictures_rows(&l->pictures, piece);
	default:
		return 1;
	}
}

/* The next piece or part that has a row; there is one below everything but the blank row. Its first row. */
static struct line
next_piece(const struct message_rows *l, struct line at)
{
	at.row = 0;
	do {
		if (++at.piece >= n_pieces(l, at.part)) {
			at.part++;
			at.piece = 0;
		}
	} while (at.piece >= n_pieces(l, at.part) || n_rows(l, at.part, at.piece) == 0);
	return at;
}

/* Its last row. False: there is none above. */
static bool
previous_piece(const struct message_rows *l, struct line *at)
{
	struct line p = *at;

	do {
		while (p.piece == 0) {
			if (p.part == 0)
				return false;
			p.part--;
			p.piece = n_pieces(l, p.part);
		}
		p.piece--;
	} while (n_rows(l, p.part, p.piece) == 0);
	p.row = n_rows(l, p.part, p.piece) - 1;
	*at = p;
	return true;
}

struct line
message_line(const struct message_rows *l, uint64_t number)
{
	struct line at = line_of(number);
	size_t rows;

	if (at.part >= PARTS)
		return (struct line){.part = PART_BLANK};
	rows = at.piece < n_pieces(l, at.part) ? n_rows(l, at.part, at.piece) : 0;
	if (rows == 0)
		return next_piece(l, at);
	if (at.row >= rows)
		at.row = rows - 1;
	return at;
}

uint64_t
message_rows_first(const struct message_rows *l)
{
	struct line at = {0};

	return message_line_number(n_rows(l, 0, 0) > 0 ? at : next_piece(l, at));
}

uint64_t
message_rows_last(const struct message_rows *l)
{
	(void)l;
	return message_line_number((struct line){.part = PART_BLANK});
}

bool
message_rows_has(const struct message_rows *l, uint64_t row)
{
	struct line at = line_of(row);

	return at.part < PARTS && at.piece < n_pieces(l, at.part) && at.row < n_rows(l, at.part, at.piece);
}

static long
move_down(const struct message_rows *l, struct line *at, long rows)
{
	long went = 0;

	for (;;) {
		long left = (long)(n_rows(l, at->part, at->piece) - at->row) - 1;

		if (rows - went <= left || at->part == PART_BLANK) {
			left = rows - went < left ? rows - went : left;
			at->row += (size_t)left;
			return went + left;
		}
		went += left + 1;
		*at = next_piece(l, *at);
	}
}

static long
move_up(const struct message_rows *l, struct line *at, long rows)
{
	long went = 0;

	for (;;) {
		long left = rows - went;

		if ((size_t)left <= at->row) {
			at->row -= (size_t)left;
			return rows;
		}
		went += (long)at->row;
		at->row = 0;
		if (!previous_piece(l, at))
			return went;
		went++;
	}
}

long
message_rows_move(const struct message_rows *l, uint64_t *row, long rows)
{
	struct line at = message_line(l, *row);
	long went = rows >= 0 ? move_down(l, &at, rows) : -move_up(l, &at, -rows);

	*row = message_line_number(at);
	return went;
}

/* May the piece after this one be counted? */
static bool
may_count_next(const struct message_rows *l, struct line at, size_t *pieces)
{
	const struct pieces *p = at.part == SPOT_THOUGHT ? l->thought : l->content;

	if ((at.part != SPOT_THOUGHT && at.part != SPOT_CONTENT) || at.piece + 1 >= n_pieces(l, at.part) ||
	        pieces_are_counted(p, at.piece + 1))
		return true;
	*pieces -= *pieces > 0;
	return *pieces > 0;
}

size_t
message_rows_between(const struct message_rows *l, uint64_t from, uint64_t to, size_t most, size_t *pieces)
{
	struct line at = message_line(l, from), end = message_line(l, to);
	size_t n = 0;

	if (message_line_number(at) >= message_line_number(end))
		return 0;
	while (n < most && (at.part != end.part || at.piece != end.piece)) {
		n += n_rows(l, at.part, at.piece) - at.row;
		if (!may_count_next(l, at, pieces))
			return n < most ? n : most;
		at = next_piece(l, at);
	}
	if (n < most && end.row > at.row)
		n += end.row - at.row;
	return n < most ? n : most;
}

size_t
message_rows_count(const struct message_rows *l, size_t most)
{
	size_t pieces = SIZE_MAX;

	if (most == 0)
		return 0;
	return 1 + message_rows_between(l, message_rows_first(l), message_rows_last(l), most - 1, &pieces);
}

size_t
message_line_rows(const struct message_rows *l, struct line at)
{
	size_t rows = at.part == SPOT_CONTENT && is_folded(l) ? FOLD_ROWS : n_rows(l, at.part, at.piece);

	return rows - at.row;
}

bool
message_line_is_fold(const struct message_rows *l, struct line at)
{
	return at.part == SPOT_CONTENT && at.row == FOLD_ROWS && is_folded(l);
}

const struct sheet *
message_line_sheet(const struct message_rows *l, struct line at)
{
	if (at.part == SPOT_THOUGHT)
		return pieces_sheet(l->thought, at.piece);
	if (at.part == SPOT_CONTENT && !message_line_is_fold(l, at))
		return pieces_sheet(l->content, at.piece);
	return at.part == SPOT_TAIL ? flow_sheet(l->tail) : NULL;
}

/* ---- spots ---- */

/* A picture of another size has its rows elsewhere. */
static struct spot
picture_spot(const struct message_rows *l, struct line at)
{
	size_t rows = n_rows(l, SPOT_PICTURE, at.piece);

	return (struct spot){SPOT_PICTURE, at.piece * PICTURE_PARTS + at.row * PICTURE_PARTS / rows};
}

static uint64_t
picture_row(const struct message_rows *l, size_t byte)
{
	struct line at = {SPOT_PICTURE, byte / PICTURE_PARTS, 0};

	if (at.piece >= l->pictures.n)
		return message_rows_last(l);
	at.row = (byte % PICTURE_PARTS * n_rows(l, at.part, at.piece) + PICTURE_PARTS - 1) / PICTURE_PARTS;
	return message_line_number(message_line(l, message_line_number(at)));
}

struct spot
message_rows_spot_of(const struct message_rows *l, uint64_t row)
{
	struct line at = message_line(l, row);
	const struct sheet *page = message_line_sheet(l, at);

	if (page)
		return (struct spot){(enum spot_part)at.part, sheet_row_from(page, at.row)};
	if (message_line_is_fold(l, at))
		return (struct spot){SPOT_CONTENT, sheet_row_from(pieces_sheet(l->content, 0), at.row)};
	if (at.part == SPOT_PICTURE)
		return picture_spot(l, at);
	return at.part == PART_BLANK ? (struct spot){SPOT_TAIL, SIZE_MAX} : (struct spot){SPOT_HEAD, 0};
}

/* A piece without rows has its last row above it. */
static uint64_t
row_in(const struct message_rows *l, struct line at, const struct sheet *page, size_t byte)
{
	if (n_rows(l, at.part, at.piece) > 0) {
		at.row = sheet_row_of(page, byte);
		return message_line_number(at);
	}
	return previous_piece(l, &at) ? message_line_number(at) : message_rows_first(l);
}

static uint64_t
content_row(const struct message_rows *l, size_t byte)
{
	size_t piece = pieces_find(l->content, byte);
	uint64_t row = row_in(l, (struct line){SPOT_CONTENT, piece, 0}, pieces_sheet(l->content, piece), byte);
	uint64_t fold = message_line_number((struct line){SPOT_CONTENT, 0, FOLD_ROWS});

	return is_folded(l) && row > fold ? fold : row;
}

uint64_t
message_rows_row_of(const struct message_rows *l, struct spot spot)
{
	size_t piece;

	switch (spot.part) {
	case SPOT_HEAD:
		break;
	case SPOT_THOUGHT:
		if (!l->thought)
			break;
		piece = pieces_find(l->thought, spot.byte);
		return row_in(l, (struct line){SPOT_THOUGHT, piece, 0}, pieces_sheet(l->thought, piece), spot.byte);
	case SPOT_CONTENT:
		return content_row(l, spot.byte);
	case SPOT_TAIL:
		if (spot.byte == SIZE_MAX || !l->tail)
			return message_rows_last(l);
		return row_in(l, (struct line){SPOT_TAIL, 0, 0}, flow_sheet(l->tail), spot.byte);
	case SPOT_PICTURE:
		return picture_row(l, spot.byte);
	}
	return message_rows_first(l);
}
