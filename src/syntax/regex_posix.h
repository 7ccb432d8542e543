/*
 * regex_posix.h - POSIX extended regular expressions, as GNU's library reads them, put into PCRE's words.
 *
 * What GNU adds is understood: \< \> \b \B \w \W \s \S \` \' (the beginning of what is searched, its end). In brackets a
 * backslash is a backslash. A back reference is refused: no file of nano's has one, and they can take for ever. What comes
 * out holds nothing of PCRE's own but what is written here, whatever went in.
 */
#ifndef FLYNN_SYNTAX_REGEX_POSIX_H
#define FLYNN_SYNTAX_REGEX_POSIX_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

enum {
	ERE_DEPTH_MAX = 32, /* groups within each other */
};

/* Appends it. False: it is none, or past a bound; `out` holds nonsense then. */
bool ere_to_pcre(const char *ere, size_t n, struct buf *out) MUST_USE;

#endif
