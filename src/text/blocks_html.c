/*
 * blocks_html.c - the seven ways in which HTML may begin.
 */
#include "text/blocks_html.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

#include "base/compiler.h"

static const char *const verbatim_names[] = {"script", "pre", "style", "textarea"};

static const char *const block_names[] = {"address", "article", "aside", "base", "basefont", "blockquote", "body",
        "caption", "center", "col", "colgroup", "dd", "details", "dialog", "dir", "div", "dl", "dt", "fieldset",
        "figcaption", "figure", "footer", "form", "frame", "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "head",
        "header", "hr", "html", "iframe", "legend", "li", "link", "main", "menu", "menuitem", "nav", "noframes", "ol",
        "optgroup", "option", "p", "param", "search", "section", "source", "summary", "table", "tbody", "td", "tfoot",
        "th", "thead", "title", "tr", "track", "ul"};

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_space(char c)
{
	return c != '\0' && strchr(" \t\r\v\f", c);
}

static bool
starts(const char *at, const char *end, const char *with)
{
	size_t n = strlen(with);

	return (size_t)(end - at) >= n && strncasecmp(at, with, n) == 0;
}

static bool
is_one_of(const char *name, size_t n, const char *const *names, size_t n_names)
{
	for (size_t i = 0; i < n_names; i++)
		if (strlen(names[i]) == n && strncasecmp(names[i], name, n) == 0)
			return true;
	return false;
}

static const char *
name_end(const char *at, const char *end)
{
	if (at < end && is_letter(*at))
		while (at < end && (is_letter(*at) || is_digit(*at) || *at == '-'))
			at++;
	return at;
}

static const char *
skip_spaces(const char *at, const char *end)
{
	while (at < end && is_space(*at))
		at++;
	return at;
}

/* ---- a whole tag ---- */

/* After the value that begins here; NULL: it does not end. */
static const char *
value_end(const char *at, const char *end)
{
	const char *from = at;

	if (at < end && (*at == '"' || *at == '\'')) {
		const char *quote = memchr(at + 1, *at, (size_t)(end - at - 1));

		return quote ? quote + 1 : NULL;
	}
	while (at < end && !is_space(*at) && !strchr("\"'=<>`", *at))
		at++;
	return at > from ? at : NULL;
}

/* After the attribute that begins here; `at` itself: there is none; NULL: it is broken. */
static const char *
attribute_end(const char *at, const char *end)
{
	const char *sign;

	if (at == end || !(is_letter(*at) || *at == '_' || *at == ':'))
		return at;
	while (at < end && (is_letter(*at) || is_digit(*at) || (*at && strchr("_.:-", *at))))
		at++;
	sign = skip_spaces(at, end);
	if (sign == end || *sign != '=')
		return at;
	return value_end(skip_spaces(sign + 1, end), end);
}

/* After the tag that begins with this name; NULL: it is none. */
static const char *
open_tag_end(const char *at, const char *end)
{
	const char *from = at;

	at = name_end(at, end);
	if (at == from)
		return NULL;
	for (;;) {
		const char *start = at, *after;

		at = skip_spaces(at, end);
		after = attribute_end(at, end);
		if (!after || (after > at && at == start))
			return NULL;
		if (after == at)
			break;
		at = after;
	}
	if (at < end && *at == '/')
		at++;
	return at < end && *at == '>' ? at + 1 : NULL;
}

static const char *
close_tag_end(const char *at, const char *end)
{
	const char *from = at;

	at = name_end(at, end);
	if (at == from)
		return NULL;
	at = skip_spaces(at, end);
	return at < end && *at == '>' ? at + 1 : NULL;
}

static bool
is_tag_alone(const char *at, const char *end)
{
	const char *after = at < end && *at == '/' ? close_tag_end(at + 1, end) : open_tag_end(at, end);

	return after && skip_spaces(after, end) == end;
}

bool
html_is_break(const char *at, const char *end)
{
	if (end - at < 4 || *at != '<' || name_end(at + 1, end) != at + 3 || strncasecmp(at + 1, "br", 2) != 0)
		return false;
	return open_tag_end(at + 1, end) == end;
}

/* ---- the seven ---- */

static enum html_kind
named(const char *at, const char *end)
{
	bool closes = at < end && *at == '/';
	const char *name = closes ? at + 1 : at, *after = name_end(name, end);
	size_t n = (size_t)(after - name);

	if (!closes && (after == end || is_space(*after) || *after == '>') &&
	        is_one_of(name, n, verbatim_names, ARRAY_LEN(verbatim_names)))
		return HTML_VERBATIM;
	if ((after == end || is_space(*after) || *after == '>' || starts(after, end, "/>")) &&
	        is_one_of(name, n, block_names, ARRAY_LEN(block_names)))
		return HTML_BLOCK;
	return HTML_NONE;
}

/* A line break is text, which goes on as such. */
static bool
begins_with_break(const char *at, const char *end)
{
	const char *after = open_tag_end(at, end);

	return after && html_is_break(at - 1, after);
}

enum html_kind
html_begins(const char *at, const char *end, bool interrupts)
{
	enum html_kind kind;

	if (at == end || *at != '<')
		return HTML_NONE;
	at++;
	if (starts(at, end, "!--"))
		return HTML_COMMENT;
	if (starts(at, end, "?"))
		return HTML_INSTRUCTION;
	if (starts(at, end, "![CDATA["))
		return HTML_CDATA;
	if (starts(at, end, "!") && at + 1 < end && is_letter(at[1]))
		return HTML_DECLARATION;
	kind = named(at, end);
	if (kind == HTML_NONE && !interrupts && !begins_with_break(at, end) && is_tag_alone(at, end))
		kind = HTML_TAG;
	return kind;
}

static bool
holds(const char *at, const char *end, const char *what)
{
	for (; at < end; at++)
		if (starts(at, end, what))
			return true;
	return false;
}

bool
html_ends(enum html_kind kind, const char *at, const char *end)
{
	switch (kind) {
	case HTML_VERBATIM:
		return holds(at, end, "</script>") || holds(at, end, "</pre>") || holds(at, end, "</style>") ||
		       holds(at, end, "</textarea>");
	case HTML_COMMENT:
		return holds(at, end, "-->");
	case HTML_INSTRUCTION:
		return holds(at, end, "?>");
	case HTML_DECLARATION:
		return holds(at, end, ">");
	case HTML_CDATA:
		return holds(at, end, "]]>");
	default:
		return false;
	}
}
