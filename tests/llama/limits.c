/*
 * limits.c - the bounds of a reply: past each a clear error, and what had arrived stays.
 */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "llama/model_client.h"
#include "tests/harness.h"
#include "tests/llama/play.h"
#include "tests/llama/tests.h"

enum {
	MIB = 1024 * 1024,
};

/* Counts what is told. */
struct count {
	size_t text;
	enum reply_status status;
	struct err err;
};

static bool
on_event(void *arg, const struct chat_event *event)
{
	struct count *count = arg;

	if (event->type == CHAT_EVENT_CONTENT || event->type == CHAT_EVENT_REASONING ||
	        event->type == CHAT_EVENT_TOOL_CALL)
		count->text += event->len;
	return true;
}

/* Feeds `piece` `times` over, or until the reply ends. */
static struct count
feed_often(const struct http_head *head, const char *piece, size_t times)
{
	struct model_settings settings = {.endpoint = "http://h"};
	struct count count = {0};
	struct model_client *client = model_client_new(&settings, &count.err);
	struct reply *reply = reply_new(client, true, (struct reply_sink){on_event, &count});
	size_t used;

	reply_head(reply, head);
	for (size_t i = 0; i < times && count.status == REPLY_MORE; i++)
		count.status = reply_feed(reply, piece, strlen(piece), &used, &count.err);
	if (count.status == REPLY_MORE) {
		CU_ASSERT_FALSE(reply_finish(reply, NULL, &count.err));
	} else if (count.status == REPLY_FAILED) {
		struct err again = {0};

		CU_ASSERT(reply_feed(reply, piece, strlen(piece), &used, &again) == REPLY_FAILED);
		CU_ASSERT_FALSE(reply_finish(reply, NULL, &again));
		HARNESS_EQUAL(again.text, count.err.text);
	}
	reply_free(reply);
	model_client_free(client);
	return count;
}

static char *
text_event(const char *field, size_t len)
{
	struct buf b = {0};
	char *text = mem_alloc(len + 1);

	memset(text, 'x', len);
	buf_printf(&b, "data: {\"choices\":[{\"delta\":{%s\"", field);
	buf_puts(&b, text);
	buf_puts(&b, "\"}}]}\n\n");
	free(text);
	return buf_take(&b);
}

static void
keeps_64_mib_of_text(void)
{
	static const char *const fields[] = {"\"content\":", "\"reasoning_content\":"};
	struct http_head head = {200, "", "text/event-stream", "", ""};

	for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
		char *event = text_event(fields[i], 3 * MIB);
		struct count count = feed_often(&head, event, 22);

		CU_ASSERT(count.status == REPLY_FAILED);
		CU_ASSERT(count.text == 64 * MIB);
		CU_ASSERT(count.err.code == ERR_LIMIT);
		HARNESS_EQUAL(count.err.text, "the reply is longer than 64 MiB; the reply is incomplete");
		count = feed_often(&head, event, 21);
		CU_ASSERT(count.text == 63 * MIB);
		CU_ASSERT(count.err.code == ERR_INCOMPLETE);
		free(event);
	}
}

/* The bound itself is no error. */
static void
takes_64_mib_to_the_byte(void)
{
	struct http_head head = {200, "", "text/event-stream", "", ""};

	for (size_t more = 0; more < 2; more++) {
		char *event = text_event("\"content\":", 4 * MIB + more);
		struct count count = feed_often(&head, event, 16);

		CU_ASSERT(count.text == 64 * MIB);
		CU_ASSERT(count.err.code == (more ? ERR_LIMIT : ERR_INCOMPLETE));
		free(event);
	}
}

static void
refuses_an_event_longer_than_16_mib(void)
{
	struct http_head head = {200, "", "text/event-stream", "", ""};
	char *line = mem_alloc(MIB + 1);
	struct count count;

	memset(line, 'x', MIB);
	count = feed_often(&head, line, 17);
	CU_ASSERT(count.status == REPLY_FAILED);
	CU_ASSERT(count.err.code == ERR_LIMIT);
	HARNESS_EQUAL(count.err.text, "the server sent an event longer than 16 MiB; the reply is incomplete");
	free(line);
}

static void
refuses_json_nested_too_deep(void)
{
	struct buf body = {0}, out = {0};

	buf_puts(&body, "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\ndata: ");
	for (int i = 0; i < 600; i++)
		buf_putc(&body, '[');
	buf_puts(&body, "\n\n");
	play(&(struct play){0}, body.data, body.len, &out);
	HARNESS_EQUAL(buf_text(&out),
	        "content(a) | limit: the server sent JSON nested more than 512 deep; the reply is incomplete");
	buf_release(&body);
	buf_release(&out);
}

static void
bounds_a_whole_reply(void)
{
	struct http_head head = {200, "", "application/json", "", ""};
	char *piece = mem_alloc(MIB + 1);
	struct count count;

	memset(piece, ' ', MIB);
	count = feed_often(&head, piece, 129);
	CU_ASSERT(count.status == REPLY_FAILED);
	CU_ASSERT(count.err.code == ERR_LIMIT);
	HARNESS_EQUAL(count.err.text, "the server's answer is longer than 128 MiB; the reply is incomplete");
	free(piece);
}

static void
keeps_64_kib_of_an_error_body(void)
{
	struct http_head head = {500, "", "text/plain", "", ""};
	char *piece = mem_alloc(1001);
	struct count count;

	memset(piece, 'x', 1000);
	count = feed_often(&head, piece, 1000000);
	CU_ASSERT(count.status == REPLY_FAILED);
	CU_ASSERT(count.err.code == ERR_SERVER);
	CU_ASSERT(strlen(count.err.text) == 500);
	free(piece);
}

static void
tells_of_a_long_error_what_fits(void)
{
	struct buf body = {0}, out = {0};

	buf_puts(&body, "{\"error\":{\"code\":400,\"message\":\"prompt: ");
	for (int i = 0; i < 100000; i++)
		buf_puts(&body, "y");
	buf_puts(&body, "\",\"type\":\"x\"}}");
	play(&(struct play){.status = 400}, body.data, body.len, &out);
	CU_ASSERT(out.len == strlen("| server: ") + 500);
	buf_truncate(&out, strlen("| server: HTTP 400: p"));
	HARNESS_EQUAL(buf_text(&out), "| server: HTTP 400: p");
	buf_release(&body);
	buf_release(&out);
}

CU_TestInfo limits_tests[] = {
        {"keeps 64 MiB of text", keeps_64_mib_of_text},
        {"takes 64 MiB to the byte", takes_64_mib_to_the_byte},
        {"refuses an event longer than 16 MiB", refuses_an_event_longer_than_16_mib},
        {"refuses JSON nested too deep", refuses_json_nested_too_deep},
        {"bounds a whole reply", bounds_a_whole_reply},
        {"keeps 64 KiB of an error body", keeps_64_kib_of_an_error_body},
        {"tells of a long error what fits", tells_of_a_long_error_what_fits},
        CU_TEST_INFO_NULL,
};
