/*
 * grammar_role.h - what a rule of a syntax stands for, found by trying it on samples; or else by its colour.
 */
#ifndef FLYNN_SYNTAX_GRAMMAR_ROLE_H
#define FLYNN_SYNTAX_GRAMMAR_ROLE_H

#include <stdbool.h>
#include <stdint.h>

#include "syntax/nanorc.h"
#include "syntax/regex.h"
#include "text/code_colours.h"

struct grammar_rule {
	struct regex *start, *end; /* end: or NULL: it stays on its line */
	uint64_t open;             /* its bit, where it has an end */
	enum code_role role;
	bool alone; /* nothing begins inside it: a string or a comment */
};

/* Sets the rule's role, and whether it stands alone. `comment`: what comments begin with, where the syntax says so. False:
 * no sample is like it. */
bool grammar_role_try(struct grammar_rule *, struct regex_room *, struct nanorc_piece comment);

/* The foreground's name in nano's "[bold,][italic,][foreground][,background]"; n is 0: it has none. */
struct nanorc_piece grammar_role_foreground(struct nanorc_piece colour);

/* What no sample is like is told apart by colour at the least. */
enum code_role grammar_role_of_colour(struct nanorc_piece foreground);

#endif
