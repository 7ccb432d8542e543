/*
 * find_gap.c - a pattern is a glob whose spaces are its stars. Quotes and hyphens are alike, whether they are typed or set:
 * who types "don't" means "don’t" too.
 */
#include "config.h"

#include "text/find_gap.h"

#include <string.h>

#include "base/memory_find.h"
#include "base/utf8.h"
#include "text/fold.h"

/* ---- signs ---- */

static bool
is_blank(uint32_t c)
{
	return c <= ' ' || c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 ||
	       c == 0x202f || c == 0x205f || c == 0x3000;
}

/* Marks that the index drops, and those that choose how a character looks. */
static bool
is_dropped(uint32_t c)
{
	return (c >= 0xfe00 && c <= 0xfe0f) || fold_character(c) == 0;
}

static uint32_t
plain_sign(uint32_t c)
{
	switch (c) {
	case 0x2018:
	case 0x2019:
		return '\'';
	case 0x201c:
	case 0x201d:
		return '"';
	case 0x2010:
	case 0x2011:
		return '-';
	}
	return c;
}

/* ---- a pattern ---- */

static void
put_blank(struct buf *to)
{
	if (to->len == 0 || to->data[to->len - 1] != ' ')
		buf_putc(to, ' ');
}

static void
put_sign(struct find_gap *gap, uint32_t c)
{
	char bytes[4];

	buf_put(&gap->pattern, bytes, utf8_encode(plain_sign(c), bytes));
	gap->has_signs = true;
}

void
find_gap_init(struct find_gap *gap, const char *text, size_t n, bool first, bool last)
{
	*gap = (struct find_gap){0};
	if (first)
		put_blank(&gap->pattern);
	for (size_t at = 0; at < n;) {
		uint32_t c;

		at += utf8_decode(text + at, n - at, &c);
		if (is_blank(c))
			put_blank(&gap->pattern);
		else if (!is_dropped(c))
			put_sign(gap, c);
	}
	if (last)
		put_blank(&gap->pattern);
}

void
find_gap_release(struct find_gap *gap)
{
	buf_release(&gap->pattern);
}

/* ---- matching ---- */

static size_t
skip_dropped(const char *text, size_t at, size_t to)
{
	while (at < to) {
		uint32_t c;
		size_t len = utf8_decode(text + at, to - at, &c);

		if (!is_dropped(c))
			break;
		at += len;
	}
	return at;
}

/* Where a run that begins at `at` ends, with the marks after it; 0: it is not there. */
static size_t
run_end(const char *run, size_t n, const char *text, size_t at, size_t to)
{
	for (size_t i = 0; i < n;) {
		uint32_t wanted, c;

		if (at == to)
			return 0;
		i += utf8_decode(run + i, n - i, &wanted);
		at += utf8_decode(text + at, to - at, &c);
		if (plain_sign(c) != wanted)
			return 0;
		at = skip_dropped(text, at, to);
	}
	return at;
}

/* Where a run is, and where it ends. */
struct run {
	size_t start, end;
};

/* The first one from `at` on, before any letter; `here`: there, or nowhere; `last`: the one that ends at `to`. */
static bool
find_run(struct run *found, const char *run, size_t n, const char *text, size_t at, size_t to, bool here, bool last)
{
	while (at < to) {
		uint32_t c;

		*found = (struct run){at, run_end(run, n, text, at, to)};
		if (found->end > 0 && (!last || found->end == to))
			return true;
		at += utf8_decode(text + at, to - at, &c);
		if (here || fold_is_letter(c))
			return false;
	}
	return false;
}

bool
find_gap_match(const struct find_gap *gap, const char *text, size_t *from, size_t *to)
{
	const char *pattern = buf_text(&gap->pattern), *end = pattern + gap->pattern.len;
	size_t at = *from, start = *to;
	struct run run = {0, *from};

	for (const char *s = pattern; s < end;) {
		size_t n = strcspn(s, " ");
		bool is_first = start == *to, here = s == pattern, last = s + n == end;

		if (n > 0 && !find_run(&run, s, n, text, at, *to, here, last))
			return false;
		if (n > 0 && is_first)
			start = run.start;
		at = run.end;
		s += n + (s + n < end);
	}
	*from = start;
	*to = run.end;
	return true;
}

bool
find_gap_may_be_in(const struct find_gap *gap, const char *text, size_t n)
{
	const char *run = buf_text(&gap->pattern) + 1;
	uint32_t c;

	(void)utf8_decode(run, strlen(run), &c);
	if (c < 0x80 && strchr("'\"-", (int)c))
		return true; /* it may look otherwise there */
	return memory_find(text, n, run, utf8_decode(run, strlen(run), &c)) != NULL;
}
