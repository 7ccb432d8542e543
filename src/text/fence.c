/*
 * fence.c - the lines of a text that are code in a fence, as text/blocks.c reads them.
 */
#include "text/fence.h"

#include <string.h>

static void
put_code(const struct block_line *l, const char *end, struct buf *code)
{
	for (int i = 0; i < l->blanks; i++)
		buf_putc(code, ' ');
	buf_put(code, l->at, (size_t)(end - l->at));
}

/* The code of block `wanted` is appended to `code`, when that is not NULL. */
static void
read_lines(struct fences *f, const char *text, size_t n, bool ended, size_t wanted, struct buf *code)
{
	while (f->at < n) {
		const char *begin = text + f->at, *feed = memchr(begin, '\n', n - f->at);
		struct block_line l;

		if (!feed && !ended)
			return;
		l = blocks_line(&f->blocks, begin, feed ? feed : text + n, false);
		f->n += l.kind == LINE_FENCE;
		if (l.kind == LINE_CODE && code && f->n == wanted)
			put_code(&l, feed ? feed + 1 : text + n, code);
		f->at = feed ? (size_t)(feed + 1 - text) : n;
	}
}

/* ---- all of them ---- */

void
fences_count(struct fences *f, const char *text, size_t n, bool ended)
{
	read_lines(f, text, n, ended, 0, NULL);
}

bool
fences_code(const char *text, size_t n, size_t which, struct buf *code, size_t *n_blocks)
{
	struct fences f = {0};
	size_t before = code->len;

	read_lines(&f, text, n, true, which, code);
	if (code->len > before && code->data[code->len - 1] == '\n')
		buf_truncate(code, code->len - 1);
	*n_blocks = f.n;
	return which >= 1 && which <= f.n;
}

bool
fences_place(const char *text, size_t n, size_t which, size_t *start, size_t *end)
{
	struct blocks blocks = {0};
	bool found = false;

	for (size_t at = 0, count = 0; at < n;) {
		const char *begin = text + at, *feed = memchr(begin, '\n', n - at), *line_end = feed ? feed : text + n;
		struct block_line l = blocks_line(&blocks, begin, line_end, false);

		if (found && l.kind != LINE_CODE) {
			*end = l.kind == LINE_FENCE_END ? (size_t)(line_end - text) : at;
			return true;
		}
		if (l.kind == LINE_FENCE && ++count == which) {
			*start = (size_t)(l.at - text);
			found = true;
		}
		at = (size_t)(line_end - text) + (feed != NULL);
	}
	*end = n;
	return found;
}

bool
fences_next(struct fences *f, const char *text, size_t n, size_t *start)
{
	while (f->at < n) {
		const char *begin = text + f->at, *feed = memchr(begin, '\n', n - f->at);
		struct block_line l = blocks_line(&f->blocks, begin, feed ? feed : text + n, false);

		f->at = feed ? (size_t)(feed + 1 - text) : n;
		if (l.kind == LINE_FENCE) {
			f->n++;
			*start = (size_t)(l.at - text);
			return true;
		}
	}
	return false;
}

void
fences_close(const char *text, size_t n, struct buf *out)
{
	struct fences f = {0};

	read_lines(&f, text, n, true, 0, NULL);
	if (f.blocks.leaf != BLOCK_FENCE || f.blocks.depth > 0)
		return;
	if (text[n - 1] != '\n')
		buf_putc(out, '\n');
	while (f.blocks.n_fences > 0) {
		size_t length = f.blocks.fences[--f.blocks.n_fences].length;

		for (size_t i = 0; i < length; i++)
			buf_putc(out, f.blocks.sign);
		buf_putc(out, '\n');
	}
}
