/*
 * regex.h - a regular expression of a syntax file, ready to be searched for. The only pcre2.h is in regex.c, which says why
 * it is PCRE2.
 *
 * A search takes a bounded time, whatever the expression and the text: it gives up then.
 */
#ifndef FLYNN_SYNTAX_REGEX_H
#define FLYNN_SYNTAX_REGEX_H

#include <stdbool.h>
#include <stddef.h>

#include "base/compiler.h"

enum {
	REGEX_MAX = 4096, /* bytes of an expression */
};

/* What searches need; for one thread at a time, and for as many expressions as wanted. */
struct regex_room;
struct regex_room *regex_room_new(void);
void regex_room_free(struct regex_room *);

struct regex;

/* A POSIX extended regular expression (syntax/regex_posix.h) in UTF-8. NULL: it is none, or too large. */
struct regex *regex_new(const char *ere, size_t n, bool fold_case) MUST_USE;
void regex_free(struct regex *);

enum regex_found {
	REGEX_NOTHING,
	REGEX_FOUND,
	REGEX_GAVE_UP,
};

/* The first match in text[0..n) that begins at `from` or after it: text[*start..*end). What stands before `from` is seen by
 * anchors and word boundaries, and only by them. `text` is valid UTF-8, and `from` is where a character begins. */
enum regex_found regex_find(
        const struct regex *, struct regex_room *, const char *text, size_t n, size_t from, size_t *start, size_t *end);

#endif
