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
		t->state = THINK_OPEN;
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

/* The space at the end, as far as it is held. */
static size_t
trailing_space(const char *text, size_t n)
{
	size_t space = n - without_trailing_space(text, n);

	return space > SPACE_MAX ? SPACE_MAX : space;
}

/* The bytes at the end that may be the beginning of the tag, with the space before them. */
static size_t
undecided(const char *text, size_t n)
{
	size_t part = n < sizeof(closing) - 2 ? n : sizeof(closing) - 2;

	while (memcmp(text + n - part, closing, part) != 0)
		part--;
	return part + trailing_space(text, n - part);
}

static bool
read_inside(struct think *t, const struct think_sink *sink)
{
	const char *text = buf_text(&t->held), *tag = strstr(text, closing);
	size_t n = t->held.len, end = tag ? (size_t)(tag - text) : n - undecided(text, n);

	tell(sink, CHAT_EVENT_REASONING, text, tag ? end - trailing_space(text, end) : end);
	buf_drop(&t->held, tag ? end + sizeof(closing) - 1 : end);
	if (tag)
		t->state = THINK_BEHIND;
	return tag != NULL;
}

/* ---- a tag whose beginning the template has ---- */

/* A line of three marks or more begins a fence, and of as many at least, with nothing after them, ends it. */
static void
end_line(struct think_line *l)
{
	bool is_long = l->marks >= 3 && l->marks >= l->fence_len;

	if (l->fence == 0 && l->marks >= 3) {
		l->fence = l->mark;
		l->fence_len = l->marks;
	} else if (l->fence == l->mark && is_long && !l->is_other) {
		l->fence = 0;
		l->fence_len = 0;
	}
	*l = (struct think_line){.fence = l->fence, .fence_len = l->fence_len};
}

/* After the marks: the name of a language, but no mark of code within a line. */
static void
read_line_byte(struct think_line *l, char c)
{
	bool is_mark = (c == '`' || c == '~') && !l->is_other && (l->marks == 0 || c == l->mark);

	if (c == '\n')
		end_line(l);
	else if (is_mark) {
		l->mark = c;
		l->marks++;
		l->has_text = true;
	} else if (!is_space(c)) {
		l->marks = l->marks < 3 || (c == '`' && l->mark == '`') ? 0 : l->marks;
		l->is_other = l->has_text = true;
	} else if (l->marks > 0 && l->marks < 3)
		l->is_other = true;
}

/* No byte but its end changes what is known of a line that has begun with other text. */
static bool
is_settled(const struct think_line *l)
{
	return l->is_other && l->marks == 0;
}

static void
read_lines(struct think_line *l, const char *text, size_t n)
{
	const char *end = text + n;

	while (text < end) {
		if (is_settled(l) && !(text = memchr(text, '\n', (size_t)(end - text))))
			return;
		read_line_byte(l, *text++);
	}
}

static void
tell_open(struct think *t, const struct think_sink *sink, size_t n)
{
	read_lines(&t->line, buf_text(&t->held), n);
	tell(sink, CHAT_EVENT_CONTENT, buf_text(&t->held), n);
	buf_drop(&t->held, n);
}

enum sign {
	SIGN_TEXT,  /* no tag */
	SIGN_PART,  /* what follows decides */
	SIGN_BEGIN, /* <think>: the tags are the reply's own */
	SIGN_END,   /* </think>, which ends a thought */
};

static bool
is_part(const struct think *t, const char *tag)
{
	size_t n = strlen(tag);

	return memcmp(buf_text(&t->held), tag, t->held.len < n ? t->held.len : n) == 0;
}

/* At the start of a line, or at its end. */
static enum sign
judge_closing(const struct think *t)
{
	const char *after = buf_text(&t->held) + sizeof(closing) - 1;
	size_t space = strspn(after, " \t\r");

	if (!t->line.has_text)
		return SIGN_END;
	if (space > SPACE_MAX)
		return SIGN_TEXT;
	return after[space] == '\n' ? SIGN_END : after[space] == '\0' ? SIGN_PART : SIGN_TEXT;
}

/* What is held begins with "<". */
static enum sign
judge_sign(const struct think *t)
{
	if (t->line.fence != 0)
		return SIGN_TEXT;
	if (is_part(t, opening))
		return t->held.len < sizeof(opening) - 1 ? SIGN_PART : SIGN_BEGIN;
	if (is_part(t, closing))
		return t->held.len < sizeof(closing) - 1 ? SIGN_PART : judge_closing(t);
	return SIGN_TEXT;
}

/* Tells the text before the next tag, which is then what is held. */
static enum sign
find_sign(struct think *t, const struct think_sink *sink)
{
	while (t->held.len > 0) {
		const char *text = buf_text(&t->held), *at = strchr(text, '<');
		enum sign sign;

		tell_open(t, sink, at ? (size_t)(at - text) : t->held.len);
		sign = at ? judge_sign(t) : SIGN_PART;
		if (sign != SIGN_TEXT)
			return sign;
		tell_open(t, sink, 1);
	}
	return SIGN_PART;
}

static bool
read_open(struct think *t, const struct think_sink *sink)
{
	switch (find_sign(t, sink)) {
	case SIGN_BEGIN:
		t->state = THINK_CONTENT;
		return true;
	case SIGN_END:
		buf_drop(&t->held, sizeof(closing) - 1);
		sink->text(sink->arg, CHAT_EVENT_WAS_REASONING, "", 0);
		t->state = THINK_BEHIND;
		return true;
	default:
		return false;
	}
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
	case THINK_OPEN:
		return read_open(t, sink);
	case THINK_BEHIND:
		return skip_space(t, THINK_CONTENT);
	default:
		return tell_content(t, sink);
	}
}

/* Text in which no tag begins, where none has: true when it was told. */
static bool
tell_tagless(struct think *t, const char *text, size_t n, const struct think_sink *sink)
{
	bool is_open = t->state == THINK_OPEN && !memchr(text, '<', n);

	if (t->held.len > 0 || !(is_open || t->state == THINK_CONTENT))
		return false;
	if (is_open)
		read_lines(&t->line, text, n);
	tell(sink, CHAT_EVENT_CONTENT, text, n);
	return true;
}

void
think_take(struct think *t, const char *text, size_t n, const struct think_sink *sink)
{
	if (tell_tagless(t, text, n, sink))
		return;
	buf_put(&t->held, text, n);
	while (step(t, sink))
		;
}

void
think_is_told(struct think *t)
{
	if ((t->state == THINK_BEFORE && t->held.len == 0) || t->state == THINK_OPEN)
		t->state = THINK_CONTENT;
}

void
think_end(struct think *t, const struct think_sink *sink)
{
	static const char line_end[] = "\n";
	bool is_tag = t->state == THINK_OPEN && t->held.len >= sizeof(closing) - 1;

	if (is_tag)
		think_take(t, line_end, 1, sink);
	else if (t->state == THINK_BEFORE || t->state == THINK_OPEN || t->state == THINK_CONTENT)
		tell(sink, CHAT_EVENT_CONTENT, buf_text(&t->held), t->held.len);
	else if (t->state == THINK_INSIDE)
		tell(sink, CHAT_EVENT_REASONING, buf_text(&t->held), t->held.len);
	buf_clear(&t->held);
}
