/*
 * compact_text.c - pieces of the text that is summed up are, one after another, that text, and no character is cut.
 */
#include "app/compact_text.h"

#include <string.h>

#include "base/utf8.h"
#include "tests/app/tests.h"
#include "tests/harness.h"

static const char whole[] = "Summary of what came before: ü\n\nUser: Wo?\n\nAssistant: 世界 👋🏽\n\nUser: x\n\n";

static void
fill(struct compact_text *s)
{
	static const struct {
		enum chat_role role;
		const char *text;
	} parts[] = {{CHAT_SYSTEM, "ü"}, {CHAT_USER, "Wo?"}, {CHAT_ASSISTANT, "世界 👋🏽"}, {CHAT_USER, "x"}};

	*s = (struct compact_text){0};
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
		struct buf text = {0};

		buf_puts(&text, parts[i].text);
		compact_text_add(s, parts[i].role, &text);
		buf_release(&text);
	}
}

static void
is_the_same_in_pieces(void)
{
	struct compact_text s;

	fill(&s);
	CU_ASSERT(s.len == strlen(whole));
	for (size_t most = 4; most <= s.len + 1; most++) {
		struct buf all = {0};
		size_t n;

		for (size_t at = 0; at < s.len; at += n) {
			struct buf piece = {0};

			n = compact_text_floor(&s, at, most);
			CU_ASSERT_FATAL(n > 0 && n <= most);
			compact_text_put(&s, at, n, &piece);
			HARNESS_CHECK(piece.len == n && utf8_span(piece.data, n) == n, "%zu at %zu: %s", most, at,
			        buf_text(&piece));
			buf_put(&all, piece.data, piece.len);
			buf_release(&piece);
		}
		HARNESS_EQUAL(buf_text(&all), whole);
		buf_release(&all);
	}
	compact_text_release(&s);
	CU_ASSERT(s.len == 0 && s.n == 0);
}

static void
puts_any_part(void)
{
	struct compact_text s;

	fill(&s);
	for (size_t at = 0; at <= s.len; at++)
		for (size_t n = 0; at + n <= s.len; n++) {
			struct buf out = {0};

			compact_text_put(&s, at, n, &out);
			HARNESS_CHECK(out.len == n && memcmp(buf_text(&out), whole + at, n) == 0, "%zu at %zu: %s", n,
			        at, buf_text(&out));
			buf_release(&out);
		}
	compact_text_release(&s);
}

CU_TestInfo compact_text_tests[] = {
        {"is the same in pieces", is_the_same_in_pieces},
        {"puts any part", puts_any_part},
        CU_TEST_INFO_NULL,
};
