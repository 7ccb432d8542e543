/*
 * markdown.c - any bytes laid out as Markdown or as they are written, in pieces: what stands at the end is what the whole
 * gives, everything fits and was cleaned, and each byte of the source is found on a row. Code in fences that say "c" has
 * colours. The first byte of the input is the width, the second says what is done with it.
 */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "tests/fuzz/toy_colours.h"
#include "tests/text/laid_out.h"
#include "text/flow.h"

enum {
	STEPS = 64, /* the second byte: how much comes first, */
	OPEN = 64,  /* whether the text is checked while it grows, or when it has ended, */
	TYPED = 128,
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_places(const struct flow *f)
{
	const struct sheet *p = flow_sheet(f);

	for (size_t from = 0; p->n_rows > 0 && from <= flow_length(f); from += 1 + flow_length(f) / 64)
		assert(sheet_row_of(p, from) < p->n_rows);
}

/* Each piece is as long as all before it: few for a long text, and in all places for many texts. */
static void
check(const char *text, size_t n, int cols, size_t step, enum flow_look look, bool open)
{
	struct flow *whole = flow_new(cols, look), *grown = flow_new(cols, look);

	flow_colour(whole, toy_colours());
	flow_colour(grown, toy_colours());
	flow_grow(whole, text, n, true);
	for (size_t at = step; at < n; at *= 2)
		flow_grow(grown, text, at, false);
	flow_grow(grown, text, n, false);
	assert(!open || !laid_out_wrong(grown, text, n, cols));
	flow_grow(grown, text, n, true);
	assert(laid_out_same(flow_sheet(whole), flow_sheet(grown)));
	assert(open || !laid_out_wrong(whole, text, n, cols));
	check_places(whole);
	flow_free(whole);
	flow_free(grown);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < 2)
		return 0;
	check((const char *)data + 2, size - 2, data[0] % 90 + 1, data[1] % STEPS + 1,
	        data[1] & TYPED ? FLOW_TYPED : FLOW_MARKDOWN, data[1] & OPEN);
	return 0;
}
