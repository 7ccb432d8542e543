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

/* The first byte after `"content":"`, or NULL. Quotes inside of a text are escaped, so this is none of its words. */
static const char *
content_at(const char *s)
{
	static const char key[] = "\"content\"";

	if (strncmp(s, key, sizeof(key) - 1) != 0)
		return NULL;
	s += sizeof(key) - 1;
	s += strspn(s, " ");
	if (*s++ != ':')
		return NULL;
	s += strspn(s, " ");
	return *s == '"' ? s + 1 : NULL;
}

/* The text of the last message, up to its closing quote; NULL: there is none. */
static const char *
last_content(const char *body, size_t *len)
{
	const char *last = NULL;

	*len = 0;
	for (const char *s = strchr(body, '"'); s; s = strchr(s + 1, '"'))
		if (content_at(s))
			last = content_at(s);
	while (last && last[*len] && last[*len] != '"')
		*len += last[*len] == '\\' && last[*len + 1] ? 2 : 1;
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

long
route_find(const struct script *s, const struct route_request *request)
{
	for (size_t i = 0; i < s->n_routes; i++)
		if (fits(&s->routes[i], request))
			return (long)i;
	return -1;
}
