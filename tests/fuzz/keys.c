/*
 * keys.c - any bytes from a terminal: the keys do not depend on where the bytes are cut, silence always ends, and what
 * comes out is characters and keys. The first byte of the input is the length of the pieces, the second a pause.
 */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <termkey.h>

#include "base/buf.h"
#include "base/mem.h"
#include "tui/key_input.h"

enum {
	LEAST = 3,
	MOST = 900, /* more at once would be a paste */
	SILENCES_MOST = 8192,
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
TermKey *__wrap_termkey_new_abstract(const char *name, int flags);
TermKey *__real_termkey_new_abstract(const char *name, int flags);
void __wrap_termkey_destroy(TermKey *);

/* Reading the terminal's description takes thirty times as long as the keys of an input, so it is read once. The decoder is
 * empty after each input, for what it gets it gives out at once. The linker puts these in the place of termkey's. */
TermKey *
__wrap_termkey_new_abstract(const char *name, int flags)
{
	static TermKey *keys;

	if (!keys)
		keys = __real_termkey_new_abstract(name, flags);
	return keys;
}

void
__wrap_termkey_destroy(TermKey *keys)
{
	assert(termkey_get_buffer_remaining(keys) == termkey_get_buffer_size(keys));
}

static void
take(struct key_input *k, struct buf *out)
{
	struct term_event event;

	while ((event = key_input_next(k)).type != TERM_NOTHING) {
		assert(event.type != TERM_KEY || (event.key.code > 0 && event.key.code <= KEYN_LAST));
		if (event.type == TERM_PASTE)
			buf_put(out, event.text, event.len);
		else
			buf_printf(out, "<%d %x %x %d %d %d>", (int)event.type, (unsigned)event.key.code,
			        event.key.mods, (int)event.mouse, event.row, event.col);
	}
}

static void
play(const char *bytes, size_t n, size_t step, int pause_ms, struct buf *out)
{
	struct err err;
	struct key_input *k = key_input_new("xterm-256color", false, &err);
	int64_t now_ms = 100000;
	int silences = 0;

	for (size_t at = 0; at < n; at += step, now_ms += pause_ms) {
		int timeout = key_input_timeout(k);

		if (at > 0 && timeout >= 0 && timeout <= pause_ms) {
			key_input_silence(k);
			take(k, out);
		}
		key_input_feed(k, bytes + at, n - at < step ? n - at : step, now_ms);
		take(k, out);
	}
	while (key_input_timeout(k) >= 0) {
		key_input_silence(k);
		take(k, out);
		assert(++silences < SILENCES_MOST);
	}
	key_input_free(k);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf whole = {0}, cut = {0}, late = {0};
	char *bytes;
	size_t n;

	if (size < LEAST || size > MOST)
		return 0;
	n = size - 2;
	bytes = mem_alloc(n);
	for (size_t i = 0; i < n; i++) /* with an Enter inside it may be a paste */
		bytes[i] = data[i + 2] == '\r' ? 'x' : (char)data[i + 2];
	play(bytes, n, n, 0, &whole);
	play(bytes, n, data[0] % 16 + 1, 0, &cut);
	assert(whole.len == cut.len && memcmp(buf_text(&whole), buf_text(&cut), whole.len) == 0);
	memcpy(bytes, data + 2, n);
	play(bytes, n, data[0] % 16 + 1, data[1] * 10, &late);
	free(bytes);
	buf_release(&whole);
	buf_release(&cut);
	buf_release(&late);
	return 0;
}
