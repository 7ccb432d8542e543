/*
 * paste.c - a search for one of two marks, whichever may come next, that may be cut anywhere.
 */
#include "tui/paste.h"

#include <string.h>

#include "base/utf8.h"

static const char mark_start[] = "\x1b[200~", mark_end[] = "\x1b[201~";

enum {
	MARK_LEN = sizeof(mark_start) - 1,
	BURST_LEAST = 5,   /* bytes; fewer may be keys that waited for a slow line */
	BURST_MANY = 1000, /* bytes that are a burst without any Enter */
};

void
paste_feed(struct paste *p, const char *bytes, size_t n)
{
	buf_put(&p->waiting, bytes, n);
}

void
paste_pause(struct paste *p)
{
	p->burst = false;
}

void
paste_release(struct paste *p)
{
	buf_release(&p->waiting);
}

/* Where the mark is, or might begin, at the end of what there is; the length of all when it is nowhere. */
static size_t
find_mark(const struct buf *b, const char *mark)
{
	size_t at = 0;

	while (at < b->len) {
		const char *found = memchr(b->data + at, mark[0], b->len - at);
		size_t left;

		if (!found)
			return b->len;
		at = (size_t)(found - b->data);
		left = b->len - at;
		if (memcmp(found, mark, left < MARK_LEN ? left : MARK_LEN) == 0)
			return at;
		at++;
	}
	return b->len;
}

/* Terminals send a carriage return for each end of line. */
static void
put_pasted(struct paste *p, const char *bytes, size_t n, struct buf *out)
{
	for (size_t i = 0; i < n; i++) {
		if (bytes[i] == '\r' || (bytes[i] == '\n' && !p->after_cr))
			buf_putc(out, '\n');
		else if (bytes[i] != '\n')
			buf_putc(out, bytes[i]);
		p->after_cr = bytes[i] == '\r';
	}
}

static enum paste_kind
give(struct paste *p, size_t n, struct buf *out)
{
	bool inside = p->inside;

	if (inside)
		put_pasted(p, p->waiting.data, n, out);
	else
		buf_put(out, p->waiting.data, n);
	buf_drop(&p->waiting, n);
	return inside ? PASTE_TEXT : PASTE_KEYS;
}

static bool
is_plain(const char *bytes, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)bytes[i];

		if ((c < ' ' && c != '\r' && c != '\n' && c != '\t') || c == 0x7f)
			return false;
	}
	return true;
}

static bool
has_enter_inside(const char *bytes, size_t n)
{
	const char *enter = memchr(bytes, '\r', n);
	size_t at = enter ? (size_t)(enter - bytes) + 1 : n;

	while (at < n && (bytes[at] == '\r' || bytes[at] == '\n'))
		at++;
	return at < n;
}

/* Are these n bytes without marks text? */
static bool
is_burst(struct paste *p, const char *bytes, size_t n)
{
	bool begins = n >= BURST_MANY || (n >= BURST_LEAST && has_enter_inside(bytes, n));

	if (!p->burst)
		p->after_cr = false;
	p->burst = (p->burst || begins) && is_plain(bytes, n);
	return p->burst;
}

/* The first n bytes that wait. */
static enum paste_kind
give_unmarked(struct paste *p, size_t n, bool all, struct buf *out)
{
	if (!is_burst(p, p->waiting.data, n)) {
		give(p, n, out);
		return PASTE_KEYS;
	}
	if (n == p->waiting.len && !all)
		n = utf8_floor(p->waiting.data, n);
	put_pasted(p, p->waiting.data, n, out);
	buf_drop(&p->waiting, n);
	return n > 0 ? PASTE_TEXT : PASTE_NOTHING;
}

enum paste_kind
paste_next(struct paste *p, struct buf *out, bool all)
{
	enum paste_kind kind;

	while (p->waiting.len > 0) {
		size_t at = find_mark(&p->waiting, p->inside ? mark_end : mark_start);

		/* Pasted text is given in whole characters. */
		if (p->inside && at == p->waiting.len && !all)
			at = utf8_floor(p->waiting.data, at);
		if (at > 0)
			return p->inside ? give(p, at, out) : give_unmarked(p, at, all, out);
		if (p->waiting.len < MARK_LEN || p->waiting.data[0] != mark_start[0])
			break;
		buf_drop(&p->waiting, MARK_LEN);
		p->inside = !p->inside;
		p->burst = false;
		p->after_cr = false;
	}
	if (!all)
		return PASTE_NOTHING;
	p->burst = false;
	kind = p->waiting.len > 0 ? give(p, p->waiting.len, out) : PASTE_NOTHING;
	p->inside = false;
	return kind;
}
