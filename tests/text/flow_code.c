/*
 * flow_code.c - code in the colours of a small language of the tests' own, whole and cut at every byte.
 */
#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "syntax/grammars.h"
#include "syntax/highlight.h"
#include "tests/harness.h"
#include "tests/text/laid_out.h"
#include "tests/text/tests.h"
#include "tests/text/toy.h"
#include "text/flow.h"

enum {
	COLS = 30,
};

/* Rows without the lines around code. */
static const struct {
	const char *text, *want;
} rows[] = {
        {"```toy\nint a; // b\n```\n", "{tint} a; {c// b}\n"},
        {"```toy title=x\nif\n```\n", "{kif}\n"},
        {"~~~ TOY\nif\n~~~\n", "{kif}\n"},
        {"```toy\na /* b\nif\n*/ if\n```\nif", "a {c/* b}\n{cif}\n{c*/} {kif}\nif\n"},
        {"```toy\n/*\n```\n```toy\nif\n```\n", "{c/*}\n{kif}\n"},
        {"> ```toy\n> if\n> ```\n", "│ {kif}\n"},
        {"- x\n  ```toy\n  if\n  ```\n", "• x\n  {kif}\n"},
        {"```toy\n\tif\n\n  x\tif\n```\n", "        {kif}\n\n  x     {kif}\n"},
        {"```other\nif\n```\n", "{`if}\n"},
        {"```\nif\n```\n", "{`if}\n"},
        {"    if\n", "{`    if}\n"},
        {"```toy\n\"\xc3\xa4\" \xe4\xbd\xa0 if\n```\n", "{s\"\xc3\xa4\"} \xe4\xbd\xa0 {kif}\n"},
        {"```toy\nif 0123456789 // 0123456789012345\n```\n", "{kif} {00123456789} {c// 0123456789012}\n» {c345}\n"},
};

static struct flow *
flow_of(struct grammars *g)
{
	struct flow *f = flow_new(COLS, FLOW_MARKDOWN);

	flow_colour(f, grammars_colours(g));
	return f;
}

static void
put_code_rows(const struct flow *f, struct buf *out)
{
	struct buf all = {0};

	laid_out_rows(f, &all);
	for (const char *line = buf_text(&all); *line; line += strcspn(line, "\n") + 1)
		if (!strstr(line, "──") || strstr(line, "──") > strchr(line, '\n'))
			buf_put(out, line, strcspn(line, "\n") + 1);
	buf_release(&all);
}

static void
colours_code(void)
{
	struct grammars g = {0};

	toy_know(&g);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct flow *f = flow_of(&g);
		struct buf have = {0};

		flow_grow(f, rows[i].text, strlen(rows[i].text), true);
		put_code_rows(f, &have);
		HARNESS_EQUAL(buf_text(&have), rows[i].want);
		CU_ASSERT_PTR_NULL(laid_out_wrong(f, rows[i].text, strlen(rows[i].text), COLS));
		buf_release(&have);
		flow_free(f);
	}
	grammars_release(&g);
}

static void
looks_the_same_however_it_came(void)
{
	struct grammars g = {0};

	toy_know(&g);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct flow *whole = flow_of(&g), *grown = flow_of(&g);
		size_t n = strlen(rows[i].text);
		struct buf a = {0}, b = {0};

		flow_grow(whole, rows[i].text, n, true);
		for (size_t k = 1; k <= n; k++)
			flow_grow(grown, rows[i].text, k, false);
		flow_grow(grown, rows[i].text, n, true);
		laid_out_all(whole, &a);
		laid_out_all(grown, &b);
		HARNESS_EQUAL(buf_text(&a), buf_text(&b));
		buf_release(&a);
		buf_release(&b);
		flow_free(whole);
		flow_free(grown);
	}
	grammars_release(&g);
}

/* Behind what is looked at it goes on as it is written. */
static void
goes_on_with_a_long_line(void)
{
	struct grammars g = {0};
	struct flow *whole, *grown;
	struct buf text = {0}, a = {0}, b = {0};

	toy_know(&g);
	whole = flow_of(&g);
	grown = flow_of(&g);
	buf_puts(&text, "```toy\n");
	while (text.len < 2 * CODE_LINE_MAX)
		buf_puts(&text, "if\t\"\xc3\xa4\" ");
	buf_puts(&text, "/*\nif\n");
	flow_grow(whole, text.data, text.len, true);
	for (size_t n = 1; n < text.len; n++)
		flow_grow(grown, text.data, n, false);
	flow_grow(grown, text.data, text.len, true);
	laid_out_all(whole, &a);
	laid_out_all(grown, &b);
	CU_ASSERT(strcmp(buf_text(&a), buf_text(&b)) == 0);
	CU_ASSERT(strstr(buf_text(&a), "{k if") != NULL);
	buf_release(&a);
	buf_release(&b);
	buf_release(&text);
	flow_free(whole);
	flow_free(grown);
	grammars_release(&g);
}

/* A fence's line that is not whole names no language, and what is not read yet is plain. */
static void
wants_what_it_has_not(void)
{
	static const char text[] = "```toy\nif\n```\n";
	struct grammars g = {0};
	struct flow *f = flow_of(&g);
	struct buf have = {0};

	for (size_t n = 1; n < strlen("```toy\n"); n++)
		flow_grow(f, text, n, false);
	CU_ASSERT_PTR_NULL(grammars_wanted(&g));
	CU_ASSERT(!flow_lacks_grammar(f));
	flow_grow(f, text, strlen(text), true);
	HARNESS_EQUAL(grammars_wanted(&g), "toy");
	CU_ASSERT(flow_lacks_grammar(f));
	put_code_rows(f, &have);
	HARNESS_EQUAL(buf_text(&have), "{`if}\n");
	buf_release(&have);
	flow_free(f);
	grammars_release(&g);
}

CU_TestInfo flow_code_tests[] = {
        {"colours code", colours_code},
        {"looks the same however it came", looks_the_same_however_it_came},
        {"goes on with a long line", goes_on_with_a_long_line},
        {"wants what it has not", wants_what_it_has_not},
        CU_TEST_INFO_NULL,
};
