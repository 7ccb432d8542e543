/*
 * markdown_put.c - text of a paragraph onto the sheet, with the place in the source that it stands for.
 *
 * Everything passes the filter again: an entity may be any character, and what stood before a joiner may be gone.
 */
#include <string.h>

#include "text/clean.h"
#include "text/markdown_inside.h"

enum role
markdown_role(const struct paragraph *p)
{
	if (p->code > 0)
		return ROLE_CODE;
	if (p->links > 0)
		return ROLE_LINK;
	if (p->struck > 0)
		return ROLE_STRUCK;
	if (p->base != ROLE_TEXT)
		return p->base;
	if (p->strong > 0)
		return p->emphasis > 0 ? ROLE_STRONG_EMPHASIS : ROLE_STRONG;
	return p->emphasis > 0 ? ROLE_EMPHASIS : ROLE_TEXT;
}

void
markdown_put_clean(struct paragraph *p, enum role role, const char *text, size_t n, size_t from, size_t from_len)
{
	struct buf *cleaned = &p->m->cleaned;

	buf_clear(cleaned);
	clean_text(&p->m->clean, text, n, cleaned);
	sheet_put(p->page, role, buf_text(cleaned), cleaned->len, from, from_len);
}

void
markdown_put_words(struct paragraph *p, enum role role, const char *text)
{
	markdown_put_clean(p, role, text, strlen(text), 0, 0);
}

void
markdown_put_break(struct paragraph *p)
{
	p->broken = false;
	sheet_puts(p->page, ROLE_TEXT, "\n");
	p->m->clean = (struct clean){0};
}

void
markdown_put_waiting_break(struct paragraph *p)
{
	if (p->broken)
		markdown_put_break(p);
}

/* A tab is a run of its own: its spaces are more bytes than it has in the source. */
void
markdown_put_source(struct paragraph *p, enum role role, const char *text, size_t n, size_t from)
{
	while (n > 0) {
		const char *tab = memchr(text, '\t', n);
		size_t part = tab ? (size_t)(tab - text) : n;

		markdown_put_clean(p, role, text, part, from, part);
		if (tab) {
			markdown_put_clean(p, role, tab, 1, from + part, 1);
			part++;
		}
		text += part;
		from += part;
		n -= part;
	}
}

bool
markdown_is_masked(const struct paragraph *p, const char *text)
{
	return text >= p->m->masked.data && text < p->m->masked.data + p->m->masked.len;
}

size_t
markdown_place_of(const struct paragraph *p, const char *text)
{
	return (size_t)(text - p->m->masked.data);
}

void
markdown_put_parts(struct paragraph *p, enum role role, size_t at, size_t end)
{
	while (at < end) {
		size_t stop, from, part;
		bool found = markdown_find(p->m, &p->place, at, &stop, &from);

		part = end < stop ? end - at : stop - at;
		if (found)
			markdown_put_source(p, role, p->m->text.data + at, part, from);
		else
			markdown_put_break(p); /* md4c takes a link for longer than its line */
		at += part;
	}
}
