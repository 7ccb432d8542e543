/*
 * token.c - matches one shape of JSON and gives up at the first byte that is different. What it takes, cJSON would take
 * too, and to the same effect: tests/fuzz/reply.c holds the one against the other.
 */
#include "llama/token.h"

#include <ctype.h>
#include <string.h>

#include "llama/json.h"

struct reader {
	const char *s, *end;
	struct token *token;
};

static bool
take(struct reader *r, const char *literal)
{
	size_t n = strlen(literal);

	if ((size_t)(r->end - r->s) < n || memcmp(r->s, literal, n) != 0)
		return false;
	r->s += n;
	return true;
}

/* A string without escapes. */
static bool
take_plain(struct reader *r, struct token_text *text)
{
	const char *close;

	if (!take(r, "\"") || !(close = memchr(r->s, '"', (size_t)(r->end - r->s))))
		return false;
	*text = (struct token_text){r->s, (size_t)(close - r->s)};
	r->s = close + 1;
	return !memchr(text->s, '\\', text->n);
}

/* '\0' for those that are left to json.h. */
static char
unescape(char c)
{
	static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
	const char *at = c ? strchr(from, c) : NULL;

	return at ? to[at - from] : '\0';
}

static bool
take_escaped(struct reader *r, struct token_text *text)
{
	char *out = r->token->unescaped;
	size_t n = 0;

	for (r->s++; r->s < r->end && *r->s != '"' && n < TOKEN_UNESCAPED_MAX; n++, r->s++) {
		out[n] = *r->s;
		if (*r->s == '\\' && (++r->s == r->end || !(out[n] = unescape(*r->s))))
			return false;
	}
	*text = (struct token_text){out, n};
	return take(r, "\"");
}

static bool
take_text(struct reader *r, struct token_text *text)
{
	const char *start = r->s;

	if (take_plain(r, text))
		return true;
	r->s = start;
	return start < r->end && *start == '"' && take_escaped(r, text);
}

static bool
take_delta(struct reader *r)
{
	if (take(r, "{\"content\":"))
		return take_text(r, &r->token->content) && take(r, "}");
	return take(r, "{\"reasoning_content\":") && take_text(r, &r->token->reasoning) && take(r, "}");
}

static bool
take_choice(struct reader *r)
{
	unsigned seen = 0, one;

	do {
		if (take(r, "\"finish_reason\":null"))
			one = 1;
		else if (take(r, "\"index\":0"))
			one = 2;
		else if (take(r, "\"delta\":") && take_delta(r))
			one = 4;
		else
			return false;
		if (seen & one)
			return false;
		seen |= one;
	} while (take(r, ","));
	return true;
}

static bool
take_number(struct reader *r)
{
	const char *start = r->s;

	while (r->s < r->end && isdigit((unsigned char)*r->s))
		r->s++;
	return r->s > start;
}

/* Of each name the first counts; these hold nothing that becomes an event. */
static bool
take_other(struct reader *r)
{
	struct token_text unused;

	return take(r, "\"created\":")
	               ? take_number(r)
	               : (take(r, "\"id\":") || take(r, "\"object\":") || take(r, "\"system_fingerprint\":")) &&
	                         take_plain(r, &unused);
}

static bool
take_choices(struct reader *r)
{
	return take(r, "\"choices\":[{") && take_choice(r) && take(r, "}]");
}

static bool
take_root(struct reader *r)
{
	bool choices = false, model = false;

	do {
		const char *start = r->s;

		if (!choices && (choices = take_choices(r)))
			continue;
		r->s = start;
		if (!model && take(r, "\"model\":")) {
			if (!(model = take_plain(r, &r->token->model)))
				return false;
		} else if (!take_other(r)) {
			return false;
		}
	} while (take(r, ","));
	return choices;
}

bool
token_read(const char *json, size_t n, struct token *token)
{
	struct reader r = {json, json + n, token};

	token->model = token->content = token->reasoning = (struct token_text){"", 0};
	return json_is_well_formed(json, n) && take(&r, "{") && take_root(&r) && take(&r, "}") && r.s == r.end;
}
