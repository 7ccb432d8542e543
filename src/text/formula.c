/*
 * formula.c - forward from the sign that opens a formula to the one that closes it. Code spans bind tighter, and what a
 * backslash escapes is no sign.
 */
#include "text/formula.h"

#include <stdbool.h>
#include <string.h>

#include "base/compiler.h"

enum {
	LINE_MAX_BYTES = 4096, /* longer lines open no display formula that goes on after them */
};

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_word(char c)
{
	return is_letter(c) || (c >= '0' && c <= '9');
}

static size_t
count_same(const char *text, size_t n, size_t at)
{
	size_t end = at;

	while (end < n && text[end] == text[at])
		end++;
	return end - at;
}

size_t
formula_skip_code(const char *text, size_t n, size_t at)
{
	size_t length = count_same(text, n, at), end = at + length;

	for (size_t i = end; i < n;) {
		size_t run = text[i] == '`' ? count_same(text, n, i) : 0;

		if (run == length)
			return i + run;
		i += run > 0 ? run : 1;
	}
	return end;
}

/* After whatever stands at text[at] that hides signs: an escape or a code span. */
static size_t
skip_one(const char *text, size_t n, size_t at)
{
	if (text[at] == '`')
		return formula_skip_code(text, n, at);
	return at + (text[at] == '\\' && at + 1 < n ? 2 : 1);
}

/* ---- environments ---- */

size_t
formula_environment(const char *text, size_t n, size_t at, const char *word)
{
	static const char *const names[] = {
	        "align", "alignat", "displaymath", "eqnarray", "equation", "flalign", "gather", "math", "multline"};
	size_t begin = at + strlen(word) + 2, end = begin;

	if (begin >= n || text[at] != '\\' || memcmp(text + at + 1, word, begin - at - 2) != 0 ||
	        text[begin - 1] != '{')
		return 0;
	while (end < n && is_letter(text[end]))
		end++;
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (strlen(names[i]) == end - begin && memcmp(names[i], text + begin, end - begin) == 0) {
			end += end < n && text[end] == '*';
			return end < n && text[end] == '}' ? end + 1 - at : 0;
		}
	return 0;
}

/* ---- the end ---- */

/* Of \( and \[, from after that; 0: none, or another one opens first. */
static size_t
find_bracket_end(const char *text, size_t n, size_t at, char sign)
{
	char close = sign == '(' ? ')' : ']';

	for (; at + 1 < n; at = skip_one(text, n, at)) {
		if (text[at] != '\\')
			continue;
		if (text[at + 1] == close)
			return at + 2;
		if (text[at + 1] == sign)
			return 0;
	}
	return 0;
}

static size_t
find_double_end(const char *text, size_t n, size_t at)
{
	for (; at + 1 < n; at = skip_one(text, n, at))
		if (text[at] == '$' && text[at + 1] == '$')
			return at + 2;
	return 0;
}

static size_t
find_single_end(const char *text, size_t n, size_t at)
{
	size_t from = at;

	for (; at < n; at = skip_one(text, n, at)) {
		bool last = at + 1 == n;

		if (text[at] != '$')
			continue;
		if (at > from && !is_space(text[at - 1]) && (last || (!is_word(text[at + 1]) && text[at + 1] != '$')))
			return at + 1;
		if (!last && !is_space(text[at + 1]))
			return 0; /* this one opens */
	}
	return 0;
}

/* Of an environment: those inside it (aligned, cases, matrices) have other names. */
static size_t
find_environment_end(const char *text, size_t n, size_t at)
{
	for (; at < n; at = skip_one(text, n, at)) {
		size_t length = formula_environment(text, n, at, "end");

		if (length > 0)
			return at + length;
	}
	return 0;
}

static size_t
find_end(const char *text, size_t n, size_t at, char sign)
{
	if (sign == 'b')
		return find_environment_end(text, n, at);
	return sign == '$' ? find_double_end(text, n, at) : find_bracket_end(text, n, at, sign);
}

/* ---- the beginning ---- */

/* '(', '[', '$' (which is $$) and 'b' (\begin of an environment); 0: none of them. */
static char
sign_at(const char *text, size_t n, size_t at)
{
	if (at + 1 >= n)
		return 0;
	if (text[at] == '\\' && (text[at + 1] == '(' || text[at + 1] == '['))
		return text[at + 1];
	if (formula_environment(text, n, at, "begin") > 0)
		return 'b';
	if (text[at] == '$' && (at == 0 || text[at - 1] != '$') && count_same(text, n, at) == 2)
		return '$';
	return 0;
}

/* "\[like this]" and "\(this)" are escaped brackets. */
static bool
closes_escaped(const char *text, size_t n, size_t at, char sign)
{
	char close = sign == '(' ? ')' : ']';
	int depth = 1;

	for (; at < n && text[at] != '\n' && depth > 0; at = skip_one(text, n, at))
		depth += text[at] == sign ? 1 : text[at] == close ? -1 : 0;
	return depth == 0;
}

/* Does the sign, which nothing closes yet, begin or end its line? */
static bool
opens_display(const char *text, size_t n, size_t at, char sign)
{
	size_t begin = at, end = at + (sign == 'b' ? formula_environment(text, n, at, "begin") : 2);

	while (begin > 0 && (text[begin - 1] == ' ' || text[begin - 1] == '\t'))
		begin--;
	while (end < n && (text[end] == ' ' || text[end] == '\t'))
		end++;
	if (begin > 0 && text[begin - 1] != '\n' && end < n && text[end] != '\n')
		return false;
	return sign != '[' || !closes_escaped(text, n, at + 2, sign);
}

/* The same of an inline formula, wherever it stands. */
static bool
opens_inline(const char *text, size_t n, size_t at)
{
	if (text[at] == '\\')
		return !closes_escaped(text, n, at + 2, '(');
	return at + 2 < n && (text[at + 1] == '{' || (text[at + 1] == '\\' && is_letter(text[at + 2])));
}

static size_t
single_formula_end(const char *text, size_t n, size_t at)
{
	size_t end;

	if (at > 0 && (is_word(text[at - 1]) || text[at - 1] == '$'))
		return 0;
	if (at + 1 >= n || is_space(text[at + 1]) || text[at + 1] == '$')
		return 0;
	end = find_single_end(text, n, at + 1);
	return end > 0 ? end : opens_inline(text, n, at) ? n : 0;
}

size_t
formula_end(const char *text, size_t n, size_t at)
{
	char sign = sign_at(text, n, at);
	size_t end;

	if (sign == 0)
		return at < n && text[at] == '$' ? single_formula_end(text, n, at) : 0;
	end = find_end(text, n, at + 2, sign);
	if (end > 0)
		return end;
	return (sign == '(' ? opens_inline(text, n, at) : opens_display(text, n, at, sign)) ? n : 0;
}

char
formula_open(char open, const char *line, size_t n)
{
	size_t at = 0;

	if (n > LINE_MAX_BYTES)
		return 0;
	if (open)
		at = find_end(line, n, 0, open);
	if (open && at == 0)
		return open;
	while (at < n) {
		char sign = sign_at(line, n, at);
		size_t end = formula_end(line, n, at);

		if (sign && sign != '(' && end == n && find_end(line, n, at + 2, sign) == 0)
			return sign;
		at = end > 0 ? end : skip_one(line, n, at);
	}
	return 0;
}
