/*
 * reply.c - a body as a server may send it, through the event-stream parser and the decoder. Three bytes choose how it
 * is played; whatever the cut, and held or not, the same must be told.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/llama/play.h"

enum {
	IS_WHOLE = 1,
	IS_REFUSAL = 2,
	IS_BROKEN = 4,
	IS_HELD = 8,
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf whole = {0}, cut = {0};
	struct play how = {0};

	if (size < 3)
		return 0;
	how.whole = data[0] & IS_WHOLE;
	how.status = data[0] & IS_REFUSAL ? 400 : 200;
	if (data[0] & IS_BROKEN)
		how.broken = (struct err){ERR_INCOMPLETE, "reset"};
	play(&how, (const char *)data + 3, size - 3, &whole);
	how.hold = data[0] & IS_HELD;
	how.first = data[1];
	how.every = data[2];
	play(&how, (const char *)data + 3, size - 3, &cut);
	if (whole.len != cut.len || memcmp(whole.data, cut.data, whole.len) != 0) {
		printf("whole: %s\n  cut: %s\n", buf_text(&whole), buf_text(&cut));
		abort();
	}
	buf_release(&whole);
	buf_release(&cut);
	return 0;
}
