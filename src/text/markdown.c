/*
 * markdown.c - a paragraph through md4c, which hands out pieces of what it was shown (text/markdown_source.h), so that we know
 * where they came from.
 */
#include "text/markdown.h"

#include <string.h>

#include <md4c.h>

#include "base/utf8.h"
#include "text/blocks_html.h"
#include "text/entity.h"
#include "text/markdown_inside.h"

static void
put_text(struct paragraph *p, enum role role, const char *text, size_t n)
{
	size_t at;

	if (!markdown_is_masked(p, text)) {
		markdown_put_clean(p, role, text, n, 0, 0);
		return;
	}
	at = markdown_place_of(p, text);
	markdown_put_with_formulas(p, role, at, at + n);
}

static void
put_entity(struct paragraph *p, enum role role, const char *text, size_t n)
{
	uint32_t character;
	char bytes[4];
	size_t end, from;
	bool found;

	if (!entity_decode(text, n, &character)) {
		put_text(p, role, text, n);
		return;
	}
	if (character == '\n' || character == '\t' || character == '\r')
		character = ' ';
	found = markdown_is_masked(p, text) && markdown_find(p->m, &p->place, markdown_place_of(p, text), &end, &from);
	markdown_put_clean(p, role, bytes, utf8_encode(character, bytes), found ? from : 0, found ? n : 0);
}

static const char *
unmasked(const struct paragraph *p, const char *text)
{
	return markdown_is_masked(p, text) ? p->m->text.data + markdown_place_of(p, text) : text;
}

static void
begin_link(struct paragraph *p, bool image, const MD_ATTRIBUTE *a)
{
	markdown_begin_link(p, image, a->text, a->size);
	for (unsigned i = 0; p->links <= MARKDOWN_LINKS_MAX && a->size > 0 && a->substr_offsets[i] < a->size; i++) {
		const char *text = unmasked(p, a->text) + a->substr_offsets[i];
		size_t n = a->substr_offsets[i + 1] - a->substr_offsets[i];
		uint32_t character;
		char bytes[4];

		if (a->substr_types[i] == MD_TEXT_ENTITY && entity_decode(text, n, &character))
			buf_put(&p->m->targets, bytes, utf8_encode(character, bytes));
		else
			buf_put(&p->m->targets, text, n);
	}
}

/* ---- md4c's callbacks ---- */

static int
on_block(MD_BLOCKTYPE type, void *detail, void *arg)
{
	(void)type;
	(void)detail;
	(void)arg;
	return 0;
}

/* NULL: it is not counted. */
static int *
count_of(struct paragraph *p, MD_SPANTYPE type)
{
	switch (type) {
	case MD_SPAN_EM:
		return &p->emphasis;
	case MD_SPAN_STRONG:
		return &p->strong;
	case MD_SPAN_CODE:
		return &p->code;
	case MD_SPAN_DEL:
		return &p->struck;
	default:
		return NULL;
	}
}

static int
on_enter(MD_SPANTYPE type, void *detail, void *arg)
{
	struct paragraph *p = arg;

	if (!p->begun)
		return 0;
	markdown_put_waiting_break(p);
	if (type == MD_SPAN_DEL)
		markdown_put_words(p, ROLE_STRUCK, "~~");
	if (type == MD_SPAN_IMG)
		markdown_put_words(p, ROLE_SIGN, "[image: ");
	if (type == MD_SPAN_A)
		begin_link(p, false, &((MD_SPAN_A_DETAIL *)detail)->href);
	else if (type == MD_SPAN_IMG)
		begin_link(p, true, &((MD_SPAN_IMG_DETAIL *)detail)->src);
	else if (count_of(p, type))
		++*count_of(p, type);
	return 0;
}

static int
on_leave(MD_SPANTYPE type, void *detail, void *arg)
{
	struct paragraph *p = arg;

	(void)detail;
	if (!p->begun)
		return 0;
	if (type == MD_SPAN_DEL)
		markdown_put_words(p, ROLE_STRUCK, "~~");
	if (type == MD_SPAN_A || type == MD_SPAN_IMG)
		markdown_end_link(p, type == MD_SPAN_IMG);
	else if (count_of(p, type) && *count_of(p, type) > 0) /* it may not have begun: markdown_link.c */
		--*count_of(p, type);
	return 0;
}

/* HTML, of which only <br> means something. Spaces after it are those of a new line. */
static void
put_html(struct paragraph *p, const char *text, size_t n)
{
	markdown_put_waiting_break(p);
	if (html_is_break(text, text + n))
		p->broken = true;
	else
		put_text(p, markdown_role(p), text, n);
}

/* Does md4c still hand out what stands before the paragraph? */
static bool
is_before(struct paragraph *p, MD_TEXTTYPE type, const char *text)
{
	if (p->begun)
		return false;
	p->begun = p->met && type == MD_TEXT_SOFTBR;
	p->met = p->met || text == p->us;
	return true;
}

static void
put_text_of_type(struct paragraph *p, MD_TEXTTYPE type, const char *text, size_t n)
{
	if (type == MD_TEXT_BR || type == MD_TEXT_SOFTBR) {
		markdown_put_break(p);
		return;
	}
	if (!p->in_formula)
		markdown_put_waiting_break(p);
	if (type == MD_TEXT_ENTITY)
		put_entity(p, markdown_role(p), text, n);
	else if (type == MD_TEXT_NULLCHAR)
		markdown_put_words(p, markdown_role(p), UTF8_REPLACEMENT);
	else
		put_text(p, markdown_role(p), text, n);
}

static int
on_text(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE n, void *arg)
{
	struct paragraph *p = arg;

	if (is_before(p, type, text))
		return 0;
	if (type == MD_TEXT_HTML) {
		put_html(p, text, n);
		return 0;
	}
	for (; p->broken && n > 0 && (*text == ' ' || *text == '\t'); n--)
		text++;
	if (n > 0 && (!p->in_formula || type == MD_TEXT_NORMAL))
		put_text_of_type(p, type, text, n);
	return 0;
}

/* ---- a paragraph ---- */

static void
put_typed(struct paragraph *p, const char *source, const struct markdown_part *parts, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (i > 0 && !parts[i].joined)
			markdown_put_break(p);
		markdown_put_source(
		        p, markdown_role(p), source + parts[i].at, markdown_trimmed(source, parts, n, i), parts[i].at);
	}
}

bool
markdown_put(struct markdown *m, struct sheet *page, enum role base, int cols, const char *source,
        const struct markdown_part *parts, size_t n)
{
	static const MD_PARSER parser = {
	        .flags = MD_FLAG_NOHTMLBLOCKS | MD_FLAG_STRIKETHROUGH | MD_FLAG_PERMISSIVEAUTOLINKS,
	        .enter_block = on_block,
	        .leave_block = on_block,
	        .enter_span = on_enter,
	        .leave_span = on_leave,
	        .text = on_text,
	};
	struct paragraph p = {.m = m, .page = page, .base = base, .cols = cols, .begun_at = page->text.len};
	size_t start = markdown_assemble(m, source, parts, n);
	bool plain = markdown_is_plain(m->text.data + start, m->text.len - start);

	m->clean = (struct clean){0};
	buf_clear(&m->targets);
	if (plain || m->text.len - start > MARKDOWN_MAX) {
		put_typed(&p, source, parts, n);
		return plain;
	}
	markdown_mask_source(m, start);
	p.start = start;
	p.us = m->masked.data + start;
	md_parse(m->masked.data, (MD_SIZE)m->masked.len, &parser, &p);
	return false;
}

void
markdown_put_typed(struct markdown *m, struct sheet *page, enum role role, const char *source, size_t at, size_t len,
        struct clean *clean)
{
	while (len > 0) {
		const char *tab = memchr(source + at, '\t', len);
		size_t part = tab == source + at ? 1 : tab ? (size_t)(tab - (source + at)) : len;

		buf_clear(&m->cleaned);
		clean_text(clean, source + at, part, &m->cleaned);
		sheet_put(page, role, buf_text(&m->cleaned), m->cleaned.len, at, part);
		at += part;
		len -= part;
	}
}
