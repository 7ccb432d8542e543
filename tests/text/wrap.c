/*
 * wrap.c - lines of a width, and that text which grew is laid out as if it had come at once.
 */
#include "text/wrap.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "tests/harness.h"
#include "tests/text/tests.h"
#include "text/cluster.h"

/* The lines, each between bars. */
static char *
lines_of(const struct wrap *w, const char *text)
{
	struct buf out = {0};

	buf_puts(&out, "|");
	for (size_t i = 0; i < w->n; i++)
		buf_printf(&out, "%.*s|", (int)w->lines[i].len, text + w->lines[i].start);
	return buf_take(&out);
}

static const struct {
	int width;
	const char *text, *want;
} rows[] = {
        {10, "", "||"},
        {10, "a\n", "|a||"},
        {10, "\n\n", "||||"},
        {10, "one two three four", "|one two|three four|"},
        {7, "one two three", "|one two|three|"},
        {3, "one two", "|one|two|"},
        {3, "one    two", "|one|two|"},
        {5, "longerword yes", "|longe|rword|yes|"},
        {5, "a longerword", "|a|longe|rword|"},
        {1, "ab", "|a|b|"},
        {8, "  indented text", "|  indent|ed text|"},
        {8, "x\n    code", "|x|    code|"},
        /* wide characters: never split, and a line may end at one but not before what closes */
        {4, "世界世", "|世界|世|"},
        {5, "世界世", "|世界|世|"},
        {1, "世", "|世|"},
        {7, "abc 世界", "|abc 世|界|"},
        {6, "世界世。世", "|世界|世。世|"},
        {4, "世a界b", "|世a|界b|"},
        /* between Latin and CJK, from either side */
        {7, "x abcd世界", "|x abcd|世界|"},
        {8, "x abcd世界", "|x abcd世|界|"},
        {5, "x世ab", "|x世ab|"},
        {4, "x世ab", "|x世|ab|"},
        {4, "x世éé", "|x世|éé|"},
        {6, "x éé世", "|x éé世|"},
        {5, "x éé世", "|x éé|世|"},
        {5, "éé 世é", "|éé 世|é|"},
        {5, "éé世。", "|éé|世。|"},
        {4, "世 ab", "|世|ab|"},
        /* clusters */
        {2,
                "e\xcc\x81"
                "e\xcc\x81"
                "e\xcc\x81",
                "|e\xcc\x81"
                "e\xcc\x81|e\xcc\x81|"},
        {3, "ab\xf0\x9f\x87\xa9\xf0\x9f\x87\xaa", "|ab|\xf0\x9f\x87\xa9\xf0\x9f\x87\xaa|"},
};

static void
breaks_lines(void)
{
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct wrap w;
		char *have;

		wrap_init(&w, rows[i].width);
		wrap_text(&w, rows[i].text, strlen(rows[i].text));
		have = lines_of(&w, rows[i].text);
		HARNESS_EQUAL(have, rows[i].want);
		free(have);
		wrap_release(&w);
	}
}

static void
breaks_code_wherever_it_is_full(void)
{
	static const struct {
		int width;
		const char *text, *want;
	} lines[] = {
	        {1, "世界", "|世|界|"},
	        {1, "a世", "|a|世|"},
	        {1, "世", "|世|"},
	        {2, "世界", "|世|界|"},
	        {3, "世界", "|世|界|"},
	        {4, "世界", "|世界|"},
	        {3, "a  b c", "|a  |b c|"},
	        {3, "abc", "|abc|"},
	        {3, "abcd", "|abc|d|"},
	        {1, "", "||"},
	};

	for (size_t i = 0; i < ARRAY_LEN(lines); i++) {
		struct buf have = {0};
		size_t n = strlen(lines[i].text);

		for (size_t at = 0, len; at <= n;) {
			size_t next = wrap_next_hard(lines[i].text, n, at, lines[i].width, &len);

			buf_printf(&have, "|%.*s", (int)len, lines[i].text + at);
			at = next;
		}
		buf_puts(&have, "|");
		HARNESS_EQUAL(buf_text(&have), lines[i].want);
		buf_release(&have);
	}
}

static void
is_the_same_when_the_text_grows(void)
{
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct wrap w;
		size_t n = strlen(rows[i].text), at = 0;
		char *have;

		wrap_init(&w, rows[i].width);
		do {
			wrap_text(&w, rows[i].text, at);
			at += at < n ? cluster_length(rows[i].text + at, n - at) : 1;
		} while (at <= n);
		have = lines_of(&w, rows[i].text);
		HARNESS_EQUAL(have, rows[i].want);
		free(have);
		wrap_release(&w);
	}
}

static void
finds_the_line_of_a_byte(void)
{
	static const char text[] = "one two\n\nthree";
	static const struct {
		size_t at, line;
	} want[] = {{0, 0}, {3, 0}, {4, 1}, {7, 1}, {8, 2}, {9, 3}, {12, 4}, {14, 4}};
	struct wrap w;

	wrap_init(&w, 3);
	wrap_text(&w, text, sizeof(text) - 1);
	for (size_t i = 0; i < ARRAY_LEN(want); i++)
		HARNESS_CHECK(wrap_line_of(&w, want[i].at) == want[i].line, "byte %zu: line %zu", want[i].at,
		        wrap_line_of(&w, want[i].at));
	wrap_release(&w);
}

/* 200,000 appends to one paragraph: were each to wrap it again, this would be 10^11 characters. */
static void
costs_the_same_however_long_the_text(void)
{
	struct wrap w;
	struct buf text = {0};
	int64_t start = clock_ms();

	wrap_init(&w, 80);
	for (int i = 0; i < 200000; i++) {
		buf_puts(&text, "token ");
		wrap_text(&w, text.data, text.len);
	}
	CU_ASSERT(w.n > 200000 * 6 / 81);
	HARNESS_CHECK(clock_ms() - start < 20000, "%lld ms", (long long)(clock_ms() - start));
	buf_release(&text);
	wrap_release(&w);
}

CU_TestInfo wrap_tests[] = {
        {"breaks lines", breaks_lines},
        {"breaks code wherever it is full", breaks_code_wherever_it_is_full},
        {"is the same when the text grows", is_the_same_when_the_text_grows},
        {"finds the line of a byte", finds_the_line_of_a_byte},
        {"costs the same however long the text", costs_the_same_however_long_the_text},
        CU_TEST_INFO_NULL,
};
