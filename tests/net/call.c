/*
 * call.c - a small request and its whole answer, or why there is none; and that neither disturbs a stream.
 */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "llama/control.h"
#include "llama/token_count.h"
#include "tests/harness.h"
#include "tests/net/tests.h"

enum {
	CALL = 77,
	LONG_MS = 20000,
	BIG = 100 * 1024, /* bytes: over many records, and less than the queue holds */
};

static void
call(struct rig *rig, int64_t limit_ms)
{
	struct http_request request;
	struct err err;

	CU_ASSERT_TRUE_FATAL(control_end_thinking(rig->client, "c-1", &request, &err));
	CU_ASSERT_TRUE_FATAL(net_call(rig->net, CALL, &request, limit_ms, &err));
}

/* Until the answer is whole; its body is the caller's to release. */
static struct net_answer
read_answer(struct rig *rig, struct buf *body)
{
	struct net_answer answer = {0};
	const struct queue_record *r;
	bool whole = false;

	while (!whole && (r = rig_event(rig)) != NULL) {
		whole = r->id == CALL && r->type == NET_ANSWER;
		if (whole)
			memcpy(&answer, r->data, sizeof(answer));
		else if (r->id == CALL && r->type == NET_ANSWER_BODY)
			buf_put(body, (const char *)r->data, r->size);
		net_consume(rig->net);
	}
	CU_ASSERT(whole);
	return answer;
}

static void
brings_the_whole_answer(void)
{
	static const struct {
		const char *script;
		int status;
		enum err_code code;
		const char *body;
	} rows[] = {
	        {"on POST /v1/chat/completions/control\njson 200 {\"success\":true}\n", 200, ERR_NONE,
	                "{\"success\":true}"},
	        {"on any\njson 400 {\"error\":{}}\n", 400, ERR_NONE, "{\"error\":{}}"},
	        {"on any\nstatus 204 No Content\nblank\n", 204, ERR_NONE, ""},
	        {"on any\nsend \"HTTP/1.1 200 OK\\r\\nContent-Length: 9\\r\\n\\r\\nhalf\"\nclose\n", 200,
	                ERR_INCOMPLETE, "half"},
	        {"on any\nreset\n", 0, ERR_INCOMPLETE, ""},
	        {"refuse\non any\nhang\n", 0, ERR_UNREACHABLE, ""},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct rig rig;
		struct net_answer answer;
		struct buf body = {0};

		rig_init(&rig, rows[i].script, 0);
		call(&rig, LONG_MS);
		answer = read_answer(&rig, &body);
		HARNESS_CHECK(answer.status == rows[i].status && answer.broken.code == rows[i].code,
		        "row %zu: %d, %s: %s", i, answer.status, err_name(answer.broken.code), answer.broken.text);
		HARNESS_EQUAL(buf_text(&body), rows[i].body);
		buf_release(&body);
		rig_release(&rig);
	}
}

static void
brings_a_long_answer_in_order(void)
{
	struct rig rig;
	struct net_answer answer;
	struct buf body = {0};

	rig_init(&rig,
	        "on any\nsend \"HTTP/1.1 200 OK\\r\\nContent-Length: 102400\\r\\n\\r\\n\"\nsend \"0123456789abcdef\" * "
	        "6400\n"
	        "close\n",
	        0);
	call(&rig, LONG_MS);
	answer = read_answer(&rig, &body);
	CU_ASSERT(answer.broken.code == ERR_NONE && body.len == BIG);
	for (size_t i = 0; i < body.len; i += 16)
		if (memcmp(body.data + i, "0123456789abcdef", 16) != 0) {
			CU_FAIL("out of order");
			break;
		}
	buf_release(&body);
	rig_release(&rig);
}

static void
waits_no_longer_than_it_may(void)
{
	struct rig rig;
	struct net_answer answer;
	struct buf body = {0};

	rig_init(&rig, "on any\nhang\n", 0);
	call(&rig, 30);
	answer = read_answer(&rig, &body);
	CU_ASSERT(answer.broken.code == ERR_TIMEOUT && answer.status == 0);
	buf_release(&body);
	rig_release(&rig);
}

static void
leaves_a_stream_alone(void)
{
	struct rig rig;
	struct net_answer answer;
	struct buf body = {0};
	struct err end;
	char *text;

	rig_init(&rig,
	        "on POST /v1/chat/completions/control\njson 200 {}\non POST /v1/chat/completions\nstream\ntoken "
	        "\"a\"\nwait\n"
	        "token \"b\"\nfinish stop\ndone\nlast\n",
	        0);
	rig_ask(&rig, 1, "hi", true);
	call(&rig, LONG_MS);
	answer = read_answer(&rig, &body);
	CU_ASSERT(answer.status == 200);
	standin_go(rig.server);
	text = rig_read(&rig, 1, &end);
	CU_ASSERT(end.code == ERR_NONE && strchr(text, 'b') != NULL);
	free(text);
	buf_release(&body);
	rig_release(&rig);
}

/* ---- events ---- */

static void
follow(struct rig *rig)
{
	struct http_request request;
	struct err err;

	CU_ASSERT_TRUE_FATAL(control_end_thinking(rig->client, "c-1", &request, &err));
	CU_ASSERT_TRUE_FATAL(net_follow(rig->net, CALL, &request, &err));
}

/* The next event's text; NULL: the answer has ended, and `answer` says how. Yours. */
static char *
read_event(struct rig *rig, struct net_answer *answer)
{
	const struct queue_record *r;
	char *text = NULL;
	bool found = false;

	while (!found && (r = rig_event(rig)) != NULL) {
		found = r->id == CALL && (r->type == NET_EVENT || r->type == NET_ANSWER);
		if (found && r->type == NET_ANSWER)
			memcpy(answer, r->data, sizeof(*answer));
		else if (found)
			text = mem_strndup((const char *)r->data, r->size);
		net_consume(rig->net);
	}
	CU_ASSERT_TRUE(found);
	return text;
}

static void
expect_event(struct rig *rig, const char *want)
{
	struct net_answer answer;
	char *text = read_event(rig, &answer);

	HARNESS_EQUAL(text ? text : "(end)", want);
	free(text);
}

/* Each is there while the answer goes on. */
static void
follows_events(void)
{
	struct rig rig;
	struct net_answer answer = {.status = -1};

	rig_init(&rig,
	        "on any\nstream\nwrite \"data: {\\\"a\\\":1}\\n\\n:\\n\\ndata: tw\"\nwait\nwrite \"o\\n\\n\"\nwait\n"
	        "write \"data: three\\n\\n\"\nlast\n",
	        0);
	follow(&rig);
	expect_event(&rig, "");
	expect_event(&rig, "{\"a\":1}");
	standin_go(rig.server);
	expect_event(&rig, "two");
	standin_go(rig.server);
	expect_event(&rig, "three");
	CU_ASSERT_PTR_NULL(read_event(&rig, &answer));
	CU_ASSERT(answer.status == 200 && answer.broken.code == ERR_NONE);
	rig_release(&rig);
}

/* More than the queue holds, and none is lost. */
static void
follows_many_events(void)
{
	enum { MANY = 20000 };
	struct rig rig;
	struct net_answer answer;
	size_t n = 0;
	char *text;

	rig_init(&rig,
	        "on any\nstream\nrepeat 200\nwrite \"data: 0123456789abcdef0123456789abcdef\\n\\n\" * 100\nend\nlast\n",
	        0);
	follow(&rig);
	expect_event(&rig, "");
	CU_ASSERT_TRUE(standin_wait(rig.server, STANDIN_REQUEST, 1, LONG_MS));
	while ((text = read_event(&rig, &answer)) != NULL) {
		n += strcmp(text, "0123456789abcdef0123456789abcdef") == 0;
		free(text);
	}
	HARNESS_CHECK(n == MANY, "%zu events", n);
	CU_ASSERT(answer.broken.code == ERR_NONE);
	rig_release(&rig);
}

static void
tells_that_an_event_was_too_long(void)
{
	struct rig rig;

	rig_init(
	        &rig, "on any\nstream\nwrite \"data: \"\nwrite \"x\" * 5000\nwrite \"\\n\\ndata: y\\n\\n\"\nhang\n", 0);
	follow(&rig);
	expect_event(&rig, "");
	expect_event(&rig, "");
	expect_event(&rig, "y");
	rig_release(&rig);
}

static void
follows_nothing_that_is_refused(void)
{
	struct rig rig;
	struct net_answer answer;
	struct buf body = {0};

	rig_init(&rig, "on any\njson 404 {\"error\":{}}\n", 0);
	follow(&rig);
	answer = read_answer(&rig, &body);
	CU_ASSERT(answer.status == 404 && answer.broken.code == ERR_NONE);
	HARNESS_EQUAL(buf_text(&body), "{\"error\":{}}");
	buf_release(&body);
	rig_release(&rig);
}

static void
leaves_when_it_is_cancelled(void)
{
	struct rig rig;

	rig_init(&rig, "on any\nstream\nwrite \"data: 1\\n\\n\"\nhang\n", 0);
	follow(&rig);
	expect_event(&rig, "");
	expect_event(&rig, "1");
	net_cancel(rig.net, CALL);
	CU_ASSERT_TRUE(standin_wait(rig.server, STANDIN_LEFT, 1, LONG_MS));
	rig_release(&rig);
}

/* Its connection is closed; nothing of it is read. */
static void
ends_with_the_net(void)
{
	struct rig rig;

	rig_init(&rig, "on any\nhang\n", 0);
	call(&rig, LONG_MS);
	rig_release(&rig);
}

static void
asks_about_a_chat(void)
{
	struct rig rig;
	struct chat_order *order = chat_order_new(1);
	struct net_answer answer;
	struct buf body = {0};
	struct err err;
	char *request;

	rig_init(&rig, "on POST /v1/chat/completions/input_tokens\njson 200 {\"input_tokens\":3}\n", 0);
	chat_order_add_text(order, CHAT_USER, "hi");
	order->path = TOKEN_COUNT_PATH;
	CU_ASSERT(net_call_about(rig.net, CALL, rig.client, order, LONG_MS, &err));
	answer = read_answer(&rig, &body);
	CU_ASSERT(answer.status == 200);
	HARNESS_EQUAL(buf_text(&body), "{\"input_tokens\":3}");
	request = standin_request(rig.server, 0, NULL);
	CU_ASSERT(strstr(request, "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"stream\":false}") != NULL);
	free(request);
	buf_clear(&body);
	CU_ASSERT(net_call_about(rig.net, CALL, rig.client, rig_bad_order(), LONG_MS, &err));
	answer = read_answer(&rig, &body);
	CU_ASSERT(answer.status == 0 && body.len == 0);
	CU_ASSERT(answer.broken.code == ERR_LIMIT);
	buf_release(&body);
	rig_release(&rig);
}

CU_TestInfo call_tests[] = {
        {"brings the whole answer", brings_the_whole_answer},
        {"brings a long answer in order", brings_a_long_answer_in_order},
        {"waits no longer than it may", waits_no_longer_than_it_may},
        {"leaves a stream alone", leaves_a_stream_alone},
        {"follows events", follows_events},
        {"follows many events", follows_many_events},
        {"tells that an event was too long", tells_that_an_event_was_too_long},
        {"follows nothing that is refused", follows_nothing_that_is_refused},
        {"leaves when it is cancelled", leaves_when_it_is_cancelled},
        {"ends with the net", ends_with_the_net},
        {"asks about a chat", asks_about_a_chat},
        CU_TEST_INFO_NULL,
};
