/*
 * math_fence.c - high delimiters are put together from the pieces of Miscellaneous Technical (U+2300).
 */
#include "text/math_fence.h"

#include <string.h>

#include "base/compiler.h"

/* `middle` stands once, in the row that is half way down. */
static const struct pieces {
	const char *one, *top, *rest, *middle, *bottom;
} fences[] = {
        {"(", "⎛", "⎜", "⎜", "⎝"},
        {")", "⎞", "⎟", "⎟", "⎠"},
        {"[", "⎡", "⎢", "⎢", "⎣"},
        {"]", "⎤", "⎥", "⎥", "⎦"},
        {"{", "⎧", "⎪", "⎨", "⎩"},
        {"}", "⎫", "⎪", "⎬", "⎭"},
        {"|", "│", "│", "│", "│"},
        {"∣", "│", "│", "│", "│"},
        {"‖", "║", "║", "║", "║"},
        {"⌊", "⎢", "⎢", "⎢", "⎣"},
        {"⌋", "⎥", "⎥", "⎥", "⎦"},
        {"⌈", "⎡", "⎢", "⎢", "⎢"},
        {"⌉", "⎤", "⎥", "⎥", "⎥"},
};

static const struct pieces *
find_pieces(const char *one)
{
	for (size_t i = 0; i < ARRAY_LEN(fences); i++)
		if (strcmp(fences[i].one, one) == 0)
			return &fences[i];
	return NULL;
}

/* A brace of two rows has no middle: its halves meet. */
static const char *
piece_at(const struct pieces *f, int row, int rows)
{
	if (row == 0)
		return f->top;
	if (row == rows - 1)
		return f->bottom;
	return row == rows / 2 ? f->middle : f->rest;
}

void
math_fence_put(struct math_box *out, const char *delimiter, const struct math_box *inside)
{
	int rows = math_box_rows(inside);
	const struct pieces *f = rows > 1 ? find_pieces(delimiter) : NULL;
	struct math_box fence = {0};

	if (!*delimiter)
		return;
	math_box_puts(&fence, f ? piece_at(f, 0, rows) : delimiter);
	for (int i = 1; f && i < rows; i++) {
		struct math_box piece = {0};

		math_box_puts(&piece, piece_at(f, i, rows));
		math_box_stack(&fence, &piece, MATH_ALIGN_LEFT);
		math_box_release(&piece);
	}
	fence.base = f ? inside->base : 0;
	math_box_join(out, &fence, out->base);
	math_box_release(&fence);
}

void
math_fence(struct math_box *b, const char *open, const char *close)
{
	struct math_box all = {0};

	math_fence_put(&all, open, b);
	math_box_join(&all, b, all.base);
	math_fence_put(&all, close, b);
	math_box_release(b);
	*b = all;
}
