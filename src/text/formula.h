/*
 * formula.h - where TeX formulas stand in a Markdown text: \(…\), \[…\], $$…$$, $…$, and environments that need no signs around
 * them, \begin{align}…\end{align} and its kind. Nothing in one is Markdown, so that every backslash, star and underscore of it
 * is shown.
 *
 * A $ opens a formula like pandoc's: something stands right after it, no letter or digit before it; and the one that closes
 * it has something right before it, and no letter or digit after it. So "$5 and $6" is none.
 *
 * \[, $$ and \begin{align} at the start or the end of a line open a display formula. Until its end arrives, what follows belongs to it,
 * up to the end of the paragraph: as in TeX, a formula holds no empty line. So it is with \(, and a $ before a command or
 * a brace, that nothing closes yet; but these make no text of lines that look like something else.
 */
#ifndef FLYNN_TEXT_FORMULA_H
#define FLYNN_TEXT_FORMULA_H

#include <stddef.h>

/* The end of the formula that begins at text[at]; 0: none begins there. */
size_t formula_end(const char *text, size_t n, size_t at);

/* The length of the environment's beginning or end at text[at], such as \begin{align} (`word`: "begin" or "end"), of those that
 * are display formulas without signs around them; 0: none is there. */
size_t formula_environment(const char *text, size_t n, size_t at, const char *word);

/* The sign of the display formula that is open after this line of a paragraph, '[', '$' or 'b' (\begin), or 0; `open`: the one
 * that was open before it. */
char formula_open(char open, const char *line, size_t n);

/* The end of the code span that begins with the backtick at text[at]; of the backticks, where none closes it. */
size_t formula_skip_code(const char *text, size_t n, size_t at);

#endif
