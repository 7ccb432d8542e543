/*
 * sentence.c - full stops, and the signs that come in pairs. In doubt there is no end: then the sentence is said with the next one.
 */
#include "text/sentence.h"

#include <string.h>
#include <strings.h>

#include "base/compiler.h"
#include "base/utf8.h"
#include "text/formula.h"

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_word(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

/* The bytes of the sign that ends a sentence at text[at]; 0: none does. `wide`: it needs no space after it. */
static size_t
stop_at(const char *text, size_t n, size_t at, bool *wide)
{
	uint32_t sign;
	size_t len = utf8_decode(text + at, n - at, &sign);

	*wide = false;
	switch (sign) {
	case '.':
	case '!':
	case '?':
	case 0x2026: /* … */
		return len;
	case 0x3002: /* 。 */
	case 0xff01: /* ！ */
	case 0xff0e: /* ． */
	case 0xff1f: /* ？ */
		*wide = true;
		return len;
	default:
		return 0;
	}
}

/* Quotes, brackets and emphasis that end with the sentence. */
static size_t
skip_closers(const char *text, size_t n, size_t at)
{
	static const char *const wide[] = {"”", "’", "»", "“", "」", "』", "）"};

	for (;;) {
		size_t before = at;

		while (at < n && text[at] && strchr("\"')]*_`", text[at]))
			at++;
		for (size_t i = 0; i < ARRAY_LEN(wide); i++) {
			size_t len = strlen(wide[i]);

			if (n - at >= len && memcmp(text + at, wide[i], len) == 0)
				at += len;
		}
		if (at == before)
			return at;
	}
}

/* The word before the full stop at text[at]: "e.g", "Dr", an initial, a number such as an item's. */
static bool
is_abbreviation(const char *text, size_t at)
{
	static const char *const words[] = {"mr", "mrs", "ms", "dr", "prof", "st", "vs", "etc", "eg", "ie", "e.g",
	        "i.e", "cf", "no", "fig", "approx", "z.B", "bzw", "d.h", "ca", "nr", "usw"};
	size_t start = at;

	while (start > 0 && !is_blank(text[start - 1]) && !strchr("(\"*_[", text[start - 1]))
		start--;
	if (at - start <= 1 || (at - start == 2 && is_digit(text[start]) && is_digit(text[start + 1])))
		return true;
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (at - start == strlen(words[i]) && strncasecmp(text + start, words[i], at - start) == 0)
			return true;
	return false;
}

/* Behind the sentence whose stop is at text[at]; 0: it is none, or the next word is not there yet. */
static size_t
end_at(const char *text, size_t n, size_t at)
{
	bool wide;
	size_t stop = stop_at(text, n, at, &wide), end, next;

	if (stop == 0 || (text[at] == '.' && is_abbreviation(text, at)))
		return 0;
	end = skip_closers(text, n, at + stop);
	if (end >= n)
		return 0;
	if (wide)
		return end;
	for (next = end; next < n && (text[next] == ' ' || text[next] == '\t');)
		next++;
	if (next == end || next >= n || (text[next] >= 'a' && text[next] <= 'z'))
		return 0;
	return next;
}

size_t
sentence_end(const char *text, size_t n, size_t from)
{
	for (size_t at = from; at < n; at++) {
		size_t end = text[at] == '\n' ? at + 1 : end_at(text, n, at);

		if (end > from)
			return end;
	}
	return 0;
}

/* ---- pairs ---- */

struct pairs {
	bool strong, emphasis; /* stars that are open */
	size_t lines, waves;   /* signs so far */
	int brackets;
};

/* Two stars are another sign than one; three are both. Returns their end. */
static size_t
take_stars(const char *text, size_t n, size_t at, struct pairs *p)
{
	size_t end = at;

	while (end < n && text[end] == '*')
		end++;
	p->strong ^= end - at > 1;
	p->emphasis ^= (end - at) % 2 == 1;
	return end;
}

/* Inside of a word it is a letter, as in snake_case. */
static bool
is_line_a_sign(const char *text, size_t n, size_t at)
{
	return at == 0 || at + 1 >= n || !is_word(text[at - 1]) || !is_word(text[at + 1]);
}

/* What stands at text[at]: its end. 0: it is a formula or code that has not ended. */
static size_t
skip_one(const char *text, size_t n, size_t at, struct pairs *p)
{
	size_t formula = formula_end(text, n, at);

	if (formula > 0)
		return formula;
	switch (text[at]) {
	case '\\':
		return at + 1 < n && strchr("([", text[at + 1]) && text[at + 1] ? 0 : at + 2;
	case '`': {
		size_t end = formula_skip_code(text, n, at), after = at;

		while (after < n && text[after] == '`')
			after++;
		return end > after ? end : 0;
	}
	case '$':
		return at + 1 < n && !is_blank(text[at + 1]) && !is_digit(text[at + 1]) ? 0 : at + 1;
	case '*':
		return take_stars(text, n, at, p);
	case '_':
		p->lines += is_line_a_sign(text, n, at);
		break;
	case '~':
		p->waves++;
		break;
	case '[':
		p->brackets++;
		break;
	case ']':
		p->brackets -= p->brackets > 0;
		break;
	}
	return at + 1;
}

bool
sentence_is_closed(const char *text, size_t n)
{
	struct pairs p = {0};

	for (size_t at = 0; at < n;)
		if ((at = skip_one(text, n, at, &p)) == 0)
			return false;
	return !p.strong && !p.emphasis && p.lines % 2 == 0 && p.brackets == 0 && (p.waves < 2 || p.waves % 4 == 0);
}
