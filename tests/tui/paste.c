/*
 * paste.c - pasted text told from keys, however the bytes are cut.
 */
#include "tui/paste.h"

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
        {"\x1b[200~a\x1b[201~\x1b[200~b\x1b[201~", "[a][b]"},
        {"\x1b[20~", "\x1b[20~"},
        {"\x1b[200~Grü世👋\x1b[201~ü", "[Grü世👋]ü"},
};

static void
take(struct paste *p, bool all, struct buf *out, bool *open)
{
	struct buf piece = {0};
	enum paste_kind kind;

	while ((kind = paste_next(p, &piece, all)) != PASTE_NOTHING) {
		if (kind == PASTE_TEXT && !*open)
			buf_putc(out, '[');
		if (kind == PASTE_KEYS && *open)
			buf_putc(out, ']');
		*open = kind == PASTE_TEXT;
		buf_put(out, piece.data, piece.len);
		CU_ASSERT(kind != PASTE_TEXT || utf8_span(piece.data, piece.len) == piece.len);
		buf_clear(&piece);
		if (*open && !p->inside)
			break;
	}
	/* A paste that ended is closed here, so that the next one is seen to be another. */
	if (*open && !p->inside && p->waiting.len == 0) {
		buf_putc(out, ']');
		*open = false;
	}
	buf_release(&piece);
}

static char *
split(const char *in, size_t first)
{
	struct paste p = {0};
	struct buf out = {0};
	bool open = false;

	paste_feed(&p, in, first);
	take(&p, false, &out, &open);
	paste_feed(&p, in + first, strlen(in) - first);
	take(&p, false, &out, &open);
	take(&p, true, &out, &open);
	if (open)
		buf_putc(&out, ']');
	paste_release(&p);
	return buf_take(&out);
}

/* Two pastes with nothing between them are one to the composer. */
static char *
without_seams(char *s)
{
	char *seam;

	while ((seam = strstr(s, "][")) != NULL)
		memmove(seam, seam + 2, strlen(seam + 2) + 1);
	return s;
}

static void
tells_text_from_keys(void)
{
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		for (size_t first = 0; first <= strlen(rows[i].in); first++) {
			char *have = without_seams(split(rows[i].in, first)), *want = malloc(64);

			strcpy(want, rows[i].want);
			HARNESS_EQUAL(have, without_seams(want));
			free(have);
			free(want);
		}
}

static void
ends_a_paste_whose_end_never_came(void)
{
	struct paste p = {0};
	struct buf out = {0};

	paste_feed(&p, "\x1b[200~text\x1b[20", 14);
	CU_ASSERT(paste_next(&p, &out, false) == PASTE_TEXT);
	HARNESS_EQUAL(buf_text(&out), "text");
	CU_ASSERT(paste_next(&p, &out, false) == PASTE_NOTHING);
	CU_ASSERT(p.inside);
	CU_ASSERT(paste_next(&p, &out, true) == PASTE_TEXT);
	HARNESS_EQUAL(buf_text(&out), "text\x1b[20");
	CU_ASSERT(!p.inside);
	paste_feed(&p, "k", 1);
	CU_ASSERT(paste_next(&p, &out, false) == PASTE_KEYS);
	paste_release(&p);
	buf_release(&out);
}

static void
keeps_a_lone_escape_until_silence(void)
{
	struct paste p = {0};
	struct buf out = {0};

	paste_feed(&p, "\x1b", 1);
	CU_ASSERT(paste_next(&p, &out, false) == PASTE_NOTHING);
	CU_ASSERT(paste_next(&p, &out, true) == PASTE_KEYS);
	HARNESS_EQUAL(buf_text(&out), "\x1b");
	paste_release(&p);
	buf_release(&out);
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
		struct paste p = {0};
		struct buf out = {0}, piece = {0};
		enum paste_kind kind;

		for (size_t n = 0; n < ARRAY_LEN(bursts[i].pieces) && bursts[i].pieces[n]; n++) {
			const char *bytes = bursts[i].pieces[n];

			if (*bytes == '~') {
				paste_pause(&p);
				bytes++;
			}
			paste_feed(&p, bytes, strlen(bytes));
			while ((kind = paste_next(&p, &piece, false)) != PASTE_NOTHING) {
				buf_printf(&out, kind == PASTE_TEXT ? "[%s]" : "%s", buf_text(&piece));
				buf_clear(&piece);
			}
		}
		HARNESS_EQUAL(buf_text(&out), bursts[i].want);
		buf_release(&out);
		buf_release(&piece);
		paste_release(&p);
	}
}

/* So much at once is typed by nobody, even in one line; the Enter behind it breaks the line. */
static void
takes_much_at_once_for_text(void)
{
	struct paste p = {0};
	struct buf out = {0};
	char many[4096];

	memset(many, 'x', sizeof(many));
	paste_feed(&p, many, sizeof(many));
	CU_ASSERT(paste_next(&p, &out, false) == PASTE_TEXT && out.len == sizeof(many));
	paste_feed(&p, "\r", 1);
	CU_ASSERT(paste_next(&p, &out, false) == PASTE_TEXT && out.data[out.len - 1] == '\n');
	buf_release(&out);
	paste_release(&p);
}

CU_TestInfo paste_tests[] = {
        {"takes bursts for text", takes_bursts_for_text},
        {"takes much at once for text", takes_much_at_once_for_text},
        {"tells text from keys, however cut", tells_text_from_keys},
        {"ends a paste whose end never came", ends_a_paste_whose_end_never_came},
        {"keeps a lone escape until silence", keeps_a_lone_escape_until_silence},
        CU_TEST_INFO_NULL,
};
