/*
 * highlight.h - a line of code as pieces that have a role, given what the lines before it left open. What a line looks like
 * depends on these two only, and costs by its length only.
 *
 * Where nano looks for each rule by itself, so that a "//" in a string begins a comment, here strings and comments begin
 * one after another, and nothing begins inside them. All else is nano's: rule after rule, the later painted over the earlier.
 */
#ifndef FLYNN_SYNTAX_HIGHLIGHT_H
#define FLYNN_SYNTAX_HIGHLIGHT_H

#include <stddef.h>
#include <stdint.h>

#include "syntax/grammar.h"

/* Zeroed to begin with. */
struct highlight {
	struct code_span *spans; /* of the last line: ascending, apart from each other; no CODE_TEXT */
	size_t n, space;
	unsigned char roles[CODE_LINE_MAX];
};

void highlight_release(struct highlight *);

/* Reads a line (valid UTF-8, without its line feed). `open`: what the line before left open, of the same grammar; 0: there
 * is none. Returns what this one leaves open. */
uint64_t highlight_line(struct highlight *, const struct grammar *, uint64_t open, const char *line, size_t n);

#endif
