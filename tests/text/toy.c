/*
 * toy.c - see toy.h.
 */
#include "tests/text/toy.h"

#include <stdlib.h>

#include "tests/harness.h"

void
toy_know(struct grammars *g)
{
	char *path = harness_path("grammars/toy.nanorc"), *text;
	size_t n;

	text = harness_read(path, &n);
	CU_ASSERT_PTR_NULL(grammars_for(g, "toy", 3));
	grammars_give(g, "toy", grammar_new(text, n, "toy"));
	free(text);
	free(path);
}
