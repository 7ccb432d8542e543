/*
 * math_letters.c - tables of Unicode's superscripts, subscripts and Mathematical Alphanumeric Symbols (U+1D400), with the
 * letters that were encoded before these, in Letterlike Symbols (U+2100).
 */
#include "text/math_letters.h"

#include <stdint.h>
#include <string.h>

#include "base/compiler.h"
#include "base/utf8.h"
#include "text/cluster.h"

struct pair {
	const char *from, *to;
};

/* The last ones are raised already. */
static const struct pair raised[] = {{"0", "⁰"}, {"1", "¹"}, {"2", "²"}, {"3", "³"}, {"4", "⁴"}, {"5", "⁵"}, {"6", "⁶"},
        {"7", "⁷"}, {"8", "⁸"}, {"9", "⁹"}, {"+", "⁺"}, {"−", "⁻"}, {"=", "⁼"}, {"(", "⁽"}, {")", "⁾"}, {"a", "ᵃ"},
        {"b", "ᵇ"}, {"c", "ᶜ"}, {"d", "ᵈ"}, {"e", "ᵉ"}, {"f", "ᶠ"}, {"g", "ᵍ"}, {"h", "ʰ"}, {"i", "ⁱ"}, {"j", "ʲ"},
        {"k", "ᵏ"}, {"l", "ˡ"}, {"m", "ᵐ"}, {"n", "ⁿ"}, {"o", "ᵒ"}, {"p", "ᵖ"}, {"r", "ʳ"}, {"s", "ˢ"}, {"t", "ᵗ"},
        {"u", "ᵘ"}, {"v", "ᵛ"}, {"w", "ʷ"}, {"x", "ˣ"}, {"y", "ʸ"}, {"z", "ᶻ"}, {"A", "ᴬ"}, {"B", "ᴮ"}, {"D", "ᴰ"},
        {"E", "ᴱ"}, {"G", "ᴳ"}, {"H", "ᴴ"}, {"I", "ᴵ"}, {"J", "ᴶ"}, {"K", "ᴷ"}, {"L", "ᴸ"}, {"M", "ᴹ"}, {"N", "ᴺ"},
        {"O", "ᴼ"}, {"P", "ᴾ"}, {"R", "ᴿ"}, {"T", "ᵀ"}, {"U", "ᵁ"}, {"V", "ⱽ"}, {"W", "ᵂ"}, {"β", "ᵝ"}, {"γ", "ᵞ"},
        {"δ", "ᵟ"}, {"θ", "ᶿ"}, {"φ", "ᵠ"}, {"χ", "ᵡ"}, {"ϵ", "ᵋ"}, {"ε", "ᵋ"}, {"ι", "ᶥ"}, {"α", "ᵅ"}, {"ϕ", "ᶲ"},
        {"∘", "°"}, {"′", "′"}, {"″", "″"}, {"‴", "‴"}, {"*", "*"}, {"∗", "*"}, {"†", "†"}, {"‡", "‡"}, {"⊤", "ᵀ"}};

static const struct pair lowered[] = {{"0", "₀"}, {"1", "₁"}, {"2", "₂"}, {"3", "₃"}, {"4", "₄"}, {"5", "₅"},
        {"6", "₆"}, {"7", "₇"}, {"8", "₈"}, {"9", "₉"}, {"+", "₊"}, {"−", "₋"}, {"=", "₌"}, {"(", "₍"}, {")", "₎"},
        {"a", "ₐ"}, {"e", "ₑ"}, {"h", "ₕ"}, {"i", "ᵢ"}, {"j", "ⱼ"}, {"k", "ₖ"}, {"l", "ₗ"}, {"m", "ₘ"}, {"n", "ₙ"},
        {"o", "ₒ"}, {"p", "ₚ"}, {"r", "ᵣ"}, {"s", "ₛ"}, {"t", "ₜ"}, {"u", "ᵤ"}, {"v", "ᵥ"}, {"x", "ₓ"}, {"β", "ᵦ"},
        {"γ", "ᵧ"}, {"ρ", "ᵨ"}, {"φ", "ᵩ"}, {"χ", "ᵪ"}, {",", ","}};

static const char *
find_pair(const struct pair *pairs, size_t n_pairs, const char *text, size_t n)
{
	for (size_t i = 0; i < n_pairs; i++)
		if (strlen(pairs[i].from) == n && memcmp(pairs[i].from, text, n) == 0)
			return pairs[i].to;
	return NULL;
}

static bool
put_pairs(const struct pair *pairs, size_t n_pairs, const char *text, size_t n, struct buf *out)
{
	size_t start = out->len;

	for (size_t at = 0, len; at < n; at += len) {
		uint32_t character;
		const char *to;

		len = utf8_decode(text + at, n - at, &character);
		to = find_pair(pairs, n_pairs, text + at, len);
		if (!to) {
			buf_truncate(out, start);
			return false;
		}
		buf_puts(out, to);
	}
	return n > 0;
}

bool
math_put_raised(const char *text, size_t n, struct buf *out)
{
	return put_pairs(raised, ARRAY_LEN(raised), text, n, out);
}

/* A comma stays as it is: between lowered letters it can be nothing else. */
bool
math_put_lowered(const char *text, size_t n, struct buf *out)
{
	bool at_edge = n > 0 && (text[0] == ',' || text[n - 1] == ',');

	return !at_edge && put_pairs(lowered, ARRAY_LEN(lowered), text, n, out);
}

/* ---- alphabets ---- */

/* Where each begins; 0: there are none. */
static const struct alphabet {
	uint32_t capital, small, digit, greek_capital, greek_small;
} alphabets[] = {
        [MATH_BOLD] = {0x1d400, 0x1d41a, 0x1d7ce, 0x1d6a8, 0x1d6c2},
        [MATH_DOUBLE] = {0x1d538, 0x1d552, 0x1d7d8, 0, 0},
        [MATH_SCRIPT] = {0x1d49c, 0x1d4b6, 0, 0, 0},
        [MATH_FRAKTUR] = {0x1d504, 0x1d51e, 0, 0, 0},
};

/* The holes of the ranges above. */
static const struct {
	uint32_t hole, letter;
} letterlike[] = {{0x1d49d, 0x212c}, {0x1d4a0, 0x2130}, {0x1d4a1, 0x2131}, {0x1d4a3, 0x210b}, {0x1d4a4, 0x2110},
        {0x1d4a7, 0x2112}, {0x1d4a8, 0x2133}, {0x1d4ad, 0x211b}, {0x1d4ba, 0x212f}, {0x1d4bc, 0x210a},
        {0x1d4c4, 0x2134}, {0x1d506, 0x212d}, {0x1d50b, 0x210c}, {0x1d50c, 0x2111}, {0x1d515, 0x211c},
        {0x1d51d, 0x2128}, {0x1d53a, 0x2102}, {0x1d53f, 0x210d}, {0x1d545, 0x2115}, {0x1d547, 0x2119},
        {0x1d548, 0x211a}, {0x1d549, 0x211d}, {0x1d551, 0x2124}};

static uint32_t
letter_of(uint32_t place)
{
	for (size_t i = 0; i < ARRAY_LEN(letterlike); i++)
		if (letterlike[i].hole == place)
			return letterlike[i].letter;
	return place;
}

/* The letters of the bold alphabet that do not stand in the order of Greek. */
static uint32_t
bold_variant(uint32_t c)
{
	static const uint32_t variants[][2] = {{0x2202, 0x1d6db}, {0x2207, 0x1d6c1}, {0x3d1, 0x1d6dd}, {0x3d5, 0x1d6df},
	        {0x3d6, 0x1d6e1}, {0x3f0, 0x1d6de}, {0x3f1, 0x1d6e0}, {0x3f5, 0x1d6dc}};

	for (size_t i = 0; i < ARRAY_LEN(variants); i++)
		if (variants[i][0] == c)
			return variants[i][1];
	return c;
}

static uint32_t
letter_in(enum math_alphabet alphabet, uint32_t c)
{
	const struct alphabet *a = &alphabets[alphabet];

	if (c >= 'A' && c <= 'Z')
		return letter_of(a->capital + (c - 'A'));
	if (c >= 'a' && c <= 'z')
		return letter_of(a->small + (c - 'a'));
	if (c >= '0' && c <= '9' && a->digit)
		return a->digit + (c - '0');
	if (c >= 0x391 && c <= 0x3a9 && a->greek_capital)
		return a->greek_capital + (c - 0x391);
	if (c >= 0x3b1 && c <= 0x3c9 && a->greek_small)
		return a->greek_small + (c - 0x3b1);
	return alphabet == MATH_BOLD ? bold_variant(c) : c;
}

enum math_alphabet
math_alphabet(char letter)
{
	static const char letters[] = "bdsf";

	return (enum math_alphabet)(strchr(letters, letter) - letters);
}

void
math_put_alphabet(enum math_alphabet alphabet, const char *text, size_t n, struct buf *out)
{
	for (size_t at = 0; at < n;) {
		uint32_t character;
		char bytes[4];

		at += utf8_decode(text + at, n - at, &character);
		buf_put(out, bytes, utf8_encode(letter_in(alphabet, character), bytes));
	}
}

/* ---- marks ---- */

/* Appends the cluster at text[at..n) with the mark, and moves on. False: it has all the marks that are drawn. */
static bool
put_marked(const char *mark, const char *text, size_t n, size_t *at, struct buf *out)
{
	size_t len = cluster_length(text + *at, n - *at);

	buf_put(out, text + *at, len);
	if (text[*at] != ' ')
		buf_puts(out, mark);
	*at += len;
	return utf8_count(text + *at - len, len) < CLUSTER_POINTS_MAX;
}

bool
math_put_struck(const char *mark, const char *text, size_t n, struct buf *out)
{
	size_t start = out->len;
	bool ok = n > 0;

	for (size_t at = 0; at < n && ok;)
		ok = put_marked(mark, text, n, &at, out);
	if (!ok)
		buf_truncate(out, start);
	return ok;
}

bool
math_put_accented(const char *mark, const char *text, size_t n, bool first, struct buf *out)
{
	size_t start = out->len, at = 0;
	bool ok;

	if (n == 0)
		return false;
	if (!first && cluster_length(text, n) < n) {
		buf_puts(out, "(");
		buf_put(out, text, n);
		buf_puts(out, ")");
		buf_puts(out, mark);
		return true;
	}
	ok = put_marked(mark, text, n, &at, out);
	if (ok)
		buf_put(out, text + at, n - at);
	else
		buf_truncate(out, start);
	return ok;
}

static const char line[] = "\u0305";

/* One cluster has the mark that is no line: \u20e1 for both. */
static const char *
mark_of_one(const char *first, const char *last)
{
	if (strcmp(first, line) == 0)
		return last;
	return strcmp(last, line) == 0 ? first : "\u20e1";
}

bool
math_put_long(const char *marks, const char *text, size_t n, struct buf *out)
{
	size_t start = out->len, first_len = utf8_prefix(marks, strlen(marks), 1), at = 0;
	const char *last = marks + first_len;
	char first[4] = "";
	bool ok = n > 0;

	memcpy(first, marks, first_len);
	while (at < n && ok) {
		bool ends = at + cluster_length(text + at, n - at) == n;
		const char *mark = at == 0 ? first : line;

		ok = put_marked(ends ? at == 0 ? mark_of_one(first, last) : last : mark, text, n, &at, out);
	}
	if (!ok)
		buf_truncate(out, start);
	return ok;
}
