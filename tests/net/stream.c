/*
 * stream.c - chat streams of the net thread: what arrives, in which order, and how each ends.
 */
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "tests/harness.h"
#include "tests/net/held_clock.h"
#include "tests/net/tests.h"

enum {
	TIME_OUT_MS = 400,
};

#define FLOOD(times)   "on any\nstream\nrole\nrepeat " times "\ntoken \"0123456789\"\nend\nfinish stop\ndone\nlast\n"
#define ONE_TOKEN_THEN "on any\nstream\nrole\ntoken \"a\"\n"

static void
brings_a_reply(void)
{
	struct rig rig;
	struct err end;
	char *text, *request;

	rig_init(&rig,
	        "on POST /v1/chat/completions\nstream\nrole\ntoken \"Hello\"\ntoken \", w\\xc3\\xb6rld\"\nfinish "
	        "stop\ndone\n"
	        "last\n",
	        0);
	rig_ask(&rig, 7, "hi", true);
	text = rig_read(&rig, 7, &end);
	CU_ASSERT(end.code == ERR_NONE);
	HARNESS_EQUAL(text, "Hello, w\xc3\xb6rld");
	free(text);
	request = standin_request(rig.server, 0, NULL);
	CU_ASSERT(strncmp(request, "POST /v1/chat/completions HTTP/1.1\r\n", 36) == 0);
	CU_ASSERT_PTR_NULL(strstr(request, "Expect:"));
	free(request);
	rig_release(&rig);
}

/* The queue holds some 2,000 tokens. */
static void
loses_nothing_when_the_queue_is_full(void)
{
	struct rig rig;
	struct err end;
	char *text;
	size_t wrong = 0;

	rig_init(&rig, FLOOD("60000"), PATIENCE_MS);
	rig_ask(&rig, 1, "hi", true);
	CU_ASSERT(standin_wait(rig.server, STANDIN_REQUEST, 1, PATIENCE_MS));
	text = rig_read(&rig, 1, &end);
	CU_ASSERT(end.code == ERR_NONE);
	CU_ASSERT(strlen(text) == 600000);
	for (size_t i = 0; text[i]; i++)
		wrong += text[i] != (char)('0' + i % 10);
	CU_ASSERT(wrong == 0);
	free(text);
	rig_release(&rig);
}

/* Three time-outs long nobody reads: that silence is not the server's. What the connection holds is more than the queue takes,
 * and the thread reads some of it in each turn. */
static void
waits_for_a_slow_reader(void)
{
	enum { TURNS = 200 };
	struct rig rig;
	struct err end;
	char *text;

	if (!clock_hold())
		return;
	rig_init(&rig, FLOOD("60000"), TIME_OUT_MS);
	rig_ask(&rig, 1, "hi", true);
	CU_ASSERT(standin_wait(rig.server, STANDIN_BLOCKED, 1, PATIENCE_MS));
	for (int i = 0; i < TURNS; i++)
		rig_turn(&rig);
	clock_pass(&rig, 3 * TIME_OUT_MS);
	text = rig_read(&rig, 1, &end);
	CU_ASSERT(end.code == ERR_NONE);
	CU_ASSERT(strlen(text) == 600000);
	free(text);
	clock_let_go();
	rig_release(&rig);
}

static void
brings_many_at_once(void)
{
	enum { STREAMS = 16 };
	struct rig rig;
	size_t bytes[STREAMS] = {0}, ended = 0;
	const struct queue_record *r;

	rig_init(&rig, FLOOD("500"), 0);
	for (uint64_t i = 0; i < STREAMS; i++)
		rig_ask(&rig, i + 1, "hi", true);
	while (ended < STREAMS && (r = rig_event(&rig))) {
		if (r->type == NET_CONTENT)
			bytes[r->id - 1] += r->size;
		ended += r->type == NET_END;
		net_consume(rig.net);
	}
	for (size_t i = 0; i < STREAMS; i++)
		HARNESS_CHECK(bytes[i] == 5000, "stream %zu brought %zu bytes", i, bytes[i]);
	rig_release(&rig);
}

static void
closes_a_cancelled_stream_at_once(void)
{
	struct rig rig;
	struct err end;
	const struct queue_record *r;
	bool content = false;

	rig_init(&rig, ONE_TOKEN_THEN "hang\n", 0);
	rig_ask(&rig, 3, "hi", true);
	while (!content && (r = rig_event(&rig))) {
		content = r->type == NET_CONTENT;
		net_consume(rig.net);
	}
	net_cancel(rig.net, 3);
	free(rig_read(&rig, 3, &end));
	CU_ASSERT(end.code == ERR_CANCELLED);
	CU_ASSERT(standin_wait(rig.server, STANDIN_LEFT, 1, PATIENCE_MS));
	/* Again, and for one that never was: nothing comes of it. */
	net_cancel(rig.net, 3);
	net_cancel(rig.net, 99);
	rig_ask(&rig, 4, "hi", true);
	net_cancel(rig.net, 4);
	free(rig_read(&rig, 4, &end));
	CU_ASSERT(end.code == ERR_CANCELLED);
	CU_ASSERT_PTR_NULL(net_peek(rig.net));
	rig_release(&rig);
}

static void
ends_with_running_streams(void)
{
	struct rig rig;

	rig_init(&rig, ONE_TOKEN_THEN "hang\n", 0);
	for (uint64_t id = 1; id < 5; id++)
		rig_ask(&rig, id, "hi", true);
	CU_ASSERT(standin_wait(rig.server, STANDIN_REQUEST, 4, PATIENCE_MS));
	rig_release(&rig);
}

/* Who it was, and how long. */
static void
expect_timed_out(const struct rig *rig, const struct err *end, bool whole)
{
	char *want = mem_printf("llama-server request timed out (%s %s in 0.4 s)",
	        whole ? "no whole reply came from" : "nothing came from", standin_endpoint(rig->server));

	HARNESS_EQUAL(end->text, want);
	free(want);
}

/* Before anything came, after something did, and when only its counts are missing. */
static void
waits_no_longer_than_its_time_out(void)
{
	static const struct {
		const char *script;
		bool whole;
		enum net_event_type until; /* NET_END: nothing comes */
		enum err_code code;
	} rows[] = {
	        {"on any\nhang\n", false, NET_END, ERR_TIMEOUT},
	        {"on any\nhang\n", true, NET_END, ERR_TIMEOUT},
	        {ONE_TOKEN_THEN "hang\n", false, NET_CONTENT, ERR_TIMEOUT},
	        {ONE_TOKEN_THEN "finish stop\nhang\n", false, NET_FINISH, ERR_NONE},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct rig rig;
		struct err end;

		if (!clock_hold())
			return;
		rig_init(&rig, rows[i].script, TIME_OUT_MS);
		rig_ask(&rig, 1, "hi", !rows[i].whole);
		CU_ASSERT(standin_wait(rig.server, STANDIN_REQUEST, 1, PATIENCE_MS));
		if (rows[i].until != NET_END)
			rig_wait(&rig, rows[i].until);
		clock_pass(&rig, TIME_OUT_MS - 1);
		HARNESS_CHECK(!net_peek(rig.net), "row %zu", i);
		clock_pass(&rig, 1);
		free(rig_read(&rig, 1, &end));
		HARNESS_CHECK(end.code == rows[i].code, "row %zu: %s: %s", i, err_name(end.code), end.text);
		if (end.code == ERR_TIMEOUT)
			expect_timed_out(&rig, &end, rows[i].whole);
		clock_let_go();
		rig_release(&rig);
	}
}

/* Pings are bytes: six of them, each well inside a time-out that all of them together pass. The stand-in has sent each when it has
 * answered what was asked after it. */
static void
takes_pings_for_a_sign_of_life(void)
{
	enum { PINGS = 6 };
	struct rig rig;
	struct err end;
	char *text;

	if (!clock_hold())
		return;
	rig_init(&rig,
	        "on any\nstream\nrole\nrepeat 6\nwait\nping\nend\nwait\ntoken \"a\"\nfinish stop\ndone\nlast\nthen\n"
	        "stream\nfinish stop\ndone\nlast\n",
	        TIME_OUT_MS);
	rig_ask(&rig, 1, "hi", true);
	CU_ASSERT(standin_wait(rig.server, STANDIN_REQUEST, 1, PATIENCE_MS));
	for (uint64_t i = 0; i < PINGS; i++) {
		clock_pass(&rig, TIME_OUT_MS / 2);
		standin_go(rig.server);
		rig_ask(&rig, 10 + i, "hi", true);
		free(rig_read(&rig, 10 + i, &end));
		CU_ASSERT(end.code == ERR_NONE);
		rig_turn(&rig);
	}
	standin_go(rig.server);
	text = rig_read(&rig, 1, &end);
	HARNESS_CHECK(end.code == ERR_NONE, "%s", end.text);
	HARNESS_EQUAL(text, "a");
	free(text);
	clock_let_go();
	rig_release(&rig);
}

static void
says_how_each_one_ended(void)
{
	static const struct {
		const char *script, *text;
		enum err_code code;
	} rows[] = {
	        {ONE_TOKEN_THEN "done\nhang\n", "a", ERR_NONE},
	        {ONE_TOKEN_THEN "reset\n", "a", ERR_INCOMPLETE},
	        {ONE_TOKEN_THEN "last\n", "a", ERR_INCOMPLETE},
	        {"on any\nclose\n", "", ERR_INCOMPLETE},
	        {"on any\nreset\n", "", ERR_INCOMPLETE},
	        {"on any\nfile wire/key-wrong.http\n", "", ERR_UNAUTHORISED},
	        {"on any\nfile wire/chat-while-loading.http\n", "", ERR_LOADING},
	        {"on any\nfile wire/error-context-stream.http\n", "", ERR_CONTEXT},
	        {"on any\nstatus 307 Temporary Redirect\nheader Location: http://example.test/\nbody \"\"\n", "",
	                ERR_REDIRECT},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct rig rig;
		struct err end;
		char *text;

		rig_init(&rig, rows[i].script, PATIENCE_MS);
		rig_ask(&rig, 1, "hi", true);
		text = rig_read(&rig, 1, &end);
		HARNESS_CHECK(end.code == rows[i].code, "row %zu: %s: %s", i, err_name(end.code), end.text);
		HARNESS_EQUAL(text, rows[i].text);
		free(text);
		rig_release(&rig);
	}
}

static void
says_that_nothing_listens(void)
{
	struct rig rig;
	struct err end;
	char *want;

	rig_init(&rig, "on any\nhang\n", 0);
	standin_listen(rig.server, false);
	rig_ask(&rig, 1, "hi", true);
	free(rig_read(&rig, 1, &end));
	want = mem_printf("llama-server not running at %s", standin_endpoint(rig.server));
	CU_ASSERT(end.code == ERR_UNREACHABLE);
	HARNESS_EQUAL(end.text, want);
	free(want);
	rig_release(&rig);
}

/* A program that is started meanwhile must not keep a connection open. */
static void
closes_its_sockets_on_exec(void)
{
	struct rig rig;
	size_t sockets = 0;

	rig_init(&rig, ONE_TOKEN_THEN "hang\n", 0);
	rig_ask(&rig, 1, "hi", true);
	net_watch(rig.net, 2, (const struct model_client *const *)&rig.client, 1);
	CU_ASSERT(standin_wait(rig.server, STANDIN_REQUEST, 2, PATIENCE_MS));
	for (int fd = 3; fd < 1024; fd++) {
		struct sockaddr_storage address;
		socklen_t size = sizeof(address);

		if (getsockname(fd, (struct sockaddr *)&address, &size) < 0 || address.ss_family != AF_INET)
			continue;
		sockets++;
		HARNESS_CHECK(fcntl(fd, F_GETFD) & FD_CLOEXEC, "descriptor %d", fd);
	}
	CU_ASSERT(sockets >= 5); /* the listener, and two ends each */
	rig_release(&rig);
}

/* A stream before and one after it are as ever. */
static void
says_that_it_cannot_be_encoded(void)
{
	struct rig rig;
	struct err end;

	rig_init(&rig, FLOOD("10"), 0);
	rig_ask(&rig, 1, "hi", true);
	for (uint64_t id = 2; id < 4; id++) {
		CU_ASSERT(net_chat(rig.net, id, rig.client, rig_bad_order(), &end));
		free(rig_read(&rig, id, &end));
		CU_ASSERT(end.code == ERR_LIMIT);
	}
	rig_ask(&rig, 4, "hi", true);
	free(rig_read(&rig, 4, &end));
	CU_ASSERT(end.code == ERR_NONE);
	CU_ASSERT(net_chat(rig.net, 5, rig.client, rig_bad_order(), &end));
	rig_release(&rig);
}

static struct chat_order *
long_order(struct buf *text)
{
	struct chat_order *order = chat_order_new(1);

	while (text->len < 4 << 20)
		buf_puts(text, "many words of a long chat, ");
	chat_order_add(order, CHAT_USER, text, NULL, NULL);
	order->stream = true;
	return order;
}

/* Asks a long chat, then a short one, which is sent while the long one is being encoded. False: this thread had no processor
 * until it was. */
static bool
overtakes(struct rig *rig, int round, struct buf *text)
{
	uint64_t id = 10 + 2 * (uint64_t)round;
	struct err end;
	char *request;
	size_t n;
	bool overtakes;

	CU_ASSERT(net_chat(rig->net, id, rig->client, long_order(text), &end));
	rig_ask(rig, id + 1, "hi", true);
	free(rig_read(rig, id, &end));
	CU_ASSERT(end.code == ERR_NONE);
	CU_ASSERT(standin_wait(rig->server, STANDIN_REQUEST, 2 * (size_t)round + 2, PATIENCE_MS));
	request = standin_request(rig->server, 2 * (size_t)round + 1, &n);
	CU_ASSERT_FATAL(request != NULL);
	overtakes = n > text->len;
	CU_ASSERT(!overtakes || strstr(request, buf_text(text)) != NULL);
	free(request);
	return overtakes;
}

/* It is encoded in many turns of the thread, and may be stopped before the last. */
static void
encodes_a_long_chat_in_slices(void)
{
	struct rig rig;
	struct buf text = {0};
	struct err end;
	int round = 0;
	enum { ROUNDS = 50 };

	rig_init(&rig, FLOOD("1"), 0);
	while (round < ROUNDS && !overtakes(&rig, round, &text))
		round++;
	HARNESS_CHECK(round < ROUNDS, "nothing is sent while a long chat is encoded");
	CU_ASSERT(net_chat(rig.net, 3, rig.client, long_order(&text), &end));
	net_cancel(rig.net, 3);
	free(rig_read(&rig, 3, &end));
	CU_ASSERT(end.code == ERR_CANCELLED);
	CU_ASSERT(net_call_about(rig.net, 4, rig.client, long_order(&text), PATIENCE_MS, &end));
	CU_ASSERT(net_chat(rig.net, 5, rig.client, long_order(&text), &end)); /* is being encoded at the end */
	rig_release(&rig);
	buf_release(&text);
}

/* Its texts are those of a conversation that is gone by then. */
static void
sends_what_was_ordered(void)
{
	struct rig rig;
	struct buf text = {0};
	struct chat_order *order = chat_order_new(2);
	struct err end;
	char *request;

	rig_init(&rig, FLOOD("1"), 0);
	for (int i = 0; i < 100000; i++)
		buf_puts(&text, "0123456789");
	chat_order_add(order, CHAT_USER, &text, NULL, NULL);
	chat_order_add(order, CHAT_USER, &text, NULL, NULL);
	order->stream = true;
	CU_ASSERT(net_chat(rig.net, 1, rig.client, order, &end));
	buf_truncate(&text, 1);
	buf_puts(&text, "another");
	buf_release(&text);
	free(rig_read(&rig, 1, &end));
	CU_ASSERT(end.code == ERR_NONE);
	request = standin_request(rig.server, 0, NULL);
	CU_ASSERT(strstr(request, "Content-Length: 20001") != NULL);
	CU_ASSERT_PTR_NULL(strstr(request, "another"));
	free(request);
	rig_release(&rig);
}

CU_TestInfo stream_tests[] = {
        {"brings a reply", brings_a_reply},
        {"loses nothing when the queue is full", loses_nothing_when_the_queue_is_full},
        {"waits for a slow reader", waits_for_a_slow_reader},
        {"brings many at once", brings_many_at_once},
        {"closes a cancelled stream at once", closes_a_cancelled_stream_at_once},
        {"ends with running streams", ends_with_running_streams},
        {"waits no longer than its time-out", waits_no_longer_than_its_time_out},
        {"takes pings for a sign of life", takes_pings_for_a_sign_of_life},
        {"says how each one ended", says_how_each_one_ended},
        {"closes its sockets on exec", closes_its_sockets_on_exec},
        {"says that nothing listens", says_that_nothing_listens},
        {"encodes a long chat in slices", encodes_a_long_chat_in_slices},
        {"says that it cannot be encoded", says_that_it_cannot_be_encoded},
        {"sends what was ordered", sends_what_was_ordered},
        CU_TEST_INFO_NULL,
};
