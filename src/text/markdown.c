/*
 * markdown.c - a paragraph through md4c, which hands out pieces of what it was shown (text/markdown_source.h), so that we know
 * where they came from.
 *
 * Everything passes the filter again: an entity may be any character, and what stood before a joiner may be gone.
 */
#include "text/markdown.h"

#include <string.h>

#include <md4c.h>

#include "base/compiler.h"
#include "base/utf8.h"
#include "text/blocks_html.h"
#include "text/entity.h"
#include "text/formula.h"
#include "text/markdown_mask.h"
#include "text/markdown_source.h"
#include "text/math.h"

enum {
	LINKS_MAX = 16, /* within each other: images in images */
};

struct link {
	size_t start, target; /* bytes of the page's text, and of the targets */
	size_t from;          /* where the target is in the source, */
	bool same;            /* as it is written there */
};

/* A paragraph on its way. */
struct state {
	struct markdown *m;
	struct sheet *page;
	enum role base;
	int emphasis, strong, struck, code, links; /* how many are open */
	struct link open[LINKS_MAX];
	size_t place;    /* the last one looked at */
	const char *us;  /* the line of ours, */
	bool met;        /* which was met, */
	bool begun;      /* and is over */
	bool broken;     /* a <br> waits for what comes after it */
	size_t start;    /* of the paragraph in m->text, */
	size_t formula;  /* and the end of the last formula in it, */
	size_t laid;     /* or of the last that was laid out */
	bool in_formula; /* lines of it are still to come, */
	bool apart;      /* and what comes after it begins a line */
	size_t begun_at; /* where the paragraph begins in the page */
	int cols;        /* for rows of formulas; 0: they have one */
};

/* ---- putting text ---- */

static enum role
role_of(const struct state *s)
{
	if (s->code > 0)
		return ROLE_CODE;
	if (s->links > 0)
		return ROLE_LINK;
	if (s->struck > 0)
		return ROLE_STRUCK;
	if (s->base != ROLE_TEXT)
		return s->base;
	if (s->strong > 0)
		return s->emphasis > 0 ? ROLE_STRONG_EMPHASIS : ROLE_STRONG;
	return s->emphasis > 0 ? ROLE_EMPHASIS : ROLE_TEXT;
}

static void
put_clean(struct state *s, enum role role, const char *text, size_t n, size_t from, size_t from_len)
{
	struct buf *cleaned = &s->m->cleaned;

	buf_clear(cleaned);
	clean_text(&s->m->clean, text, n, cleaned);
	sheet_put(s->page, role, buf_text(cleaned), cleaned->len, from, from_len);
}

/* Text of ours, or of md4c's. */
static void
put_words(struct state *s, enum role role, const char *text)
{
	put_clean(s, role, text, strlen(text), 0, 0);
}

/* One at the end of a line or of the text is no break more. */
static void
put_waiting_break(struct state *s)
{
	if (!s->broken)
		return;
	s->broken = false;
	sheet_puts(s->page, ROLE_TEXT, "\n");
	s->m->clean = (struct clean){0};
}

static void
put_break(struct state *s)
{
	s->broken = false;
	sheet_puts(s->page, ROLE_TEXT, "\n");
	s->m->clean = (struct clean){0};
}

/* A tab becomes spaces by itself, so that all others come from where they stand. */
static void
put_source(struct state *s, enum role role, const char *text, size_t n, size_t from)
{
	while (n > 0) {
		const char *tab = memchr(text, '\t', n);
		size_t part = tab ? (size_t)(tab - text) : n;

		put_clean(s, role, text, part, from, part);
		if (tab) {
			put_clean(s, role, tab, 1, from + part, 1);
			part++;
		}
		text += part;
		from += part;
		n -= part;
	}
}

/* md4c points into the mask, or to text of its own. */
static bool
is_ours(const struct state *s, const char *text)
{
	return text >= s->m->masked.data && text < s->m->masked.data + s->m->masked.len;
}

static size_t
place_of(const struct state *s, const char *text)
{
	return (size_t)(text - s->m->masked.data);
}

static const char *
unmasked(const struct state *s, const char *text)
{
	return is_ours(s, text) ? s->m->text.data + place_of(s, text) : text;
}

/* m->text[at..end). */
static void
put_parts(struct state *s, enum role role, size_t at, size_t end)
{
	while (at < end) {
		size_t stop, from, part;
		bool said = markdown_find(s->m, &s->place, at, &stop, &from);

		part = end < stop ? end - at : stop - at;
		if (said)
			put_source(s, role, s->m->text.data + at, part, from);
		else
			put_break(s); /* md4c takes a link for longer than its line */
		at += part;
	}
}

/* ---- formulas ---- */

/* A row of one, whose bytes stand for all of its source. */
static void
put_formula_row(struct state *s, enum role role, const char *row, size_t n, size_t from, size_t from_len)
{
	struct buf *cleaned = &s->m->cleaned;

	buf_clear(cleaned);
	clean_text(&s->m->clean, row, n, cleaned);
	if (cleaned->len == from_len && from_len > 1)
		from_len--; /* or they would be taken for the same (text/sheet.h) */
	sheet_put(s->page, role, buf_text(cleaned), cleaned->len, from, from_len);
}

static void
put_formula_rows(struct state *s, enum role role, size_t from, size_t from_len)
{
	const char *at = buf_text(&s->m->formula);

	for (;;) {
		size_t n = strcspn(at, "\n");

		put_formula_row(s, role, at, n, from, from_len);
		if (!at[n])
			return;
		put_break(s);
		at += n + 1;
	}
}

/* Does something stand in the line already? */
static bool
is_in_line(const struct state *s)
{
	const struct buf *text = &s->page->text;

	return text->len > s->begun_at && text->data[text->len - 1] != '\n';
}

/* The formula m->text[at..end). False: it is shown as it is written. A display formula has lines of its own. */
static bool
lay_formula(struct state *s, enum role role, size_t at, size_t end)
{
	const char *text = s->m->text.data + at;
	bool apart = s->cols > 0 && math_is_display(text, end - at);
	size_t stop, from, last;

	buf_clear(&s->m->formula);
	if (!markdown_find(s->m, &s->place, at, &stop, &from) ||
	        !markdown_find(s->m, &s->place, end - 1, &stop, &last) ||
	        !math_put(text, end - at, s->cols, &s->m->formula))
		return false;
	if (apart && is_in_line(s))
		put_break(s);
	s->broken = false;
	put_formula_rows(s, role, from, last + 1 - from);
	s->apart = apart;
	s->laid = end;
	return true;
}

/* The end of the formula that begins there, which the mask hides; 0: none does. */
static size_t
formula_at(const struct state *s, size_t at)
{
	size_t end = 0;

	if (s->m->masked.data[at] == MASK_FORMULA && s->m->text.data[at] != MASK_FORMULA)
		end = formula_end(s->m->text.data + s->start, s->m->text.len - s->start, at - s->start);
	return end > 0 ? s->start + end : 0;
}

/* What stands after a display formula begins a line, without the blanks before it. */
static void
put_plain(struct state *s, enum role role, size_t at, size_t end)
{
	while (s->broken && at < end && (s->m->text.data[at] == ' ' || s->m->text.data[at] == '\t'))
		at++;
	if (at < end)
		put_waiting_break(s);
	put_parts(s, role, at, end);
}

/* m->text[at..end), which is a piece of a line, and where a formula that began above it may go on. */
static void
put_ours(struct state *s, enum role role, size_t at, size_t end)
{
	size_t plain = at < s->laid ? s->laid : at;

	if (s->in_formula && s->laid <= end)
		s->broken = s->apart;
	for (at = at < s->formula ? s->formula : at; at < end;) {
		size_t stop = s->code > 0 ? 0 : formula_at(s, at);

		if (stop > 0) {
			put_plain(s, role, plain, at);
			plain = lay_formula(s, role, at, stop) ? stop : at;
			s->formula = stop;
			s->broken = s->broken || (plain == stop && s->apart && stop <= end);
		}
		at = stop > 0 ? stop : at + 1;
	}
	put_plain(s, role, plain, end);
	s->in_formula = s->laid > end;
}

static void
put_text(struct state *s, enum role role, const char *text, size_t n)
{
	size_t at;

	if (!is_ours(s, text)) {
		put_clean(s, role, text, n, 0, 0);
		return;
	}
	at = place_of(s, text);
	put_ours(s, role, at, at + n);
}

static void
put_entity(struct state *s, enum role role, const char *text, size_t n)
{
	uint32_t character;
	char bytes[4];
	size_t end, from;
	bool said;

	if (!entity_decode(text, n, &character)) {
		put_text(s, role, text, n);
		return;
	}
	if (character == '\n' || character == '\t' || character == '\r')
		character = ' ';
	said = is_ours(s, text) && markdown_find(s->m, &s->place, place_of(s, text), &end, &from);
	put_clean(s, role, bytes, utf8_encode(character, bytes), said ? from : 0, said ? n : 0);
}

/* ---- links ---- */

static void
keep_target(struct state *s, const MD_ATTRIBUTE *a)
{
	for (unsigned i = 0; a->size > 0 && a->substr_offsets[i] < a->size; i++) {
		const char *text = unmasked(s, a->text) + a->substr_offsets[i];
		size_t n = a->substr_offsets[i + 1] - a->substr_offsets[i];
		uint32_t character;
		char bytes[4];

		if (a->substr_types[i] == MD_TEXT_ENTITY && entity_decode(text, n, &character))
			buf_put(&s->m->targets, bytes, utf8_encode(character, bytes));
		else
			buf_put(&s->m->targets, text, n);
	}
}

static void
begin_link(struct state *s, const MD_ATTRIBUTE *target)
{
	struct link link = {.start = s->page->text.len, .target = s->m->targets.len};
	size_t end, at;

	if (s->links < LINKS_MAX) {
		at = is_ours(s, target->text) ? place_of(s, target->text) : 0;
		link.same = at > 0 && markdown_find(s->m, &s->place, at, &end, &link.from) && at + target->size <= end;
		keep_target(s, target);
		s->open[s->links] = link;
	}
	s->links++;
}

/* Is the text all that there is to know of the target? */
static bool
says_target(const char *text, size_t n, const char *target, size_t target_len)
{
	static const char *const implied[] = {"", "mailto:", "http://"};

	for (size_t i = 0; i < ARRAY_LEN(implied); i++) {
		size_t skip = strlen(implied[i]);

		if (target_len == skip + n && memcmp(target, implied[i], skip) == 0 &&
		        memcmp(target + skip, text, n) == 0)
			return true;
	}
	return false;
}

/* Line feeds in it are none. */
static void
put_target(struct state *s, const struct link *link, const char *target, size_t n)
{
	for (size_t at = 0; at < n; at++) {
		size_t part = strcspn(target + at, "\n\t\r");

		part = part < n - at ? part : n - at;
		put_clean(s, ROLE_TARGET, target + at, part, link->from + at, link->same ? part : 0);
		at += part;
		if (at < n)
			put_words(s, ROLE_TARGET, " ");
	}
}

static void
end_link(struct state *s)
{
	struct buf *targets = &s->m->targets;
	const struct link *link = &s->open[--s->links];
	const char *text, *target;
	size_t n, target_len;

	if (s->links >= LINKS_MAX)
		return;
	text = buf_text(&s->page->text) + link->start;
	n = s->page->text.len - link->start;
	target = buf_text(targets) + link->target;
	target_len = targets->len - link->target;
	if (target_len > 0 && !says_target(text, n, target, target_len)) {
		put_words(s, s->base, n > 0 ? " (" : "(");
		put_target(s, link, target, target_len);
		put_words(s, s->base, ")");
	}
	buf_truncate(targets, link->target);
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

static int
on_enter(MD_SPANTYPE type, void *detail, void *arg)
{
	struct state *s = arg;

	if (!s->begun)
		return 0;
	put_waiting_break(s);
	switch (type) {
	case MD_SPAN_EM:
		s->emphasis++;
		break;
	case MD_SPAN_STRONG:
		s->strong++;
		break;
	case MD_SPAN_CODE:
		s->code++;
		break;
	case MD_SPAN_DEL:
		put_words(s, ROLE_STRUCK, "~~");
		s->struck++;
		break;
	case MD_SPAN_A:
		begin_link(s, &((MD_SPAN_A_DETAIL *)detail)->href);
		break;
	case MD_SPAN_IMG:
		put_words(s, ROLE_SIGN, "[image: ");
		begin_link(s, &((MD_SPAN_IMG_DETAIL *)detail)->src);
		break;
	default:
		break;
	}
	return 0;
}

static int
on_leave(MD_SPANTYPE type, void *detail, void *arg)
{
	struct state *s = arg;

	(void)detail;
	if (!s->begun)
		return 0;
	switch (type) {
	case MD_SPAN_EM:
		s->emphasis--;
		break;
	case MD_SPAN_STRONG:
		s->strong--;
		break;
	case MD_SPAN_CODE:
		s->code--;
		break;
	case MD_SPAN_DEL:
		put_words(s, ROLE_STRUCK, "~~");
		s->struck--;
		break;
	case MD_SPAN_IMG:
		put_words(s, ROLE_SIGN, "]");
		end_link(s);
		break;
	case MD_SPAN_A:
		end_link(s);
		break;
	default:
		break;
	}
	return 0;
}

/* HTML, of which only <br> means something. Spaces after it are those of a new line. */
static void
put_html(struct state *s, const char *text, size_t n)
{
	put_waiting_break(s);
	if (html_is_break(text, text + n))
		s->broken = true;
	else
		put_text(s, role_of(s), text, n);
}

static int
on_text(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE n, void *arg)
{
	struct state *s = arg;

	if (!s->begun) {
		s->begun = s->met && type == MD_TEXT_SOFTBR;
		s->met = s->met || text == s->us;
		return 0;
	}
	if (type == MD_TEXT_HTML) {
		put_html(s, text, n);
		return 0;
	}
	for (; s->broken && n > 0 && (*text == ' ' || *text == '\t'); n--)
		text++;
	if (n == 0 || (s->in_formula && type != MD_TEXT_NORMAL))
		return 0;
	if (type == MD_TEXT_BR || type == MD_TEXT_SOFTBR) {
		put_break(s);
		return 0;
	}
	if (!s->in_formula)
		put_waiting_break(s);
	switch (type) {
	case MD_TEXT_ENTITY:
		put_entity(s, role_of(s), text, n);
		break;
	case MD_TEXT_NULLCHAR:
		put_words(s, role_of(s), UTF8_REPLACEMENT);
		break;
	default:
		put_text(s, role_of(s), text, n);
		break;
	}
	return 0;
}

/* ---- a paragraph ---- */

static void
put_typed(struct state *s, const char *source, const struct markdown_part *parts, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (i > 0 && !parts[i].joined)
			put_break(s);
		put_source(s, role_of(s), source + parts[i].at, markdown_trimmed(source, parts, n, i), parts[i].at);
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
	struct state s = {.m = m, .page = page, .base = base, .cols = cols, .begun_at = page->text.len};
	size_t start = markdown_assemble(m, source, parts, n);
	bool plain = markdown_is_plain(m->text.data + start, m->text.len - start);

	m->clean = (struct clean){0};
	buf_clear(&m->targets);
	if (plain || m->text.len - start > MARKDOWN_MAX) {
		put_typed(&s, source, parts, n);
		return plain;
	}
	markdown_mask_source(m, start);
	s.start = start;
	s.us = m->masked.data + start;
	md_parse(m->masked.data, (MD_SIZE)m->masked.len, &parser, &s);
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
