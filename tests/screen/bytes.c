/*
 * bytes.c - how many bytes the terminal is sent, and that they lead to the same screen as all of them would.
 */
#include "config.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "base/memory_find.h"
#include "demo/standin.h"
#include "tests/harness.h"
#include "tests/screen/pty.h"
#include "tests/screen/steps.h"

#define SERVER                                                                                                         \
	"on GET /health\n"                                                                                             \
	"json 200 {\"status\":\"ok\"}\n"                                                                               \
	"on GET /props\n"                                                                                              \
	"json 200 {\"default_generation_settings\":{\"n_ctx\":4096},\"model_alias\":\"tiny\"}\n"                       \
	"on POST /v1/chat/completions\n"                                                                               \
	"stream\n"                                                                                                     \
	"progress 40 0 40\n"

enum {
	ROWS = 24,
	COLS = 80,
	SENTENCES = 40,
	WORDS = 12,     /* of a sentence */
	A_TOKEN = 24,   /* bytes: its letters, the cursor there and back, its share of what scrolls, */
	PATIENCE = 200, /* times 50 ms, at most */
	NUMBERS = 900,  /* and what the status bar has to say, however slow the machine is */
};

static const char sync_start[] = "\x1b[?2026h", hide_cursor[] = "\x1b[?25l", frame_end[] = "\x1b[?2026l";

static struct pty *
start(const struct standin *s)
{
	struct pty *p = pty_new(
	        (const char *[]){"--no-history", "-e", standin_endpoint(s), NULL}, ROWS, COLS, "xterm-256color");

	steps_expect(p, " ready");
	return p;
}

static bool
was_sent(const struct pty *p, const char *bytes)
{
	return memory_find(buf_text(pty_bytes(p)), pty_bytes(p)->len, bytes, strlen(bytes)) != NULL;
}

static void
settle(struct pty *p)
{
	while (pty_pump(p, 60))
		;
}

/* ---- a token ---- */

static const char *const sentence[WORDS - 1] = {
        "It ", "was ", "one ", "of ", "the ", "first ", "days ", "of ", "a ", "long ", "summer "};

/* Sentences, each word of which waits for standin_go. No two rows are alike, as in any prose: by rows that are, ncurses does not
 * see what has scrolled. */
static char *
script_of_words(void)
{
	struct buf script = {0};

	buf_puts(&script, SERVER);
	for (int i = 0; i < 10 * ROWS; i++)
		buf_printf(&script, "token \"fills the screen %d \"\n", i);
	buf_puts(&script, "token \"begun. \"\n");
	for (int i = 0; i < SENTENCES; i++) {
		for (size_t k = 0; k < WORDS - 1; k++)
			buf_printf(&script, "wait\ntoken \"%s\"\n", sentence[k]);
		buf_printf(&script, "wait\ntoken \"%d.\"\ntoken \"\\n\\n\"\n", 1900 + i);
	}
	buf_puts(&script, "token \"over.\"\nfinish stop\ndone\nlast\n");
	return buf_take(&script);
}

/* One word, and what the terminal is sent for it: a machine that is slow puts no two words into one frame. */
static void
go_word(struct standin *s, struct pty *p)
{
	size_t before = pty_bytes(p)->len;

	standin_go(s);
	for (int i = 0; i < PATIENCE && pty_bytes(p)->len == before; i++)
		pty_pump(p, 50);
}

/* The text fills the screen before it is measured, so that it scrolls. */
static void
sends_few_bytes_for_a_token(void)
{
	char *script = script_of_words();
	struct standin *s = steps_serve(script);
	struct pty *p = start(s);
	size_t most = SENTENCES * WORDS * A_TOKEN + NUMBERS;

	pty_keys(p, "Go\r");
	steps_expect(p, "begun.");
	settle(p);
	pty_forget(p);
	for (int i = 0; i < SENTENCES * WORDS; i++)
		go_word(s, p);
	steps_expect(p, "over.");
	steps_expect(p, "ready · tiny · context");
	HARNESS_CHECK(pty_bytes(p)->len <= most, "%zu bytes, at most %zu", pty_bytes(p)->len, most);
	HARNESS_CHECK(!was_sent(p, sync_start), "marks around a token");
	HARNESS_CHECK(!was_sent(p, hide_cursor), "the cursor was hidden");
	steps_quit(p);
	standin_free(s);
	free(script);
}

/* A frame that is larger may be cut on its way. */
static void
marks_a_large_frame(void)
{
	struct standin *s =
	        steps_serve(SERVER "repeat 100\ntoken \"fills the screen \"\nend\ntoken \"over.\"\nfinish stop\n"
	                           "done\nlast\n");
	struct pty *p = start(s);

	pty_keys(p, "Go\r");
	steps_expect(p, "over.");
	pty_forget(p);
	pty_keys(p, "\x0c\x1b[200~typed\x1b[201~");
	steps_expect(p, "> typed");
	settle(p);
	HARNESS_CHECK(was_sent(p, sync_start) && was_sent(p, frame_end), "a large frame has no marks");
	steps_quit(p);
	standin_free(s);
}

/* ---- the same screen ---- */

static char *
text_above_bar(struct pty *p)
{
	char *text = pty_text(p);

	text[strlen(text) - 1] = '\0';
	*strrchr(text, '\n') = '\0';
	return text;
}

/* As it is, and drawn whole; but for the bar, which says other things then. */
static void
expect_same(struct pty *p, const char *when)
{
	char *there, *whole;

	settle(p);
	there = text_above_bar(p);
	pty_forget(p);
	pty_keys(p, "\x0c");
	for (int i = 0; i < PATIENCE && !was_sent(p, frame_end); i++)
		pty_pump(p, 50);
	HARNESS_CHECK(was_sent(p, frame_end), "%s: not drawn whole", when);
	settle(p);
	whole = text_above_bar(p);
	HARNESS_CHECK(strcmp(there, whole) == 0, "%s:\n%s\n--- whole:\n%s", when, there, whole);
	free(there);
	free(whole);
}

/* What is typed, and what the screen shows then (or, with a dash before it, no longer). */
struct step {
	const char *keys, *shows;
};

/* Its reply waits before its end until it was seen to come. */
static bool
is_prompt(const char *keys)
{
	return keys[0] != '/' && keys[strlen(keys) - 1] == '\r';
}

static void
take_step(struct pty *p, struct standin *s, const struct step *step)
{
	bool is_gone = *step->shows == '-';

	pty_keys(p, step->keys);
	if (is_prompt(step->keys)) {
		CU_ASSERT_FATAL(pty_wait(p, "writing"));
		standin_go(s);
	}
	CU_ASSERT_FATAL(is_gone ? pty_wait_gone(p, step->shows + 1) : pty_wait(p, step->shows));
	CU_ASSERT(pty_wait_gone(p, "writing"));
	expect_same(p, step->keys);
}

/* Rows scroll in regions of the screen: all of it, beside a sidebar, and in panes above and below. */
static void
shows_what_is_there(void)
{
	static const struct step steps[] = {{"Go\r", "The end."}, {"Again\r", "The end."}, {"\x1bOQ", "Esc back"},
	        {"\x1b", "-Esc back"}, {"Beside\r", "The end."}, {"\x1bOQ", "Esc back"}, {"\x1bOQ", "-Esc back"},
	        {"\x1b[5~", "+20 lines"}, {"\x1b[5~", "+39 lines"}, {"\x1b[6~", "+20 lines"}, {"\x1b[6~", "-lines"},
	        {"/split\r", " 2 "}, {"Below\r", "The end."}, {"Below\r", "The end."}, {"\x1b[A", "> Below"}};
	struct standin *s =
	        steps_serve(SERVER "repeat 3\n"
	                           "words 1 \"One day a list was made of all the things that there are. \"\n"
	                           "token \"\\n\\n- a **bold** thing\\n- 日本語\\n\\n\"\n"
	                           "token \"| a | b |\\n|---|---|\\n| 1 | two |\\n\\n\"\nend\n"
	                           "wait\ntoken \"The end.\"\nfinish stop\ndone\nlast\n");
	struct pty *p = start(s);

	for (size_t i = 0; i < ARRAY_LEN(steps); i++)
		take_step(p, s, &steps[i]);
	steps_quit(p);
	standin_free(s);
}

static CU_TestInfo bytes_tests[] = {
        {"sends few bytes for a token", sends_few_bytes_for_a_token},
        {"marks a large frame", marks_a_large_frame},
        {"shows what is there", shows_what_is_there},
        CU_TEST_INFO_NULL,
};

int
main(void)
{
	CU_SuiteInfo suites[] = {
	        {"bytes", NULL, NULL, NULL, NULL, bytes_tests},
	        CU_SUITE_INFO_NULL,
	};

	signal(SIGPIPE, SIG_IGN);
	return harness_main(suites);
}
