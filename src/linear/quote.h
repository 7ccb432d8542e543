/*
 * quote.h - pieces of a text in quotes, for a listener. What is returned is yours to free.
 */
#ifndef FLYNN_LINEAR_QUOTE_H
#define FLYNN_LINEAR_QUOTE_H

#include <stddef.h>

char *quote_words(const char *, size_t n);     /* without the blanks around them */
char *quote_where(const char *text, size_t n); /* "After …": the last words of a text; "At the start" */
char *quote_token(const char *, size_t n);     /* with its blanks, which tell it from others */

#endif
