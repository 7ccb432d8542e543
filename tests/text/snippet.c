/*
 * snippet.c - the part of a text that is shown for a hit.
 */
#include "text/snippet.h"

#include <stdint.h>
#include <string.h>

#include "base/compiler.h"
#include "tests/harness.h"
#include "tests/text/tests.h"

static void
shows_hits_in_context(void)
{
	static const struct {
		const char *phrase, *other, *text;
		size_t width;
		const char *want; /* with hits in brackets, and dots where there is more */
	} rows[] = {
	        {"b", NULL, "a b c", 20, "a [b] c"},
	        {"b", NULL, "a\nb\tc\x1b", 20, "a [b] c "},
	        {"x", NULL, "nothing of the kind here", 12, "nothing of.."},
	        {"hit", NULL, "one two three four five six hit seven eight nine ten", 20, "..six [hit] seven eight.."},
	        {"hit", NULL, "hit seven eight nine ten", 12, "[hit] seven.."},
	        {"hit", NULL, "one two three four five hit", 12, "..[hit]"},
	        {"a", "b", "a one two three four five six a b seven eight", 16, "..six [a] [b] seven.."},
	        {"世", NULL, "你好你好你好世你好你好你好", 12, "..好[世]你好.."},
	        {"long", NULL, "longlonglonglong long", 8, "..[long]"},
	        {"a a", NULL, "a a a", 20, "[a a] a"},
	        {"a c", NULL, "a             c d", 6, "[a     ].."},
	        /* It ends with a word where that leaves more than half of the width. */
	        {"hit", NULL, "hit abc defghijkl", 12, "[hit] abc.."},
	        {"hit", NULL, "hit ab cdefghijkl", 12, "[hit] ab cdefg.."},
	        {"hit", NULL, "hit sevenseven eight", 12, "[hit] sevensev.."},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct find find = {0};
		struct snippet snippet;
		struct buf seen = {0};
		size_t at = 0;

		find_add(&find, rows[i].phrase, strlen(rows[i].phrase), false);
		if (rows[i].other)
			find_add(&find, rows[i].other, strlen(rows[i].other), false);
		snippet_make(&snippet, &find, rows[i].text, strlen(rows[i].text), rows[i].width);
		if (snippet.more_before)
			buf_puts(&seen, "..");
		for (size_t k = 0; k < snippet.n_hits; k++) {
			const struct find_range *hit = &snippet.hits[k];

			buf_put(&seen, buf_text(&snippet.text) + at, hit->start - at);
			buf_printf(&seen, "[%.*s]", (int)hit->len, buf_text(&snippet.text) + hit->start);
			at = hit->start + hit->len;
		}
		buf_puts(&seen, buf_text(&snippet.text) + at);
		if (snippet.more_after)
			buf_puts(&seen, "..");
		HARNESS_EQUAL(buf_text(&seen), rows[i].want);
		buf_release(&seen);
		snippet_release(&snippet);
		find_release(&find);
	}
}

/* Whatever the text, the hits and the width: ranges are in order and inside, and nothing is cut inside a character. */
static void
keeps_within_bounds(void)
{
	static const char *const parts[] = {"hit", " ", "\n", "世", "é", "other", "hits", "👋", "\xff"};
	uint32_t random = 3;

	for (int round = 0; round < 5000; round++) {
		struct find find = {0};
		struct snippet snippet;
		struct buf text = {0};
		size_t end = 0;

		for (int left = round % 40; left > 0; left--) {
			random = random * 1664525 + 1013904223;
			buf_puts(&text, parts[(random >> 16) % ARRAY_LEN(parts)]);
		}
		find_add(&find, "hit", 3, round % 2);
		find_add(&find, "世 hit", 7, round % 3 == 0);
		snippet_make(&snippet, &find, buf_text(&text), text.len, (size_t)(1 + round % 50));
		CU_ASSERT_FATAL(snippet.at + snippet.text.len <= text.len);
		CU_ASSERT((snippet.more_after != 0) == (snippet.at + snippet.text.len < text.len));
		for (size_t i = 0; i < snippet.n_hits; i++) {
			CU_ASSERT_FATAL(snippet.hits[i].start >= end && snippet.hits[i].len > 0);
			end = snippet.hits[i].start + snippet.hits[i].len;
			CU_ASSERT_FATAL(end <= snippet.text.len);
		}
		CU_ASSERT(snippet.text.len == 0 || (snippet.text.data[0] & 0xc0) != 0x80);
		snippet_release(&snippet);
		buf_release(&text);
		find_release(&find);
	}
}

CU_TestInfo snippet_tests[] = {
        {"shows hits in context", shows_hits_in_context},
        {"keeps within bounds", keeps_within_bounds},
        CU_TEST_INFO_NULL,
};
