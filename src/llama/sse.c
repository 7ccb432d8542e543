/*
 * sse.c - the event-stream grammar, one line at a time. A line is read in place, in the caller's bytes; only
 * one that is cut is gathered in `line` first. Data lines are gathered in `data` until the blank line; the usual event, of
 * one such line with its blank line after it, is given where it stands.
 */
#include "llama/sse.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"

struct sse_parser {
	struct buf line; /* the beginning of a line whose end has not come yet */
	struct buf data; /* the data lines of this event, joined by LF */
	struct buf type; /* its `event` field */
	bool has_data;   /* there may be data lines, all empty */
	bool begun;      /* the first line is over: no BOM may come any more */
	bool after_cr;   /* the last line ended in CR: an LF belongs to it */
	bool line_told;  /* `line` is whole, and stays until the next call */
	bool event_told; /* so does `type`, and `data` where the event stands there */
	bool too_long;
};

struct sse_parser *
sse_new(void)
{
	struct sse_parser *p = mem_alloc(sizeof(*p));

	buf_init(&p->line, SSE_EVENT_MAX);
	buf_init(&p->data, SSE_EVENT_MAX);
	buf_init(&p->type, SSE_EVENT_MAX);
	return p;
}

void
sse_free(struct sse_parser *p)
{
	if (!p)
		return;
	buf_release(&p->line);
	buf_release(&p->data);
	buf_release(&p->type);
	free(p);
}

/* The first CR or LF, or NULL. Looking for LF alone is fastest, but must not run to the end again for each CR. */
static const char *
line_end(const char *s, size_t n)
{
	enum { WINDOW = 1024 };

	while (n > 0) {
		size_t width = n < WINDOW ? n : WINDOW;
		const char *lf = memchr(s, '\n', width);
		const char *cr = memchr(s, '\r', lf ? (size_t)(lf - s) : width);

		if (cr || lf)
			return cr ? cr : lf;
		s += width;
		n -= width;
	}
	return NULL;
}

/* Moves past one line, if it is whole, and gives it without its end. */
static bool
take_line(struct sse_parser *p, const char **bytes, size_t *n, const char **line, size_t *len)
{
	const char *end;

	if (p->after_cr && *n > 0) {
		p->after_cr = false;
		if (**bytes == '\n') {
			++*bytes;
			--*n;
		}
	}
	if (*n == 0)
		return false;
	end = line_end(*bytes, *n);
	*line = *bytes;
	*len = end ? (size_t)(end - *bytes) : *n;
	if (*len > SSE_EVENT_MAX || ((p->line.len > 0 || !end) && !buf_append(&p->line, *line, *len)))
		p->too_long = true;
	*bytes += *len;
	*n -= *len;
	if (!end)
		return false;
	p->after_cr = *end == '\r';
	++*bytes;
	--*n;
	if (p->line.len > 0) {
		*line = p->line.data;
		*len = p->line.len;
		p->line_told = true;
	}
	return true;
}

static bool
is(const char *name, size_t len, const char *want)
{
	return len == strlen(want) && memcmp(name, want, len) == 0;
}

static void
add_data(struct sse_parser *p, const char *value, size_t len)
{
	if ((p->has_data && !buf_append(&p->data, "\n", 1)) || !buf_append(&p->data, value, len))
		p->too_long = true;
	p->has_data = true;
}

static enum sse_item
give_event(struct sse_parser *p, struct sse_field *field)
{
	p->event_told = true;
	field->name = p->type.len > 0 ? p->type.data : "message";
	field->name_len = p->type.len > 0 ? p->type.len : strlen("message");
	return SSE_EVENT;
}

static enum sse_item
dispatch(struct sse_parser *p, struct sse_field *field)
{
	p->event_told = true;
	if (!p->has_data)
		return SSE_NONE;
	field->value = buf_text(&p->data);
	field->len = p->data.len;
	return give_event(p, field);
}

/* Moves past the blank line that ends the event, if it comes next. After a CR an LF would belong to the line before. */
static bool
take_blank_line(const struct sse_parser *p, const char **bytes, size_t *n)
{
	if (p->after_cr || *n == 0 || **bytes != '\n')
		return false;
	++*bytes;
	--*n;
	return true;
}

static enum sse_item
on_field(struct sse_parser *p, struct sse_field *f, const char **bytes, size_t *n)
{
	if (is(f->name, f->name_len, "data")) {
		if (!p->has_data && take_blank_line(p, bytes, n))
			return give_event(p, f);
		add_data(p, f->value, f->len);
	} else if (is(f->name, f->name_len, "event")) {
		buf_clear(&p->type);
		if (!buf_append(&p->type, f->value, f->len))
			p->too_long = true;
	} else if (!is(f->name, f->name_len, "id") && !is(f->name, f->name_len, "retry")) {
		return SSE_STRAY;
	}
	return SSE_NONE;
}

/* A line, and the bytes after it, of which it may take the blank line. */
static enum sse_item
on_line(struct sse_parser *p, const char *line, size_t len, const char **bytes, size_t *n, struct sse_field *field)
{
	const char *colon;

	if (!p->begun && len >= 3 && memcmp(line, "\xef\xbb\xbf", 3) == 0) {
		line += 3;
		len -= 3;
	}
	p->begun = true;
	if (len == 0)
		return dispatch(p, field);
	colon = memchr(line, ':', len);
	if (colon == line)
		return SSE_NONE;
	field->name = line;
	field->name_len = colon ? (size_t)(colon - line) : len;
	field->value = colon ? colon + 1 : line + len;
	if (field->value < line + len && *field->value == ' ')
		field->value++;
	field->len = (size_t)(line + len - field->value);
	return on_field(p, field, bytes, n);
}

static void
forget_told(struct sse_parser *p)
{
	if (p->line_told)
		buf_clear(&p->line);
	if (p->event_told) {
		buf_clear(&p->data);
		buf_clear(&p->type);
		p->has_data = false;
	}
	p->line_told = p->event_told = false;
}

enum sse_item
sse_next(struct sse_parser *p, const char **bytes, size_t *n, struct sse_field *field)
{
	enum sse_item item = SSE_NONE;
	const char *line;
	size_t len;

	forget_told(p);
	while (item == SSE_NONE && !p->too_long && take_line(p, bytes, n, &line, &len) && !p->too_long) {
		item = on_line(p, line, len, bytes, n, field);
		if (item == SSE_NONE)
			forget_told(p);
	}
	return p->too_long ? SSE_TOO_LONG : item;
}

enum sse_item
sse_end(struct sse_parser *p, struct sse_field *field)
{
	enum sse_item item = SSE_NONE;
	const char *none = "";
	size_t n = 0;

	forget_told(p);
	if (!p->too_long && p->line.len > 0) {
		p->line_told = true;
		item = on_line(p, p->line.data, p->line.len, &none, &n, field);
	}
	if (item == SSE_NONE && !p->too_long)
		item = dispatch(p, field);
	return p->too_long ? SSE_TOO_LONG : item;
}
