/*
 * token_pack.c - numbers of seven bits a byte, and what is made of them. Bytes of the history are foreign: every read is bounded.
 */
#include "llama/token_pack.h"

#include <math.h>

enum {
	BITS = 7,
	MORE = 1 << BITS,
	NUMBER_BYTES_MAX = 5,
};

void
token_pack_number(struct buf *out, size_t number)
{
	for (; number >= MORE; number >>= BITS)
		buf_putc(out, (char)(unsigned char)(number | MORE));
	buf_putc(out, (char)(unsigned char)number);
}

void
token_pack_nats(struct buf *out, unsigned nats)
{
	buf_putc(out, (char)(unsigned char)(nats & 0xff));
	buf_putc(out, (char)(unsigned char)(nats >> 8));
}

void
token_pack_candidate(struct buf *out, const struct token_candidate *c)
{
	token_pack_number(out, c->n);
	buf_put(out, c->s, c->n);
	token_pack_nats(out, c->nats);
}

unsigned
token_nats(double logprob)
{
	double nats = -logprob * 1000;

	if (!(nats < TOKEN_NATS_MAX))
		return TOKEN_NATS_MAX;
	return nats > 0 ? (unsigned)lround(nats) : 0;
}

double
token_probability(unsigned nats)
{
	return nats >= TOKEN_NATS_MAX ? 0 : exp(-(double)nats / 1000);
}

bool
token_read_number(const char **s, const char *end, size_t *number)
{
	*number = 0;
	for (int i = 0; i < NUMBER_BYTES_MAX && *s < end; i++) {
		unsigned char byte = (unsigned char)*(*s)++;

		*number |= (size_t)(byte & (MORE - 1)) << (i * BITS);
		if (!(byte & MORE))
			return true;
	}
	return false;
}

static bool
read_nats(const char **s, const char *end, unsigned *nats)
{
	if (end - *s < 2)
		return false;
	*nats = (unsigned)(unsigned char)(*s)[0] | (unsigned)(unsigned char)(*s)[1] << 8;
	*s += 2;
	return true;
}

static bool
read_bytes(const char **s, const char *end, const char **bytes, size_t *n)
{
	if (!token_read_number(s, end, n) || *n > (size_t)(end - *s))
		return false;
	*bytes = *s;
	*s += *n;
	return true;
}

bool
token_read_candidate(const char **s, const char *end, struct token_candidate *c)
{
	return read_bytes(s, end, &c->s, &c->n) && read_nats(s, end, &c->nats);
}

bool
token_read_rest(const char **s, const char *end, struct token_rest *rest)
{
	struct token_candidate unused;

	if (!read_nats(s, end, &rest->nats) || end - *s < 2)
		return false;
	rest->own = (unsigned char)(*s)[0];
	rest->n_candidates = (unsigned char)(*s)[1];
	*s += 2;
	rest->candidates = *s;
	for (size_t i = 0; i < rest->n_candidates; i++)
		if (!token_read_candidate(s, end, &unused))
			return false;
	rest->end = *s;
	return rest->own <= rest->n_candidates;
}

bool
token_read_told(const char *packed, size_t n, struct token_told *told)
{
	const char *s = packed, *end = packed + n;
	struct token_rest rest;

	if (n == 0)
		return false;
	told->flags = (unsigned char)*s++;
	if (!read_bytes(&s, end, &told->s, &told->n))
		return false;
	told->rest = s;
	told->rest_n = (size_t)(end - s);
	return token_read_rest(&s, end, &rest) && s == end;
}
