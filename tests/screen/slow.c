/*
 * slow.c - a terminal at the other end of a line that carries 10 kB a second, with room for everything on the way, as ssh has it. What a
 * key does must not come behind seconds of frames. Bytes are counted, not time.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory_find.h"
#include "tests/harness.h"
#include "tests/screen/pty.h"
#include "tests/screen/steps.h"

enum {
	ROWS = 24,
	COLS = 80,
	A_TICK = 100,       /* bytes in 10 ms */
	FLOOD = 30000,      /* bytes of it that have arrived before a key is pressed */
	BEFORE_ECHO = 8000, /* bytes, at the most: those of three frames */
	PUMPS = 6000,
	LINES = 500,
};

static const char question[] = "\x1b[5n";

/* Far more than the line carries, without an end; no two rows of a screen are alike. */
static char *
make_flood(void)
{
	struct buf script = {0};

	buf_puts(&script, "on GET /health\njson 200 {\"status\":\"ok\"}\n"
	                  "on POST /v1/chat/completions\nstream\nrepeat\n");
	for (int i = 0; i < LINES; i++) {
		buf_printf(&script, "token \"line %d of many\"\n", i * i);
		buf_printf(&script, "token \" and %d words of it\\n\\n\"\ndelay 1\n", i * 7919 % 1000);
	}
	buf_puts(&script, "end\n");
	return buf_take(&script);
}

static struct standin *
serve_flood(void)
{
	char *script = make_flood();
	struct standin *s = steps_serve(script);

	free(script);
	return s;
}

static struct pty *
start(const struct standin *s, bool answers)
{
	struct pty *p = pty_new(
	        (const char *[]){"--no-history", "-e", standin_endpoint(s), NULL}, ROWS, COLS, "xterm-256color");

	if (answers)
		pty_answers(p);
	steps_expect(p, " ready");
	return p;
}

static int
count_questions(const struct pty *p)
{
	const char *at = buf_text(pty_bytes(p)), *end = at + pty_bytes(p)->len;
	int n = 0;

	while ((at = memory_find(at, (size_t)(end - at), question, strlen(question))) != NULL) {
		at += strlen(question);
		n++;
	}
	return n;
}

static void
pump_until(struct pty *p, size_t arrived)
{
	for (int i = 0; i < PUMPS && pty_bytes(p)->len < arrived; i++)
		pty_pump(p, 10);
	HARNESS_CHECK(pty_bytes(p)->len >= arrived, "only %zu bytes arrived", pty_bytes(p)->len);
}

/* So many bytes arrive until the screen shows it. */
static size_t
count_until(struct pty *p, const char *text)
{
	size_t before = pty_bytes(p)->len;

	for (int i = 0; i < PUMPS && !pty_shows(p, text); i++)
		pty_pump(p, 10);
	CU_ASSERT(pty_shows(p, text));
	return pty_bytes(p)->len - before;
}

static void
expect_echo(struct pty *p, const char *keys, const char *text)
{
	size_t bytes;

	pty_keys(p, keys);
	bytes = count_until(p, text);
	HARNESS_CHECK(bytes <= BEFORE_ECHO, "\"%s\" came after %zu bytes, at most %d", text, bytes, BEFORE_ECHO);
}

/* While it floods, and to stop it. */
static void
keys_do_not_wait_for_frames(void)
{
	struct standin *s = serve_flood();
	struct pty *p = start(s, true);

	pty_slow(p, A_TICK);
	pty_keys(p, "Go\r");
	pump_until(p, FLOOD);
	expect_echo(p, "typed", "> typed");
	pump_until(p, pty_bytes(p)->len + FLOOD / 4);
	expect_echo(p, "\x15\x03", "stopped");
	expect_echo(p, "Z", "> Z");
	HARNESS_CHECK(!pty_shows(p, "0n"), "an answer was typed");
	pty_slow(p, 0);
	steps_quit(p);
	standin_free(s);
}

/* Nothing is held back for it, and it is asked once. */
static void
a_terminal_that_never_answers(void)
{
	struct standin *s = serve_flood();
	struct pty *p = start(s, false);

	pty_slow(p, A_TICK);
	pty_keys(p, "Go\r");
	pump_until(p, FLOOD);
	for (int i = 0; i < PUMPS && pty_queued(p) <= FLOOD; i++)
		pty_pump(p, 10);
	HARNESS_CHECK(pty_queued(p) > FLOOD, "only %zu bytes wait", pty_queued(p));
	pty_slow(p, 0);
	pty_keys(p, "typed");
	steps_expect(p, "> typed");
	HARNESS_CHECK(count_questions(p) == 1, "%d questions", count_questions(p));
	steps_quit(p);
	standin_free(s);
}

/* A terminal that is left with a question on its way answers to us, not to the shell. */
static void
leaves_no_answer_behind(void)
{
	struct standin *s = serve_flood();
	struct pty *p = start(s, true);

	pty_slow(p, A_TICK);
	pty_keys(p, "Go\r");
	pump_until(p, FLOOD);
	pty_keys(p, "\x11");
	CU_ASSERT_EQUAL(pty_wait_end(p), 0);
	pty_slow(p, 0);
	CU_ASSERT(!pty_was_answered_late(p));
	pty_free(p);
	standin_free(s);
}

static CU_TestInfo slow_tests[] = {
        {"keys do not wait for frames", keys_do_not_wait_for_frames},
        {"a terminal that never answers is not waited for", a_terminal_that_never_answers},
        {"leaves no answer behind", leaves_no_answer_behind},
        CU_TEST_INFO_NULL,
};

int
main(void)
{
	CU_SuiteInfo suites[] = {
	        {"slow", NULL, NULL, NULL, NULL, slow_tests},
	        CU_SUITE_INFO_NULL,
	};

	return harness_main(suites);
}
