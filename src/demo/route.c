/*
 * route.c - compares a request with the routes of a script: method, path, what holds just now, and what the last message
 * says. The message is searched as raw JSON, escapes and all: a word is the same there.
 */
#include "demo/route.h"

#include <string.h>
#include <strings.h>

static bool
path_fits(const char *pattern, const char *path)
{
	static const char kept[] = "/v1/stream";
	size_t n = strlen(pattern), len = strcspn(path, "?");

	if (strcmp(pattern, "*") == 0)
		return strncmp(path, kept, strlen(kept)) != 0;

	if (n > 0 && pattern[n - 1] == '*')
		return strncmp(pattern, path, n - 1) == 0;
	return n == len && strncmp(pattern, path, n) == 0;
}

/* The first byte of the text that this key has, or NULL. Quotes inside of a text are escaped, so this is none of its words. */
static const char *
text_at(const char *s, const char *key)
{
	size_t n = strlen(key);

	if (strncmp(s, key, n) != 0)
		return NULL;
	s += n;
	s += strspn(s, " ");
	if (*s++ != ':')
		return NULL;
	s += strspn(s, " ");
	return *s == '"' ? s + 1 : NULL;
}

static const char *
content_at(const char *s)
{
	return text_at(s, "\"content\"");
}

/* Up to the closing quote. */
static size_t
text_length(const char *text)
{
	size_t len = 0;

	while (text[len] && text[len] != '"')
		len += text[len] == '\\' && text[len + 1] ? 2 : 1;
	return len;
}

/* The text of the last message, up to its closing quote; NULL: there is none. */
static const char *
last_content(const char *body, size_t *len)
{
	const char *last = NULL;

	for (const char *s = strchr(body, '"'); s; s = strchr(s + 1, '"'))
		if (content_at(s))
			last = content_at(s);
	*len = last ? text_length(last) : 0;
	return last;
}

static bool
says(const char *body, const char *words)
{
	size_t len, n = strlen(words);
	const char *text = last_content(body, &len);

	for (; text && len >= n; text++, len--)
		if (strncasecmp(text, words, n) == 0)
			return true;
	return false;
}

static bool
fits(const struct script_route *r, const struct route_request *q)
{
	return (strcmp(r->method, "any") == 0 || strcmp(r->method, q->method) == 0) && path_fits(r->path, q->path) &&
	       (!r->during || (q->holds && q->holds(q->arg, r->during))) && (!r->when || says(q->body, r->when)) &&
	       (!r->with || strstr(q->body, r->with));
}

/* A line feed is two bytes of raw JSON. */
static long
count_words(const char *text)
{
	size_t n = text_length(text);
	bool inside = false;
	long words = 0;

	for (size_t i = 0; i < n; i++) {
		bool feed = text[i] == '\\' && (text[i + 1] == 'n' || text[i + 1] == 't');
		bool blank = text[i] == ' ' || feed;

		words += !inside && !blank;
		inside = !blank;
		i += feed;
	}
	return words;
}

enum {
	TOKENS_OF_MESSAGE = 4,
	TOKENS_OF_REPLY = 3,
};

long
route_count_tokens(const char *body)
{
	long tokens = TOKENS_OF_REPLY;

	for (const char *s = strchr(body, '"'); s; s = strchr(s + 1, '"')) {
		const char *thought = text_at(s, "\"reasoning_content\""), *text = content_at(s);

		if (text)
			tokens += TOKENS_OF_MESSAGE;
		if (text || thought)
			tokens += count_words(text ? text : thought);
	}
	return tokens;
}

long
route_count_known(const char *body)
{
	size_t len;
	const char *last = last_content(body, &len);

	if (!last || !strstr(body, "\"role\":\"assistant\""))
		return 0;
	return route_count_tokens(body) - TOKENS_OF_REPLY - TOKENS_OF_MESSAGE - count_words(last);
}

long
route_find(const struct script *s, const struct route_request *request)
{
	for (size_t i = 0; i < s->n_routes; i++)
		if (fits(&s->routes[i], request))
			return (long)i;
	return -1;
}
