/*
 * base64.h - Base64 (RFC 4648, section 4: the standard alphabet, with padding), in one line.
 */
#ifndef FLYNN_BASE_BASE64_H
#define FLYNN_BASE_BASE64_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/compiler.h"

/* Appends to a buffer without a bound. */
void base64_put(struct buf *, const void *data, size_t n);

/* Puts n characters of that from `offset` on, which it has. */
void base64_read(const void *data, size_t size, size_t offset, char *to, size_t n);

size_t base64_length(size_t n); /* bytes that base64_put appends for so many */

/* Appends what the text stands for, to a buffer without a bound; white space in the text is skipped. False: it is not Base64; the
 * buffer is as it was. */
bool base64_get(struct buf *, const char *text, size_t n) MUST_USE;

/* The same for a text that comes in pieces, cut anywhere. Of one that is not Base64 a part may have been appended. */
struct base64_decoder;

struct base64_decoder *base64_decoder_new(void);
bool base64_decoder_put(struct base64_decoder *, struct buf *to, const char *text, size_t n) MUST_USE;
bool base64_decoder_end(struct base64_decoder *) MUST_USE; /* frees it; false: the text was not at its end */

#endif
