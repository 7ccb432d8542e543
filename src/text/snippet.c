/*
 * snippet.c - the first hits of a text are looked at, and the window chosen that has most different phrases in it.
 */
#include "text/snippet.h"

#include <stdint.h>

#include "base/utf8.h"

enum {
	LOOKED_AT = 64, /* hits of a text that are considered */
};

static bool
is_blank(char c)
{
	return (unsigned char)c <= ' ';
}

static size_t
collect(const struct find *find, const char *text, size_t n, struct find_range *hits)
{
	size_t count = 0, at = 0;

	while (count < LOOKED_AT && find_next(find, text, n, at, &hits[count])) {
		at = hits[count].start + hits[count].len;
		count++;
	}
	return count;
}

/* How many different phrases begin within `width` bytes of hit i. */
static int
variety(const struct find_range *hits, size_t count, size_t i, size_t width)
{
	uint64_t seen = 0;
	int different = 0;

	for (size_t k = i; k < count && hits[k].start - hits[i].start < width; k++) {
		uint64_t bit = (uint64_t)1 << hits[k].phrase % 64;

		different += !(seen & bit);
		seen |= bit;
	}
	return different;
}

static size_t
best_hit(const struct find_range *hits, size_t count, size_t width)
{
	size_t best = 0;
	int most = 0;

	for (size_t i = 0; i < count; i++) {
		int different = variety(hits, count, i, width);

		if (different > most) {
			most = different;
			best = i;
		}
	}
	return best;
}

/* A quarter of the width before the hit, from the start of a word on. */
static size_t
choose_start(const char *text, size_t hit, size_t n, size_t width)
{
	size_t room = width / 4, start, at;

	if (n <= width)
		return 0;
	start = hit > room ? hit - room : 0;
	if (start == 0)
		return 0;
	for (at = start; at <= hit; at++)
		if (is_blank(text[at - 1]) && !is_blank(text[at]))
			return at;
	return utf8_floor(text, start);
}

static size_t
choose_end(const char *text, size_t start, size_t hit_end, size_t n, size_t width)
{
	size_t end = n - start > width ? start + width : n;

	if (end == n)
		return n;
	for (size_t at = end; at > hit_end && at > start + width / 2; at--)
		if (is_blank(text[at]) && !is_blank(text[at - 1]))
			return at;
	return utf8_floor(text, end);
}

static void
mark(struct snippet *snippet, const struct find_range *hits, size_t count, size_t end)
{
	for (size_t i = 0; i < count && snippet->n_hits < SNIPPET_HITS_MAX; i++) {
		struct find_range hit = hits[i];

		if (hit.start < snippet->at || hit.start >= end)
			continue;
		if (hit.start + hit.len > end)
			hit.len = end - hit.start;
		hit.start -= snippet->at;
		snippet->hits[snippet->n_hits++] = hit;
	}
}

bool
snippet_make(struct snippet *snippet, const struct find *find, const char *text, size_t n, size_t width)
{
	struct find_range hits[LOOKED_AT];
	size_t count = collect(find, text, n, hits), end, best = best_hit(hits, count, width * 3 / 4);

	*snippet = (struct snippet){0};
	if (count > 0)
		snippet->at = choose_start(text, hits[best].start, n, width);
	end = choose_end(text, snippet->at, count > 0 ? hits[best].start + hits[best].len : 0, n, width);
	buf_put(&snippet->text, text + snippet->at, end - snippet->at);
	for (size_t i = 0; i < snippet->text.len; i++)
		if (is_blank(snippet->text.data[i]))
			snippet->text.data[i] = ' ';
	snippet->more_before = snippet->at > 0;
	snippet->more_after = end < n;
	mark(snippet, hits, count, end);
	return count > 0;
}

void
snippet_release(struct snippet *snippet)
{
	buf_release(&snippet->text);
	*snippet = (struct snippet){0};
}
