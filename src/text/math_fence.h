/*
 * math_fence.h - for math_layout.c: delimiters as high as the box that they stand beside.
 */
#ifndef FLYNN_TEXT_MATH_FENCE_H
#define FLYNN_TEXT_MATH_FENCE_H

#include "text/math_box.h"

/* Puts a delimiter beside the box `out`, as high as `inside`. "" puts none. */
void math_fence_put(struct math_box *out, const char *delimiter, const struct math_box *inside);

/* Puts the two around a box. */
void math_fence(struct math_box *, const char *open, const char *close);

#endif
