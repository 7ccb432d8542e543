/*
 * sentence.h - where a sentence of a Markdown paragraph ends, as far as its text has come.
 */
#ifndef FLYNN_TEXT_SENTENCE_H
#define FLYNN_TEXT_SENTENCE_H

#include <stdbool.h>
#include <stddef.h>

/* The end of the first sentence, or line, that ends after text[from]: behind the space or the line feed after it. 0: none does yet. A
 * full stop that may be an abbreviation's, or whose next word is not there yet, ends none. */
size_t sentence_end(const char *text, size_t n, size_t from);

/* Whatever text[0..n) has begun has ended in it: emphasis, code, a link, a formula. */
bool sentence_is_closed(const char *text, size_t n);

#endif
