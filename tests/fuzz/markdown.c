/*
 * markdown.c - any bytes laid out as Markdown and as they are written, in pieces: what stands at the end is what the whole
 * gives, everything fits and was cleaned, and each byte of the source is found on a row. Code in fences that say "c" has
 * colours. The first byte of the input is the width, the second says where it is cut, and whether the rest is repeated until it
 * is laid out in several pieces (text/pieces.h): these are the same however the text came and whatever was looked at before.
 */
#include <assert.h>
#include <locale.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "syntax/grammars.h"
#include "tests/text/laid_out.h"
#include "text/flow.h"
#include "text/pieces.h"

enum {
	REPEATED = 192,                   /* the second byte from here on */
	PIECES_LONG = PIECE_SOFT * 5 / 4, /* bytes of a repeated text */
	STEPS = 3,
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv);

static struct grammars grammars;

int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
	static const char nanorc[] =
	        "syntax c\ncomment \"//\"\ncolor red \"\\<(if|int)\\>\"\ncolor red \"\"([^\"]|\\\\\")*\"\"\n"
	        "color red \"//.*\"\ncolor red start=\"/\\*\" end=\"\\*/\"\n"
	        "color red start=\"^#\" end=\"[^\\]$\"\n";

	(void)argc;
	(void)argv;
	(void)grammars_for(&grammars, "c", 1);
	grammars_give(&grammars, "c", grammar_new(nanorc, strlen(nanorc), "c"));
	return setlocale(LC_CTYPE, "C.UTF-8") ? 0 : 1;
}

static void
check_places(const struct flow *f)
{
	const struct sheet *p = flow_sheet(f);

	for (size_t from = 0; p->n_rows > 0 && from <= flow_length(f); from += 1 + flow_length(f) / 64)
		assert(sheet_row_of(p, from) < p->n_rows);
}

static void
check(const char *text, size_t n, int cols, size_t step, enum flow_look look)
{
	struct flow *whole = flow_new(cols, look), *grown = flow_new(cols, look);
	struct buf want = {0}, have = {0};

	flow_colour(whole, grammars_colours(&grammars));
	flow_colour(grown, grammars_colours(&grammars));
	flow_grow(whole, text, n, true);
	for (size_t at = 0; at < n; at += step)
		flow_grow(grown, text, at, false);
	flow_grow(grown, text, n, false);
	assert(!laid_out_wrong(grown, text, n, cols));
	flow_grow(grown, text, n, true);
	laid_out_all(whole, &want);
	laid_out_all(grown, &have);
	assert(strcmp(buf_text(&want), buf_text(&have)) == 0);
	assert(!laid_out_wrong(whole, text, n, cols));
	check_places(whole);
	buf_release(&want);
	buf_release(&have);
	flow_free(whole);
	flow_free(grown);
}

/* ---- pieces ---- */

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

/* It has come in steps, of which the first is read with a budget that is soon spent; then the width is another, and as it was. */
static void
check_pieces(const struct buf *text, int cols, enum flow_look look)
{
	struct pieces *whole = pieces_new(cols, look), *grown = pieces_new(cols, look);
	size_t unbounded = SIZE_MAX, budget = PIECE_SOFT / 2;
	struct buf want = {0};

	pieces_colour(whole, grammars_colours(&grammars));
	pieces_colour(grown, grammars_colours(&grammars));
	assert(pieces_update(whole, text->data, text->len, true, &unbounded));
	put_pieces(whole, &want);
	for (size_t i = 1; i <= STEPS; i++)
		(void)!pieces_update(grown, text->data, text->len * i / STEPS, false, i == 1 ? &budget : &unbounded);
	assert(pieces_update(grown, text->data, text->len, true, &unbounded));
	assert(pieces_length(grown) == pieces_length(whole));
	check_same(grown, &want);
	pieces_set_cols(grown, cols + 1);
	assert(pieces_update(grown, text->data, text->len, true, &unbounded));
	(void)pieces_sheet(grown, pieces_n(grown) / 2);
	pieces_set_cols(grown, cols);
	assert(pieces_update(grown, text->data, text->len, true, &unbounded));
	check_same(grown, &want);
	for (size_t from = 0; from <= pieces_length(grown); from += 1 + pieces_length(grown) / 16)
		assert(pieces_find(grown, from) < pieces_n(grown));
	buf_release(&want);
	pieces_free(whole);
	pieces_free(grown);
}

static void
check_repeated(const char *text, size_t n, int cols, enum flow_look look)
{
	struct buf all = {0};

	while (n > 0 && all.len < PIECES_LONG)
		buf_put(&all, text, n);
	check_pieces(&all, cols, look);
	buf_release(&all);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	int cols;
	size_t step;

	if (size < 2)
		return 0;
	cols = data[0] % 90 + 1;
	if (data[1] >= REPEATED) {
		check_repeated((const char *)data + 2, size - 2, cols, data[1] % 8 == 0 ? FLOW_TYPED : FLOW_MARKDOWN);
		return 0;
	}
	/* Few pieces of much text: what they cost together is not what is to be found here. */
	step = data[1] % 64 + 1 + size / 64;
	check((const char *)data + 2, size - 2, cols, step, FLOW_MARKDOWN);
	check((const char *)data + 2, size - 2, cols, step, FLOW_TYPED);
	return 0;
}
