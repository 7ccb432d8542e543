/*
 * markdown_source.c - see markdown_source.h; and the definitions of references.
 */
#include "text/markdown_source.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "text/markdown_mask.h"

/* Nothing that is said comes from them. */
static const char first_line[] = "x", indentation[] = "    ";

void
markdown_release(struct markdown *m)
{
	buf_release(&m->text);
	buf_release(&m->masked);
	buf_release(&m->definitions);
	buf_release(&m->targets);
	buf_release(&m->cleaned);
	buf_release(&m->formula);
	free(m->places);
	*m = (struct markdown){0};
}

static void
add_place(struct markdown *m, size_t from, size_t len)
{
	if (m->n_places == m->space) {
		m->space = m->space * 2 + 8;
		m->places = mem_realloc(m->places, m->space * sizeof(*m->places));
	}
	m->places[m->n_places++] = (struct markdown_place){m->text.len, from, len};
}

size_t
markdown_trimmed(const char *source, const struct markdown_part *parts, size_t n, size_t i)
{
	const struct markdown_part *part = &parts[i];
	bool last = i + 1 == n || !parts[i + 1].joined;
	size_t len = part->len;

	while (last && len > 0 && (source[part->at + len - 1] == ' ' || source[part->at + len - 1] == '\t'))
		len--;
	return len;
}

size_t
markdown_assemble(struct markdown *m, const char *source, const struct markdown_part *parts, size_t n)
{
	size_t us = m->definitions.len;

	m->n_places = 0;
	buf_clear(&m->text);
	buf_put(&m->text, buf_text(&m->definitions), us);
	buf_puts(&m->text, first_line);
	for (size_t i = 0; i < n; i++) {
		if (!parts[i].joined) {
			buf_puts(&m->text, "\n");
			buf_puts(&m->text, indentation);
		}
		add_place(m, parts[i].at, markdown_trimmed(source, parts, n, i));
		buf_put(&m->text, source + parts[i].at, markdown_trimmed(source, parts, n, i));
	}
	return us;
}

void
markdown_mask_source(struct markdown *m, size_t start)
{
	buf_clear(&m->masked);
	buf_put(&m->masked, buf_text(&m->text), m->text.len);
	markdown_mask(m->text.data, start, m->text.len, sizeof(indentation) - 1, m->masked.data);
}

bool
markdown_is_plain(const char *text, size_t n)
{
	for (size_t i = 0; i < n; i++)
		switch (text[i]) {
		case '*':
		case '_':
		case '`':
		case '[':
		case '<':
		case '&':
		case '\\':
		case '$':
		case '~':
		case '@':
			return false;
		case ':':
			if (i + 1 < n && text[i + 1] == '/')
				return false;
			break;
		case '.':
			if (i >= 3 && memcmp(text + i - 3, "www", 3) == 0)
				return false;
			break;
		default:
			break;
		}
	return true;
}

bool
markdown_find(const struct markdown *m, size_t *place, size_t at, size_t *end, size_t *from)
{
	if (m->places[*place].at > at)
		*place = 0;
	if (m->places[*place].at > at) {
		*end = m->places[*place].at; /* of the definitions */
		return false;
	}
	while (*place + 1 < m->n_places && m->places[*place + 1].at <= at)
		++*place;
	*from = m->places[*place].from + (at - m->places[*place].at);
	*end = m->places[*place].at + m->places[*place].len;
	if (at < *end)
		return true;
	*end = *place + 1 < m->n_places ? m->places[*place + 1].at : m->text.len;
	return false;
}

/* ---- definitions ---- */

static size_t
skip_blanks(const char *line, size_t n, size_t at)
{
	while (at < n && (line[at] == ' ' || line[at] == '\t'))
		at++;
	return at;
}

/* The first definition of a name is the one that counts. */
static bool
is_defined(const struct markdown *m, const char *name, size_t n)
{
	const char *all = buf_text(&m->definitions);

	for (const char *at = all; *at; at = strstr(at, "\n\n") + 2)
		if (strncasecmp(at, name, n) == 0)
			return true;
	return false;
}

/* md4c judges the rest. */
bool
markdown_define(struct markdown *m, const char *line, size_t n)
{
	const char *end = n > 0 && line[0] == '[' ? memchr(line, ']', n) : NULL;
	size_t at = end ? (size_t)(end - line) + 1 : n;

	if (at >= n || at == 2 || line[at] != ':' || line[at - 2] == '\\' || skip_blanks(line, n, at + 1) == n)
		return false;
	if (m->definitions.len + n <= MARKDOWN_DEFINITIONS_MAX && !is_defined(m, line, at + 1)) {
		buf_put(&m->definitions, line, n);
		buf_puts(&m->definitions, "\n\n");
	}
	return true;
}
