/*
 * markdown.c - any bytes laid out as Markdown and as they are written, in pieces: what stands at the end is what the whole
 * gives, everything fits and was cleaned, and each byte of the source is found on a row. Code in fences that say "c" has
 * colours. The first byte of the input is the width, the second says where it is cut.
 */
#include <assert.h>
#include <locale.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "syntax/grammars.h"
#include "tests/text/laid_out.h"
#include "text/flow.h"

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

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	int cols;
	size_t step;

	if (size < 2)
		return 0;
	cols = data[0] % 90 + 1;
	/* Few pieces of much text: what they cost together is not what is to be found here. */
	step = data[1] % 64 + 1 + size / 64;
	check((const char *)data + 2, size - 2, cols, step, FLOW_MARKDOWN);
	check((const char *)data + 2, size - 2, cols, step, FLOW_TYPED);
	return 0;
}
