/*
 * toy_colours.c - see toy_colours.h.
 */
#include "tests/fuzz/toy_colours.h"

#include <string.h>

#include "syntax/grammars.h"

struct code_colours *
toy_colours(void)
{
	static const char nanorc[] =
	        "syntax c\ncomment \"//\"\ncolor red \"\\<(if|int)\\>\"\ncolor red \"\"([^\"]|\\\\\")*\"\"\n"
	        "color red \"//.*\"\ncolor red start=\"/\\*\" end=\"\\*/\"\n"
	        "color red start=\"^#\" end=\"[^\\]$\"\n";
	static struct grammars grammars;
	static bool made;

	if (!made) {
		(void)grammars_for(&grammars, "c", 1);
		grammars_give(&grammars, "c", grammar_new(nanorc, strlen(nanorc), "c"));
		made = true;
	}
	return grammars_colours(&grammars);
}
