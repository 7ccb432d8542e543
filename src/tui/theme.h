/*
 * theme.h - how each role looks. Roles are told apart without colour too, so a theme may have none. Text is drawn in
 * the terminal's own foreground on its own background; a fixed shade stands only on a background that is known.
 */
#ifndef FLYNN_TUI_THEME_H
#define FLYNN_TUI_THEME_H

#include <stdbool.h>

/* Roles; their looks are the rows of a table in theme.c. */
#define STYLES(X)                                                                                                      \
	X(TEXT)                                                                                                        \
	X(PROMPT)   /* what the person said, and the sign before it */                                                 \
	X(THINKING) /* the line about a reply's reasoning, and the reasoning */                                        \
	X(NOTE)     /* a word of flynn's own in the transcript */                                                      \
	X(MUTED)    /* a message that is not sent */                                                                   \
	X(ERROR)                                                                                                       \
	X(EMPHASIS) /* in Markdown: *so*, */                                                                           \
	X(STRONG)   /* **so**, */                                                                                      \
	X(STRONG_EMPHASIS)                                                                                             \
	X(STRUCK) /* and ~~so~~, between its signs */                                                                  \
	X(HEADING)                                                                                                     \
	X(CODE)                                                                                                        \
	X(LINK)                                                                                                        \
	X(TARGET)     /* where it leads to */                                                                          \
	X(SIGN)       /* what is no text: bars, signs of items, lines */                                               \
	X(MARK)       /* "+12 lines" */                                                                                \
	X(CHOSEN)     /* the row of a list that keys act on */                                                         \
	X(HIT)        /* what was looked for, where it stands */                                                       \
	X(HIT_HERE)   /* the one of them that is gone to */                                                            \
	X(HIT_CHOSEN) /* in the chosen row */                                                                          \
	X(PANE)       /* its title, and the columns between panes */                                                   \
	X(PANE_FOCUSED)                                                                                                \
	X(CODE_KEYWORD) /* and below: the roles of syntax/grammar.h, in their order */                                 \
	X(CODE_TYPE)                                                                                                   \
	X(CODE_NAME)                                                                                                   \
	X(CODE_STRING)                                                                                                 \
	X(CODE_NUMBER)                                                                                                 \
	X(CODE_SPECIAL)                                                                                                \
	X(CODE_PREPROCESSOR)                                                                                           \
	X(CODE_COMMENT)                                                                                                \
	X(CODE_NOTICE)                                                                                                 \
	X(CODE_ADDED)                                                                                                  \
	X(CODE_REMOVED)                                                                                                \
	X(LENS_LIKELY) /* a token that the model was less sure of (tui/lens.h), */                                     \
	X(LENS_UNSURE)                                                                                                 \
	X(LENS_RARE)                                                                                                   \
	X(PICTURE) /* a cell has colours of its own (tui/grid.h) */                                                    \
	X(STATUS)                                                                                                      \
	X(STATUS_ERROR)

enum style {
#define X(name) STYLE_##name,
	STYLES(X)
#undef X
	        STYLE_COUNT,
};

enum {
	THEME_BOLD = 1,
	THEME_DIM = 2,
	THEME_REVERSE = 4,
	THEME_UNDERLINE = 8,
	THEME_ITALIC = 16, /* underlined where the terminal has none */
};

/* What is known of the terminal's background. */
enum theme {
	THEME_AUTO, /* nothing */
	THEME_DARK,
	THEME_LIGHT,
};

/* Colours are the terminal's, by number; -1: its own. */
struct theme_style {
	int foreground, background;
	unsigned attributes;
};

/* How a role looks where the terminal has so many colours (0: none, or none are wanted). */
struct theme_style theme_style(enum theme, int colours, enum style);

/* What the variable COLORFGBG ("15;0", foreground and background) tells; it may be NULL. */
enum theme theme_guess(const char *colorfgbg);

#endif
