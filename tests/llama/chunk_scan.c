/*
 * chunk_scan.c - the one shape of a chunk that is read without a tree.
 */
#include "llama/chunk_scan.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "llama/json.h"
#include "llama/model_client.h"
#include "tests/harness.h"
#include "tests/llama/tests.h"
#include "tests/llama/told.h"

#define TAIL ",\"created\":1795356896,\"id\":\"chatcmpl-1\",\"model\":\"m\",\"object\":\"chat.completion.chunk\"}"

static void
check_text(const struct chunk_text *have, const char *want)
{
	HARNESS_CHECK(have->n == strlen(want) && memcmp(have->s, want, have->n) == 0, "%.*s, not %s", (int)have->n,
	        have->s, want);
}

static void
reads_the_shape_of_a_token(void)
{
	static const struct {
		const char *in, *model, *content, *reasoning;
	} rows[] = {
	        {"{\"choices\":[{\"finish_reason\":null,\"index\":0,\"delta\":{\"content\":\" a\"}}]" TAIL, "m", " a",
	                ""},
	        {"{\"choices\":[{\"delta\":{\"reasoning_content\":\"r\"},\"index\":0}]" TAIL, "m", "", "r"},
	        {"{\"model\":\"\",\"id\":\"\",\"choices\":[{\"delta\":{\"content\":\"\"}}]}", "", "", ""},
	        {"{\"choices\":[{\"index\":0}]}", "", "", ""},
	        {"{\"choices\":[{\"delta\":{\"content\":\"\\\"a\\\\\\/\\b\\f\\n\\r\\tz\"}}]}", "", "\"a\\/\b\f\n\r\tz",
	                ""},
	        {"{\"choices\":[{\"delta\":{\"content\":\"\xc3\xbc\xe4\xb8\x96\"}}]}", "", "\xc3\xbc\xe4\xb8\x96", ""},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct chunk_scan scan = {.before = 0};
		struct chunk_said said;

		HARNESS_CHECK(told_by_scan(&scan, rows[i].in, strlen(rows[i].in)), "%s", rows[i].in);
		if (!chunk_scan(&scan, rows[i].in, strlen(rows[i].in), &said))
			continue;
		check_text(&said.model, rows[i].model);
		check_text(&said.content, rows[i].content);
		check_text(&said.reasoning, rows[i].reasoning);
	}
}

static void
leaves_all_else(void)
{
	static const char *const rows[] = {"", "{}", "[]", "{\"choices\":[]}", "{\"choices\":[{}]}",
	        "{\"model\":\"m\"}", "{\"choices\":[{\"index\":1}]}", "{\"choices\":[{\"index\":0},{\"index\":0}]}",
	        "{\"choices\":[{\"index\":0,\"index\":0}]}",
	        "{\"choices\":[{\"index\":0}],\"choices\":[{\"index\":0}]}",
	        "{\"choices\":[{\"index\":0,\"index\":0,\"choices\":[{\"index\":0}]}",
	        "{\"choices\":[{\"index\":0}],\"model\":\"a\",\"model\":\"b\"}",
	        "{\"choices\":[{\"index\":0}],\"usage\":{}}", "{\"choices\":[{\"index\":0}],\"error\":\"x\"}",
	        "{\"choices\":[{\"finish_reason\":\"stop\"}]}", "{\"choices\":[{\"delta\":{}}]}",
	        "{\"choices\":[{\"delta\":{\"content\":null}}]}", "{\"choices\":[{\"delta\":{\"content\":5}}]}",
	        "{\"choices\":[{\"delta\":{\"content\":\"a\",\"content\":\"b\"}}]}",
	        "{\"choices\":[{\"delta\":{\"content\":\"\\u0000\"}}]}",
	        "{\"choices\":[{\"delta\":{\"content\":\"\\x\"}}]}",
	        "{\"choices\":[{\"delta\":{\"content\":\"\xff\"}}]}", "{\"choices\":[{\"delta\":{\"content\":\"a\\",
	        "{\"choices\":[{\"delta\":{\"content\":\"a", "{\"choices\":[{\"delta\":{\"content\":\"a\"",
	        "{\"choices\":[{\"index\":0}]", "{\"choices\":[{\"index\":0}]}x", "{\"choices\":[{\"index\":0}],}",
	        "{\"choices\":[{\"index\":0}] }", "{\"choices\":[{\"index\":0}],\"id\":\"\\u0041\"}",
	        "{\"choices\":[{\"index\":0}],\"created\":-1}", "{\"choices\":[{\"index\":0}],\"created\":}",
	        "{\"choices\":[{\"index\":0}],\"model\":\"\\n\"}",
	        "{\"choices\":[{\"index\":0}],\"id\":\"a\",\"id\":\"b\"}",
	        "{\"choices\":[{\"index\":0}],\"created\":100000000000000000000}"};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct chunk_scan scan = {.before = 0};

		HARNESS_CHECK(!told_by_scan(&scan, rows[i], strlen(rows[i])), "%s", rows[i]);
	}
}

static bool
reads_escaped(size_t characters)
{
	struct buf in = {0};
	struct chunk_scan scan = {.before = 0};
	struct chunk_said said;
	bool taken;

	buf_puts(&in, "{\"choices\":[{\"delta\":{\"content\":\"\\n");
	for (size_t i = 1; i < characters; i++)
		buf_putc(&in, 'x');
	buf_puts(&in, "\"}}]}");
	taken = chunk_scan(&scan, in.data, in.len, &said) && said.content.n == characters;
	buf_release(&in);
	return taken;
}

static void
leaves_long_escaped_texts(void)
{
	CU_ASSERT_TRUE(reads_escaped(CHUNK_SCAN_UNESCAPED_MAX));
	CU_ASSERT_FALSE(reads_escaped(CHUNK_SCAN_UNESCAPED_MAX + 1));
}

/* ---- the frame ---- */

#define FRAMED(text)  "{\"choices\":[{\"delta\":{\"content\":\"" text "\"}}],\"id\":\"i\",\"model\":\"m\"}"
#define THOUGHT(text) "{\"id\":\"j\",\"choices\":[{\"index\":0,\"delta\":{\"reasoning_content\":\"" text "\"}}]}"

/* A chunk after another one: NULL: the scan does not know it. */
static void
knows_a_frame_again(void)
{
	static const struct {
		const char *first, *in, *content, *reasoning;
	} rows[] = {
	        {FRAMED("a"), FRAMED("b"), "b", ""},
	        {FRAMED("a"), FRAMED(""), "", ""},
	        {FRAMED("\\n"), FRAMED("longer than the first"), "longer than the first", ""},
	        {FRAMED("a"), FRAMED("\\\"\\n"), "\"\n", ""},
	        {FRAMED("a"), FRAMED("\xc3\xbc"), "\xc3\xbc", ""},
	        {FRAMED("a"), FRAMED("\xc3"), NULL, NULL},
	        {FRAMED("a"), FRAMED("\\"), NULL, NULL},
	        {FRAMED("a"), FRAMED("\\u00fc"), NULL, NULL},
	        {FRAMED("a"), FRAMED("b\",\"role\":\"c"), NULL, NULL},
	        {FRAMED("a"), FRAMED("b\"}}],\"model\":\"n\",\"choices\":[{\"delta\":{\"content\":\"c"), NULL, NULL},
	        {FRAMED("a"), "{\"choices\":[{\"delta\":{\"content\":\"}}],\"id\":\"i\",\"model\":\"m\"}", NULL, NULL},
	        {FRAMED("a"), THOUGHT("b"), "", "b"},
	        {THOUGHT("a"), THOUGHT("b"), "", "b"},
	        {THOUGHT("a"), FRAMED("b"), "b", ""},
	        {FRAMED("a"), "{\"choices\":[{\"index\":0}]}", "", ""},
	        {"{\"choices\":[{\"index\":0}]}", FRAMED("a"), "a", ""},
	        {"[]", FRAMED("a"), "a", ""},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct chunk_scan scan = {.before = 0};
		struct chunk_said said;
		bool known;

		told_by_scan(&scan, rows[i].first, strlen(rows[i].first));
		known = told_by_scan(&scan, rows[i].in, strlen(rows[i].in));
		HARNESS_CHECK(known == (rows[i].content != NULL), "%s after %s", rows[i].in, rows[i].first);
		if (!known || !chunk_scan(&scan, rows[i].in, strlen(rows[i].in), &said))
			continue;
		check_text(&said.content, rows[i].content);
		check_text(&said.reasoning, rows[i].reasoning);
	}
}

/* A frame that is too long to be kept is read every time. */
static void
keeps_no_long_frame(void)
{
	struct chunk_scan scan = {.before = 0};
	struct buf in = {0};

	buf_puts(&in, "{\"choices\":[{\"delta\":{\"content\":\"a\"}}],\"object\":\"");
	for (size_t i = 0; i < CHUNK_SCAN_FRAME_MAX; i++)
		buf_putc(&in, 'o');
	buf_puts(&in, "\"}");
	told_by_scan(&scan, FRAMED("a"), strlen(FRAMED("a")));
	CU_ASSERT(scan.before > 0);
	CU_ASSERT_TRUE(told_by_scan(&scan, in.data, in.len));
	CU_ASSERT_EQUAL(scan.before, 0);
	buf_release(&in);
}

/* ---- what a token costs ---- */

static int allocations;

static void *
count_allocation(size_t n)
{
	allocations++;
	return malloc(n);
}

static bool
on_event(void *arg, const struct chat_event *e)
{
	buf_put(arg, e->text, e->type == CHAT_EVENT_CONTENT ? e->len : 0);
	return true;
}

/* The head, the chunks and what comes after them. */
static void
play_stream(const char *body, struct buf *content)
{
	struct model_settings settings = {.endpoint = "http://h"};
	struct err err;
	struct model_client *client = model_client_new(&settings, &err);
	struct reply *reply = reply_new(client, true, (struct reply_sink){on_event, content});
	struct http_head head = {200, "OK", "text/event-stream", "", ""};
	size_t used;

	reply_head(reply, &head);
	CU_ASSERT_EQUAL(reply_feed(reply, body, strlen(body), &used, &err), REPLY_MORE);
	reply_free(reply);
	model_client_free(client);
}

static void
builds_no_tree_for_a_token(void)
{
	cJSON_Hooks counting = {count_allocation, free};
	struct buf body = {0}, content = {0};

	for (int i = 0; i < 1000; i++)
		buf_puts(&body,
		        "data: {\"choices\":[{\"finish_reason\":null,\"index\":0,\"delta\":{\"content\":\"\\n\"}}]" TAIL
		        "\n\n");
	allocations = 0;
	cJSON_InitHooks(&counting);
	play_stream(buf_text(&body), &content);
	CU_ASSERT_EQUAL(allocations, 0);
	play_stream("data: {\"choices\":[{\"index\":0, \"delta\":{\"content\":\"\"}}]}\n\n", &content);
	CU_ASSERT(allocations > 0); /* they are counted */
	cJSON_InitHooks(NULL);
	CU_ASSERT_EQUAL(content.len, 1000);
	buf_release(&body);
	buf_release(&content);
}

CU_TestInfo chunk_scan_tests[] = {
        {"reads the shape of a token", reads_the_shape_of_a_token},
        {"leaves all else", leaves_all_else},
        {"leaves long escaped texts", leaves_long_escaped_texts},
        {"knows a frame again", knows_a_frame_again},
        {"keeps no long frame", keeps_no_long_frame},
        {"builds no tree for a token", builds_no_tree_for_a_token},
        CU_TEST_INFO_NULL,
};
