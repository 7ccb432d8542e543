/*
 * paste.c - a search for one of two marks, whichever may come next, that may be cut anywhere.
 */
#include "tui/paste.h"

#include <string.h>

#include "base/utf8.h"

static const char mark_start[] = "\x1b[200~", mark_end[] = "\x1b[201~";

enum {
	MARK_LEN = sizeof(mark_start) - 1,
};

void
paste_feed(struct paste *p, const char *bytes, size_t n)
{
	buf_put(&p->waiting, bytes, n);
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
			return give(p, at, out);
		if (p->waiting.len < MARK_LEN || p->waiting.data[0] != mark_start[0])
			break;
		buf_drop(&p->waiting, MARK_LEN);
		p->inside = !p->inside;
		p->after_cr = false;
	}
	if (!all)
		return PASTE_NOTHING;
	kind = p->waiting.len > 0 ? give(p, p->waiting.len, out) : PASTE_NOTHING;
	p->inside = false;
	return kind;
}
