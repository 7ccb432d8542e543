/*
 * http_body.h - the bytes of a request's body: its text, with the Base64 of the attachments at their places. Base64 is made as it
 * is read, so a large picture is in memory once.
 */
#ifndef FLYNN_LLAMA_HTTP_BODY_H
#define FLYNN_LLAMA_HTTP_BODY_H

#include <stddef.h>

#include "base/buf.h"
#include "llama/http.h"

size_t http_body_length(const struct http_request *);

/* Puts at most n bytes of it from `offset` on. Returns how many there are; 0: none is left. */
size_t http_body_read(const struct http_request *, size_t offset, char *to, size_t n);

/* Appends all of it. */
void http_body_put(const struct http_request *, struct buf *);

/* The same for people: of Base64 that is long its beginning, and how long it is. */
void http_body_put_short(const struct http_request *, struct buf *);

#endif
