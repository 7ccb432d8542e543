/*
 * paste.c - pasted text told from keys, however the bytes are cut.
 */
#include "tui/key_stream.h"

#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/utf8.h"
#include "tests/harness.h"
#include "tests/tui/tests.h"

static const struct {
	const char *in, *want; /* keys as they are, pasted text in brackets */
} rows[] = {
        {"abc", "abc"},
        {"\x1b[A\x1bx", "\x1b[A\x1bx"},
        {"a\x1b[200~one\rtwo\r\nthree\nfour\x1b[201~b", "a[one\ntwo\nthree\nfour]b"},
        {"\x1b[200~\x1b[201~", ""},
        {"\x1b[200~\x03\x1b[31m\x1b[200~\x1b[201~", "[\x03\x1b[31m\x1b[200~]"},
        {"\x1b[200~a\x1b[201~\x1b[200~b\x1b[201~", "[ab]"},
        {"\x1b[20~", "\x1b[20~"},
        {"\x1b[200~Grü世👋\x1b[201~ü", "[Grü世👋]ü"},
};

static void
take(struct key_stream *k, struct buf *out, bool *open)
{
	struct buf piece = {0};
	enum stream_piece kind;

	while ((kind = key_stream_next(k, &piece)) != STREAM_NOTHING) {
		if ((kind == STREAM_TEXT) != *open)
			buf_putc(out, *open ? ']' : '[');
		*open = kind == STREAM_TEXT;
		buf_put(out, piece.data, piece.len);
		CU_ASSERT(kind != STREAM_TEXT || utf8_span(piece.data, piece.len) == piece.len);
		buf_clear(&piece);
	}
	buf_release(&piece);
}

static char *
split(const char *in, size_t first)
{
	struct key_stream k;
	struct buf out = {0};
	bool open = false;

	key_stream_init(&k, false);
	key_stream_feed(&k, in, first, 1000);
	take(&k, &out, &open);
	key_stream_feed(&k, in + first, strlen(in) - first, 1000);
	take(&k, &out, &open);
	key_stream_silence(&k);
	take(&k, &out, &open);
	if (open)
		buf_putc(&out, ']');
	key_stream_release(&k);
	return buf_take(&out);
}

static void
tells_text_from_keys(void)
{
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		for (size_t first = 0; first <= strlen(rows[i].in); first++) {
			char *have = split(rows[i].in, first);

			HARNESS_EQUAL(have, rows[i].want);
			free(have);
		}
}

/* Pieces fed one by one; "~" before one is a pause. Text in brackets, as above. */
static void
takes_bursts_for_text(void)
{
	static const struct {
		const char *pieces[4], *want;
	} bursts[] = {
	        {{"one\rtwo\rthree"}, "[one\ntwo\nthree]"},
	        {{"one\rtwo\r"}, "[one\ntwo\n]"},
	        {{"one\r\ntwo\r\n"}, "[one\ntwo\n]"},
	        {{"\tone\r\r\ttwo"}, "[\tone\n\n\ttwo]"},
	        {{"one\rtwo", "\rthree\r"}, "[one\ntwo][\nthree\n]"},
	        {{"one\rtwo", "~\r"}, "[one\ntwo]\r"},
	        {{"one\rtwo", "\x1b[A"}, "[one\ntwo]\x1b[A"},
	        {{"one\rtwo\xc3", "\xbc\r"}, "[one\ntwo][ü\n]"},
	        {{"one prompt\r"}, "one prompt\r"},
	        {{"one prompt\r\r"}, "one prompt\r\r"},
	        {{"one prompt\r\n"}, "one prompt\r\n"},
	        {{"y\ry"}, "y\ry"},
	        {{"one\rtwo\x11"}, "one\rtwo\x11"},
	        {{"one\x7f\rtwo"}, "one\x7f\rtwo"},
	        {{"one\rtwo\x1b[200~x\ry\x1b[201~z\r"}, "[one\ntwo][x\ny]z\r"},
	};

	for (size_t i = 0; i < ARRAY_LEN(bursts); i++) {
		struct key_stream k;
		struct buf out = {0}, piece = {0};
		enum stream_piece kind;
		int64_t now_ms = 1000;

		key_stream_init(&k, false);
		for (size_t n = 0; n < ARRAY_LEN(bursts[i].pieces) && bursts[i].pieces[n]; n++) {
			const char *bytes = bursts[i].pieces[n];

			if (*bytes == '~') {
				now_ms += BURST_PAUSE_MS;
				bytes++;
			}
			key_stream_feed(&k, bytes, strlen(bytes), now_ms);
			while ((kind = key_stream_next(&k, &piece)) != STREAM_NOTHING) {
				buf_printf(&out, kind == STREAM_TEXT ? "[%s]" : "%s", buf_text(&piece));
				buf_clear(&piece);
			}
		}
		HARNESS_EQUAL(buf_text(&out), bursts[i].want);
		buf_release(&out);
		buf_release(&piece);
		key_stream_release(&k);
	}
}

/* So much at once is typed by nobody, even in one line; the Enter behind it breaks the line. */
static void
takes_much_at_once_for_text(void)
{
	struct key_stream k;
	struct buf out = {0};
	char many[4096];

	key_stream_init(&k, false);
	memset(many, 'x', sizeof(many));
	key_stream_feed(&k, many, sizeof(many), 1000);
	CU_ASSERT(key_stream_next(&k, &out) == STREAM_TEXT && out.len == sizeof(many));
	key_stream_feed(&k, "\r", 1, 1000);
	CU_ASSERT(key_stream_next(&k, &out) == STREAM_TEXT && out.data[out.len - 1] == '\n');
	buf_release(&out);
	key_stream_release(&k);
}

CU_TestInfo paste_tests[] = {
        {"takes bursts for text", takes_bursts_for_text},
        {"takes much at once for text", takes_much_at_once_for_text},
        {"tells text from keys, however cut", tells_text_from_keys},
        CU_TEST_INFO_NULL,
};
