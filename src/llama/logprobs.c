/*
 * logprobs.c - llama-server holds back a token that ends within a character; when the character is whole it tells the last of its
 * tokens, with the bytes of all of them. The candidates are those of the last one then: the one with the token's own id tells
 * which bytes are its own.
 */
#include "llama/logprobs.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "llama/json.h"
#include "llama/token_pack.h"

struct candidates {
	struct buf packed;
	size_t n, own;  /* own: from 1; 0: none of them */
	size_t own_len; /* its bytes */
};

/* The value's bytes; false: there are none, or too many, or it is something else. */
static bool
put_bytes(const cJSON *token, struct buf *out)
{
	const cJSON *bytes = json_get(token, "bytes"), *byte;

	if (!cJSON_IsArray(bytes)) {
		buf_puts(out, json_string(token, "token", ""));
		return out->len <= TOKEN_TOLD_MAX;
	}
	cJSON_ArrayForEach(byte, bytes)
	{
		if (!cJSON_IsNumber(byte) || byte->valueint < 0 || byte->valueint > 255 || out->len == TOKEN_TOLD_MAX)
			return false;
		buf_putc(out, (char)(unsigned char)byte->valueint);
	}
	return true;
}

static unsigned
read_nats(const cJSON *token)
{
	const cJSON *probability = json_get(token, "prob");

	if (cJSON_IsNumber(probability))
		return token_nats(log(probability->valuedouble));
	return token_nats(json_number(token, "logprob", -TOKEN_NATS_MAX));
}

/* By its id; where servers tell none, by its bytes. */
static bool
is_own(const cJSON *token, const struct buf *told, const cJSON *candidate, const struct buf *bytes)
{
	const cJSON *id = json_get(token, "id"), *other = json_get(candidate, "id");

	if (bytes->len == 0 || bytes->len > told->len ||
	        memcmp(told->data + told->len - bytes->len, bytes->data, bytes->len) != 0)
		return false;
	if (cJSON_IsNumber(id) && cJSON_IsNumber(other))
		return id->valuedouble == other->valuedouble;
	return bytes->len == told->len;
}

static void
add_candidate(struct candidates *all, const cJSON *token, const struct buf *told, const cJSON *candidate)
{
	struct buf bytes = {0};

	if (cJSON_IsObject(candidate) && put_bytes(candidate, &bytes) &&
	        all->packed.len + bytes.len < TOKEN_PACKED_MAX - TOKEN_TOLD_MAX) {
		all->n++;
		if (all->own == 0 && is_own(token, told, candidate, &bytes)) {
			all->own = all->n;
			all->own_len = bytes.len;
		}
		token_pack_candidate(
		        &all->packed, &(struct token_candidate){buf_text(&bytes), bytes.len, read_nats(candidate)});
	}
	buf_release(&bytes);
}

static void
add_candidates(struct candidates *all, const cJSON *token, const struct buf *told)
{
	const cJSON *top = json_get(token, "top_logprobs"), *candidate;

	if (!cJSON_IsArray(top))
		top = json_get(token, "top_probs");
	if (!cJSON_IsArray(top))
		return;
	cJSON_ArrayForEach(candidate, top) if (all->n < TOKEN_CANDIDATES_MAX)
	        add_candidate(all, token, told, candidate);
}

static bool
is_ascii(const struct buf *text)
{
	for (size_t i = 0; i < text->len; i++)
		if (text->data[i] & 0x80)
			return false;
	return true;
}

/* Whole characters may be those of several tokens; other bytes a server tells token by token. */
static bool
is_part(const struct buf *told, const struct candidates *all)
{
	return all->own == 0 && !is_ascii(told) && utf8_span(told->data, told->len) == told->len;
}

static void
tell_token(const cJSON *token, void (*tell)(void *arg, const char *packed, size_t n), void *arg)
{
	struct buf told = {0}, packed = {0};
	struct candidates all = {0};

	if (put_bytes(token, &told) && told.len > 0) {
		add_candidates(&all, token, &told);
		buf_putc(&packed, is_part(&told, &all) ? TOKEN_PART : 0);
		token_pack_number(&packed, told.len);
		buf_put(&packed, told.data, told.len);
		token_pack_nats(&packed, read_nats(token));
		buf_putc(&packed, (char)(unsigned char)all.own);
		buf_putc(&packed, (char)(unsigned char)all.n);
		buf_put(&packed, buf_text(&all.packed), all.packed.len);
		tell(arg, packed.data, packed.len);
	}
	buf_release(&told);
	buf_release(&packed);
	buf_release(&all.packed);
}

void
logprobs_tell(const cJSON *choice, void (*tell)(void *arg, const char *packed, size_t n), void *arg)
{
	const cJSON *tokens = json_get(json_get(choice, "logprobs"), "content"), *token;

	if (!cJSON_IsArray(tokens))
		return;
	cJSON_ArrayForEach(token, tokens) tell_token(token, tell, arg);
}
