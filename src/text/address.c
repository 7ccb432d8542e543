/*
 * address.c - from each colon back to a scheme, and on to where the address ends. Brackets around it and the full stop
 * after it are the sentence's.
 */
#include "text/address.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "text/cjk.h"
#include "text/clean.h"

static const char *const schemes[] = {"http://", "https://", "mailto:"};

static bool
is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* Where the scheme begins whose colon this is; NULL: it is none of ours. Its end goes to `*rest`. */
static const char *
scheme_before(const char *text, const char *colon, const char *end, const char **rest)
{
	for (size_t i = 0; i < ARRAY_LEN(schemes); i++) {
		size_t n = strlen(schemes[i]), before = strcspn(schemes[i], ":");
		const char *begin = colon - before;

		if ((size_t)(colon - text) < before || (size_t)(end - begin) <= n ||
		        strncasecmp(begin, schemes[i], n) != 0)
			continue;
		if (begin > text && is_word(begin[-1]))
			continue;
		*rest = begin + n;
		return begin;
	}
	return NULL;
}

static bool
is_typographic(const char *at, const char *end)
{
	uint32_t c;

	if ((unsigned char)*at < 0x80)
		return false;
	utf8_decode(at, (size_t)(end - at), &c);
	return cjk_ends_address(c);
}

/* Up to a space, a sign that no address has, a bracket that was not opened in it, or punctuation of running text. */
static const char *
end_of(const char *at, const char *end)
{
	int round = 0, square = 0;

	for (; at < end; at++) {
		unsigned char c = (unsigned char)*at;

		if (c <= ' ' || c == 0x7f || strchr("\"<>\\^`{|}", c) || is_typographic(at, end))
			break;
		round += c == '(' ? 1 : c == ')' ? -1 : 0;
		square += c == '[' ? 1 : c == ']' ? -1 : 0;
		if (round < 0 || square < 0)
			break;
	}
	return at;
}

static const char *
without_sentence(const char *begin, const char *end)
{
	while (end > begin && strchr(".,;:!?'*_~", end[-1]))
		end--;
	return end;
}

/* The next one in [*at..end), which goes after it. NULL: there is no other. */
static char *
next(const char *text, const char **at, const char *end)
{
	const char *colon, *begin, *rest;

	while (*at < end && (colon = memchr(*at, ':', (size_t)(end - *at))) != NULL) {
		const char *last;
		char *found, *shown;
		bool good;

		*at = colon + 1;
		if (!(begin = scheme_before(text, colon, end, &rest)))
			continue;
		*at = end_of(rest, end);
		last = without_sentence(rest, *at);
		if (last == rest || last - begin > ADDRESS_MAX)
			continue;
		found = mem_strndup(begin, (size_t)(last - begin));
		shown = clean_line(found);
		good = strcmp(found, shown) == 0;
		free(shown);
		if (good)
			return found;
		free(found);
	}
	return NULL;
}

static bool
is_among(char *const *all, size_t n, const char *address)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(all[i], address) == 0)
			return true;
	return false;
}

size_t
address_find(const char *text, size_t n, size_t from, size_t which, char **address)
{
	char *all[ADDRESSES_MAX], *found;
	const char *at = text + from, *end = n - from > ADDRESSES_SPAN ? at + ADDRESSES_SPAN : text + n;
	size_t count = 0;

	while (count < ADDRESSES_MAX && (found = next(text, &at, end)) != NULL) {
		if (is_among(all, count, found))
			free(found);
		else
			all[count++] = found;
	}
	*address = which >= 1 && which <= count ? mem_strdup(all[which - 1]) : NULL;
	for (size_t i = 0; i < count; i++)
		free(all[i]);
	return count;
}

bool
address_is_any(const char *text, size_t n, size_t *looked)
{
	bool slice = n - *looked > ADDRESS_SLICE;
	const char *at = text + *looked, *end = slice ? at + ADDRESS_SLICE : text + n, *last = end;
	char *found = next(text, &at, end);

	free(found);
	if (found)
		return true;
	/* The last word may become one, unless it is longer than any. */
	while (last > text + *looked && (unsigned char)last[-1] > ' ')
		last--;
	*looked = (size_t)((slice && last == text + *looked ? end : last) - text);
	return false;
}
