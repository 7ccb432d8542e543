/*
 * clipboard.c - the way to a terminal's clipboard, and the bytes that go there.
 */
#include "tui/clipboard.h"

#include <string.h>

#include "base/compiler.h"
#include "tests/harness.h"
#include "tests/tui/tests.h"

static void
finds_the_way(void)
{
	static const struct {
		struct clipboard_env env;
		enum clipboard_way want;
		bool doubtful;
	} rows[] = {
	        {{.term = "xterm-256color"}, CLIPBOARD_PLAIN, false},
	        {{.term = NULL}, CLIPBOARD_PLAIN, false},
	        {{.term = "xterm-256color", .tmux = "", .sty = ""}, CLIPBOARD_PLAIN, false},
	        {{.term = "xterm-256color", .vte_version = "7006"}, CLIPBOARD_PLAIN, true},
	        {{.term = "xterm-256color", .term_program = "Apple_Terminal"}, CLIPBOARD_PLAIN, true},
	        {{.term = "xterm-256color", .term_program = "iTerm.app"}, CLIPBOARD_PLAIN, false},
	        {{.term = "linux"}, CLIPBOARD_NONE, false},
	        {{.term = "tmux-256color"}, CLIPBOARD_TMUX, true},
	        {{.term = "screen-256color", .tmux = "/tmp/tmux-0/default,1,0"}, CLIPBOARD_TMUX, true},
	        {{.term = "xterm", .tmux = "/tmp/tmux-0/default,1,0"}, CLIPBOARD_TMUX, true},
	        {{.term = "screen", .sty = "1.pts-0.host"}, CLIPBOARD_SCREEN, false},
	        {{.term = "screen.xterm-256color"}, CLIPBOARD_SCREEN, false},
	        {{.term = "screen-256color"}, CLIPBOARD_TMUX_OR_SCREEN, true},
	        {{.term = "screen"}, CLIPBOARD_TMUX_OR_SCREEN, true},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct clipboard found = clipboard_find(&rows[i].env);

		HARNESS_CHECK(found.way == rows[i].want, "row %zu", i);
		HARNESS_CHECK((found.doubt != NULL) == rows[i].doubtful, "row %zu", i);
	}
}

static void
writes_osc_52(void)
{
	static const struct {
		enum clipboard_way way;
		const char *text, *want;
	} rows[] = {
	        {CLIPBOARD_PLAIN, "", "\x1b]52;c;\a"},
	        {CLIPBOARD_PLAIN, "f", "\x1b]52;c;Zg==\a"},
	        {CLIPBOARD_PLAIN, "fo", "\x1b]52;c;Zm8=\a"},
	        {CLIPBOARD_PLAIN, "foobar", "\x1b]52;c;Zm9vYmFy\a"},
	        {CLIPBOARD_PLAIN, "\xff\xfe\xfb\x1b[2J", "\x1b]52;c;//77G1sySg==\a"},
	        {CLIPBOARD_TMUX, "foo", "\x1b]52;c;Zm9v\a\x1bPtmux;\x1b\x1b]52;c;Zm9v\a\x1b\\"},
	        {CLIPBOARD_TMUX_OR_SCREEN, "foo", "\x1b]52;c;Zm9v\a\x1bPtmux;\x1b\x1b]52;c;Zm9v\a\x1b\\"},
	        {CLIPBOARD_SCREEN, "foo", "\x1bP\x1b]52;c;Zm9v\a\x1b\\"},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const struct clipboard clipboard = {rows[i].way, NULL};
		const char *doubt = "";
		struct buf bytes = {0};
		struct err err;

		CU_ASSERT(clipboard_put(&clipboard, rows[i].text, strlen(rows[i].text), &bytes, &doubt, &err));
		HARNESS_EQUAL(buf_text(&bytes), rows[i].want);
		CU_ASSERT_PTR_NULL(doubt);
		buf_release(&bytes);
	}
}

static void
put_same(struct buf *to, size_t n)
{
	while (to->len < n)
		buf_putc(to, 'a');
}

/* What screen hands on is what is inside of its strings. */
static void
cuts_it_for_screen(void)
{
	const struct clipboard screen = {CLIPBOARD_SCREEN, NULL}, plain = {CLIPBOARD_PLAIN, NULL};
	struct buf text = {0}, bytes = {0}, want = {0}, inside = {0};
	const char *doubt, *end;
	struct err err;

	put_same(&text, 5000);
	CU_ASSERT(clipboard_put(&screen, text.data, text.len, &bytes, &doubt, &err));
	CU_ASSERT(clipboard_put(&plain, text.data, text.len, &want, &doubt, &err));
	for (const char *at = buf_text(&bytes); *at; at = end + 2) {
		CU_ASSERT_FATAL(strncmp(at, "\x1bP", 2) == 0);
		end = strstr(at, "\x1b\\");
		CU_ASSERT_FATAL(end != NULL && end - at < 700);
		buf_put(&inside, at + 2, (size_t)(end - at - 2));
	}
	HARNESS_EQUAL(buf_text(&inside), buf_text(&want));
	buf_release(&text);
	buf_release(&bytes);
	buf_release(&want);
	buf_release(&inside);
}

static void
knows_how_much_is_too_much(void)
{
	static const struct {
		size_t n;
		bool put, doubtful;
	} rows[] = {
	        {CLIPBOARD_SURE_BYTES, true, false},
	        {CLIPBOARD_SURE_BYTES + 1, true, true},
	        {CLIPBOARD_MOST_BYTES, true, true},
	        {CLIPBOARD_MOST_BYTES + 1, false, false},
	};
	const struct clipboard plain = {CLIPBOARD_PLAIN, NULL}, none = {CLIPBOARD_NONE, NULL};
	struct buf text = {0}, bytes = {0};
	const char *doubt;
	struct err err;

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		doubt = NULL;
		put_same(&text, rows[i].n);
		HARNESS_CHECK(
		        clipboard_put(&plain, text.data, rows[i].n, &bytes, &doubt, &err) == rows[i].put, "%zu", i);
		HARNESS_CHECK((doubt != NULL) == rows[i].doubtful, "row %zu", i);
	}
	CU_ASSERT_EQUAL(err.code, ERR_LIMIT);
	buf_clear(&bytes);
	CU_ASSERT(!clipboard_put(&none, "a", 1, &bytes, &doubt, &err));
	CU_ASSERT(err.code == ERR_USAGE && bytes.len == 0);
	buf_release(&text);
	buf_release(&bytes);
}

CU_TestInfo clipboard_tests[] = {
        {"finds the way", finds_the_way},
        {"writes OSC 52", writes_osc_52},
        {"cuts it for screen", cuts_it_for_screen},
        {"knows how much is too much", knows_how_much_is_too_much},
        CU_TEST_INFO_NULL,
};
