/*
 * picture.c - any bytes as the file of a picture, decoded in this process, and as the cells that flynn-picture hands over. The first byte
 * chooses what they are, the second how many cells and colours there may be.
 */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "picture/decode.h"
#include "text/picture.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_cells(const struct picture *p, int cols, int rows, int colours)
{
	assert(p->cols >= 1 && p->cols <= cols && p->rows >= 1 && p->rows <= rows);
	for (int i = 0; i < p->cols * p->rows; i++) {
		assert(picture_has_character(p->cells[i].character));
		assert(p->cells[i].foreground >= -1 && p->cells[i].foreground < colours);
		assert(p->cells[i].background >= -1 && p->cells[i].background < colours);
	}
}

/* What was read is written and read again: the same. */
static void
check_again(const struct picture *p, int colours)
{
	struct buf bytes = {0};
	struct err err;
	struct picture *again;

	picture_put(p, &bytes);
	again = picture_read(bytes.data, bytes.len, p->cols, p->rows, colours, &err);
	assert(again && memcmp(again->cells, p->cells, (size_t)(p->cols * p->rows) * sizeof(*p->cells)) == 0);
	picture_free(again);
	buf_release(&bytes);
}

static void
try_cells(const char *bytes, size_t n, int cols, int rows, int colours)
{
	struct err err;
	struct picture *p = picture_read(bytes, n, cols, rows, colours, &err);

	if (!p)
		return;
	check_cells(p, cols, rows, colours);
	check_again(p, colours);
	picture_free(p);
}

static void
try_file(const char *type, const char *bytes, size_t n, const struct picture_want *want)
{
	struct err err = {.code = ERR_NONE};
	struct decoder *d = decoder_new(type, &err);
	struct picture *p;

	assert(d);
	p = decoder_run(d, bytes, n, want, &err);
	assert(p || (err.code != ERR_NONE && *err.text));
	if (p)
		check_cells(p, want->cols, want->rows, want->colours);
	picture_free(p);
	decoder_free(d);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const types[] = {NULL, "image/png", "image/jpeg", "image/gif", "image/bmp"};
	static const int colours[] = {0, 8, 16, 256};
	struct picture_want want;
	const char *type;

	if (size < 2)
		return 0;
	type = types[data[0] % 5];
	want = (struct picture_want){
	        .cols = data[1] % 8 + 1, .rows = data[1] / 8 % 8 + 1, .colours = colours[data[1] / 64]};
	if (type)
		try_file(type, (const char *)data + 2, size - 2, &want);
	else
		try_cells((const char *)data + 2, size - 2, want.cols, want.rows, want.colours);
	return 0;
}
