/*
 * grammar.h - how the code of one language is to be coloured: the rules of a syntax of nano's (nanorc(5)), ready for
 * syntax/highlight.h.
 *
 * nano's colours say nothing of what they stand for, and differ from file to file: comments are bright blue in C and bright
 * red in Python. So the role of a rule is found by trying it on samples (what matches `"a"` as a whole is for strings); where
 * none is like it, it is that of a rule with the same colour, and else that of its colour. What would only change the
 * background is left out: it marks spaces at the ends of lines. Reading a file is the caller's, as is keeping a hostile one short.
 */
#ifndef FLYNN_SYNTAX_GRAMMAR_H
#define FLYNN_SYNTAX_GRAMMAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "syntax/grammar_role.h"
#include "syntax/regex.h"

enum {
	GRAMMAR_RULES_MAX = 128,
	GRAMMAR_OPEN_MAX = 64, /* rules that go over lines: a bit each */
};

struct grammar {
	struct grammar_rule rules[GRAMMAR_RULES_MAX]; /* later ones are painted over earlier ones */
	size_t n;
	struct regex_room *room;
};

/* The syntax of that name in a nanorc text. What cannot be read of it is left out. NULL: the text has none of that name, or
 * no rule of it can be read. It may be used by another thread than the one that made it, by one at a time. */
struct grammar *grammar_new(const char *nanorc, size_t n, const char *name) MUST_USE;
void grammar_free(struct grammar *);

#endif
