/*
 * tokens.h - the tokens of a reply with their candidates, as its message keeps them: packed, one after the other, each with the
 * place of its text.
 *
 *	version (one byte: 1), then each token: flags, gap, length, rest
 *
 * Numbers and the rest are those of llama/token_pack.h. gap, which is there with TOKEN_GAP, is the text without tokens before the
 * token, in bytes of the reasoning (TOKEN_THOUGHT) or the content; length is the token's own text there. Tokens of each of the two
 * stand in the order of their text.
 */
#ifndef FLYNN_CHAT_TOKENS_H
#define FLYNN_CHAT_TOKENS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "llama/token_pack.h"

enum {
	TOKENS_VERSION = 1,
	TOKENS_MAX = 8 * 1024 * 1024, /* bytes; further tokens are not kept */
};

struct token {
	unsigned flags; /* of token_pack.h */
	size_t at, n;   /* its text, in bytes of the reasoning or the content */
	unsigned nats;
	size_t own, n_candidates; /* own: from 1; 0: none of them */
	size_t candidates;        /* where they begin in the packed bytes */
};

/* Zeroed, but for the packed bytes, it stands before the first. */
struct tokens_reader {
	const struct buf *packed;
	size_t next;  /* of the packed bytes */
	size_t at[2]; /* of the content and the reasoning: where the text read so far ends */
};

/* False: there is no further one, or it cannot be read. */
bool tokens_next(struct tokens_reader *, struct token *);

/* The i-th candidate, from 0; borrowed until the packed bytes change. */
bool tokens_candidate(const struct buf *packed, const struct token *, size_t i, struct token_candidate *);

/* Where the text begins that another candidate takes the place of: with a token that ends a character of several, within that.
 * False: it is not known. */
bool tokens_place(const struct buf *packed, const struct token *, size_t *at);

/* Appends one; `flags` may lack TOKEN_GAP. Nothing where TOKENS_MAX would be passed. */
bool tokens_put(struct buf *packed, unsigned flags, size_t gap, size_t n, const char *rest, size_t rest_n);

/* How much of the content and the reasoning comes before the end of the last token. */
void tokens_ends(const struct buf *packed, size_t ends[2]);

/* Leaves those whose text lies in the first bytes of both. */
void tokens_cut(struct buf *packed, size_t content, size_t reasoning);

/* The content has become reasoning: the bytes from `front` on, `n` of them, behind `before` bytes of reasoning. */
void tokens_become_thought(struct buf *packed, size_t front, size_t n, size_t before);

/* Appends this candidate of a token (from 0), which a person has taken instead of it, with its text at `at`. */
void tokens_take_candidate(
        struct buf *packed, const struct buf *from, const struct token *, size_t candidate, size_t at);

/* Foreign bytes: whether all can be read, and are of these texts. */
bool tokens_are_of(const struct buf *packed, const struct buf *content, const struct buf *reasoning);

#endif
