/*
 * token_pack.h - one token of a reply with its candidates, as few bytes as it takes: on its way from the server to the message,
 * and in the message (chat/tokens.h).
 *
 *	told:   flags, n, n bytes, rest
 *	rest:   nats (two bytes), own (one byte), number of candidates (one byte), then each: n, n bytes, nats
 *
 * n is a number of seven bits a byte, the lowest first; the eighth bit says that more follow. nats is the logarithm of a
 * probability, times -1000; the low byte comes first. own is the candidate that the token itself is, from 1; 0: none of them.
 */
#ifndef FLYNN_LLAMA_TOKEN_PACK_H
#define FLYNN_LLAMA_TOKEN_PACK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

enum {
	TOKEN_TOLD_MAX = 1024,   /* bytes of a token; a longer one is left out, as if the server had not told it */
	TOKEN_PACKED_MAX = 4000, /* bytes of one with its candidates: what is more of them is left out */
	TOKEN_CANDIDATES_MAX = 255,
	TOKEN_NATS_MAX = 65535,
};

/* Flags. */
enum {
	TOKEN_PART =
	        1, /* the bytes are those of several tokens, of which this is the last: where it begins is not known */
	/* The others are of chat/tokens.h. */
	TOKEN_THOUGHT = 2, /* it is of the reasoning */
	TOKEN_GAP = 4,     /* text without tokens comes before it */
	TOKEN_CUT = 8,     /* the text has not all of its bytes */
	TOKEN_TAKEN = 16,  /* a person has chosen it */
};

struct token_candidate {
	const char *s; /* `n` bytes, which need be no whole characters */
	size_t n;
	unsigned nats;
};

struct token_told {
	unsigned flags;
	const char *s;
	size_t n;
	const char *rest;
	size_t rest_n;
};

/* The beginning of a rest. */
struct token_rest {
	unsigned nats;
	size_t own, n_candidates;
	const char *candidates, *end;
};

void token_pack_number(struct buf *, size_t);
void token_pack_nats(struct buf *, unsigned);
void token_pack_candidate(struct buf *, const struct token_candidate *);

unsigned token_nats(double logprob);
double token_probability(unsigned nats); /* 0 to 1 */

/* Each reads from *s on, up to `end`, and goes on. False: it is not whole. */
bool token_read_number(const char **s, const char *end, size_t *);
bool token_read_rest(const char **s, const char *end, struct token_rest *);
bool token_read_candidate(const char **s, const char *end, struct token_candidate *);

bool token_read_told(const char *packed, size_t n, struct token_told *);

#endif
