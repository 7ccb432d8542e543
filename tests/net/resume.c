/*
 * resume.c - replies whose connection is lost: taken up where they were, or ended as before; and that a server which keeps a reply
 * is told when nobody wants it any more.
 */
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "tests/cutter.h"
#include "tests/harness.h"
#include "tests/net/held_clock.h"
#include "tests/net/tests.h"

#define ID     "0a1b2c3d-0000-4000-8000-00000000000f"
#define RESUME "resumes\n"
#define CHAT   "on POST /v1/chat/completions\nstream\nrole\n"

enum {
	HASTE = 20,   /* 200 ms become 10 */
	AT_ONCE = 16, /* replies */
	REPLIES_USUAL = 20,
};

/* ---- what came of a reply ---- */

static void
put_event(struct buf *out, const struct chat_event *e)
{
	switch (e->type) {
	case CHAT_EVENT_CONTENT:
	case CHAT_EVENT_FINISH:
		buf_put(out, e->text, e->len);
		break;
	case CHAT_EVENT_REASONING:
		buf_printf(out, "(%.*s)", (int)e->len, e->text);
		break;
	case CHAT_EVENT_USAGE:
		buf_printf(out, "<%lld>", (long long)e->usage.completion_tokens);
		break;
	default:
		break;
	}
}

/* Takes one record, of a stream from 1 to n. True: it is the last one of its stream. */
static bool
take_record(const struct queue_record *r, struct buf *texts, struct err *ends, size_t n)
{
	struct chat_event event;

	if (r->id < 1 || r->id > n)
		return false;
	if (r->type == NET_END)
		memcpy(&ends[r->id - 1], r->data, sizeof(*ends));
	else if (event_read(r, &event))
		put_event(&texts[r->id - 1], &event);
	return r->type == NET_END;
}

static void
read_replies(struct rig *rig, struct buf *texts, struct err *ends, size_t n)
{
	const struct queue_record *r;

	for (size_t ended = 0; ended < n && (r = rig_event(rig));) {
		ended += take_record(r, texts, ends, n);
		net_consume(rig->net);
	}
}

/* ---- connections that are cut at random bytes ---- */

/* Long and short events, characters of several bytes, comments, a thought; counts at the end. */
#define VARIED                                                                                                         \
	RESUME "on POST /v1/chat/completions\nstream\nprogress 9 0 9\nrole\nthink \"Hm, \"\nthink "                    \
	       "\"gr\\xc3\\xbc\\xc3\\x9fen\"\n"                                                                        \
	       "ping\ntoken \"Gr\\xc3\\xbc\\xc3\\x9f dich, \"\ntoken \"\\xe4\\xb8\\x96\\xe7\\x95\\x8c "                \
	       "\\xf0\\x9f\\x91\\x8b\"\n"                                                                              \
	       "repeat 20\ntoken \" and on\"\nping\ntoken \" \\\"quoted\\\" \\\\ \\n\"\nend\ntoken \"long \" * 300\n"  \
	       "finish stop\nusage 9 47\ndone\nlast\n"

static void *
run_cutter(void *arg)
{
	cutter_run(arg);
	return NULL;
}

/* Heads are some 200 bytes each. */
static size_t
size_of_answer(struct rig *rig, struct buf *text)
{
	struct err end;
	const size_t events = 20 * 2 + 9, event = 200;

	rig_ask(rig, 1, "hi", true);
	read_replies(rig, text, &end, 1);
	CU_ASSERT(end.code == ERR_NONE);
	return events * event;
}

static size_t
number_of(const char *variable, size_t otherwise)
{
	const char *text = getenv(variable);

	return text ? (size_t)strtoull(text, NULL, 10) : otherwise;
}

static struct model_client *
client_through(const struct cutter *cutter)
{
	char *endpoint = mem_printf("http://127.0.0.1:%d", cutter_port(cutter));
	struct model_settings settings = {.endpoint = endpoint, .timeout_ms = PATIENCE_MS};
	struct err err;
	struct model_client *client = model_client_new(&settings, &err);

	CU_ASSERT_PTR_NOT_NULL_FATAL(client);
	free(endpoint);
	return client;
}

static void
ask_some(struct rig *rig, size_t from, size_t n, const char *want)
{
	struct buf texts[AT_ONCE] = {0};
	struct err ends[AT_ONCE] = {0};

	for (size_t i = 0; i < n; i++) {
		char *id = mem_printf("0a1b2c3d-0000-4000-8000-%012zu", from + i);

		rig_ask_kept(rig, i + 1, id);
		free(id);
	}
	read_replies(rig, texts, ends, n);
	for (size_t i = 0; i < n; i++) {
		HARNESS_CHECK(ends[i].code == ERR_NONE, "reply %zu: %s", from + i, ends[i].text);
		HARNESS_EQUAL(buf_text(&texts[i]), want);
		buf_release(&texts[i]);
	}
}

/* Ids of streams are never used twice by one net. */
static void
renew_net(struct rig *rig)
{
	struct err err;

	CU_ASSERT(net_free(rig->net));
	rig->net = net_new(NULL, &err);
	CU_ASSERT_PTR_NOT_NULL_FATAL(rig->net);
}

static void
is_whole_wherever_it_is_cut(void)
{
	size_t n = number_of("RESUME_REPLIES", REPLIES_USUAL), seed = number_of("RESUME_SEED", 1), within;
	struct buf want = {0};
	struct rig rig;
	struct cutter *cutter;
	struct model_client *direct;
	pthread_t thread;

	net_hasten(HASTE);
	rig_init(&rig, VARIED, PATIENCE_MS);
	within = size_of_answer(&rig, &want);
	cutter = cutter_new(atoi(strrchr(standin_endpoint(rig.server), ':') + 1), seed, within);
	CU_ASSERT_PTR_NOT_NULL_FATAL(cutter);
	CU_ASSERT_FATAL(pthread_create(&thread, NULL, run_cutter, cutter) == 0);
	direct = rig.client;
	rig.client = client_through(cutter);
	for (size_t done = 0; done < n; done += AT_ONCE) {
		renew_net(&rig);
		ask_some(&rig, done, n - done < AT_ONCE ? n - done : AT_ONCE, buf_text(&want));
	}
	HARNESS_CHECK(cutter_replies(cutter) == n && cutter_cuts(cutter) >= n, "%zu cuts of %zu replies, seed %zu",
	        cutter_cuts(cutter), cutter_replies(cutter), seed);
	CU_ASSERT(net_free(rig.net));
	rig.net = NULL;
	cutter_stop(cutter);
	pthread_join(thread, NULL);
	cutter_free(cutter);
	model_client_free(direct);
	rig_release(&rig);
	buf_release(&want);
	net_hasten(1);
}

/* ---- what the server is asked, and what comes of it ---- */

/* "POST /v1/chat/completions, GET /v1/stream?conv_id=ID&from=N, …" */
static void
put_requests(struct rig *rig, struct buf *out)
{
	char *request;

	for (size_t i = 0; (request = standin_request(rig->server, i, NULL)) != NULL; i++) {
		char *name = strstr(request, ID);

		if (name && name < strchr(request, '\n'))
			memmove(name, name + strlen(ID), strlen(name + strlen(ID)) + 1);
		buf_printf(out, "%s%.*s", i ? ", " : "", (int)(strcspn(request, "\r") - strlen(" HTTP/1.1")), request);
		free(request);
	}
}

#define POST    "POST /v1/chat/completions"
#define GET(n)  ", GET /v1/stream?conv_id=&from=" #n
#define DELETED ", DELETE /v1/stream?conv_id="

static void
takes_up_or_ends(void)
{
	static const struct {
		const char *script, *text;
		enum err_code code;
		const char *requests;
	} rows[] = {
	        {RESUME CHAT "token \"a\"\nlose\ntoken \"b\"\nfinish stop\ndone\nlast\n", "abstop", ERR_NONE,
	                POST GET(432)},
	        {RESUME CHAT "token \"a\"\nlose\ntoken \"b\"\nlose\nfinish stop\ndone\nlast\n", "abstop", ERR_NONE,
	                POST GET(432) GET(638)},
	        /* Without a byte in between: not yet there, then there. */
	        {CHAT "token \"a\"\nreset\non GET /v1/stream*\njson 503 {}\nthen\nreset\nthen\nstream\ntoken \"b\"\n"
	              "finish stop\ndone\nlast\n",
	                "abstop", ERR_NONE, POST GET(432) GET(432) GET(432)},
	        /* An older server, and one that was started anew. */
	        {CHAT "token \"a\"\nreset\n", "a", ERR_INCOMPLETE, POST GET(432)},
	        {RESUME CHAT "token \"a\"\nforget\nlose\n", "a", ERR_INCOMPLETE, POST GET(432)},
	        {CHAT "token \"a\"\nreset\non GET /v1/stream*\nstatus 200 OK\nheader Content-Type: text/html\nbody "
	              "\"<p>\"\n",
	                "a", ERR_INCOMPLETE, POST GET(432)},
	        /* It has no more, and says so. */
	        {CHAT "token \"a\"\nreset\non GET /v1/stream*\nstream\nlast\n", "a", ERR_INCOMPLETE, POST GET(432)},
	        /* Nobody is there any more. */
	        {RESUME CHAT "token \"a\"\nrefuse\nlose\n", "a", ERR_INCOMPLETE, POST},
	        {CHAT "token \"a\"\nreset\non GET /v1/stream*\nreset\n", "a", ERR_INCOMPLETE,
	                POST GET(432) GET(432) GET(432)},
	        /* Only its counts are lost. */
	        {CHAT "token \"a\"\nfinish stop\nreset\n", "astop", ERR_NONE, POST GET(627)},
	        {RESUME CHAT "token \"a\"\nfinish stop\nlose\nusage 1 2\ndone\nlast\n", "astop<2>", ERR_NONE,
	                POST GET(627)},
	        {CHAT "token \"a\"\nfinish stop\nlast\n", "astop", ERR_NONE, POST},
	        /* An end without one: somebody has closed it. */
	        {RESUME CHAT "token \"a\"\nlast\n", "a", ERR_INCOMPLETE, POST GET(432)},
	        /* The answer has not begun. */
	        {"on POST /v1/chat/completions\nreset\n", "", ERR_INCOMPLETE, POST GET(0)},
	        {"on POST /v1/chat/completions\nreset\non GET /v1/stream*\nstream\nrole\ntoken \"a\"\nfinish "
	         "stop\ndone\nlast\n",
	                "astop", ERR_NONE, POST GET(0)},
	        /* A proxy's words are bytes that the server does not count. */
	        {RESUME CHAT "token \"a\"\nsend \"5\\r\\noops\\n\\r\\n\"\nlast\n", "a", ERR_INCOMPLETE, POST DELETED},
	        /* It was refused: there is nothing to take up, or to stop. */
	        {"on POST /v1/chat/completions\nfile wire/error-context-stream.http\n", "", ERR_CONTEXT, POST},
	        /* What cannot be read is not wanted any more. */
	        {RESUME CHAT "token \"a\"\nevent {\"choices\": 1\nhang\n", "a", ERR_INCOMPLETE, POST DELETED},
	};

	net_hasten(HASTE);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct buf text = {0}, requests = {0};
		struct rig rig;
		struct err end;

		rig_init(&rig, rows[i].script, PATIENCE_MS);
		rig_ask_kept(&rig, 1, ID);
		read_replies(&rig, &text, &end, 1);
		net_settle(rig.net, PATIENCE_MS);
		put_requests(&rig, &requests);
		HARNESS_CHECK(end.code == rows[i].code, "row %zu: %s: %s", i, err_name(end.code), end.text);
		HARNESS_CHECK(
		        strcmp(buf_text(&requests), rows[i].requests) == 0, "row %zu: %s", i, buf_text(&requests));
		HARNESS_EQUAL(buf_text(&text), rows[i].text);
		buf_release(&text);
		buf_release(&requests);
		rig_release(&rig);
	}
	net_hasten(1);
}

/* One look, then its end. */
static void
looks_once_after_a_silence(void)
{
	enum { TIME_OUT_MS = 400, FIRST_WAIT_MS = 200 };
	static const struct {
		const char *rest, *text;
		enum err_code code;
	} rows[] = {
	        {"hang\n", "", ERR_TIMEOUT},
	        {"stream\ntoken \"b\"\nfinish stop\ndone\nlast\n", "bstop", ERR_NONE},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		char *script = mem_printf(CHAT "token \"a\"\nhang\non GET /v1/stream*\n%s", rows[i].rest);
		struct buf text = {0}, requests = {0};
		struct rig rig;
		struct err end;

		if (!clock_hold())
			return;
		rig_init(&rig, script, TIME_OUT_MS);
		rig_ask_kept(&rig, 1, ID);
		rig_wait(&rig, NET_CONTENT);
		clock_pass(&rig, TIME_OUT_MS);
		clock_pass(&rig, FIRST_WAIT_MS);
		CU_ASSERT(standin_wait(rig.server, STANDIN_REQUEST, 2, PATIENCE_MS));
		if (rows[i].code != ERR_NONE)
			clock_pass(&rig, TIME_OUT_MS);
		read_replies(&rig, &text, &end, 1);
		net_settle(rig.net, PATIENCE_MS);
		put_requests(&rig, &requests);
		HARNESS_CHECK(end.code == rows[i].code, "row %zu: %s: %s", i, err_name(end.code), end.text);
		HARNESS_EQUAL(buf_text(&requests), POST GET(432));
		HARNESS_EQUAL(buf_text(&text), rows[i].text);
		buf_release(&text);
		buf_release(&requests);
		clock_let_go();
		rig_release(&rig);
		free(script);
	}
}

/* A reply of an earlier flynn: there is no other request. */
static void
takes_up_what_it_did_not_ask_for(void)
{
	static const struct {
		const char *script, *text;
		enum err_code code;
		const char *words;
	} rows[] = {
	        {"stream\nrole\ntoken \"a\"\nfinish stop\ndone\nlast\n", "astop", ERR_NONE, ""},
	        {"stream\ntoken \"a\"\nreset\nthen\nstream\ntoken \"b\"\nfinish stop\ndone\nlast\n", "abstop", ERR_NONE,
	                ""},
	        {"reset\nthen\nstream\ntoken \"b\"\nfinish stop\ndone\nlast\n", "bstop", ERR_NONE, ""},
	        {"json 400 {\"error\":{\"message\":\"Stream offset lost, please restart\"}}\n", "", ERR_INCOMPLETE,
	                "the server does not have the whole reply any more"},
	        {"json 404 {}\n", "", ERR_INCOMPLETE, "the server does not have the whole reply any more"},
	        {"stream\nlast\n", "", ERR_INCOMPLETE,
	                "the stream ended without a finish_reason; the reply is incomplete"},
	        {"stream\ntoken \"a\"\nreset\nthen\njson 404 {}\n", "a", ERR_INCOMPLETE,
	                "the connection broke off (Connection reset by peer); the reply is incomplete"},
	};

	net_hasten(HASTE);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		char *script = mem_printf("on GET /v1/stream*\n%s", rows[i].script);
		struct buf text = {0};
		struct rig rig;
		struct err end, err;

		rig_init(&rig, script, PATIENCE_MS);
		CU_ASSERT(net_take_up(rig.net, 1, rig.client, ID, &err));
		read_replies(&rig, &text, &end, 1);
		HARNESS_CHECK(end.code == rows[i].code, "row %zu: %s: %s", i, err_name(end.code), end.text);
		HARNESS_EQUAL(end.code == ERR_NONE ? "" : end.text, rows[i].words);
		HARNESS_EQUAL(buf_text(&text), rows[i].text);
		buf_release(&text);
		rig_release(&rig);
		free(script);
	}
	net_hasten(1);
}

static void
names_its_stream(void)
{
	struct rig rig;
	struct buf text = {0};
	struct err end;
	char *request;

	rig_init(&rig, CHAT "finish stop\ndone\nlast\n", 0);
	rig_ask_kept(&rig, 1, ID);
	read_replies(&rig, &text, &end, 1);
	request = standin_request(rig.server, 0, NULL);
	CU_ASSERT_PTR_NOT_NULL(strstr(request, "\r\nX-Conversation-Id: " ID "\r\n"));
	free(request);
	rig_ask(&rig, 2, "hi", true);
	free(rig_read(&rig, 2, &end));
	request = standin_request(rig.server, 1, NULL);
	CU_ASSERT_PTR_NULL(strstr(request, "X-Conversation-Id"));
	free(request);
	buf_release(&text);
	rig_release(&rig);
}

/* ---- replies that are not wanted any more ---- */

static void
tells_the_server_to_stop(void)
{
	static const struct {
		const char *script;
		enum net_event_type until; /* NET_END: cancelled before anything came */
		const char *requests;
	} rows[] = {
	        {RESUME CHAT "token \"a\"\nhang\n", NET_CONTENT, POST DELETED},
	        /* The request may still be on its way: twice. */
	        {"on POST /v1/chat/completions\nhang\n", NET_END, POST DELETED DELETED},
	        /* While it waits to be taken up. */
	        {RESUME CHAT "token \"a\"\nlose\nhang\n", NET_CONNECTION, POST DELETED},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct buf requests = {0};
		struct rig rig;
		struct err end;

		rig_init(&rig, rows[i].script, 0);
		rig_ask_kept(&rig, 1, ID);
		if (rows[i].until != NET_END)
			rig_wait(&rig, rows[i].until);
		CU_ASSERT(standin_wait(rig.server, STANDIN_REQUEST, 1, PATIENCE_MS));
		net_cancel(rig.net, 1);
		free(rig_read(&rig, 1, &end));
		CU_ASSERT(end.code == ERR_CANCELLED);
		net_settle(rig.net, PATIENCE_MS);
		put_requests(&rig, &requests);
		HARNESS_CHECK(
		        strcmp(buf_text(&requests), rows[i].requests) == 0, "row %zu: %s", i, buf_text(&requests));
		buf_release(&requests);
		rig_release(&rig);
	}
}

static void
waits_no_longer_than_it_may(void)
{
	struct rig rig;
	int64_t start;

	rig_init(&rig, CHAT "token \"a\"\nhang\non DELETE /v1/stream*\nhang\n", 0);
	rig_ask_kept(&rig, 1, ID);
	rig_wait(&rig, NET_CONTENT);
	net_cancel(rig.net, 1);
	start = clock_ms();
	net_settle(rig.net, 50);
	CU_ASSERT(clock_ms() - start >= 50);
	CU_ASSERT(standin_wait(rig.server, STANDIN_REQUEST, 2, PATIENCE_MS));
	rig_release(&rig);
}

CU_TestInfo resume_tests[] = {
        {"is whole wherever it is cut", is_whole_wherever_it_is_cut},
        {"takes up, or ends as before", takes_up_or_ends},
        {"looks once after a silence", looks_once_after_a_silence},
        {"takes up what it did not ask for", takes_up_what_it_did_not_ask_for},
        {"names its stream, where it has one", names_its_stream},
        {"tells the server to stop", tells_the_server_to_stop},
        {"waits no longer than it may", waits_no_longer_than_it_may},
        CU_TEST_INFO_NULL,
};
