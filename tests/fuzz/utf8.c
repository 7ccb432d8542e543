/*
 * utf8.c - any bytes through clean, cluster and wrap: no control comes out, cuts leave no trace, and every line fits.
 * The first byte of the input is the width, the second says where it is cut.
 */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "text/clean.h"
#include "text/cluster.h"
#include "text/wrap.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_text(const struct buf *text)
{
	for (size_t i = 0; i < text->len; i++) {
		unsigned char c = (unsigned char)text->data[i];

		assert((c >= 0x20 || c == '\n') && c != 0x7f);
		assert(c != 0xc2 || (unsigned char)text->data[i + 1] >= 0xa0);
	}
}

static void
check_lines(const struct wrap *w, const struct buf *text)
{
	size_t end = 0;

	for (size_t i = 0; i < w->n; i++) {
		const struct wrap_line *line = &w->lines[i];
		size_t len = line->len;

		assert(line->start >= end && line->start + len <= text->len);
		for (; end < line->start; end++)
			assert(text->data[end] == ' ' || text->data[end] == '\n');
		end = line->start + len;
		while (len > 0 && text->data[line->start + len - 1] == ' ')
			len--;
		assert(len == 0 || cluster_length(text->data + line->start, len) == len ||
		        cluster_width(text->data + line->start, len) <= w->width || text->data[line->start] == ' ');
	}
}

static void
check_clusters(const struct buf *text)
{
	for (size_t at = 0; at < text->len;) {
		struct cluster cluster = cluster_read(text->data + at, text->len - at);

		assert(cluster.len > 0 && cluster.len <= text->len - at);
		assert(cluster.width >= 0 && cluster.width <= 2);
		assert((text->data[at] == '\n') == (cluster.width == 0));
		assert(strlen(cluster.drawn) > 0 || cluster.width == 0);
		at += cluster.len;
		assert(at > 64 || cluster_before(text->data, at) == at - cluster.len);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct clean clean = {0}, pieces_clean = {0};
	struct buf text = {0}, pieces = {0};
	struct wrap w, grown;
	size_t step;

	if (size < 2)
		return 0;
	wrap_init(&w, data[0] % 90 + 1);
	wrap_init(&grown, data[0] % 90 + 1);
	step = data[1] % 16 + 1;
	data += 2;
	size -= 2;
	clean_text(&clean, (const char *)data, size, &text);
	clean_end(&clean, &text);
	for (size_t at = 0; at < size; at += step) {
		clean_text(&pieces_clean, (const char *)data + at, size - at < step ? size - at : step, &pieces);
		wrap_text(&grown, buf_text(&pieces), pieces.len);
	}
	clean_end(&pieces_clean, &pieces);
	wrap_text(&grown, buf_text(&pieces), pieces.len);
	wrap_text(&w, buf_text(&text), text.len);
	assert(text.len == pieces.len && memcmp(buf_text(&text), buf_text(&pieces), text.len) == 0);
	assert(w.n == grown.n && memcmp(w.lines, grown.lines, w.n * sizeof(*w.lines)) == 0);
	check_text(&text);
	check_clusters(&text);
	check_lines(&w, &text);
	buf_release(&text);
	buf_release(&pieces);
	wrap_release(&w);
	wrap_release(&grown);
	return 0;
}
