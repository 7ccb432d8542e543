/*
 * standin.c - the stand-in itself, talked to over plain sockets.
 */
#include "demo/standin.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "tests/demo/tests.h"
#include "tests/harness.h"

enum {
	PATIENCE_MS = 10000,
};

static const char get[] = "GET /health HTTP/1.1\r\nHost: x\r\n\r\n";

/* ---- a client ---- */

static struct standin *
start(const char *script)
{
	char *dir = harness_path("wire");
	struct err err;
	struct standin *s = standin_new(script, dir, NULL, &err);

	free(dir);
	if (!s)
		HARNESS_EQUAL(err.text, "a stand-in that starts");
	CU_ASSERT_PTR_NOT_NULL_FATAL(s);
	return s;
}

/* A connected socket, or -1 when it is refused. */
static int
dial(const struct standin *s)
{
	struct sockaddr_in in = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	struct sockaddr_un local = {.sun_family = AF_UNIX};
	const char *endpoint = standin_endpoint(s);
	bool tcp = strncmp(endpoint, "http://127.0.0.1:", 17) == 0;
	int fd = socket(tcp ? AF_INET : AF_UNIX, SOCK_STREAM, 0);

	in.sin_port = htons((uint16_t)strtoul(endpoint + 17, NULL, 10));
	if (!tcp)
		snprintf(local.sun_path, sizeof(local.sun_path), "%s", endpoint + 5);
	if ((tcp ? connect(fd, (struct sockaddr *)&in, sizeof(in))
	         : connect(fd, (struct sockaddr *)&local, sizeof(local))) == 0)
		return fd;
	close(fd);
	return -1;
}

static void
say(int fd, const char *text)
{
	CU_ASSERT(send(fd, text, strlen(text), MSG_NOSIGNAL) == (ssize_t)strlen(text));
}

/* Reads until `n` bytes are there (0: no limit), the other side has closed, or an error, which is then the end of what
 * is returned. */
static char *
hear(int fd, size_t n)
{
	struct buf all = {0};
	char bytes[65536];

	while (n == 0 || all.len < n) {
		struct pollfd p = {fd, POLLIN, 0};
		ssize_t got = poll(&p, 1, PATIENCE_MS) == 1 ? recv(fd, bytes, n ? n - all.len : sizeof(bytes), 0) : -1;

		if (got < 0)
			buf_puts(&all, errno == ECONNRESET ? "(reset)" : "(silence)");
		if (got <= 0)
			break;
		buf_put(&all, bytes, (size_t)got);
	}
	buf_puts(&all, "");
	return buf_take(&all);
}

static void
expect_first(int fd, const char *want)
{
	char *have = hear(fd, strlen(want));

	HARNESS_EQUAL(have, want);
	free(have);
}

static void
expect(int fd, const char *want)
{
	char *have = hear(fd, 0);

	HARNESS_EQUAL(have, want);
	free(have);
	close(fd);
}

static void
expect_answer(const struct standin *s, const char *request, const char *want)
{
	int fd = dial(s);

	say(fd, request);
	expect(fd, want);
}

static bool
is_silent(int fd)
{
	struct pollfd p = {fd, POLLIN, 0};

	return poll(&p, 1, 20) == 0;
}

/* ---- tests ---- */

static void
a_request_gets_the_answer_of_its_route(void)
{
	struct standin *s = start("model M\npace 1\non GET /health\nsend \"well\"\non POST /v1/*\nsend \"chat\"");
	int fd = dial(s);

	expect_answer(s, get, "well");
	expect_answer(s, "POST /v1/x HTTP/1.1\r\n\r\n", "chat");
	say(fd, "GET /else HTTP/1.1\r\n\r\n");
	char *answer = hear(fd, 0);
	HARNESS_CHECK(strstr(answer, "HTTP/1.1 404 Not Found\r\n") == answer, "%s", answer);
	free(answer);
	close(fd);
	standin_free(s);
}

static void
a_chat_gets_its_count(void)
{
	struct standin *s = start("on POST /v1/chat/completions/input_tokens\ncount");

	expect_answer(s,
	        "POST /v1/chat/completions/input_tokens HTTP/1.1\r\nContent-Length: 33\r\n\r\n"
	        "{\"role\":\"user\",\"content\":\"a b c\"}",
	        "HTTP/1.1 200 OK\r\nServer: llama.cpp\r\nContent-Type: application/json; charset=utf-8\r\n"
	        "Content-Length: 52\r\n\r\n{\"input_tokens\":10,\"object\":\"response.input_tokens\"}");
	standin_free(s);
}

/* The server knows what came before the last prompt, if it has replied to that. */
static void
a_chat_gets_timings_that_are_its_count(void)
{
	static const struct {
		const char *body, *usage, *timings;
	} rows[] = {
	        {"[{\"role\":\"system\",\"content\":\"x\"},{\"role\":\"user\",\"content\":\"a b c\"}]",
	                "\"usage\":{\"completion_tokens\":2,\"prompt_tokens\":15,\"total_tokens\":17}",
	                "\"cache_n\":0,\"prompt_n\":15,\"predicted_n\":2,"},
	        {"[{\"role\":\"user\",\"content\":\"a b\"},{\"role\":\"assistant\",\"content\":\"c\"},"
	         "{\"role\":\"user\",\"content\":\"d e f\"}]",
	                "\"usage\":{\"completion_tokens\":2,\"prompt_tokens\":21,\"total_tokens\":23}",
	                "\"cache_n\":11,\"prompt_n\":10,\"predicted_n\":2,"},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct standin *s = start("on any\nstream\n| One two\ntimings\nlast");
		int fd = dial(s);
		char *answer;

		say(fd, "POST /v1/chat/completions HTTP/1.1\r\nContent-Length: ");
		answer = mem_printf("%zu\r\n\r\n%s", strlen(rows[i].body), rows[i].body);
		say(fd, answer);
		free(answer);
		answer = hear(fd, 0);
		HARNESS_CHECK(
		        strstr(answer, rows[i].usage) && strstr(answer, rows[i].timings), "row %zu: %s", i, answer);
		HARNESS_CHECK(strstr(answer, "}\n\n\r\n0\r\n\r\n") != NULL, "row %zu: %s", i, answer);
		free(answer);
		close(fd);
		standin_free(s);
	}
}

static void
answers_come_in_their_order(void)
{
	struct standin *s = start("on any\nsend \"1\"\nthen\nsend \"2\"\nthen\nsend \"more\"");

	expect_answer(s, get, "1");
	expect_answer(s, get, "2");
	expect_answer(s, get, "more");
	expect_answer(s, get, "more");
	standin_free(s);
}

static void
the_whole_request_is_read_and_kept(void)
{
	struct standin *s = start("send \"ok\"");
	int fd = dial(s);
	char *request;
	size_t len;

	say(fd, "POST / HTTP/1.1\r\ncontent-length: 6\r\n\r\nabc");
	CU_ASSERT(is_silent(fd));
	CU_ASSERT_PTR_NULL(standin_request(s, 0, NULL));
	say(fd, "def");
	expect(fd, "ok");
	request = standin_request(s, 0, &len);
	HARNESS_EQUAL(request, "POST / HTTP/1.1\r\ncontent-length: 6\r\n\r\nabcdef");
	CU_ASSERT_EQUAL(len, strlen(request));
	CU_ASSERT_PTR_NULL(standin_request(s, 1, NULL));
	CU_ASSERT_EQUAL(standin_count(s, STANDIN_REQUEST), 1);
	free(request);
	standin_free(s);
}

static void
who_waits_for_100_is_told_to_go_on(void)
{
	static const char go_on[] = "HTTP/1.1 100 Continue\r\n\r\n";
	struct standin *s = start("send \"ok\"");
	int fd = dial(s);

	say(fd, "POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
	expect_first(fd, go_on);
	say(fd, "ab");
	expect(fd, "ok");
	standin_free(s);
}

static void
keep_serves_the_next_request(void)
{
	struct standin *s = start("on any\nsend \"1\"\nkeep\nthen\nsend \"2\"");
	int fd = dial(s);

	say(fd, get);
	expect_first(fd, "1");
	say(fd, get);
	expect(fd, "2");
	CU_ASSERT_EQUAL(standin_count(s, STANDIN_CONNECTED), 1);
	fd = dial(s);
	say(fd, get);
	expect(fd, "2");
	standin_free(s);
}

static void
requests_may_come_in_one_piece(void)
{
	struct standin *s = start("on any\nsend \"1\"\nkeep\nthen\nsend \"2\"");

	expect_answer(s, "GET / HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\n\r\n", "12");
	standin_free(s);
}

static void
on_connect_speaks_before_the_request(void)
{
	struct standin *s = start("on connect\nsend \"hello \"\non any\nsend \"there\"");
	int fd = dial(s);

	expect_first(fd, "hello ");
	say(fd, get);
	expect(fd, "there");
	standin_free(s);
}

static void
repeats_may_hold_repeats(void)
{
	struct standin *s = start("repeat 2\nsend \"a\"\nrepeat 3\nsend \"b\"\nend\nend\nsend \"c\"");

	expect_answer(s, get, "abbbabbbc");
	standin_free(s);
}

static void
cuts_change_no_byte(void)
{
	static const char *const cuts[] = {"cut 0", "cut 1", "cut 7", "cut 1000"};
	char *path = harness_path("wire/chat-unicode-stream.http");
	size_t len;
	char *want = harness_read(path, &len);

	for (size_t i = 0; i < ARRAY_LEN(cuts); i++) {
		char *script = mem_printf("%s\nfile chat-unicode-stream.http", cuts[i]);
		struct standin *s = start(script);

		expect_answer(s, get, want);
		standin_free(s);
		free(script);
	}
	free(want);
	free(path);
}

static void
a_large_answer_arrives_whole(void)
{
	struct standin *s = start("repeat 4096\nrepeat 256\nsend \"0123456789abcdef\"\nend\nend");
	int fd = dial(s);
	char *answer;

	say(fd, get);
	CU_ASSERT(standin_wait(s, STANDIN_BLOCKED, 1, PATIENCE_MS));
	answer = hear(fd, 0);
	CU_ASSERT_EQUAL(strlen(answer), 16u << 20);
	free(answer);
	close(fd);
	standin_free(s);
}

static void
a_delay_takes_its_time(void)
{
	struct standin *s = start("send \"a\"\ndelay 30\nsend \"b\"");
	int64_t began = clock_ms();

	expect_answer(s, get, "ab");
	HARNESS_CHECK(clock_ms() - began >= 30, "%d ms", (int)(clock_ms() - began));
	standin_free(s);
}

static void
wait_goes_on_when_told(void)
{
	struct standin *s = start("send \"a\"\nwait\nsend \"b\"");
	int fd = dial(s);

	say(fd, get);
	expect_first(fd, "a");
	CU_ASSERT(is_silent(fd));
	standin_go(s);
	expect(fd, "b");
	standin_free(s);
}

static void
what_is_held_holds_for_a_while(void)
{
	struct standin *s = start("on GET /health while busy\nsend \"busy\"\non GET /health while past\nsend \"past\"\n"
	                          "on GET /health\nhold past 0\nhold busy 60000\nsend \"free\"\n"
	                          "on POST /end\nhold busy 0\nsend \"ended\"");

	for (int i = 0; i < 2; i++) {
		expect_answer(s, get, "free");
		expect_answer(s, get, "busy");
		expect_answer(s, get, "busy");
		expect_answer(s, "POST /end HTTP/1.1\r\n\r\n", "ended");
	}
	standin_free(s);
}

/* On another connection, which nobody speaks to meanwhile. */
static void
an_answer_may_wait_for_what_is_held(void)
{
	struct standin *s = start(
	        "on GET /*\nsend \"a\"\nuntil there\nsend \"b\"\nuntil there\nsend \"c\"\n"
	        "on POST /load with \"\\\"x\\\"\"\nhold there 60000\nsend \"x\"\non POST /load\nsend \"other\"\n");
	int fd = dial(s);

	say(fd, get);
	expect_first(fd, "a");
	expect_answer(s, "POST /load HTTP/1.1\r\nContent-Length: 4\r\n\r\n\"xy\"", "other");
	CU_ASSERT(is_silent(fd));
	expect_answer(s, "POST /load HTTP/1.1\r\nContent-Length: 3\r\n\r\n\"x\"", "x");
	expect(fd, "bc");
	standin_free(s);
}

static void
the_last_message_chooses_the_answer(void)
{
	struct standin *s = start("on POST /v1/* when \"slow\"\nsend \"S\"\nkeep\non POST /v1/*\nsend \"F\"\nkeep\n"
	                          "on GET /end\nsend \".\"\n");

	/* In one piece: the words of one request are not those of the next. */
	expect_answer(s,
	        "POST /v1/x HTTP/1.1\r\nContent-Length: 16\r\n\r\n{\"content\":\"one\""
	        "POST /v1/x HTTP/1.1\r\nContent-Length: 17\r\n\r\n{\"content\":\"slow\""
	        "POST /v1/x HTTP/1.1\r\nContent-Length: 15\r\n\r\n{\"content\":\"two"
	        "GET /end HTTP/1.1\r\nX: slow\"\r\n\r\n",
	        "FSF.");
	standin_free(s);
}

static void
several_connections_are_served_at_once(void)
{
	enum { N = 8 };
	struct standin *s = start("send \"a\"\nwait\nsend \"b\"");
	int fds[N];

	for (int i = 0; i < N; i++) {
		fds[i] = dial(s);
		say(fds[i], get);
	}
	for (int i = 0; i < N; i++)
		expect_first(fds[i], "a");
	for (int i = 0; i < N; i++)
		standin_go(s);
	for (int i = 0; i < N; i++)
		expect(fds[i], "b");
	standin_free(s);
}

static void
reset_breaks_the_connection(void)
{
	struct standin *s = start("on GET /health\nsend \"a\"\nwait\nreset");
	int fd = dial(s);

	say(fd, get);
	expect_first(fd, "a");
	standin_go(s);
	expect(fd, "(reset)");
	standin_free(s);
}

static void
hang_says_nothing_and_notices_who_leaves(void)
{
	struct standin *s = start("send \"a\"\nhang");
	int fd = dial(s);

	say(fd, get);
	expect_first(fd, "a");
	CU_ASSERT(is_silent(fd));
	CU_ASSERT_EQUAL(standin_count(s, STANDIN_LEFT), 0);
	close(fd);
	CU_ASSERT(standin_wait(s, STANDIN_LEFT, 1, PATIENCE_MS));
	CU_ASSERT(standin_wait(s, STANDIN_CLOSED, 1, PATIENCE_MS));
	CU_ASSERT_FALSE(standin_wait(s, STANDIN_LEFT, 2, 1));
	standin_free(s);
}

static void
shutdown_ends_our_side_only(void)
{
	struct standin *s = start("send \"a\"\nshutdown\nhang");
	int fd = dial(s);

	say(fd, get);
	expect(fd, "a");
	CU_ASSERT(standin_wait(s, STANDIN_LEFT, 1, PATIENCE_MS));
	standin_free(s);
}

static void
refuse_listens_no_more(void)
{
	struct standin *s = start("on any\nrefuse\nsend \"a\"");

	expect_answer(s, get, "a");
	CU_ASSERT_EQUAL(dial(s), -1);
	standin_listen(s, true);
	expect_answer(s, get, "a");
	standin_free(s);
}

static void
a_server_goes_down_and_comes_back(void)
{
	struct standin *s = start("refuse\non any\nsend \"a\"\nhang");
	int fd;

	CU_ASSERT_EQUAL(dial(s), -1);
	standin_listen(s, true);
	fd = dial(s);
	say(fd, get);
	expect_first(fd, "a");
	standin_listen(s, false);
	expect(fd, "");
	CU_ASSERT_EQUAL(dial(s), -1);
	standin_free(s);
}

static void
a_unix_socket_serves_too(void)
{
	char *path = mem_printf("/tmp/standin-%d.sock", (int)getpid()), *endpoint = mem_printf("unix:%s", path);
	struct err err;
	struct standin *s = standin_new("send \"a\"", NULL, path, &err);

	CU_ASSERT_PTR_NOT_NULL_FATAL(s);
	HARNESS_EQUAL(standin_endpoint(s), endpoint);
	expect_answer(s, get, "a");
	standin_listen(s, false);
	CU_ASSERT_EQUAL(access(path, F_OK), 0);
	CU_ASSERT_EQUAL(dial(s), -1);
	standin_free(s);
	CU_ASSERT_NOT_EQUAL(access(path, F_OK), 0);
	free(endpoint);
	free(path);
}

static void
what_is_no_http_gets_a_400(void)
{
	struct standin *s = start("send \"a\"");
	int fd = dial(s);
	char *answer;

	say(fd, "\x16\x03\x01");
	answer = hear(fd, 0);
	HARNESS_CHECK(strstr(answer, "HTTP/1.1 400 ") == answer, "%s", answer);
	free(answer);
	close(fd);
	standin_free(s);
}

static void
it_ends_at_once(void)
{
	struct standin *s = start("delay 60000");
	int fd = dial(s);
	int64_t began;

	say(fd, get);
	CU_ASSERT(standin_wait(s, STANDIN_REQUEST, 1, PATIENCE_MS));
	began = clock_ms();
	standin_free(s);
	HARNESS_CHECK(clock_ms() - began < 5000, "%d ms", (int)(clock_ms() - began));
	expect(fd, "");
	standin_free(NULL);
}

CU_TestInfo standin_tests[] = {
        {"a request gets the answer of its route", a_request_gets_the_answer_of_its_route},
        {"a chat gets its count", a_chat_gets_its_count},
        {"a chat gets timings that are its count", a_chat_gets_timings_that_are_its_count},
        {"answers come in their order", answers_come_in_their_order},
        {"the whole request is read and kept", the_whole_request_is_read_and_kept},
        {"who waits for 100 is told to go on", who_waits_for_100_is_told_to_go_on},
        {"keep serves the next request", keep_serves_the_next_request},
        {"requests may come in one piece", requests_may_come_in_one_piece},
        {"on connect speaks before the request", on_connect_speaks_before_the_request},
        {"repeats may hold repeats", repeats_may_hold_repeats},
        {"cuts change no byte", cuts_change_no_byte},
        {"a large answer arrives whole", a_large_answer_arrives_whole},
        {"a delay takes its time", a_delay_takes_its_time},
        {"wait goes on when told", wait_goes_on_when_told},
        {"what is held holds for a while", what_is_held_holds_for_a_while},
        {"an answer may wait for what is held", an_answer_may_wait_for_what_is_held},
        {"the last message chooses the answer", the_last_message_chooses_the_answer},
        {"several connections are served at once", several_connections_are_served_at_once},
        {"reset breaks the connection", reset_breaks_the_connection},
        {"hang says nothing and notices who leaves", hang_says_nothing_and_notices_who_leaves},
        {"shutdown ends our side only", shutdown_ends_our_side_only},
        {"refuse listens no more", refuse_listens_no_more},
        {"a server goes down and comes back", a_server_goes_down_and_comes_back},
        {"a unix socket serves too", a_unix_socket_serves_too},
        {"what is no HTTP gets a 400", what_is_no_http_gets_a_400},
        {"it ends at once", it_ends_at_once},
        CU_TEST_INFO_NULL,
};
