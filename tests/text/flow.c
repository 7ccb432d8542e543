/*
 * flow.c - what Markdown looks like, what is shown of it while it is on its way, and that what a token costs does not depend
 * on how much there is.
 */
#include "text/flow.h"

#include <string.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "tests/harness.h"
#include "tests/text/laid_out.h"
#include "tests/text/tests.h"

struct row {
	int cols;
	const char *text, *want;
};

static void
check(const struct row *row, enum flow_look look, bool ended)
{
	struct flow *f = flow_new(row->cols, look);
	struct buf have = {0};

	flow_grow(f, row->text, strlen(row->text), ended);
	laid_out_rows(f, &have);
	HARNESS_EQUAL(buf_text(&have), row->want);
	buf_release(&have);
	flow_free(f);
}

#define CHECK_ALL(rows, look, ended)                                                                                   \
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)                                                                   \
	check(&(rows)[i], look, ended)

static void
lays_out_markdown(void)
{
	static const struct row rows[] = {
	        {40, "", ""},
	        {40, "\n\n", ""},
	        {40, "\n\na\n\n\n\nb\n\n", "a\n\nb\n"},
	        {40, "a\n# b\nc", "a\n# {#b}\nc\n"},
	        {40, "a\n\n# *b* `c` [d](e) #", "a\n\n# {#b }{`c}{# }{[d}{# (}{(e}{#)}\n"},
	        {9, "*a **b*** ~~cd~~", "{*a }{***b}\n{~~~cd~~}\n"},
	        {40, "a\\*b\\\nc  \nd", "a*b\nc\nd\n"},
	        {40, "&lt;b&gt; &unknown; &#x41;", "<b> &unknown; A\n"},
	        {40, "a\tb", "a       b\n"},
	        {40, "<b>a</b>\n\n<div>\n*a*\n", "<b>a</b>\n\n<div>\n*a*\n"},
	        {8, "- a b c d e\n", "• a b c\n  d e\n"},
	        {40, "- a\n- b\n\n- c\n", "• a\n• b\n\n• c\n"},
	        {40, "9. a\n9. b\n   - c\n", "9. a\n10. b\n    • c\n"},
	        {40, "9) a\n1. b\n", "9) a\n1. b\n"},
	        {40, "-\n- a\n-\n\n- b", "• \n• a\n• \n\n• b\n"},
	        {40, "1. [ ] a\n2. [x] b\n- [X]\n", "1. [ ] a\n2. [x] b\n• [X]\n"},
	        {40, "> a\nb\n>\n> > c\n\n>", "│ a\n│ b\n│ \n│ │ c\n\n│ \n"},
	        {6, "> - > 1. abcdef", "1. abc\n   def\n"},
	        {6, "***\n", "{|──────}\n"},
	        {10, "```c\nint a;\n\nint bcdefgh;\n```",
	                "{|── 1 c ───}\n{`int a;}\n\n{`int bcdefg}\n» {`h;}\n{|──────────}\n"},
	        {10, "- ~~~\n  a\n\nb", "• {|── 1 ───}\n  {`a}\n  \n  {|────────}\nb\n"},
	        {10, "    a\n\n      b\n\nc", "{`    a}\n\n{`      b}\n\nc\n"},
	        {40, "שלום\n\na ש", "← שלום\n\na ש\n"},
	};

	CHECK_ALL(rows, FLOW_MARKDOWN, true);
}

static void
lays_out_links(void)
{
	static const struct row rows[] = {
	        {40, "[a](b)", "{[a} ({(b})\n"},
	        {40, "<http://a>", "{[http://a}\n"},
	        {40, "[http://a](http://a)", "{[http://a}\n"},
	        {40, "www.a.b a@b.c", "{[www.a.b} {[a@b.c}\n"},
	        {40, "[](a)", "({(a})\n"},
	        {40, "[a]()", "{[a}\n"},
	        {40, "[*a*](b \"c\")", "{[a} ({(b})\n"},
	        {40, "![a](b)", "{|[image: }{[a}{|]} ({(b})\n"},
	        {40, "[a]: b\n[a]", "[a]: b\n[a]\n"},
	        {40, "[a]: b 'c'\n[d]: <e f>\n\n[a], [x][d], [g]\n\n[g]: h",
	                "[a]: b 'c'\n[d]: <e f>\n\n{[a} ({(b}), {[x} ({(e f}), [g]\n\n[g]: h\n"},
	        {40, "[a]: <b\n\n[a] *c*", "[a]: <b\n\n[a] {*c}\n"},
	        {40, "[a](&#27;&#10;)", "{[a} ({(^[ })\n"},
	};

	CHECK_ALL(rows, FLOW_MARKDOWN, true);
}

/* md4c ends links and emphasis that it has not begun, and begins what it does not end, where a target has their signs. */
static void
bears_ends_without_a_beginning(void)
{
	static const struct row rows[] = {
	        {60, "![a](b[c)](d)", "{|[image: }{[a}{|]} ({(b[c})\n"},
	        {60, "![a ![b](c[d)](e) f](g)", "{|[image: }{[a }{|[image: }{[b}{|]} ({(c[d}){[ f}{|]} ({(g})\n"},
	        {60, "![a](b[c)](d) ![e](f)", "{|[image: }{[a}{|]} ({(b[c}) {|[image: }{[e}{|]} ({(f})\n"},
	        {60, "![](>]**)**>a](x) **b** c", "{|[image: ]} ({(>]**})>a](x) {**b} c\n"},
	        {60, "q ![&amp;](*_!<)* *b* c", "q {|[image: }{[&}{|]} ({(*_!<}) {*b} c\n"},
	        {60, "[](~a~)) ~~b~~ c", "({(~a~})) {~~~b~~} c\n"},
	};

	CHECK_ALL(rows, FLOW_MARKDOWN, true);
}

static void
fits_tables(void)
{
	static const struct row rows[] = {
	        {40, "|a|b|\n|-|-|\n|c|", "{**a}{| │ }{**b}\n{|──┼──}\nc{| │ }\n"},
	        {40, "a|b|c\n:-|-:|:-:\n1234|5678|9012\nx|y|z",
	                "{**a}   {| │ }   {**b}{| │ } {**c}\n{|─────┼──────┼─────}\n1234{| │ }5678{| │ }9012\nx   {| │ "
	                "}   y{| │ } z\n"},
	        {40, "|a|\n|-|\n|b|c|d|\ne", "{**a}\n{|─────}\nb|c|d\ne\n"},
	        {40, "x\n|a|\n|-|\n\n|b|", "x\n{**a}\n{|─}\n\n|b|\n"},
	        {40, "|a\\|b|`c\\|d`|\n|-|-|", "{**a|b}{| │ }{`c|d}\n{|────┼────}\n"},
	        {20, "|a|b|\n|-|-|\n|one two|three four five|",
	                "{**a}      {| │ }{**b}\n{|────────┼───────────}\none two{| │ }three four\n       {| │ "
	                "}five\n"},
	        {14, "|a|b|\n|-|-|\n|one two|three four|\n||x|",
	                "{**a}{| │ }{**b}\n{|──────────────}\n{**a: }one two\n{**b: }three "
	                "four\n{|──────────────}\n{**b: }x\n"},
	        {40, "- |a|\n  |-|\n  |b|", "• {**a}\n  {|─}\n  b\n"},
	        /* the first line of a cell is the widest */
	        {40, "|a|b|\n|-|-|\n|long line<br>x|c|",
	                "{**a}        {| │ }{**b}\n{|──────────┼──}\nlong line{| │ }c\nx        {| │ }\n"},
	};

	CHECK_ALL(rows, FLOW_MARKDOWN, true);
}

/* Signs of quotes and items take half of the columns, and no more but for the innermost. */
static void
gives_half_of_the_columns_to_signs(void)
{
	static const struct row rows[] = {
	        {8, "> > a", "│ │ a\n"},
	        {7, "> > a", "│ a\n"},
	        {4, "> a", "│ a\n"},
	        {12, "> > > a", "│ │ │ a\n"},
	        {11, "> > > a", "│ │ a\n"},
	        {3, "> a", "│ a\n"},
	};

	CHECK_ALL(rows, FLOW_MARKDOWN, true);
}

static void
shows_what_is_on_its_way(void)
{
	static const struct row rows[] = {
	        {40, "**a", "**a\n"},
	        {40, "a\n-", "a\n-\n"},
	        {40, "a\n---", "a\n---\n"},
	        {40, "a\n---\n", "## {#a}\n"},
	        {40, "- ", "• \n"},
	        {40, ">", "│ \n"},
	        {40, "```c", "{|── 1 c ─────────────────────────────────}\n"},
	        {40, "```\na", "{|── 1 ───────────────────────────────────}\n{`a}\n"},
	        {40, "|a|\n|-|\n|", "{**a}\n{|─}\n\n"},
	        {40, "a [b](c", "a [b](c\n"},
	        {40, "a \xe4\xb8", "a\n"},
	};

	CHECK_ALL(rows, FLOW_MARKDOWN, false);
}

static void
leaves_what_is_typed(void)
{
	static const struct row rows[] = {
	        {40, "\n\n# a\n\n\n*b*\n\n", "# a\n\n\n*b*\n"},
	        {40, "a\tb\r\nc\rd\n\te", "a       b\nc^Md\n        e\n"},
	        {5, "one two", "one\ntwo\n"},
	};

	CHECK_ALL(rows, FLOW_TYPED, true);
}

/* Control characters through entities, targets and languages. */
static void
lets_nothing_past_the_filter(void)
{
	static const struct row rows[] = {
	        {40, "&#27;&#x9b;&#x202e;&#x200d;&#0;", "^[<U+009B><U+202E><U+200D>\xef\xbf\xbd\n"},
	        {40, "<U+202E> \xe2\x80\xae", "<U+202E> <U+202E>\n"},
	        {40, "*\xe2\x80\x8d*a", "{*<U+200D>}a\n"},
	};

	CHECK_ALL(rows, FLOW_MARKDOWN, true);
}

/* ---- how much there is ---- */

/* So many times the piece, in pieces of ten bytes; then it must look as if it had come at once. */
static void
grow_by_pieces(const char *begin, const char *piece, size_t times)
{
	struct flow *f = flow_new(60, FLOW_MARKDOWN), *whole = flow_new(60, FLOW_MARKDOWN);
	struct buf text = {0}, have = {0}, want = {0};

	buf_puts(&text, begin);
	for (size_t i = 0; i < times; i++)
		buf_printf(&text, piece, i);
	for (size_t n = 0; n < text.len; n += 10)
		flow_grow(f, text.data, n, false);
	flow_grow(f, text.data, text.len, true);
	flow_grow(whole, text.data, text.len, true);
	laid_out_all(f, &have);
	laid_out_all(whole, &want);
	HARNESS_CHECK(strcmp(buf_text(&have), buf_text(&want)) == 0, "%s", piece);
	flow_free(f);
	flow_free(whole);
	buf_release(&text);
	buf_release(&have);
	buf_release(&want);
}

/* With what costs more for each token the more there is this would take minutes. */
static void
goes_on_with_long_blocks(void)
{
	grow_by_pieces("```c\n", "int a%zu = 5; /* some code */\n", 10000);
	grow_by_pieces("", "- item %zu with **words**\n", 5000);
	grow_by_pieces("|a|b|\n|-|-|\n", "| row %zu | `cell` |\n", 3000);
	grow_by_pieces("", "word%zu *and* more ", 5000);
	grow_by_pieces("", "line%zu of a paragraph\n", 5000);
	grow_by_pieces("```\n", "x%zuyyyyyyyyyyyyyy", 5000);
	grow_by_pieces("|a|b|\n|-|-|\n|", "x%zuyyyyyyyyyyyyyyyyyyy ", 5000);
	grow_by_pieces("", "> ", 20000);
	grow_by_pieces("", "[a](", 3000);
	grow_by_pieces("", "*a **b `c ", 3000);
}

/* A blank that was last when the paragraph was parsed is shown with what comes after it, not with the next parsing. */
static void
tears_no_blank_out_of_long_paragraphs(void)
{
	struct flow *f = flow_new(400, FLOW_MARKDOWN);
	struct buf text = {0};

	for (int i = 0; i < 2000; i++) {
		struct buf have = {0};

		buf_puts(&text, "abcd ");
		flow_grow(f, text.data, text.len, false);
		laid_out_rows(f, &have);
		HARNESS_CHECK(!strstr(buf_text(&have), "abcdabcd"), "behind %d words", i);
		buf_release(&have);
	}
	buf_release(&text);
	flow_free(f);
}

CU_TestInfo flow_tests[] = {
        {"lays out Markdown", lays_out_markdown},
        {"lays out links", lays_out_links},
        {"bears ends without a beginning", bears_ends_without_a_beginning},
        {"fits tables", fits_tables},
        {"gives half of the columns to signs", gives_half_of_the_columns_to_signs},
        {"shows what is on its way", shows_what_is_on_its_way},
        {"leaves what is typed", leaves_what_is_typed},
        {"lets nothing past the filter", lets_nothing_past_the_filter},
        {"goes on with long blocks", goes_on_with_long_blocks},
        {"tears no blank out of long paragraphs", tears_no_blank_out_of_long_paragraphs},
        CU_TEST_INFO_NULL,
};
