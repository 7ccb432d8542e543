/*
 * compact_text.c - each part knows where it begins in the whole text.
 */
#include "app/compact_text.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

static const char *const who[] = {
        [CHAT_SYSTEM] = "Summary of what came before: ", [CHAT_USER] = "User: ", [CHAT_ASSISTANT] = "Assistant: "};
static const char after[] = "\n\n";

void
compact_text_release(struct compact_text *s)
{
	for (size_t i = 0; i < s->n; i++)
		buf_release(&s->parts[i].text);
	free(s->parts);
	*s = (struct compact_text){0};
}

void
compact_text_add(struct compact_text *s, enum chat_role role, struct buf *text)
{
	if (s->n == s->space) {
		s->space = s->space * 2 + 16;
		s->parts = mem_realloc(s->parts, s->space * sizeof(*s->parts));
	}
	s->parts[s->n] = (struct compact_part){.role = role, .at = s->len};
	buf_share(&s->parts[s->n++].text, text);
	s->len += strlen(who[role]) + text->len + strlen(after);
}

/* The part that has this byte. */
static size_t
find_part(const struct compact_text *s, size_t at)
{
	size_t low = 0, high = s->n;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (s->parts[middle].at <= at)
			low = middle;
		else
			high = middle;
	}
	return low;
}

/* Of text[0..n), which begins at `start`, what is between `from` and `to`. */
static void
put_between(const char *text, size_t n, size_t start, size_t from, size_t to, struct buf *out)
{
	size_t first = from > start ? from - start : 0, end = to > start ? to - start : 0;

	if (end > n)
		end = n;
	if (first < end)
		buf_put(out, text + first, end - first);
}

void
compact_text_put(const struct compact_text *s, size_t at, size_t n, struct buf *out)
{
	size_t end = at + n;

	for (size_t i = find_part(s, at); i < s->n && s->parts[i].at < end; i++) {
		const struct compact_part *p = &s->parts[i];
		size_t text = p->at + strlen(who[p->role]), tail = text + p->text.len;

		put_between(who[p->role], strlen(who[p->role]), p->at, at, end, out);
		put_between(buf_text(&p->text), p->text.len, text, at, end, out);
		put_between(after, strlen(after), tail, at, end, out);
	}
}

/* What is around a message's text has one byte a character. */
size_t
compact_text_floor(const struct compact_text *s, size_t at, size_t most)
{
	const struct compact_part *p;
	size_t text;

	if (most >= s->len - at)
		return s->len - at;
	p = &s->parts[find_part(s, at + most)];
	text = p->at + strlen(who[p->role]);
	if (at + most <= text || at + most >= text + p->text.len)
		return most;
	return text + utf8_floor(p->text.data, at + most - text) - at;
}
