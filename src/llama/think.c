/*
 * think.c - text is held only while it may be a part of a tag, or space beside one.
 */
#include "llama/think.h"

#include <stdbool.h>
#include <string.h>

static const char opening[] = "<think>", closing[] = "</think>";

enum {
	SPACE_MAX = 256, /* bytes of space that are held; more is text */
};

void
think_release(struct think *t)
{
	buf_release(&t->held);
	*t = (struct think){0};
}

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static size_t
leading_space(const char *text, size_t n)
{
	size_t at = 0;

	while (at < n && is_space(text[at]))
		at++;
	return at;
}

static size_t
without_trailing_space(const char *text, size_t n)
{
	while (n > 0 && is_space(text[n - 1]))
		n--;
	return n;
}

static void
tell(const struct think_sink *sink, enum chat_event_type type, const char *text, size_t n)
{
	if (n > 0)
		sink->text(sink->arg, type, text, n);
}

/* ---- each state: true, when it has become another with text left ---- */

static bool
read_before(struct think *t)
{
	const char *text = buf_text(&t->held);
	size_t n = t->held.len, at = leading_space(text, n), tag = sizeof(opening) - 1;
	size_t part = n - at < tag ? n - at : tag;

	if (memcmp(text + at, opening, part) != 0 || at > SPACE_MAX) {
		t->state = THINK_CONTENT;
		return true;
	}
	if (part < tag)
		return false;
	buf_drop(&t->held, at + tag);
	t->state = THINK_BEGINS;
	return true;
}

static bool
skip_space(struct think *t, int next)
{
	buf_drop(&t->held, leading_space(buf_text(&t->held), t->held.len));
	if (t->held.len == 0)
		return false;
	t->state = next;
	return true;
}

/* The bytes at the end that may be the beginning of the tag, with the space before them. */
static size_t
undecided(const char *text, size_t n)
{
	size_t part = n < sizeof(closing) - 2 ? n : sizeof(closing) - 2, space;

	while (memcmp(text + n - part, closing, part) != 0)
		part--;
	space = n - part - without_trailing_space(text, n - part);
	return space > SPACE_MAX ? part : part + space;
}

static bool
read_inside(struct think *t, const struct think_sink *sink)
{
	const char *text = buf_text(&t->held), *tag = strstr(text, closing);
	size_t n = t->held.len, end = tag ? (size_t)(tag - text) : n - undecided(text, n);

	tell(sink, CHAT_EVENT_REASONING, text, tag ? without_trailing_space(text, end) : end);
	buf_drop(&t->held, tag ? end + sizeof(closing) - 1 : end);
	if (tag)
		t->state = THINK_BEHIND;
	return tag != NULL;
}

static bool
tell_content(struct think *t, const struct think_sink *sink)
{
	tell(sink, CHAT_EVENT_CONTENT, buf_text(&t->held), t->held.len);
	buf_clear(&t->held);
	return false;
}

static bool
step(struct think *t, const struct think_sink *sink)
{
	switch (t->state) {
	case THINK_BEFORE:
		return read_before(t);
	case THINK_BEGINS:
		return skip_space(t, THINK_INSIDE);
	case THINK_INSIDE:
		return read_inside(t, sink);
	case THINK_BEHIND:
		return skip_space(t, THINK_CONTENT);
	default:
		return tell_content(t, sink);
	}
}

void
think_take(struct think *t, const char *text, size_t n, const struct think_sink *sink)
{
	if (t->state == THINK_CONTENT) {
		tell(sink, CHAT_EVENT_CONTENT, text, n);
		return;
	}
	buf_put(&t->held, text, n);
	while (step(t, sink))
		;
}

void
think_is_told(struct think *t)
{
	if (t->state == THINK_BEFORE && t->held.len == 0)
		t->state = THINK_CONTENT;
}

void
think_end(struct think *t, const struct think_sink *sink)
{
	if (t->state == THINK_BEFORE)
		tell(sink, CHAT_EVENT_CONTENT, buf_text(&t->held), t->held.len);
	else if (t->state == THINK_INSIDE)
		tell(sink, CHAT_EVENT_REASONING, buf_text(&t->held), t->held.len);
	buf_clear(&t->held);
}
