/*
 * grammars.h - the grammars that were met, by language: who draws code asks here, and whoever reads files sees what is
 * wanted, and gives it when it is there. Until then code is plain.
 */
#ifndef FLYNN_SYNTAX_GRAMMARS_H
#define FLYNN_SYNTAX_GRAMMARS_H

#include <stddef.h>
#include <stdint.h>

#include "syntax/grammar.h"
#include "syntax/highlight.h"
#include "syntax/language.h"
#include "text/code_colours.h"

enum {
	GRAMMARS_MAX = 64, /* languages; code in others is plain */
};

/* Zeroed to begin with. */
struct grammars {
	struct code_colours colours; /* the first member */
	struct grammars_entry {
		char language[LANGUAGE_MAX];
		struct grammar *grammar; /* NULL: not there yet, or there is none */
		enum { GRAMMARS_WANTED, GRAMMARS_THERE, GRAMMARS_NONE } state;
	} entries[GRAMMARS_MAX];
	size_t n;
	struct highlight highlight;
};

void grammars_release(struct grammars *);

/* For whoever lays code out; NULL for NULL. */
struct code_colours *grammars_colours(struct grammars *);

/* The grammar for a fence's info string; it stays as long as `grammars` does. NULL: there is none, or it is wanted now. */
const struct grammar *grammars_for(struct grammars *, const char *info, size_t n);

/* A language that is wanted; NULL: none is. */
const char *grammars_wanted(const struct grammars *);

/* What is wanted is there. Takes the grammar; NULL: there is none for that language. */
void grammars_give(struct grammars *, const char *language, struct grammar *);

#endif
