/*
 * flow_code.c - spans of a line become runs; what is between them is plain text, from which the others stand out.
 */
#include "text/flow_code.h"

static enum role
role_of(enum code_role role)
{
	return (enum role)(ROLE_CODE_KEYWORD + (role - CODE_KEYWORD));
}

bool
flow_code_begin(struct flow_code *c, struct code_colours *colours, const char *line, size_t n)
{
	const char *info = line, *end = line + n;

	while (info < end && *info == *line)
		info++;
	c->language = colours->language(colours, info, (size_t)(end - info));
	c->open = 0;
	return c->language != NULL;
}

void
flow_code_put(struct flow_code *c, struct code_colours *colours, struct markdown *m, struct sheet *p, const char *source,
        size_t at, size_t len, struct clean *clean)
{
	size_t done = 0;

	c->open = colours->line(colours, c->language, c->open, source + at, len);
	for (size_t i = 0; i < colours->n_spans; i++) {
		const struct code_span *s = &colours->spans[i];

		markdown_put_typed(m, p, ROLE_TEXT, source, at + done, s->start - done, clean);
		markdown_put_typed(m, p, role_of(s->role), source, at + s->start, s->len, clean);
		done = s->start + s->len;
	}
	markdown_put_typed(m, p, ROLE_TEXT, source, at + done, len - done, clean);
}

void
flow_code_skip(struct flow_code *c, struct code_colours *colours, const char *line, size_t n)
{
	c->open = colours->line(colours, c->language, c->open, line, n);
}
