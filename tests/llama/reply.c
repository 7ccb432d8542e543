/*
 * reply.c - the rules of a reply: when it is complete, what is told of it, what is said where it is not. Every row is
 * played whole, in two pieces cut at every byte, byte by byte, and held at every event.
 */
#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "tests/harness.h"
#include "tests/llama/play.h"
#include "tests/llama/tests.h"

#define INCOMPLETE "; the reply is incomplete"
#define NO_FINISH  "| incomplete: the stream ended without a finish_reason" INCOMPLETE
#define DELTA(x)   "data: {\"choices\":[{\"index\":0,\"delta\":{" x "}}]}\n\n"
#define TEXT(x)    DELTA("\"content\":\"" x "\"")
#define FINISH     "data: {\"choices\":[{\"finish_reason\":\"stop\",\"index\":0,\"delta\":{}}]}\n\n"
#define DONE       "data: [DONE]\n\n"

struct row {
	const char *body, *want;
	struct play how;
};

static bool
play_row(const struct row *row, const struct play *how, const char *what, size_t at)
{
	struct buf out = {0};
	bool same;

	play(how, row->body, strlen(row->body), &out);
	same = strcmp(buf_text(&out), row->want) == 0;
	if (!same) {
		HARNESS_CHECK(same, "%s %zu of: %s", what, at, row->body);
		HARNESS_EQUAL(buf_text(&out), row->want);
	}
	buf_release(&out);
	return same;
}

/* Stops at the first difference. */
static bool
play_every_way(const struct row *row)
{
	struct play how = row->how;

	if (!play_row(row, &how, "whole", 0))
		return false;
	for (how.first = 1; how.first < strlen(row->body); how.first++)
		if (!play_row(row, &how, "cut at", how.first))
			return false;
	how.first = how.every = 1;
	if (!play_row(row, &how, "bytes", 1))
		return false;
	how.hold = true;
	if (!play_row(row, &how, "held bytes", 1))
		return false;
	how.first = how.every = 0;
	return play_row(row, &how, "held", 0);
}

static void
play_rows(const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++)
		CU_ASSERT_TRUE(play_every_way(&rows[i]));
}

#define PLAY_ROWS(rows) play_rows(rows, ARRAY_LEN(rows))

static void
is_complete_after_a_finish_reason_or_done(void)
{
	static const struct row rows[] = {
	        {TEXT("Hi") FINISH DONE, "content(Hi) finish(stop) | complete", {0}},
	        {TEXT("Hi") FINISH, "content(Hi) finish(stop) | complete", {0}},
	        {TEXT("Hi") DONE, "content(Hi) | complete", {0}},
	        {TEXT("Hi") "data: [DONE]", "content(Hi) | complete", {0}},
	        {TEXT("Hi") "data:[DONE] \n\n", "content(Hi) | complete", {0}},
	        {DONE, "| complete", {0}},
	        {TEXT("<think>a ") TEXT("</think>\\n") TEXT("b") FINISH,
	                "reasoning(a) content(b) finish(stop) | complete", {0}},
	        {TEXT(" ") TEXT("<thi") FINISH DONE, "content( <thi) finish(stop) | complete", {0}},
	        {TEXT("<think>a\\n</thi") FINISH DONE, "reasoning(a) reasoning(\n</thi) finish(stop) | complete", {0}},
	        {TEXT("<think>a</thi"), "reasoning(a) reasoning(</thi) " NO_FINISH, {0}},
	        {TEXT("<thi") DONE, "content(<thi) | complete", {0}},
	        {TEXT("a\\n</th") TEXT("ink>\\n") TEXT("b") FINISH,
	                "content(a\n) was_reasoning content(b) finish(stop) | complete", {0}},
	        {TEXT("a</think>") FINISH, "content(a) was_reasoning finish(stop) | complete", {0}},
	        {TEXT("a</think>") DONE, "content(a) was_reasoning | complete", {0}},
	        {TEXT("a</thin"), "content(a) content(</thin) " NO_FINISH, {0}},
	        {TEXT("sk-12345") TEXT("</think>\\n") TEXT("b") FINISH,
	                "content(sk-1) content(2345) was_reasoning content(b) finish(stop) | complete",
	                {.token = "sk-12345secret"}},
	        {DELTA("\"reasoning_content\":\"a\"") TEXT("b\\n</think>\\nc") FINISH,
	                "reasoning(a) content(b\n</think>\nc) finish(stop) | complete", {0}},
	        {DELTA("\"reasoning_content\":\"a\"") TEXT("<think>b") FINISH,
	                "reasoning(a) content(<think>b) finish(stop) | complete", {0}},
	        {FINISH DONE, "finish(stop) | complete", {0}},
	        {TEXT("Hi"), "content(Hi) " NO_FINISH, {0}},
	        {"", NO_FINISH, {0}},
	        {": ping\n\n", NO_FINISH, {0}},
	        /* Text after the finish_reason counts; after [DONE] nothing does. */
	        {FINISH TEXT("a") DONE TEXT("b"), "finish(stop) content(a) | complete", {0}},
	        {FINISH TEXT("a"), "finish(stop) content(a) | complete", {0}},
	        {FINISH FINISH, "finish(stop) | complete", {0}},
	        /* A last event without its blank line counts. */
	        {"data: {\"choices\":[{\"finish_reason\":\"length\",\"delta\":{\"content\":\"x\"}}]}",
	                "content(x) finish(length) | complete", {0}},
	        {TEXT("Hi") "data: {\"choices\":[{\"delta\":{\"content\":\"!\"}}]}",
	                "content(Hi) content(!) " NO_FINISH, {0}},
	        /* "" and null are no finish_reason. */
	        {"data: {\"choices\":[{\"finish_reason\":\"\"}]}\n\n", NO_FINISH, {0}},
	        {"data: {\"choices\":[{\"finish_reason\":null}]}\n\n", NO_FINISH, {0}},
	};

	PLAY_ROWS(rows);
}

static void
skips_harmless_oddities(void)
{
	static const struct row rows[] = {
	        {"foo: bar\n\n" TEXT("a") "stray\n" FINISH, "content(a) finish(stop) | complete", {0}},
	        {"id: 3\nretry: 100\n: c\n" TEXT("a") FINISH, "content(a) finish(stop) | complete", {0}},
	        {"event: ping\ndata: nonsense\n\n" TEXT("a") FINISH, "content(a) finish(stop) | complete", {0}},
	        {"event: message\n" TEXT("a") FINISH, "content(a) finish(stop) | complete", {0}},
	        {"data:\n\ndata: \n\ndata\n\ndata:\ndata:\n\n" TEXT("a") FINISH, "content(a) finish(stop) | complete",
	                {0}},
	        {"data: {\"choices\":[]}\n\ndata: {}\n\ndata: {\"choices\":null,\"x\":[{}]}\n\n" FINISH,
	                "finish(stop) | complete", {0}},
	        {"data: {\"choices\":[{\"index\":1,\"delta\":{\"content\":\"b\"},\"finish_reason\":\"stop\"},"
	         "{\"index\":0,\"delta\":{\"content\":\"a\"}}]}\n\n",
	                "content(a) " NO_FINISH, {0}},
	        {"data: "
	         "{\"choices\":[{\"delta\":null},{\"delta\":{\"content\":null,\"tool_calls\":null}},{}]}\n\n" DONE,
	                "| complete", {0}},
	        {TEXT("") DELTA("\"reasoning_content\":\"\"") DONE, "| complete", {0}},
	        {"\xef\xbb\xbf" TEXT("a") DONE, "content(a) | complete", {0}},
	        {"data: {\"error\":null,\"choices\":[]}\n\n" DONE, "| complete", {0}},
	};

	PLAY_ROWS(rows);
}

static void
tells_what_a_chunk_holds(void)
{
	static const struct row rows[] = {
	        {"data: {\"model\":\"m\",\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":null}}]}\n\n"
	         "data: "
	         "{\"model\":\"m\",\"choices\":[{\"delta\":{\"content\":\"b\",\"reasoning_content\":\"a\"}}]}\n\n" DONE,
	                "model(m) reasoning(a) content(b) | complete", {0}},
	        {"data: {\"choices\":[{\"finish_reason\":\"stop\",\"delta\":{\"content\":\"x\"}}],"
	         "\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2,\"prompt_tokens_details\":{\"cached_tokens\":"
	         "1}},"
	         "\"timings\":{\"cache_n\":1,\"prompt_n\":2,\"predicted_n\":3}}\n\n",
	                "content(x) finish(stop) usage(3,2,1) timings(1,2,3) | complete", {0}},
	        {"data: {\"usage\":{\"prompt_tokens\":\"3\"}}\n\n" DONE, "usage(-1,-1,-1) | complete", {0}},
	        {"data: {\"timings\":{\"predicted_n\":40,\"draft_n\":38,\"draft_n_accepted\":26}}\n\n" DONE,
	                "timings(0,0,40,26 of 38) | complete", {0}},
	        {"data: {\"usage\":null,\"timings\":7,\"prompt_progress\":[]}\n\n" DONE, "| complete", {0}},
	        {"data: {\"prompt_progress\":{\"total\":9,\"cache\":1,\"processed\":4,\"time_ms\":12}}\n\n" DONE,
	                "progress(9,1,4,12) | complete", {0}},
	        {DELTA("\"tool_calls\":[{\"index\":1,\"id\":\"i\",\"type\":\"function\",\"function\":{\"name\":\"f\","
	               "\"arguments\":\"{\"}},{\"index\":1,\"function\":{\"arguments\":\"}\"}}]") DONE,
	                "tool(1,i,f,{) tool(1,,,}) | complete", {0}},
	        {DELTA("\"tool_calls\":[{\"function\":{\"name\":\"f\"}},{\"id\":\"j\",\"index\":-4}]") DONE,
	                "tool(0,,f,) tool(1,j,,) | complete", {0}},
	        {TEXT("\\u0000\\ud83d\\udc4b\\ud83d") DONE,
	                "content(\xef\xbf\xbd\xf0\x9f\x91\x8b\xef\xbf\xbd) | complete", {0}},
	        {TEXT("a\xff"
	              "b") DONE,
	                "content(a\xef\xbf\xbd"
	                "b) | complete",
	                {0}},
	};

	PLAY_ROWS(rows);
}

static void
refuses_what_would_lose_text(void)
{
	static const struct row rows[] = {
	        {TEXT("a") DELTA("\"content\":5"),
	                "content(a) | incomplete: the server sent a number as \"content\", where a text should "
	                "be" INCOMPLETE,
	                {0}},
	        {DELTA("\"content\":[{\"text\":\"x\"}]"),
	                "| incomplete: the server sent an array as \"content\", where a text should be" INCOMPLETE,
	                {0}},
	        {DELTA("\"reasoning_content\":{}"),
	                "| incomplete: the server sent an object as \"reasoning_content\", where a text should "
	                "be" INCOMPLETE,
	                {0}},
	        {DELTA("\"content\":true"),
	                "| incomplete: the server sent true or false as \"content\", where a text should be" INCOMPLETE,
	                {0}},
	        {DELTA("\"tool_calls\":[{\"function\":{\"arguments\":{}}}]"),
	                "| incomplete: the server sent an object as \"arguments\", where a text should be" INCOMPLETE,
	                {0}},
	        {DELTA("\"tool_calls\":{}"),
	                "| incomplete: the server sent an object as \"tool_calls\", where an array should "
	                "be" INCOMPLETE,
	                {0}},
	        {DELTA("\"tool_calls\":[\"x\"]"),
	                "| incomplete: the server sent a text as \"tool_calls[]\", where an object should "
	                "be" INCOMPLETE,
	                {0}},
	        {"data: {\"choices\":[{\"delta\":\"x\"}]}\n\n",
	                "| incomplete: the server sent a text as \"delta\", where an object should be" INCOMPLETE, {0}},
	        {"data: {\"choices\":{}}\n\n",
	                "| incomplete: the server sent an object as \"choices\", where an array should be" INCOMPLETE,
	                {0}},
	        {"data: {\"choices\":[\"x\"]}\n\n",
	                "| incomplete: the server sent a text as \"choices[]\", where an object should be" INCOMPLETE,
	                {0}},
	        {"data: \"x\"\n\n",
	                "| incomplete: the server sent a text as \"data\", where an object should be" INCOMPLETE, {0}},
	        {TEXT("a") "data: {\"choices\":\n\n" FINISH,
	                "content(a) | incomplete: the server sent JSON that is not well-formed (at byte 11 of "
	                "11)" INCOMPLETE,
	                {0}},
	        {"data: {}{}\n\n",
	                "| incomplete: the server sent JSON that is not well-formed (at byte 3 of 4)" INCOMPLETE, {0}},
	};

	PLAY_ROWS(rows);
}

static void
says_the_servers_words(void)
{
	static const struct row rows[] = {
	        {TEXT("a") "data: {\"error\":{\"code\":500,\"message\":\"Context size has been exceeded.\"}}\n\n",
	                "content(a) | server: Context size has been exceeded.", {0}},
	        {TEXT("a") "data: {\"error\":{\"message\":\"full\"}}", "content(a) | server: full", {0}},
	        {"data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}],\"error\":\"full\"}\n\n",
	                "content(a) | server: full", {0}},
	        {TEXT("a") "error: {\"code\":500,\"message\":\"full\"}\n\n", "content(a) | server: full", {0}},
	        {TEXT("a") "error: {\"code\":500,\"message\":\"full\"}", "content(a) | server: full", {0}},
	        {"event: error\ndata: {\"message\":\"full\"}\n\n", "| server: full", {0}},
	        {"event: error\ndata: full\n\n", "| server: full", {0}},
	        {FINISH "data: {\"error\":\"late\"}\n\n", "finish(stop) | server: late", {0}},
	        {"data: {\"error\":\"key sk-secret\"}\n\n", "| server: key ***", {0}},
	        {"error: key sk-secret\n\n", "| server: key ***", {0}},
	        /* A raw line of JSON is read as if "data:" stood before it. */
	        {"{\"error\": {\"message\":\"full\"}}\n", "| server: full", {0}},
	        {"{\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n" DONE, "content(a) | complete", {0}},
	        {"{\"choices\":[5]}\n" DONE,
	                "| incomplete: the server sent a number as \"choices[]\", where an object should be" INCOMPLETE,
	                {0}},
	        {"{oops\n" DONE, "| complete", {0}},
	        /* The router writes its error as a raw line. */
	        {TEXT("a") "proxy error: Failed to read connection",
	                "content(a) | incomplete: proxy error: Failed to read connection" INCOMPLETE, {0}},
	        {"proxy error: sk-secret\n\n", "| incomplete: proxy error: ***" INCOMPLETE, {0}},
	        {TEXT("a") "  \n", "content(a) " NO_FINISH, {0}},
	        {TEXT("a") " \t", "content(a) | incomplete: reset" INCOMPLETE, {.broken = {ERR_INCOMPLETE, "reset"}}},
	        {"foo: bar\n\n" TEXT("a"), "content(a) " NO_FINISH, {0}},
	        {TEXT("a") FINISH "proxy error: late", "content(a) finish(stop) | complete", {0}},
	};

	PLAY_ROWS(rows);
}

static void
says_how_it_broke_off(void)
{
	static const struct row rows[] = {
	        {TEXT("a"), "content(a) | incomplete: connection reset" INCOMPLETE,
	                {.broken = {ERR_INCOMPLETE, "connection reset"}}},
	        {TEXT("a"), "content(a) | incomplete: gone" INCOMPLETE, {.broken = {ERR_SYSTEM, "gone"}}},
	        {TEXT("a"), "content(a) | incomplete: cut; the reply is incomplete",
	                {.broken = {ERR_INCOMPLETE, "cut; the reply is incomplete"}}},
	        {": ping\n\n", "| incomplete: connection reset", {.broken = {ERR_INCOMPLETE, "connection reset"}}},
	        {TEXT("a"), "content(a) | timeout: llama-server request timed out",
	                {.broken = {ERR_TIMEOUT, "llama-server request timed out"}}},
	        {TEXT("a"), "content(a) | unreachable: no", {.broken = {ERR_UNREACHABLE, "no"}}},
	        {TEXT("a"), "content(a) | tls: no", {.broken = {ERR_TLS, "no"}}},
	        {TEXT("a") "proxy error: x", "content(a) | timeout: t", {.broken = {ERR_TIMEOUT, "t"}}},
	        {TEXT("a") "proxy error: x\n", "content(a) | incomplete: proxy error: x" INCOMPLETE,
	                {.broken = {ERR_INCOMPLETE, "reset"}}},
	        {TEXT("a") FINISH, "content(a) finish(stop) | complete", {.broken = {ERR_INCOMPLETE, "reset"}}},
	        {TEXT("a") FINISH, "content(a) finish(stop) | complete", {.broken = {ERR_TIMEOUT, "t"}}},
	        {TEXT("a") FINISH "data: {\"usage\":{\"prom", "content(a) finish(stop) | complete",
	                {.broken = {ERR_INCOMPLETE, "reset"}}},
	        {TEXT("a") "data: {\"choices\":[{\"delta\":{\"conte",
	                "content(a) | incomplete: the stream ended in the middle of an event" INCOMPLETE, {0}},
	        {TEXT("a") "data: {\"choices\":[{\"delta\":{\"conte", "content(a) | incomplete: reset" INCOMPLETE,
	                {.broken = {ERR_INCOMPLETE, "reset"}}},
	        {TEXT("a") "data: "
	                   "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":1,\"id\":\"c\",\"function\":{\"name\":"
	                   "\"f\","
	                   "\"arguments\":\"{x",
	                "content(a) tool(1,c,f,{x) | incomplete: the stream ended in the middle of an event" INCOMPLETE,
	                {0}},
	        {"data: "
	         "{\"model\":\"m\",\"timings\":{\"prompt_n\":1},\"choices\":[{\"finish_reason\":\"stop\",\"delta\":{"
	         "\"reasoning_content\":\"r\",\"content\":\"a",
	                "reasoning(r) content(a) | incomplete: the stream ended in the middle of an event" INCOMPLETE,
	                {0}},
	        {TEXT("a") "dat", "content(a) " NO_FINISH, {0}},
	        {"", "| unreachable: not there", {.no_head = true, .broken = {ERR_UNREACHABLE, "not there"}}},
	        {"", "| incomplete: reset", {.no_head = true, .broken = {ERR_INCOMPLETE, "reset"}}},
	        {"", "| incomplete: the server closed the connection without an answer", {.no_head = true}},
	};

	PLAY_ROWS(rows);
}

#define WHOLE(x) "{\"choices\":[{\"finish_reason\":\"stop\",\"index\":0,\"message\":{" x "}}],\"model\":\"m\"}"

static void
reads_a_whole_reply(void)
{
	static const struct row rows[] = {
	        {WHOLE("\"role\":\"assistant\",\"content\":\"Hi\",\"reasoning_content\":\"r\""),
	                "model(m) reasoning(r) content(Hi) finish(stop) | complete", {.whole = true}},
	        {WHOLE("\"content\":\"\",\"tool_calls\":[{\"type\":\"function\",\"id\":\"i\",\"function\":{\"name\":"
	               "\"f\","
	               "\"arguments\":\"{}\"}},{\"function\":{\"name\":\"g\"}}]"),
	                "model(m) tool(0,i,f,{}) tool(1,,g,) finish(stop) | complete", {.whole = true}},
	        {WHOLE("\"content\":\"Hi\""), "model(m) content(Hi) finish(stop) | complete",
	                {.whole = true, .broken = {ERR_INCOMPLETE, "reset"}}},
	        {"{\"choices\":[{\"message\":{\"content\":\"Hi\"}}]}",
	                "content(Hi) | incomplete: the server's answer has no finish_reason" INCOMPLETE,
	                {.whole = true}},
	        {"{\"choices\":[]}", "| incomplete: the server's answer holds no reply: is the endpoint right?",
	                {.whole = true}},
	        {"{\"status\":\"ok\"}", "| incomplete: the server's answer holds no reply: is the endpoint right?",
	                {.whole = true}},
	        {"{\"error\":{\"message\":\"full\"}}", "| server: full", {.whole = true}},
	        {"", "| incomplete: the server's answer is empty", {.whole = true}},
	        {"", "| timeout: t", {.whole = true, .broken = {ERR_TIMEOUT, "t"}}},
	        {"oops", "| incomplete: the server sent JSON that is not well-formed (at byte 1 of 4)" INCOMPLETE,
	                {.whole = true}},
	        /* A proxy may answer a stream request as a whole, and the other way round. */
	        {WHOLE("\"content\":\"Hi\""), "model(m) content(Hi) finish(stop) | complete",
	                {.content_type = "Application/JSON; charset=utf-8"}},
	        {TEXT("a") FINISH DONE, "content(a) finish(stop) | complete",
	                {.whole = true, .content_type = "text/event-stream;charset=utf-8"}},
	        {TEXT("a") FINISH DONE, "content(a) finish(stop) | complete", {.content_type = ""}},
	        /* As long as the right type, and its beginning. */
	        {TEXT("a") FINISH DONE,
	                "| server: the server answered with text/event-screen, which is no reply of llama-server: is "
	                "the "
	                "endpoint right?",
	                {.content_type = "text/event-screen"}},
	        {TEXT("a") FINISH DONE,
	                "| server: the server answered with text/event, which is no reply of llama-server: is the "
	                "endpoint right?",
	                {.content_type = "text/event"}},
	        {WHOLE("\"content\":\"Hi\""), "model(m) content(Hi) finish(stop) | complete",
	                {.whole = true, .content_type = ""}},
	};

	PLAY_ROWS(rows);
}

static void
judges_the_head(void)
{
	static const struct row rows[] = {
	        {"{\"error\":{\"message\":\"no\"}}", "| server: no", {.status = 400}},
	        {"{\"error\":{\"message\":\"no\"}}", "| server: no",
	                {.status = 400, .broken = {ERR_INCOMPLETE, "reset"}}},
	        {"", "| unauthorised: HTTP 401 Unauthorized", {.status = 401, .reason = "Unauthorized"}},
	        {"key sk-secret is bad\n", "| unauthorised: key *** is bad",
	                {.status = 401, .content_type = "text/plain"}},
	        {"{\"error\":{\"message\":\"Loading model\",\"type\":\"unavailable_error\"}}",
	                "| loading: Loading model", {.status = 503}},
	        {"<html>", "| server: HTTP 502 Bad Gateway",
	                {.status = 502, .reason = "Bad Gateway", .content_type = "text/html"}},
	        {"", "| redirect: redirected to https://h/v1: set the endpoint to it",
	                {.status = 308, .location = "https://h/v1"}},
	        {"moved", "| redirect: redirected to https://h/?k=***: set the endpoint to it",
	                {.status = 302, .location = "https://h/?k=sk-secret"}},
	        {"", "| redirect: redirected, but not to anywhere (HTTP 302 Found): is the endpoint right?",
	                {.status = 302, .reason = "Found"}},
	        {"", "| server: the server answered HTTP 204 No Content, which is no reply: is the endpoint right?",
	                {.status = 204, .reason = "No Content"}},
	        {"", "| server: the server answered HTTP 999, which is no reply: is the endpoint right?",
	                {.status = 999}},
	        {"<html>",
	                "| server: the server answered with text/html, which is no reply of llama-server: is the "
	                "endpoint "
	                "right?",
	                {.content_type = "text/html; charset=utf-8"}},
	        {"<html>",
	                "| server: the server answered with text/html, which is no reply of llama-server: is the "
	                "endpoint "
	                "right?",
	                {.whole = true, .content_type = "text/html"}},
	        {"<html>",
	                "| server: the server answered with an unnamed type, which is no reply of llama-server: is the "
	                "endpoint "
	                "right?",
	                {.content_type = " ;charset=utf-8"}},
	        {TEXT("a") FINISH, "content(a) finish(stop) | complete", {.status = 201}},
	};

	PLAY_ROWS(rows);
}

#define TOKEN_12  "sk-12345secret"
#define REASON(x) DELTA("\"reasoning_content\":\"" x "\"")

/* Whatever a server repeats it in; the events stay in their order. */
static void
hides_the_token(void)
{
	static const struct row rows[] = {
	        {"data: {\"model\":\"m sk-secret\",\"system_fingerprint\":\"sk-secret\",\"choices\":[]}\n\n" FINISH,
	                "model(m ***) finish(stop) | complete", {0}},
	        {TEXT("a") "data: {\"choices\":[{\"finish_reason\":\"sk-secret\",\"delta\":{}}]}\n\n",
	                "content(a) finish(***) | complete", {0}},
	        {DELTA("\"tool_calls\":[{\"index\":0,\"id\":\"sk-secret\",\"function\":{\"name\":\"f-sk-secret\","
	               "\"arguments\":\"x\"}}]") FINISH,
	                "tool(0,***,f-***,x) finish(stop) | complete", {0}},
	        {TEXT("a " TOKEN_12 " b") FINISH, "content(a *** b) finish(stop) | complete", {.token = TOKEN_12}},
	        {TEXT("a sk-1") TEXT("2345s") TEXT("ecret b") FINISH,
	                "content(a sk-1) content(*** b) finish(stop) | complete", {.token = TOKEN_12}},
	        {REASON(TOKEN_12) TEXT("sk\\u002d12345secret") DONE, "reasoning(***) content(***) | complete",
	                {.token = TOKEN_12}},
	        {REASON("sk-12345") TEXT("secret") FINISH,
	                "reasoning(sk-1) reasoning(2345) content(secret) finish(stop) | complete", {.token = TOKEN_12}},
	        {TEXT("sk-12345") FINISH, "content(sk-1) finish(stop) content(2345) | complete", {.token = TOKEN_12}},
	        {TEXT("sk-12345") "data: {\"error\":{\"message\":\"" TOKEN_12 "\"}}\n\n",
	                "content(sk-1) content(2345) | server: ***", {.token = TOKEN_12}},
	        {TEXT("sk-12345"), "content(sk-1) content(2345) " NO_FINISH, {.token = TOKEN_12}},
	        {"", "| redirect: redirected, but not to anywhere (HTTP 302 ***): is the endpoint right?",
	                {.status = 302, .reason = "sk-secret"}},
	        {"{\"model\":\"sk-secret\",\"choices\":[{\"message\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}]}",
	                "model(***) content(a) finish(stop) | complete", {.whole = true}},
	};

	PLAY_ROWS(rows);
}

CU_TestInfo reply_tests[] = {
        {"is complete after a finish_reason or [DONE]", is_complete_after_a_finish_reason_or_done},
        {"skips harmless oddities", skips_harmless_oddities},
        {"tells what a chunk holds", tells_what_a_chunk_holds},
        {"refuses what would lose text", refuses_what_would_lose_text},
        {"says the server's words", says_the_servers_words},
        {"says how it broke off", says_how_it_broke_off},
        {"reads a whole reply", reads_a_whole_reply},
        {"judges the head", judges_the_head},
        {"hides the token", hides_the_token},
        CU_TEST_INFO_NULL,
};
