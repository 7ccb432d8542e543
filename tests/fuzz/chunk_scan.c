/*
 * chunk_scan.c - the chunks of one reply, a line each: whatever the scan knows, the tree must tell in the same words. Each line
 * is also tried as the text of a chunk whose frame is known.
 */
#include "llama/chunk_scan.h"

#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "tests/llama/told.h"

static const char before[] = "{\"choices\":[{\"delta\":{\"content\":\"",
                  after[] = "\"}}],\"id\":\"i\",\"model\":\"m\"}";

enum {
	LINES_MAX = 8, /* an input of line feeds would take a hundred times the time of others, and find no more */
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
try_as_text(const char *s, size_t n)
{
	static struct chunk_scan scan;
	static struct buf chunk;

	if (scan.before == 0)
		told_by_scan(&scan, "{\"choices\":[{\"delta\":{\"content\":\"\"}}],\"id\":\"i\",\"model\":\"m\"}",
		        sizeof(before) + sizeof(after) - 2);
	buf_clear(&chunk);
	buf_puts(&chunk, before);
	buf_put(&chunk, s, n);
	buf_puts(&chunk, after);
	told_by_scan(&scan, chunk.data, chunk.len);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct chunk_scan scan;
	const char *s = (const char *)data, *end = s + size;

	scan.before = 0;
	for (int i = 0; i < LINES_MAX && s < end; i++) {
		const char *line_end = memchr(s, '\n', (size_t)(end - s));
		size_t n = (size_t)((line_end ? line_end : end) - s);

		told_by_scan(&scan, s, n);
		try_as_text(s, n);
		s += n + (line_end ? 1 : 0);
	}
	return 0;
}
