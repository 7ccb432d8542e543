/*
 * pieces.c - any bytes laid out in several pieces (text/pieces.h, here with small ones): they are the same however the text
 * came and whatever was looked at before, and each byte is found in one. Code in fences that say "c" has colours. The first
 * byte of the input is the width, the second says whether the text is Markdown, how often it is repeated, and what happens to it.
 */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "tests/fuzz/toy_colours.h"
#include "tests/text/laid_out.h"
#include "text/pieces.h"

enum {
	TYPED = 128,           /* the second byte from here on */
	RESIZED = 64,          /* this bit of it: the text is there at once, and the width changes; else it grows */
	LONG = 4 * PIECE_SOFT, /* bytes of a repeated text, at most */
	STEPS = 3,
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
put_pieces(struct pieces *p, struct buf *out)
{
	for (size_t i = 0; i < pieces_n(p); i++) {
		size_t rows = pieces_rows(p, i);

		assert(pieces_sheet(p, i)->n_rows == rows);
		laid_out_page(pieces_sheet(p, i), out);
	}
}

static void
check_same(struct pieces *p, const struct buf *want)
{
	struct buf have = {0};

	put_pieces(p, &have);
	assert(strcmp(buf_text(want), buf_text(&have)) == 0);
	buf_release(&have);
}

/* In steps, of which the first is read with a budget that is soon spent. */
static void
grow(struct pieces *p, const struct buf *text)
{
	size_t unbounded = SIZE_MAX, budget = PIECE_SOFT / 2;

	for (size_t i = 1; i <= STEPS; i++)
		(void)!pieces_update(p, text->data, text->len * i / STEPS, false, i == 1 ? &budget : &unbounded);
}

/* The width is another, and as it was. */
static void
resize(struct pieces *p, const struct buf *text, int cols)
{
	size_t unbounded = SIZE_MAX;

	for (int more = 0; more < 2; more++) {
		pieces_set_cols(p, cols + more);
		assert(pieces_update(p, text->data, text->len, true, &unbounded));
		(void)pieces_sheet(p, pieces_n(p) / 2);
	}
	pieces_set_cols(p, cols);
}

static void
check_pieces(const struct buf *text, int cols, enum flow_look look, bool resized)
{
	struct pieces *whole = pieces_new(cols, look), *other = pieces_new(cols, look);
	size_t unbounded = SIZE_MAX;
	struct buf want = {0};

	pieces_colour(whole, toy_colours());
	pieces_colour(other, toy_colours());
	assert(pieces_update(whole, text->data, text->len, true, &unbounded));
	put_pieces(whole, &want);
	if (resized)
		resize(other, text, cols);
	else
		grow(other, text);
	assert(pieces_update(other, text->data, text->len, true, &unbounded));
	assert(pieces_length(other) == pieces_length(whole));
	check_same(other, &want);
	for (size_t from = 0; from <= pieces_length(other); from += 1 + pieces_length(other) / 16)
		assert(pieces_find(other, from) < pieces_n(other));
	buf_release(&want);
	pieces_free(whole);
	pieces_free(other);
}

static void
check_repeated(const char *text, size_t n, int times, int cols, enum flow_look look, bool resized)
{
	struct buf all = {0};

	for (int i = 0; i < times && (i == 0 || all.len + n <= LONG); i++)
		buf_put(&all, text, n);
	check_pieces(&all, cols, look, resized);
	buf_release(&all);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < 3)
		return 0;
	check_repeated((const char *)data + 2, size - 2, data[1] % 16 + 1, data[0] % 90 + 1,
	        data[1] >= TYPED ? FLOW_TYPED : FLOW_MARKDOWN, data[1] & RESIZED);
	return 0;
}
