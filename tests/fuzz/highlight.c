/*
 * highlight.c - any text as a nanorc file, and any code with it: spans are in their places, and a line that was read before
 * as a part of it leaves no trace. The input is the file, a line "====", and the code.
 */
#include "syntax/highlight.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "syntax/catalog.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char between[] = "\n====\n";

static void
check_spans(const struct highlight *h, size_t n)
{
	size_t at = 0;

	for (size_t i = 0; i < h->n; i++) {
		assert(h->spans[i].start >= at && h->spans[i].len > 0);
		at = h->spans[i].start + h->spans[i].len;
		assert(at <= n && h->spans[i].role > CODE_TEXT && h->spans[i].role < CODE_ROLES);
	}
}

static uint64_t
read_line(const struct grammar *g, uint64_t open, const char *line, size_t n)
{
	struct highlight whole = {0}, grown = {0};
	uint64_t after, again;

	after = highlight_line(&whole, g, open, line, n);
	highlight_line(&grown, g, open, line, utf8_floor(line, n / 2));
	again = highlight_line(&grown, g, open, line, n);
	check_spans(&whole, n);
	assert(after == again && whole.n == grown.n);
	assert(whole.n == 0 || memcmp(whole.spans, grown.spans, whole.n * sizeof(*whole.spans)) == 0);
	highlight_release(&whole);
	highlight_release(&grown);
	return after;
}

static void
read_code(const struct grammar *g, const struct buf *code)
{
	uint64_t open = 0;

	for (size_t at = 0; at < code->len;) {
		const char *line = code->data + at, *feed = memchr(line, '\n', code->len - at);
		size_t n = feed ? (size_t)(feed - line) : code->len - at;

		open = read_line(g, open, line, n);
		at += n + 1;
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data, *end = memmem(data, size, between, strlen(between));
	size_t n = end ? (size_t)(end - text) : size;
	struct catalog catalog = {0};
	struct buf code = {0};

	if (end && !utf8_append_mended(&code, end + strlen(between), size - n - strlen(between)))
		return 0;
	catalog_add(&catalog, "x", text, n);
	(void)catalog_find(&catalog, "x");
	for (size_t i = 0; i < catalog.n && i < 3; i++) {
		struct grammar *g = grammar_new(text, n, catalog.entries[i].name);

		if (g)
			read_code(g, &code);
		grammar_free(g);
	}
	catalog_release(&catalog);
	buf_release(&code);
	return 0;
}
