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

static void
put_block(struct fences *f, const char *text, size_t n, size_t which, struct buf *code)
{
	size_t before = code->len;

	read_lines(f, text, n, true, which, code);
	if (code->len > before && code->data[code->len - 1] == '\n')
		buf_truncate(code, code->len - 1);
}

void
fences_put(struct fences from, const char *text, size_t n, size_t which, struct buf *code)
{
	put_block(&from, text, n, which, code);
}

bool
fences_code(const char *text, size_t n, size_t which, struct buf *code, size_t *n_blocks)
{
	struct fences f = {0};

	put_block(&f, text, n, which, code);
	*n_blocks = f.n;
	return which >= 1 && which <= f.n;
}

void
fences_read(struct fences *f, const char *text, size_t n, size_t which, struct buf *code)
{
	read_lines(f, text, n, true, which, code);
}

size_t
fences_end(struct fences from, const char *text, size_t n)
{
	while (from.at < n) {
		const char *begin = text + from.at, *feed = memchr(begin, '\n', n - from.at);
		const char *line_end = feed ? feed : text + n;
		struct block_line l = blocks_line(&from.blocks, begin, line_end, false);

		if (l.kind != LINE_CODE)
			return l.kind == LINE_FENCE_END ? (size_t)(line_end - text) : from.at;
		from.at = (size_t)(line_end - text) + (feed != NULL);
	}
	return n;
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

bool
fences_place(const char *text, size_t n, size_t which, size_t *start, size_t *end)
{
	struct fences f = {0};

	while (f.n < which)
		if (!fences_next(&f, text, n, start))
			return false;
	*end = fences_end(f, text, n);
	return which > 0;
}

void
fences_close(const char *text, size_t n, struct buf *out)
{
	struct fences f = {0};

	read_lines(&f, text, n, true, 0, NULL);
	fences_close_read(f, text, n, out);
}

void
fences_close_read(struct fences f, const char *text, size_t n, struct buf *out)
{
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
