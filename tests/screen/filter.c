/*
 * filter.c - the bytes that the real program sends to a real terminal, while everything that is hostile to one comes in
 * as a reply, its reasoning, a model's name, an error and a paste.
 */
#include "config.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "demo/standin.h"
#include "tests/harness.h"
#include "tests/hostile.h"
#include "tests/screen/pty.h"
#include "tests/screen/steps.h"

/* What ncurses and tui/tty.c send of their own: the beginnings of sequences, and moves of the cursor. */
static bool
is_ours(unsigned char byte)
{
	return byte == '\x1b' || byte == '\r' || byte == '\n' || byte == '\b' || byte == '\t' || byte == '\x0f';
}

/* The sequences that a terminal acts on and we never send, once the first frame is there: each begins with one of these. */
static bool
is_foreign_sequence(const char *at)
{
	static const char *const sequences[] = {
	        "]", "P", "_", "^", "X", "c", "#", "[6n", "[2J", "[31mz", "[5;5Hz", "\x1b"};

	for (size_t i = 0; i < ARRAY_LEN(sequences); i++)
		if (*at == '\x1b' && strncmp(at + 1, sequences[i], strlen(sequences[i])) == 0)
			return true;
	return false;
}

static void
check_characters(const struct buf *sent)
{
	struct buf text = {0};

	for (size_t i = 0; i < sent->len; i++)
		if (!is_ours((unsigned char)sent->data[i]))
			buf_putc(&text, sent->data[i]);
	HARNESS_CHECK(hostile_find(buf_text(&text), text.len) == 0, "U+%04X was sent",
	        (unsigned)hostile_find(buf_text(&text), text.len));
	buf_release(&text);
}

static void
check_sequences(const struct buf *sent)
{
	for (size_t i = 0; i < sent->len; i++)
		HARNESS_CHECK(!is_foreign_sequence(sent->data + i), "ESC %.4s", sent->data + i + 1);
}

static void
put_server(struct buf *server)
{
	buf_puts(server, "on GET /health\njson 200 {}\non GET /props\n");
	buf_puts(server, "json 200 {\"model_alias\":\"m\\u001b[6n\\u001b]0;t\\u0007\\u009b6n\\u202e\\u0000\"}\n");
	buf_puts(server, "on POST /v1/chat/completions\nstream\n");
	hostile_json(server, "event {\"choices\":[{\"index\":0,\"delta\":{\"reasoning_content\":\"", "\"}}]}\n");
	hostile_json(server, "event {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"reply ", " so far\"}}]}\n");
	buf_puts(server, "wait\n");
	hostile_json(server, "event {\"error\":{\"code\":500,\"message\":\"error ", "\"}}\n");
	buf_puts(server, "last\n");
}

static void
nothing_hostile_is_sent_to_the_terminal(void)
{
	struct buf server = {0};
	struct standin *s;
	struct pty *p;

	put_server(&server);
	s = steps_serve(buf_text(&server));
	p = pty_new((const char *[]){"--no-history", "-e", standin_endpoint(s), NULL}, 60, 200, "xterm-256color");
	CU_ASSERT(pty_wait(p, "ready · m^[[6n"));
	check_characters(pty_bytes(p));
	pty_forget(p);
	pty_keys(p, "\x1b[200~prompt \x1b[6n\x1b]0;t\x07\xc2\x9b\x36n\xe2\x80\xae\x01\x02 end\x1b[201~");
	CU_ASSERT(pty_wait(p, " end\n"));
	pty_keys(p, "\r");
	CU_ASSERT(pty_wait(p, "so far"));
	pty_keys(p, "\x1bt");
	CU_ASSERT(pty_wait(p, "│ "));
	standin_go(s);
	CU_ASSERT(pty_wait(p, "! error ^A"));
	check_characters(pty_bytes(p));
	check_sequences(pty_bytes(p));
	pty_keys(p, "\x11");
	CU_ASSERT(pty_wait_end(p) == 0);
	pty_free(p);
	standin_free(s);
	buf_release(&server);
}

static CU_TestInfo filter_tests[] = {
        {"nothing hostile is sent to the terminal", nothing_hostile_is_sent_to_the_terminal},
        CU_TEST_INFO_NULL,
};

int
main(void)
{
	CU_SuiteInfo suites[] = {
	        {"filter", NULL, NULL, NULL, NULL, filter_tests},
	        CU_SUITE_INFO_NULL,
	};

	signal(SIGPIPE, SIG_IGN);
	return harness_main(suites);
}
