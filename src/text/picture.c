/*
 * picture.c - cells to bytes and back.
 */
#include "text/picture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum {
	FULL_BLOCK = 0x2588,
};

#define HEAD "flynn-picture 1 "

static size_t
count_cells(int cols, int rows)
{
	return (size_t)cols * (size_t)rows;
}

struct picture *
picture_new(int cols, int rows)
{
	size_t n = count_cells(cols, rows);
	struct picture *p = mem_alloc(sizeof(*p) + n * sizeof(*p->cells));

	p->cols = cols;
	p->rows = rows;
	p->holders = 1;
	for (size_t i = 0; i < n; i++)
		p->cells[i] = (struct picture_cell){' ', -1, -1};
	return p;
}

struct picture *
picture_hold(struct picture *p)
{
	p->holders++;
	return p;
}

void
picture_free(struct picture *p)
{
	if (p && --p->holders == 0)
		free(p);
}

bool
picture_has_character(uint32_t c)
{
	return c == ' ' || (c >= 0x2500 && c <= 0x259f);
}

/* ---- writing ---- */

static void
put_low_first(struct buf *out, uint32_t value, int bytes)
{
	for (int i = 0; i < bytes; i++)
		buf_putc(out, (char)(value >> (8 * i) & 0xff));
}

void
picture_put(const struct picture *p, struct buf *out)
{
	buf_printf(out, HEAD "%d %d\n", p->cols, p->rows);
	for (size_t i = 0; i < count_cells(p->cols, p->rows); i++) {
		put_low_first(out, p->cells[i].character, 4);
		put_low_first(out, (uint16_t)p->cells[i].foreground, 2);
		put_low_first(out, (uint16_t)p->cells[i].background, 2);
	}
}

/* ---- reading ---- */

static uint32_t
read_low_first(const char *at, int bytes)
{
	uint32_t value = 0;

	for (int i = bytes - 1; i >= 0; i--)
		value = value << 8 | (unsigned char)at[i];
	return value;
}

/* From 1 to `most`, in as few digits as it takes, and the byte that must follow. NULL: it is not so. */
static const char *
read_count(const char *at, const char *end, int most, char after, int *count)
{
	*count = 0;
	if (at == end || *at == '0')
		return NULL;
	for (; at < end && *at >= '0' && *at <= '9' && *count <= most; at++)
		*count = *count * 10 + (*at - '0');
	return at<end && * at == after && * count> 0 && *count <= most ? at + 1 : NULL;
}

static const char *
read_head(const char *bytes, const char *end, int cols, int rows, int *has_cols, int *has_rows)
{
	size_t len = strlen(HEAD);
	const char *at;

	if ((size_t)(end - bytes) < len || memcmp(bytes, HEAD, len) != 0)
		return NULL;
	at = read_count(bytes + len, end, cols, ' ', has_cols);
	return at ? read_count(at, end, rows, '\n', has_rows) : NULL;
}

static bool
is_colour(int16_t colour, int colours)
{
	return colour >= -1 && colour < colours;
}

/* A terminal has not many more pairs of colours than there can be, and those that nobody sees are not among them. */
static struct picture_cell
tidy(struct picture_cell cell)
{
	if (cell.foreground >= 0 && (cell.character == FULL_BLOCK || cell.foreground == cell.background))
		return (struct picture_cell){' ', -1, cell.foreground};
	if (cell.character == ' ')
		cell.foreground = -1;
	return cell;
}

static bool
read_cells(struct picture *p, const char *at, int colours)
{
	for (size_t i = 0; i < count_cells(p->cols, p->rows); i++, at += PICTURE_CELL_BYTES) {
		struct picture_cell cell = {read_low_first(at, 4), (int16_t)(uint16_t)read_low_first(at + 4, 2),
		        (int16_t)(uint16_t)read_low_first(at + 6, 2)};

		if (!picture_has_character(cell.character) || !is_colour(cell.foreground, colours) ||
		        !is_colour(cell.background, colours))
			return false;
		p->cells[i] = tidy(cell);
	}
	return true;
}

struct picture *
picture_read(const char *bytes, size_t n, int cols, int rows, int colours, struct err *err)
{
	const char *end = bytes + n, *at;
	struct picture *p;
	int has_cols, has_rows;

	at = n > 0 ? read_head(bytes, end, cols, rows, &has_cols, &has_rows) : NULL;
	if (!at || (size_t)(end - at) != count_cells(has_cols, has_rows) * PICTURE_CELL_BYTES) {
		err_set(err, ERR_SYSTEM, "what flynn-picture said makes no sense");
		return NULL;
	}
	p = picture_new(has_cols, has_rows);
	if (read_cells(p, at, colours))
		return p;
	picture_free(p);
	err_set(err, ERR_SYSTEM, "what flynn-picture said makes no sense");
	return NULL;
}
