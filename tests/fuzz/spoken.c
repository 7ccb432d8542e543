/*
 * spoken.c - any bytes said as Markdown, in pieces: each line was cleaned, and what is said is what the whole gives; but for headings
 * with a line below them, whose sentences may have been said before. The first byte of the input says how long the pieces are.
 */
#include "text/spoken.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

enum {
	STEPS = 64,
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_lines(const struct buf *said)
{
	assert(said->len == 0 || said->data[said->len - 1] == '\n');
	for (size_t i = 0; i < said->len; i++)
		assert((unsigned char)said->data[i] >= ' ' || said->data[i] == '\n');
}

static void
say(const char *text, size_t n, size_t step, struct buf *out)
{
	struct spoken *s = spoken_new();

	for (size_t at = step; at < n; at += step)
		spoken_grow(s, text, at, false, out);
	spoken_grow(s, text, n, true, out);
	spoken_free(s);
	check_lines(out);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf whole = {0}, grown = {0};

	if (size < 1)
		return 0;
	say((const char *)data + 1, size - 1, size, &whole);
	say((const char *)data + 1, size - 1, data[0] % STEPS + 1, &grown);
	assert(memchr(data, '=', size) || memchr(data, '-', size) || strcmp(buf_text(&whole), buf_text(&grown)) == 0);
	buf_release(&whole);
	buf_release(&grown);
	return 0;
}
