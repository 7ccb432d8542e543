/*
 * token_align.c - tokens wait, with their bytes in one buffer, until text comes whose bytes are theirs. Mostly that is the text of
 * the same chunk, and all of it.
 */
#include "chat/token_align.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "chat/tokens.h"

enum {
	WAITING_MAX = 1 << 16, /* tokens */
	BYTES_MAX = 1 << 20,   /* of them */
	RESTS_MAX = 16 * 1024 * 1024,
};

struct waiting {
	unsigned flags;
	size_t left;            /* bytes of it that have no place yet */
	size_t at, placed;      /* those that have one, and where */
	size_t rest_at, rest_n; /* in `rests` */
};

struct token_align {
	struct buf bytes; /* that have no place yet, of all that wait */
	struct buf rests;
	struct waiting *tokens; /* from `first` on */
	size_t first, n, space;
	size_t ends[2]; /* of the content and the reasoning: where the last token ends */
};

struct token_align *
token_align_new(const struct buf *packed)
{
	struct token_align *a = mem_alloc(sizeof(*a));

	tokens_ends(packed, a->ends);
	return a;
}

void
token_align_free(struct token_align *a)
{
	if (!a)
		return;
	buf_release(&a->bytes);
	buf_release(&a->rests);
	free(a->tokens);
	free(a);
}

static void
drop_all(struct token_align *a)
{
	a->first = a->n = 0;
	buf_clear(&a->bytes);
	buf_clear(&a->rests);
}

void
token_align_token(struct token_align *a, const char *packed, size_t n)
{
	struct token_told told;

	if (!token_read_told(packed, n, &told))
		return;
	if (a->n - a->first >= WAITING_MAX || a->bytes.len > BYTES_MAX || a->rests.len > RESTS_MAX)
		drop_all(a);
	if (a->n == a->space) {
		a->space = a->space > 0 ? 2 * a->space : 16;
		a->tokens = mem_realloc(a->tokens, a->space * sizeof(*a->tokens));
	}
	a->tokens[a->n++] = (struct waiting){
	        .flags = told.flags & TOKEN_PART, .left = told.n, .rest_at = a->rests.len, .rest_n = told.rest_n};
	buf_put(&a->bytes, told.s, told.n);
	buf_put(&a->rests, told.rest, told.rest_n);
}

/* ---- placing ---- */

static void
put_first(struct token_align *a, struct buf *packed)
{
	const struct waiting *t = &a->tokens[a->first];
	size_t *end = &a->ends[(t->flags & TOKEN_THOUGHT) != 0];

	if (tokens_put(packed, t->flags, t->at - *end, t->placed, buf_text(&a->rests) + t->rest_at, t->rest_n))
		*end = t->at + t->placed;
}

/* Its bytes that have no place get none any more. */
static void
leave_first(struct token_align *a, struct buf *packed)
{
	struct waiting *t = &a->tokens[a->first];

	if (t->placed > 0) {
		if (t->left > 0)
			t->flags |= TOKEN_CUT;
		put_first(a, packed);
	}
	buf_drop(&a->bytes, t->left);
	a->first++;
	if (a->first == a->n)
		drop_all(a);
}

static void
skip_bytes(struct token_align *a, struct buf *packed, size_t n)
{
	while (n > 0) {
		struct waiting *t = &a->tokens[a->first];

		if (t->left > n) {
			t->left -= n;
			t->flags |= TOKEN_CUT;
			buf_drop(&a->bytes, n);
			return;
		}
		n -= t->left;
		leave_first(a, packed);
	}
}

static void
place_bytes(struct token_align *a, struct buf *packed, bool is_thought, size_t at, size_t n)
{
	while (n > 0 && a->first < a->n) {
		struct waiting *t = &a->tokens[a->first];
		size_t fits = t->left < n ? t->left : n;

		if (t->placed == 0) {
			t->at = at;
			t->flags |= is_thought ? TOKEN_THOUGHT : 0;
		}
		t->placed += fits;
		t->left -= fits;
		at += fits;
		n -= fits;
		buf_drop(&a->bytes, fits);
		if (t->left == 0)
			leave_first(a, packed);
	}
}

/* ---- finding ---- */

/* The text is within the bytes from there on, or ends with all of them. */
static bool
fits_at(const struct token_align *a, size_t from, const char *text, size_t n)
{
	size_t rest = a->bytes.len - from;

	if (rest >= n)
		return memcmp(a->bytes.data + from, text, n) == 0;
	return memcmp(a->bytes.data + from, text + n - rest, rest) == 0;
}

/* At the beginning of a token: the last one where it is all of the text, which comes right after its tokens; else the first. */
static bool
find_token(const struct token_align *a, const char *text, size_t n, size_t *from)
{
	bool found = false;
	size_t at = 0;

	for (size_t i = a->first; i < a->n && !(found && a->bytes.len - at < n); i++) {
		if (fits_at(a, at, text, n)) {
			found = true;
			*from = at;
		}
		at += a->tokens[i].left;
	}
	return found;
}

/* Within a token: a tag may end in it. */
static bool
find_byte(const struct token_align *a, const char *text, size_t n, size_t *from)
{
	for (size_t at = a->bytes.len >= n ? a->bytes.len - n : 0; at > 0; at--)
		if (fits_at(a, at, text, n)) {
			*from = at;
			return true;
		}
	return false;
}

/* A token whose beginning has its place goes on there, or is left. How much of the text it takes. */
static size_t
go_on(struct token_align *a, struct buf *packed, bool is_thought, size_t at, const char *text, size_t n)
{
	const struct waiting *t = &a->tokens[a->first];
	size_t fits = t->left < n ? t->left : n;

	if (t->placed == 0)
		return 0;
	if (((t->flags & TOKEN_THOUGHT) != 0) == is_thought && t->at + t->placed == at &&
	        memcmp(a->bytes.data, text, fits) == 0) {
		place_bytes(a, packed, is_thought, at, fits);
		return fits;
	}
	leave_first(a, packed);
	return 0;
}

static void
place_text(struct token_align *a, struct buf *packed, bool is_thought, size_t at, const char *text, size_t n)
{
	size_t from = 0, fits;

	if (!fits_at(a, 0, text, n) && !find_token(a, text, n, &from) && !find_byte(a, text, n, &from)) {
		skip_bytes(a, packed, a->bytes.len);
		return;
	}
	skip_bytes(a, packed, from);
	fits = a->bytes.len < n ? a->bytes.len : n;
	place_bytes(a, packed, is_thought, at + (a->bytes.len < n ? n - fits : 0), fits);
}

void
token_align_text(struct token_align *a, struct buf *packed, bool is_thought, size_t at, const char *text, size_t n)
{
	size_t done = 0;

	if (n > 0 && a->first < a->n)
		done = go_on(a, packed, is_thought, at, text, n);
	if (done < n && a->first < a->n)
		place_text(a, packed, is_thought, at + done, text + done, n - done);
}

void
token_align_end(struct token_align *a, struct buf *packed)
{
	if (a->first < a->n)
		leave_first(a, packed);
	drop_all(a);
	tokens_ends(packed, a->ends);
}
