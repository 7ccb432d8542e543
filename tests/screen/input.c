/*
 * input.c - what is written before it is sent, from outside: queued prompts, pastes, the editor.
 */
#include "config.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "demo/standin.h"
#include "tests/harness.h"
#include "tests/screen/pty.h"

enum {
	PATIENCE_MS = 20000,
	PROBES = 2, /* requests before the first chat: health and props */
};

#define CHAT                                                                                                           \
	"on GET /health\n"                                                                                             \
	"json 200 {\"status\":\"ok\"}\n"                                                                               \
	"on GET /props\n"                                                                                              \
	"json 200 {\"model_alias\":\"tiny\"}\n"                                                                        \
	"on POST /v1/chat/completions\n"

struct chat {
	struct standin *server;
	struct pty *screen;
};

/* flynn, ready, before a server that answers chats by this script. */
static struct chat
chat_start(const char *script)
{
	char *whole = mem_printf("%s%s", CHAT, script);
	struct chat c = {NULL, NULL};
	struct err err;

	c.server = standin_new(whole, ".", NULL, &err);
	if (!c.server)
		HARNESS_EQUAL(err.text, "a stand-in that starts");
	CU_ASSERT_PTR_NOT_NULL_FATAL(c.server);
	c.screen = pty_new((const char *[]){"-e", standin_endpoint(c.server), NULL}, 24, 80, "xterm-256color");
	CU_ASSERT_FATAL(pty_wait(c.screen, " ready"));
	free(whole);
	return c;
}

static void
chat_end(struct chat *c)
{
	pty_keys(c->screen, "\x11");
	CU_ASSERT(pty_wait_end(c->screen) == 0);
	CU_ASSERT(pty_is_restored(c->screen));
	pty_free(c->screen);
	standin_free(c->server);
}

static void
expect(struct chat *c, const char *text)
{
	bool there = pty_wait(c->screen, text);

	if (!there) {
		char *screen = pty_text(c->screen);

		HARNESS_EQUAL(screen, text);
		free(screen);
	}
	CU_ASSERT_FATAL(there);
}

/* The n-th chat from 0 holds this. */
static void
expect_sent(struct chat *c, size_t n, const char *json)
{
	char *request;

	CU_ASSERT_FATAL(standin_wait(c->server, STANDIN_REQUEST, PROBES + n + 1, PATIENCE_MS));
	request = standin_request(c->server, PROBES + n, NULL);
	HARNESS_CHECK(request && strstr(request, json), "%s is not in %s", json, request);
	free(request);
}

static void
sends_the_queue_in_order(void)
{
	struct chat c = chat_start("stream\ntoken \"First\"\nwait\ntoken \" reply.\"\nfinish stop\ndone\nlast\n"
	                           "then\nstream\ntoken \"Second reply.\"\nfinish stop\ndone\nlast\n"
	                           "then\nstream\ntoken \"Third reply.\"\nfinish stop\ndone\nlast\n");

	pty_keys(c.screen, "one\r");
	expect(&c, "First\n");
	pty_keys(c.screen, "two\r");
	expect(&c, "queued: two\n>\n");
	pty_keys(c.screen, "three\r");
	expect(&c, "queued: two\nqueued: three\n>\n");
	pty_keys(c.screen, "\x1b[A");
	expect(&c, "queued: two\n> three\n");
	pty_keys(c.screen, " more\r");
	expect(&c, "queued: two\nqueued: three more\n>\n");
	CU_ASSERT(standin_count(c.server, STANDIN_REQUEST) == PROBES + 1);
	standin_go(c.server);
	expect(&c, "First reply.\n");
	expect(&c, "Second reply.\n");
	expect(&c, "Third reply.\n");
	expect_sent(&c, 1, "{\"role\":\"user\",\"content\":\"two\"}");
	expect_sent(&c, 2, "{\"role\":\"user\",\"content\":\"three more\"}");
	chat_end(&c);
}

static void
keeps_the_queue_when_a_reply_is_stopped(void)
{
	struct chat c = chat_start("stream\ntoken \"First\"\nhang\n"
	                           "then\nstream\ntoken \"Second reply.\"\nfinish stop\ndone\nlast\n");

	pty_keys(c.screen, "one\r");
	expect(&c, "First\n");
	pty_keys(c.screen, "two\r");
	expect(&c, "queued: two\n");
	pty_keys(c.screen, "\x1b");
	expect(&c, "waiting, Enter sends: two\n>\n");
	CU_ASSERT(standin_count(c.server, STANDIN_REQUEST) == PROBES + 1);
	pty_keys(c.screen, "\r");
	expect(&c, "Second reply.\n");
	expect_sent(&c, 1, "{\"role\":\"user\",\"content\":\"two\"}");
	chat_end(&c);
}

static void
keeps_the_queue_when_a_reply_fails(void)
{
	struct chat c = chat_start("stream\ntoken \"First\"\nwait\nreset\n"
	                           "then\nstream\ntoken \"Second reply.\"\nfinish stop\ndone\nlast\n");

	pty_keys(c.screen, "one\r");
	expect(&c, "First\n");
	pty_keys(c.screen, "two\r");
	expect(&c, "queued: two\n");
	standin_go(c.server);
	expect(&c, "waiting, Enter sends: two\n>\n");
	pty_keys(c.screen, "\r");
	expect(&c, "Second reply.\n");
	chat_end(&c);
}

static void
recalls_prompts_and_the_draft(void)
{
	struct chat c = chat_start("stream\ntoken \"Yes.\"\nfinish stop\ndone\nlast\n");

	pty_keys(c.screen, "one\r");
	expect(&c, "Yes.\n");
	pty_keys(c.screen, "draft\x1b[A");
	expect(&c, "\n> one\n ready");
	pty_keys(c.screen, "\x1b[B");
	expect(&c, "\n> draft\n ready");
	pty_keys(c.screen, "\x03");
	expect(&c, "\n>\n ready");
	pty_keys(c.screen, "\x1f");
	expect(&c, "\n> draft\n ready");
	chat_end(&c);
}

static CU_TestInfo input_tests[] = {
        {"sends the queue in order", sends_the_queue_in_order},
        {"keeps the queue when a reply is stopped", keeps_the_queue_when_a_reply_is_stopped},
        {"keeps the queue when a reply fails", keeps_the_queue_when_a_reply_fails},
        {"recalls prompts and the draft", recalls_prompts_and_the_draft},
        CU_TEST_INFO_NULL,
};

int
main(void)
{
	CU_SuiteInfo suites[] = {
	        {"input", NULL, NULL, NULL, NULL, input_tests},
	        CU_SUITE_INFO_NULL,
	};

	signal(SIGPIPE, SIG_IGN);
	return harness_main(suites);
}
