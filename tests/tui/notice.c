/*
 * notice.c - the bytes of a notice, by terminal.
 */
#include "tui/notice.h"

#include "base/compiler.h"
#include "tests/harness.h"
#include "tests/tui/tests.h"

static void
writes_what_the_terminal_knows(void)
{
	static const struct {
		enum notice notice;
		struct clipboard_env env;
		const char *want;
	} rows[] = {
	        {NOTICE_NONE, {.term = "xterm"}, ""},
	        {NOTICE_BELL, {.term = "xterm"}, "\a"},
	        {NOTICE_BELL, {.term = "tmux-256color"}, "\a"},
	        {NOTICE_DESKTOP, {.term = "linux"}, "\a"},
	        {NOTICE_DESKTOP, {.term = NULL}, "\x1b]9;flynn: 4;3 done\a"},
	        {NOTICE_DESKTOP, {.term = "xterm-kitty"}, "\x1b]9;flynn: 4;3 done\a"},
	        {NOTICE_DESKTOP, {.term = "xterm-256color", .vte_version = ""}, "\x1b]9;flynn: 4;3 done\a"},
	        {NOTICE_DESKTOP, {.term = "xterm-256color", .vte_version = "7006"}, "\x1b]777;notify;flynn;4;3 done\a"},
	        {NOTICE_DESKTOP, {.term = "rxvt-unicode-256color"}, "\x1b]777;notify;flynn;4;3 done\a"},
	        {NOTICE_DESKTOP, {.term = "foot-extra"}, "\x1b]777;notify;flynn;4;3 done\a"},
	        {NOTICE_DESKTOP, {.term = "tmux-256color", .tmux = "/tmp/x,1,0"},
	                "\x1bPtmux;\x1b\x1b]9;flynn: 4;3 done\a\x1b\\"},
	        {NOTICE_DESKTOP, {.term = "screen"}, "\x1bPtmux;\x1b\x1b]9;flynn: 4;3 done\a\x1b\\"},
	        {NOTICE_DESKTOP, {.term = "screen", .sty = "1.pts"}, "\x1bP\x1b]9;flynn: 4;3 done\a\x1b\\"},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct buf bytes = {0};

		notice_put(rows[i].notice, &rows[i].env, "4;3 done", &bytes);
		HARNESS_EQUAL(buf_text(&bytes), rows[i].want);
		buf_release(&bytes);
	}
}

CU_TestInfo notice_tests[] = {
        {"writes what the terminal knows", writes_what_the_terminal_knows},
        CU_TEST_INFO_NULL,
};
