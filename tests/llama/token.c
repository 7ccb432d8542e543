/*
 * token.c - the one shape that is read without a tree.
 */
#include "llama/token.h"

#include <string.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "tests/harness.h"
#include "tests/llama/tests.h"

#define TAIL ",\"created\":1795356896,\"id\":\"chatcmpl-1\",\"model\":\"m\",\"object\":\"chat.completion.chunk\"}"

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
		struct token t;
		bool taken = token_read(rows[i].in, strlen(rows[i].in), &t);

		HARNESS_CHECK(taken, "%s", rows[i].in);
		if (!taken)
			continue;
		CU_ASSERT(t.model.n == strlen(rows[i].model) && memcmp(t.model.s, rows[i].model, t.model.n) == 0);
		CU_ASSERT(t.content.n == strlen(rows[i].content) &&
		          memcmp(t.content.s, rows[i].content, t.content.n) == 0);
		CU_ASSERT(t.reasoning.n == strlen(rows[i].reasoning) &&
		          memcmp(t.reasoning.s, rows[i].reasoning, t.reasoning.n) == 0);
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
	        "{\"choices\":[{\"index\":0}],\"model\":\"\\n\"}"};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct token t;

		HARNESS_CHECK(!token_read(rows[i], strlen(rows[i]), &t), "%s", rows[i]);
	}
}

static bool
reads_escaped(size_t characters)
{
	struct buf in = {0};
	struct token t;
	bool taken;

	buf_puts(&in, "{\"choices\":[{\"delta\":{\"content\":\"\\n");
	for (size_t i = 1; i < characters; i++)
		buf_putc(&in, 'x');
	buf_puts(&in, "\"}}]}");
	taken = token_read(in.data, in.len, &t);
	buf_release(&in);
	return taken && t.content.n == characters;
}

static void
leaves_long_escaped_texts(void)
{
	CU_ASSERT_TRUE(reads_escaped(TOKEN_UNESCAPED_MAX));
	CU_ASSERT_FALSE(reads_escaped(TOKEN_UNESCAPED_MAX + 1));
}

CU_TestInfo token_tests[] = {
        {"reads the shape of a token", reads_the_shape_of_a_token},
        {"leaves all else", leaves_all_else},
        {"leaves long escaped texts", leaves_long_escaped_texts},
        CU_TEST_INFO_NULL,
};
