/*
 * theme.h - how each role looks. Roles are told apart without colour too, so a theme may have none. Text is drawn in
 * the terminal's own foreground on its own background.
 */
#ifndef FLYNN_TUI_THEME_H
#define FLYNN_TUI_THEME_H

#include <stdbool.h>

/* Role, colour (one of the eight, or -1: the terminal's own), attributes. */
#define STYLES(X)                                                                                                      \
	X(TEXT, -1, 0)                                                                                                 \
	X(PROMPT, 6, THEME_BOLD)   /* what the person said, and the sign before it */                                  \
	X(THINKING, -1, THEME_DIM) /* the folded line of a reply's reasoning */                                        \
	X(NOTE, -1, THEME_DIM)     /* a word of flynn's own in the transcript */                                       \
	X(ERROR, 1, THEME_BOLD)                                                                                        \
	X(MARK, -1, THEME_REVERSE) /* "+12 lines" */                                                                   \
	X(STATUS, -1, THEME_REVERSE)                                                                                   \
	X(STATUS_ERROR, 1, THEME_REVERSE | THEME_BOLD)

enum style {
#define X(name, colour, attributes) STYLE_##name,
	STYLES(X)
#undef X
	        STYLE_COUNT,
};

enum {
	THEME_BOLD = 1,
	THEME_DIM = 2,
	THEME_REVERSE = 4,
};

struct theme_style {
	int colour;
	unsigned attributes;
};

struct theme_style theme_style(enum style);

#endif
