/*
 * markdown_mask.c - one walk over the text, which looks back at it but never at the mask.
 */
#include "text/markdown_mask.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "base/compiler.h"
#include "base/utf8.h"
#include "text/cjk.h"
#include "text/cluster.h"
#include "text/formula.h"

/* Two characters that mean nothing to md4c: to the rules about the sides of stars a letter, and punctuation. */
static const char letter = 'x', punctuation = '$';

struct mask {
	const char *text;
	size_t start, n, indent;
	char *out;
	bool address; /* a bare one is being read */
};

static bool
is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

static uint32_t
character_at(const struct mask *m, size_t at, size_t *len)
{
	uint32_t c = '\n';

	*len = 0;
	if (at < m->n)
		*len = utf8_decode(m->text + at, m->n - at, &c);
	return c;
}

static uint32_t
character_before(const struct mask *m, size_t at, size_t *len)
{
	size_t from = at;

	*len = 0;
	if (at == m->start)
		return '\n';
	do
		from--;
	while (from > m->start && at - from < 4 && ((unsigned char)m->text[from] & 0xc0) == 0x80);
	*len = at - from;
	return character_at(m, from, len);
}

/* ---- formulas, words, tildes ---- */

static void
mask_formula(struct mask *m, size_t at, size_t end)
{
	m->out[at++] = MASK_FORMULA;
	for (; at < end; at++) {
		if (m->text[at] == '\n')
			at += m->indent;
		else
			m->out[at] = punctuation;
	}
}

/* After a __word__ that is one identifier; `at`: there is no such word. */
static size_t
identifier_end(const struct mask *m, size_t at)
{
	size_t end = at;

	if (at > m->start && is_word(m->text[at - 1]))
		return at;
	while (end < m->n && is_word(m->text[end]))
		end++;
	if (end - at < 5 || memcmp(m->text + at, "__", 2) != 0 || memcmp(m->text + end - 2, "__", 2) != 0 ||
	        m->text[at + 2] == '_' || m->text[end - 3] == '_')
		return at;
	return end;
}

static size_t
take_underscore(struct mask *m, size_t at)
{
	size_t end = identifier_end(m, at);

	for (size_t i = at; i < end; i++)
		m->out[i] = m->text[i] == '_' ? letter : m->text[i];
	while (end < m->n && m->text[end] == '_')
		end++;
	return end;
}

static size_t
take_tilde(struct mask *m, size_t at)
{
	size_t end = at;

	while (end < m->n && m->text[end] == '~')
		end++;
	if (end - at == 1)
		m->out[at] = ',';
	return end;
}

/* ---- stars ---- */

/* The bytes of a character of which one is masked: none of UTF-8 stays. */
static void
mask_rest(struct mask *m, size_t at, size_t len)
{
	for (size_t i = at; i < at + len; i++)
		if ((unsigned char)m->out[i] >= 0x80)
			m->out[i] = letter;
}

/* As CommonMark would have it, but that a CJK character, a letter or not, is no punctuation here: it is a letter beside
 * anything else, and beside punctuation whatever lets the stars both open and close. `side`: its byte beside the stars. */
static void
mask_beside_star(struct mask *m, size_t at, size_t len, size_t side, uint32_t other)
{
	mask_rest(m, at, len);
	m->out[side] = !cjk_holds(other) && cluster_punctuation(other) ? punctuation : letter;
}

static size_t
take_stars(struct mask *m, size_t at)
{
	size_t end = at, before_len, after_len;
	uint32_t before, after;

	while (end < m->n && m->text[end] == '*')
		end++;
	before = character_before(m, at, &before_len);
	after = character_at(m, end, &after_len);
	if (cjk_holds(before))
		mask_beside_star(m, at - before_len, before_len, at - 1, after);
	if (cjk_holds(after))
		mask_beside_star(m, end, after_len, end, before);
	return end;
}

/* ---- addresses ---- */

static bool
begins_address(const struct mask *m, size_t at)
{
	static const char *const beginnings[] = {"http://", "https://", "ftp://", "www."};

	for (size_t i = 0; i < ARRAY_LEN(beginnings); i++) {
		size_t n = strlen(beginnings[i]);

		if (n < m->n - at && strncasecmp(m->text + at, beginnings[i], n) == 0)
			return at == m->start || !is_word(m->text[at - 1]);
	}
	return false;
}

/* One may follow anything but a letter of ASCII. */
static void
begin_address(struct mask *m, size_t at)
{
	size_t len;
	uint32_t before = character_before(m, at, &len);

	m->address = true;
	if (!cjk_holds(before) && !cjk_ends_address(before))
		return;
	mask_rest(m, at - len, len);
	m->out[at - 1] = '(';
}

/* A < ends one. What is after it here begins no tag. */
static void
end_address(struct mask *m, size_t at, size_t len)
{
	m->address = false;
	memset(m->out + at, '"', len);
	m->out[at] = '<';
}

static size_t
take_other(struct mask *m, size_t at)
{
	size_t len;
	uint32_t c = character_at(m, at, &len);

	if (c <= ' ' || c == '<')
		m->address = false;
	else if (m->address && cjk_ends_address(c))
		end_address(m, at, len);
	else if (!m->address && begins_address(m, at))
		begin_address(m, at);
	return at + len;
}

/* After an address in angle brackets; `at`: it is none. */
static size_t
bracketed_end(const struct mask *m, size_t at)
{
	size_t end = at + 1;

	while (end < m->n && (unsigned char)m->text[end] > ' ' && m->text[end] != '<' && m->text[end] != '>')
		end++;
	return end < m->n && m->text[end] == '>' && memchr(m->text + at, ':', end - at) ? end + 1 : at;
}

/* ---- all of it ---- */

static size_t
take(struct mask *m, size_t at)
{
	size_t end = 0;

	switch (m->text[at]) {
	case '\\':
	case '$':
		end = formula_end(m->text + m->start, m->n - m->start, at - m->start);
		if (end > 0)
			mask_formula(m, at, m->start + end);
		if (end > 0)
			return m->start + end;
		return m->text[at] == '\\' && at + 1 < m->n && (unsigned char)m->text[at + 1] < 0x80 ? at + 2 : at + 1;
	case '`':
		return formula_skip_code(m->text, m->n, at);
	case '_':
		return take_underscore(m, at);
	case '~':
		return take_tilde(m, at);
	case '*':
		return take_stars(m, at);
	case '<':
		end = bracketed_end(m, at);
		return end > at ? end : take_other(m, at);
	default:
		return take_other(m, at);
	}
}

void
markdown_mask(const char *text, size_t start, size_t n, size_t indent, char *out)
{
	struct mask m = {.text = text, .start = start, .n = n, .indent = indent, .out = out};

	for (size_t at = start; at < n;)
		at = take(&m, at);
}
