/*
 * decode.h - the bytes of a file to cells: gdk-pixbuf reads its pixels, scaled while they are read, and chafa finds the symbols.
 */
#ifndef FLYNN_PICTURE_DECODE_H
#define FLYNN_PICTURE_DECODE_H

#include <stddef.h>

#include "base/err.h"
#include "picture/want.h"
#include "text/picture.h"

struct decoder;

/* For a file of this media type. Loads what it takes from the disk: nothing is opened later. */
struct decoder *decoder_new(const char *type, struct err *) MUST_USE;
void decoder_free(struct decoder *);

/* Once. NULL, and why. */
struct picture *decoder_run(
        struct decoder *, const char *data, size_t n, const struct picture_want *, struct err *) MUST_USE;

#endif
