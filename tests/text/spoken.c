/*
 * spoken.c - texts as they are said, whichever way they come: whole, and cut at every byte.
 */
#include "text/spoken.h"

#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "tests/harness.h"
#include "tests/text/tests.h"

static const struct row {
	const char *text, *said;
} rows[] = {
        {"", ""},
        {"One", "One\n"},
        {"One. Two! Three? Four", "One.\nTwo!\nThree?\nFour\n"},
        {"He said \"Yes.\" Then (really.) He went.", "He said \"Yes.\"\nThen (really.)\nHe went.\n"},
        {"See e.g. this, Dr. Smith, 3.5 and J. Doe. End", "See e.g. this, Dr. Smith, 3.5 and J. Doe.\nEnd\n"},
        {"One. two. Three", "One. two.\nThree\n"},
        {"日本語。次の文。End", "日本語。\n次の文。\nEnd\n"},
        {"Line one\nline two\n\nNext", "Line one\nline two\n\nNext\n"},
        {"A **bold. And** more. *x. Y* z", "A bold. And more.\nx. Y z\n"},
        {"A [link. One](http://h/). Two", "A link. One (http://h/).\nTwo\n"},
        {"Use `a. B` here. Snake_case. No_end. Z", "Use a. B here.\nSnake_case.\nNo_end.\nZ\n"},
        {"# Title *one*\ntext\n## Two ##", "Heading 1: Title one\ntext\nHeading 2: Two\n"},
        {"Title\n=====\ntext", "Heading 1: Title\ntext\n"},
        {"Title\n---\ntext", "Heading 2: Title\ntext\n"},
        {"- one. Two\n- three\n  - four\n- [ ] five\n- [x] six",
                "- one.\nTwo\n- three\n  - four\n- to do: five\n- done: six\n"},
        {"1. one\n2. two\n\n3. three", "1. one\n2. two\n\n3. three\n"},
        {"> quoted. More\n> lines\n\nafter", "Quote: quoted.\nMore\nlines\n\nafter\n"},
        {"```c\nint x;\n\n\treturn;\n```\nafter",
                "(code, language c)\nint x;\n\n        return;\n(end of code)\nafter\n"},
        {"```\nnot closed", "(code)\nnot closed\n(end of code)\n"},
        {"text\n\n    code\n\nafter", "text\n\n(code)\ncode\n(end of code)\n\nafter\n"},
        {"| A | B |\n|---|---|\n| 1 | `2` |\n|  | x |\n\nafter",
                "(table, columns: A, B)\nA: 1; B: 2\nB: x\n(end of table)\n\nafter\n"},
        {"Before\n| A |\n|---|\n| 1 |", "Before\n(table, columns: A)\nA: 1\n(end of table)\n"},
        {"a | bee. No table\nmore", "a | bee.\nNo table\nmore\n"},
        {"It is $x^2$. And \\(\\frac{a}{b}\\). $5 or $6. End", "It is x².\nAnd a/b.\n$5 or $6.\nEnd\n"},
        {"one\n\n---\n\ntwo", "one\n\ntwo\n"},
        {"a\x1b[2Jb\rc\x07", "a^[[2Jb^Mc^G\n"},
        {"<b>x</b>\n", "<b>x</b>\n"},
};

static char *
say(const char *text, size_t n, size_t step)
{
	struct spoken *s = spoken_new();
	struct buf out = {0};
	char *copy;

	/* Each time another copy: what came before is not looked at. */
	for (size_t at = step; at < n; at += step) {
		copy = mem_strndup(text, at);
		spoken_grow(s, copy, at, false, &out);
		free(copy);
	}
	spoken_grow(s, text, n, true, &out);
	spoken_free(s);
	buf_puts(&out, "");
	return buf_take(&out);
}

static void
is_said_the_same_however_it_comes(void)
{
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		for (size_t step = strlen(rows[i].text) + 1; step > 0; step--) {
			char *said = say(rows[i].text, strlen(rows[i].text), step);

			HARNESS_EQUAL(said, rows[i].said);
			free(said);
		}
}

/* A sentence is said when the next one begins, not when its paragraph ends. */
static void
does_not_wait_for_the_paragraph(void)
{
	struct spoken *s = spoken_new();
	struct buf out = {0};
	static const char text[] = "One sentence. T";

	spoken_grow(s, text, strlen(text) - 1, false, &out);
	HARNESS_EQUAL(buf_text(&out), "");
	spoken_grow(s, text, strlen(text), false, &out);
	HARNESS_EQUAL(buf_text(&out), "One sentence.\n");
	spoken_free(s);
	buf_release(&out);
}

/* Nor for ever for what never ends. */
static void
bounds_what_it_keeps(void)
{
	struct spoken *s = spoken_new();
	char *text = harness_repeat("a ", 10000);
	struct buf out = {0};

	spoken_grow(s, text, 20000, false, &out);
	HARNESS_CHECK(out.len > 12000, "%zu bytes", out.len);
	spoken_free(s);
	buf_release(&out);
	free(text);
}

CU_TestInfo spoken_tests[] = {
        {"is said the same however it comes", is_said_the_same_however_it_comes},
        {"does not wait for the paragraph", does_not_wait_for_the_paragraph},
        {"bounds what it keeps", bounds_what_it_keeps},
        CU_TEST_INFO_NULL,
};
