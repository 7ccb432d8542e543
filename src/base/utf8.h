/*
 * utf8.h - well-formed UTF-8 (RFC 3629): reading it, and mending what is not. Knows nothing of width, clusters
 * or control characters: that is text/.
 */
#ifndef FLYNN_BASE_UTF8_H
#define FLYNN_BASE_UTF8_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

#define UTF8_REPLACEMENT "\xef\xbf\xbd" /* U+FFFD */

/*
 * Reads one character of s[0..n), n > 0: returns its length in bytes (1 to 4) and stores it. What is not
 * well-formed gives U+FFFD and the length of the maximal ill-formed part (Unicode 15, 3.9, U+FFFD substitution).
 */
size_t utf8_decode(const char *s, size_t n, uint32_t *character);

/* Writes one character (U+0000 to U+10FFFF, no surrogate) to out[0..4); returns its length in bytes. */
size_t utf8_encode(uint32_t character, char *out);

/* The largest length, at most n, at which s can be cut without splitting a well-formed character. s holds more
 * than n bytes or exactly n. */
size_t utf8_floor(const char *s, size_t n);

/* Bytes of the byte order mark that s[0..n) begins with: 3, or 0 where there is none. It belongs to no text: editors of some
 * systems put it before each. */
size_t utf8_bom(const char *s, size_t n);

/* How many bytes from the start of s[0..n) are well-formed and free of U+0000: n when all are. */
size_t utf8_span(const char *s, size_t n);

/* Appends s[0..n) with what is ill-formed, and U+0000, as U+FFFD. False when the buffer's bound was reached. */
bool utf8_append_mended(struct buf *, const char *s, size_t n) MUST_USE;

/* Number of characters in s[0..n); each ill-formed part counts as one. */
size_t utf8_count(const char *s, size_t n);

/* The bytes that the first `characters` characters of s[0..n) take; n when there are fewer. */
size_t utf8_prefix(const char *s, size_t n, size_t characters);

#endif
