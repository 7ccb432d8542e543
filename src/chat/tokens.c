/*
 * tokens.c - places are not stored but summed up, so a list is read from its beginning.
 */
#include "chat/tokens.h"

#include <string.h>

enum {
	CONTENT,
	REASONING,
};

static int
text_of(unsigned flags)
{
	return flags & TOKEN_THOUGHT ? REASONING : CONTENT;
}

/* ---- reading ---- */

static bool
read_place(struct tokens_reader *r, const char **s, const char *end, struct token *t)
{
	size_t gap = 0, *at;

	t->flags = (unsigned char)*(*s)++;
	if (((t->flags & TOKEN_GAP) && !token_read_number(s, end, &gap)) || !token_read_number(s, end, &t->n))
		return false;
	at = &r->at[text_of(t->flags)];
	t->at = *at + gap;
	*at = t->at + t->n;
	return true;
}

bool
tokens_next(struct tokens_reader *r, struct token *t)
{
	const char *s = buf_text(r->packed), *begin = s, *end = s + r->packed->len;
	struct token_rest rest;

	if (r->next == 0 && r->packed->len > 0 && *s == TOKENS_VERSION)
		r->next = 1;
	if (r->next == 0 || r->next >= r->packed->len)
		return false;
	s += r->next;
	if (!read_place(r, &s, end, t) || !token_read_rest(&s, end, &rest)) {
		r->next = r->packed->len;
		return false;
	}
	t->nats = rest.nats;
	t->own = rest.own;
	t->n_candidates = rest.n_candidates;
	t->candidates = (size_t)(rest.candidates - begin);
	r->next = (size_t)(s - begin);
	return true;
}

bool
tokens_candidate(const struct buf *packed, const struct token *t, size_t i, struct token_candidate *c)
{
	const char *s = buf_text(packed) + t->candidates, *end = buf_text(packed) + packed->len;

	for (size_t k = 0; k <= i && i < t->n_candidates; k++)
		if (!token_read_candidate(&s, end, c))
			return false;
	return i < t->n_candidates;
}

bool
tokens_place(const struct buf *packed, const struct token *t, size_t *at)
{
	struct token_candidate own;

	*at = t->at;
	if (t->flags & (TOKEN_CUT | TOKEN_PART))
		return false;
	if (t->own == 0)
		return true;
	if (!tokens_candidate(packed, t, t->own - 1, &own) || own.n > t->n)
		return false;
	*at = t->at + t->n - own.n;
	return true;
}

void
tokens_ends(const struct buf *packed, size_t ends[2])
{
	struct tokens_reader r = {.packed = packed};
	struct token t;

	while (tokens_next(&r, &t))
		;
	ends[CONTENT] = r.at[CONTENT];
	ends[REASONING] = r.at[REASONING];
}

/* Its own candidate has the bytes that the text has there. */
static bool
is_of(const struct buf *packed, const struct token *t, const struct buf *text)
{
	struct token_candidate own;

	if (t->n == 0 || t->n > text->len || t->at > text->len - t->n)
		return false;
	if (t->own == 0 || (t->flags & TOKEN_CUT))
		return true;
	return tokens_candidate(packed, t, t->own - 1, &own) && own.n <= t->n &&
	       (own.n == 0 || memcmp(text->data + t->at + t->n - own.n, own.s, own.n) == 0);
}

bool
tokens_are_of(const struct buf *packed, const struct buf *content, const struct buf *reasoning)
{
	struct tokens_reader r = {.packed = packed};
	struct token t;
	size_t read = 0;

	for (; tokens_next(&r, &t); read = r.next)
		if (!is_of(packed, &t, t.flags & TOKEN_THOUGHT ? reasoning : content))
			return false;
	return read == packed->len && packed->len <= TOKENS_MAX;
}

/* ---- writing ---- */

bool
tokens_put(struct buf *packed, unsigned flags, size_t gap, size_t n, const char *rest, size_t rest_n)
{
	struct buf one = {0};
	bool fits;

	if (packed->len == 0)
		buf_putc(&one, TOKENS_VERSION);
	buf_putc(&one, (char)(unsigned char)(gap > 0 ? flags | TOKEN_GAP : flags & ~(unsigned)TOKEN_GAP));
	if (gap > 0)
		token_pack_number(&one, gap);
	token_pack_number(&one, n);
	buf_put(&one, rest, rest_n);
	fits = packed->len + one.len <= TOKENS_MAX;
	if (fits)
		buf_put(packed, one.data, one.len);
	buf_release(&one);
	return fits;
}

/* From its nats on. */
static const char *
rest_of(const struct buf *packed, const struct token *t, size_t next, size_t *n)
{
	size_t begin = t->candidates - 4;

	*n = next - begin;
	return buf_text(packed) + begin;
}

struct rewriter {
	struct buf packed;
	size_t ends[2];
};

static void
put_again(struct rewriter *w, const struct buf *from, const struct token *t, size_t next)
{
	size_t *end = &w->ends[text_of(t->flags)], n;
	const char *rest = rest_of(from, t, next, &n);

	if (t->at >= *end && tokens_put(&w->packed, t->flags, t->at - *end, t->n, rest, n))
		*end = t->at + t->n;
}

static void
finish(struct rewriter *w, struct buf *packed)
{
	buf_release(packed);
	*packed = w->packed;
}

void
tokens_cut(struct buf *packed, size_t content, size_t reasoning)
{
	struct tokens_reader r = {.packed = packed};
	struct rewriter w = {0};
	struct token t;

	while (tokens_next(&r, &t))
		if (t.at + t.n <= (t.flags & TOKEN_THOUGHT ? reasoning : content))
			put_again(&w, packed, &t, r.next);
	finish(&w, packed);
}

/* False: nothing is left of it. */
static bool
move_to_thought(struct token *t, size_t front, size_t n, size_t before)
{
	if (t->at < front || t->at + t->n > front + n)
		return false;
	t->at = t->at - front + before;
	t->flags |= TOKEN_THOUGHT;
	return true;
}

void
tokens_become_thought(struct buf *packed, size_t front, size_t n, size_t before)
{
	struct tokens_reader r = {.packed = packed};
	struct rewriter w = {0};
	struct token t;

	while (tokens_next(&r, &t))
		if ((t.flags & TOKEN_THOUGHT) || move_to_thought(&t, front, n, before))
			put_again(&w, packed, &t, r.next);
	finish(&w, packed);
}

/* The rest of a token that is this candidate. */
static void
put_rest(struct buf *out, const struct buf *from, const struct token *t, size_t candidate, unsigned nats)
{
	struct token_candidate last;
	const char *begin = buf_text(from) + t->candidates;

	token_pack_nats(out, nats);
	buf_putc(out, (char)(unsigned char)(candidate + 1));
	buf_putc(out, (char)(unsigned char)t->n_candidates);
	if (tokens_candidate(from, t, t->n_candidates - 1, &last))
		buf_put(out, begin, (size_t)(last.s + last.n + 2 - begin));
}

void
tokens_take_candidate(struct buf *packed, const struct buf *from, const struct token *t, size_t candidate, size_t at)
{
	struct token_candidate c;
	struct buf rest = {0};
	size_t ends[2], end;

	tokens_ends(packed, ends);
	end = ends[text_of(t->flags)];
	if (!tokens_candidate(from, t, candidate, &c) || at < end)
		return;
	put_rest(&rest, from, t, candidate, c.nats);
	(void)tokens_put(packed, (t->flags & TOKEN_THOUGHT) | TOKEN_TAKEN, at - end, c.n, rest.data, rest.len);
	buf_release(&rest);
}
