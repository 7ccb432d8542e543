/*
 * chat.c - the full screen, from outside: what a person would see in a terminal, with the stand-in for a server.
 */
#include "config.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "base/memory_find.h"
#include "demo/standin.h"
#include "tests/harness.h"
#include "tests/screen/pty.h"
#include "tests/screen/steps.h"

enum {
	PATIENCE_MS = 20000,
};

#define HEALTH                                                                                                         \
	"on GET /health\n"                                                                                             \
	"json 200 {\"status\":\"ok\"}\n"                                                                               \
	"on GET /props\n"                                                                                              \
	"json 200 {\"default_generation_settings\":{\"n_ctx\":4096},\"total_slots\":1,\"model_alias\":\"tiny\"}\n"

#define CHAT HEALTH "on POST /v1/chat/completions\n"

static struct pty *
start(const struct standin *s, int rows, int cols)
{
	return pty_new((const char *[]){"--no-history", "-e", standin_endpoint(s), NULL}, rows, cols, "xterm-256color");
}

static void
goes_live_by_itself(void)
{
	struct standin *s = steps_serve(HEALTH);
	struct pty *p;
	char *words;

	standin_listen(s, false);
	p = start(s, 24, 80);
	words = mem_printf("llama-server not running at %s\n", standin_endpoint(s));
	steps_expect(p, words);
	steps_expect(p, "Start it there");
	pty_keys(p, "typed already");
	steps_expect(p, "> typed already");
	standin_listen(s, true);
	steps_expect(p, " ready · tiny · context 4096");
	standin_listen(s, false);
	free(words);
	steps_quit(p);
	standin_free(s);
}

static void
streams_and_stops(void)
{
	struct standin *s = steps_serve(CHAT "stream\nrole\ntoken \"Once upon \"\nwait\ntoken \"a time\"\nhang\n");
	struct pty *p = start(s, 24, 80);
	char *request;

	steps_expect(p, " ready");
	pty_keys(p, "Tell me\r");
	steps_expect(p, "> Tell me\n\nOnce upon\n");
	steps_expect(p, "writing");
	pty_keys(p, "the next prompt\r");
	steps_expect(p, "queued: the next prompt\n");
	standin_go(s);
	steps_expect(p, "Once upon a time\n");
	pty_keys(p, "\x1b");
	steps_expect(p, "Once upon a time\n(stopped) · Tab c continues it, Alt+R sends it again\n");
	CU_ASSERT(standin_wait(s, STANDIN_LEFT, 1, PATIENCE_MS));
	steps_expect(p, "waiting, Enter sends: the next prompt\n");
	pty_keys(p, "\x1b[A");
	steps_expect(p, "> the next prompt\n");
	pty_keys(p, "\x03");
	CU_ASSERT(pty_wait_gone(p, "the next prompt"));
	request = steps_request(s, STEPS_CHAT, 0);
	CU_ASSERT(request && strstr(request, "\"Tell me\"") != NULL);
	free(request);
	steps_quit(p);
	standin_free(s);
}

static void
scrolls_with_the_wheel(void)
{
	struct standin *s =
	        steps_serve(CHAT "stream\ntoken \"1\\n2\\n3\\n4\\n5\\n6\\n7\\n8\\n9\"\nfinish stop\ndone\n");
	struct pty *p = start(s, 8, 40);

	steps_expect(p, "ready");
	pty_keys(p, "Count\r");
	steps_expect(p, "8\n9\n>");
	pty_keys(p, "\x1b[<64;3;3M");
	steps_expect(p, "End to follow");
	pty_keys(p, "\x1b[<65;3;3M\x1b[<65;3;3M");
	steps_expect(p, "8\n9\n>");
	/* Clicks are nothing. */
	pty_keys(p, "\x1b[<0;3;3M\x1b[<0;3;3mx");
	steps_expect(p, "9\n> x\n");
	pty_keys(p, "\x1bm");
	steps_expect(p, "mouse off");
	pty_keys(p, "\x1bm");
	steps_expect(p, "mouse on");
	steps_quit(p);
	standin_free(s);
}

static void
gives_a_prompt_back(void)
{
	struct standin *s =
	        steps_serve(CHAT "json 500 {\"error\":{\"code\":500,\"message\":\"no \\u001b[31mluck\"}}\n");
	struct pty *p = start(s, 24, 80);

	steps_expect(p, " ready");
	pty_keys(p, "Tell me\r");
	steps_expect(p, "! no ^[[31mluck · Enter sends it again\n");
	steps_expect(p, "\n> Tell me\n ready · tiny · context 4096 · no ^[[31mluck\n");
	pty_keys(p, "!");
	steps_expect(p, "> Tell me!\n ready");
	steps_quit(p);
	standin_free(s);
}

static void
keeps_what_came_when_the_server_dies(void)
{
	struct standin *s = steps_serve(CHAT "stream\ntoken \"Once upon \"\nwait\nreset\n");
	struct pty *p = start(s, 24, 80);

	steps_expect(p, " ready");
	pty_keys(p, "Tell me\r");
	steps_expect(p, "Once upon\n");
	standin_listen(s, false);
	steps_expect(p, "> Tell me\n\nOnce upon\n! ");
	pty_keys(p, "More\r");
	steps_expect(p, "! llama-server not running at ");
	steps_expect(p, "> More\n llama-server not running at ");
	standin_listen(s, true);
	steps_expect(p, "> More\n ready");
	steps_quit(p);
	standin_free(s);
}

static void
survives_resizing(void)
{
	struct standin *s = steps_serve(
	        CHAT "stream\nrepeat 40\ntoken \"word and \"\nend\ntoken \"end.\"\nfinish stop\ndone\nlast\n");
	struct pty *p = start(s, 24, 80);
	static const int sizes[][2] = {{40, 120}, {5, 20}, {4, 19}, {1, 1}, {12, 40}, {100, 300}, {24, 80}};

	steps_expect(p, " ready");
	pty_keys(p, "Go\r");
	steps_expect(p, "and end.\n");
	for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
		pty_resize(p, sizes[i][0], sizes[i][1]);
		steps_expect(p, sizes[i][1] < 10 ? "f" : sizes[i][1] < 20 ? "flynn needs 20x5" : "end.");
	}
	steps_quit(p);
	standin_free(s);
}

static void
pastes_without_sending(void)
{
	struct standin *s = steps_serve(CHAT "stream\ntoken \"Yes.\"\nfinish stop\ndone\nlast\n");
	struct pty *p = start(s, 24, 80);
	char *request;

	steps_expect(p, " ready");
	pty_keys(p, "\x1b[200~one\rtwo\x03\x11\x1b[201~");
	steps_expect(p, "> one\n  two^C^Q\n");
	CU_ASSERT_PTR_NULL(steps_request(s, STEPS_CHAT, 0));
	pty_keys(p, "\x7f\x7f\r");
	steps_expect(p, "Yes.");
	request = steps_request(s, STEPS_CHAT, 0);
	CU_ASSERT(request && strstr(request, "\"one\\ntwo\"") != NULL);
	free(request);
	steps_quit(p);
	standin_free(s);
}

static bool
sent(const struct pty *p, const char *bytes)
{
	const struct buf *b = pty_bytes(p);

	return b->len > 0 && memory_find(b->data, b->len, bytes, strlen(bytes)) != NULL;
}

static void
lets_no_control_through(void)
{
	struct standin *s =
	        steps_serve("on GET /health\njson 200 {}\n"
	                    "on GET /props\njson 200 {\"model_alias\":\"m\\u001b[6n\\u009b6n\"}\n"
	                    "on POST /v1/chat/completions\n"
	                    "stream\nthink \"\\e[6n\"\ntoken "
	                    "\"a\\e[6nb\\e]0;t\\x07\\xc2\\x9b6n\\xe2\\x80\\xae\"\nfinish stop\ndone\nlast\n");
	struct pty *p = start(s, 24, 80);

	steps_expect(p, " ready · m^[[6n<U+009B>6n");
	pty_keys(p, "Go\r");
	steps_expect(p, "a^[[6nb^[]0;t^G<U+009B>6n<U+202E>\n");
	CU_ASSERT(!sent(p, "\x1b[6n") && !sent(p, "\x1b]0;t") && !sent(p, "\xc2\x9b") && !sent(p, "\xe2\x80\xae"));
	steps_quit(p);
	standin_free(s);
}

static void
erases_nothing_while_it_streams(void)
{
	struct standin *s = steps_serve(CHAT "stream\nrepeat 200\ntoken \"another line\\n\"\ndelay 1\nend\ntoken "
	                                     "\"end.\"\nfinish stop\ndone\nlast\n");
	struct pty *p = start(s, 24, 80);

	steps_expect(p, " ready");
	pty_forget(p);
	pty_keys(p, "Go\r");
	steps_expect(p, "end.");
	CU_ASSERT(!sent(p, "\x1b[2J") && !sent(p, "\x1b[J") && !sent(p, "\x1b[3J"));
	steps_quit(p);
	standin_free(s);
}

/* The terminal is not read while a long reply comes: the reply is taken from the server all the same. */
static void
never_waits_for_the_terminal(void)
{
	struct standin *s =
	        steps_serve(CHAT "stream\nrepeat 20000\ntoken \"some more text \"\nend\ntoken \"end.\"\nfinish stop\n"
	                         "done\nlast\n");
	struct pty *p = start(s, 50, 200);

	steps_expect(p, " ready");
	pty_keys(p, "Go\r");
	CU_ASSERT(standin_wait(s, STANDIN_ANSWERED, 3, PATIENCE_MS));
	steps_expect(p, "end.");
	steps_quit(p);
	standin_free(s);
}

static void
restores_the_terminal_on_signals(void)
{
	static const struct {
		int signal, status;
	} rows[] = {{SIGINT, 130}, {SIGTERM, 143}, {SIGHUP, 129}, {SIGSEGV, -SIGSEGV}, {SIGABRT, -SIGABRT}};
	struct standin *s = steps_serve(CHAT "stream\ntoken \"Once \"\nhang\n");

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct pty *p = start(s, 24, 80);
		int status;

		steps_expect(p, " ready");
		pty_keys(p, "Go\r");
		steps_expect(p, "Once");
		kill(pty_pid(p), rows[i].signal);
		status = pty_wait_end(p);
		HARNESS_CHECK(rows[i].status < 0 ? WIFSIGNALED(status) && WTERMSIG(status) == -rows[i].status
		                                 : WIFEXITED(status) && WEXITSTATUS(status) == rows[i].status,
		        "signal %d: status %x", rows[i].signal, (unsigned)status);
		HARNESS_CHECK(pty_is_restored(p), "signal %d", rows[i].signal);
		pty_free(p);
	}
	standin_free(s);
}

static void
quits_in_every_way(void)
{
	static const char *const keys[] = {"\x11", "\x04", "\x03\x03", "x\x03\x03\x03"};
	struct standin *s = steps_serve(HEALTH);

	for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
		struct pty *p = start(s, 24, 80);

		steps_expect(p, " ready");
		pty_keys(p, keys[i]);
		HARNESS_CHECK(pty_wait_end(p) == 0, "keys %zu", i);
		CU_ASSERT(pty_is_restored(p));
		pty_free(p);
	}
	standin_free(s);
}

/* Line by line, which needs nothing of a terminal. */
static void
shows_no_screen_on_terminals_that_cannot(void)
{
	static const char *const terms[] = {"dumb", "unknown", ""};
	struct standin *s = steps_serve(HEALTH);

	for (size_t i = 0; i < ARRAY_LEN(terms); i++) {
		struct pty *p = pty_new((const char *[]){"-e", standin_endpoint(s), NULL}, 24, 80, terms[i]);

		steps_expect(p, "line by line");
		pty_keys(p, "/quit\n");
		HARNESS_CHECK(pty_wait_end(p) == 0, "TERM=%s", terms[i]);
		HARNESS_CHECK(!sent(p, "\x1b"), "TERM=%s: %s", terms[i], buf_text(pty_bytes(p)));
		CU_ASSERT(pty_is_restored(p));
		pty_free(p);
	}
	standin_free(s);
}

/* What a terminal sends of the mouse: press, motion while it is held, release; and the wheel. */
static void
focuses_and_draws_with_the_mouse(void)
{
	struct standin *s = steps_serve(HEALTH);
	struct pty *p = start(s, 24, 80);

	steps_expect(p, " ready");
	CU_ASSERT(strstr(buf_text(pty_bytes(p)), "\x1b[?1002h") != NULL);
	pty_keys(p, "\x1bwv");
	steps_expect(p, "━ 2 new");
	pty_keys(p, "\x1b[<0;5;5M\x1b[<0;5;5m");
	steps_expect(p, "━ 1 new");
	pty_keys(p, "\x1b[<0;40;5M\x1b[<32;34;5M\x1b[<32;30;5M\x1b[<0;30;5m");
	steps_expect(p, "━ 1 new conversation ━ tiny ━│─ 2 new");
	/* Another button, and one that was let go of elsewhere. */
	pty_keys(p, "\x1b[<2;60;5M\x1b[<2;60;5m\x1b[<32;60;5M");
	pty_keys(p, "\x1b[<0;60;5M");
	steps_expect(p, "━ 2 new");
	pty_keys(p, "\x1bm");
	steps_expect(p, "mouse off");
	CU_ASSERT(strstr(buf_text(pty_bytes(p)), "\x1b[?1002l") != NULL);
	steps_quit(p);
	standin_free(s);
}

static CU_TestInfo chat_tests[] = {
        {"goes live by itself", goes_live_by_itself},
        {"streams and stops", streams_and_stops},
        {"scrolls with the wheel", scrolls_with_the_wheel},
        {"focuses and draws with the mouse", focuses_and_draws_with_the_mouse},
        {"gives a prompt back", gives_a_prompt_back},
        {"keeps what came when the server dies", keeps_what_came_when_the_server_dies},
        {"survives resizing", survives_resizing},
        {"pastes without sending", pastes_without_sending},
        {"lets no control through", lets_no_control_through},
        {"erases nothing while it streams", erases_nothing_while_it_streams},
        {"never waits for the terminal", never_waits_for_the_terminal},
        {"restores the terminal on signals", restores_the_terminal_on_signals},
        {"quits in every way", quits_in_every_way},
        {"shows no screen on terminals that cannot", shows_no_screen_on_terminals_that_cannot},
        CU_TEST_INFO_NULL,
};

int
main(void)
{
	CU_SuiteInfo suites[] = {
	        {"screen", NULL, NULL, NULL, NULL, chat_tests},
	        CU_SUITE_INFO_NULL,
	};

	signal(SIGPIPE, SIG_IGN);
	return harness_main(suites);
}
