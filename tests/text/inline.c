/*
 * inline.c - where flynn reads a paragraph otherwise than CommonMark does: as language models write.
 */
#include <string.h>

#include "base/compiler.h"
#include "tests/harness.h"
#include "tests/text/laid_out.h"
#include "tests/text/tests.h"

struct row {
	const char *text, *want;
};

static void
lay_out(const char *text, int cols, struct buf *out)
{
	struct flow *f = flow_new(cols, FLOW_MARKDOWN);

	buf_clear(out);
	flow_grow(f, text, strlen(text), true);
	laid_out_rows(f, out);
	flow_free(f);
}

static void
check_all(const struct row *rows, size_t n)
{
	struct buf have = {0};

	for (size_t i = 0; i < n; i++) {
		lay_out(rows[i].text, 80, &have);
		HARNESS_EQUAL(buf_text(&have), rows[i].want);
	}
	buf_release(&have);
}

/* These look as they are written. */
static void
check_raw(const char *const *texts, size_t n)
{
	struct buf have = {0}, want = {0};

	for (size_t i = 0; i < n; i++) {
		lay_out(texts[i], 80, &have);
		buf_clear(&want);
		buf_printf(&want, "%s\n", texts[i]);
		HARNESS_EQUAL(buf_text(&have), buf_text(&want));
	}
	buf_release(&have);
	buf_release(&want);
}

static void
strikes_with_two_tildes(void)
{
	static const struct row rows[] = {
	        {"10~20 ms, 30~40 ms", "10~20 ms, 30~40 ms\n"},
	        {"~a~ and ~b~", "~a~ and ~b~\n"},
	        {"~~a~~ and ~b~", "{~~~a~~} and ~b~\n"},
	        {"~~a~b~~ c~d", "{~~~a~b~~} c~d\n"},
	        {"~~a~ b", "~~a~ b\n"},
	        {"~a~~ b", "~a~~ b\n"},
	        {"a ~~~b~~~ c", "a ~~~b~~~ c\n"},
	        {"\\~a~ ~b\\~", "~a~ ~b~\n"},
	        {"*~a~* ~*b*~", "{*~a~} ~{*b}~\n"},
	        {"`~a~` ~b ~", "{`~a~} ~b ~\n"},
	        {"https://a.b/~c/~d and ~e", "{[https://a.b/~c/~d} and ~e\n"},
	        {"[a~b](http://c.d/~e~)", "{[a~b} ({(http://c.d/~e~})\n"},
	        {"| a~b | c~d |\n|-|-|\n| ~e~ | ~~f~~ |", "{**a~b}{| │ }{**c~d}\n{|────┼──────}\n~e~{| │ }{~~~f~~}\n"},
	};

	check_all(rows, ARRAY_LEN(rows));
}

/* Those that have no other form. */
static void
shows_formulas_as_they_are_written(void)
{
	static const char *const raw[] = {
	        "So \\( y = \\{1,\\,2\\}\\zz \\) and \\(a_1*b_2*c\\zz\\)",
	        "\\[\n\\begin{zz} a & b \\\\ c & d \\end{zz}\n\\]",
	        "\\[ a_1 \\\\[2pt] b_1 \\\\(c)\\zz \\]",
	        "$$\\{a_1\\}\\zz$$ and $\\{a_1\\}_2\\zz$ and ($x*y*z\\zz$), $a\\zz$-b",
	        "公式$a_1*b_1*c\\zz$是",
	        "$$\na &amp; b \\\\\n- c\n+ d\n= e\n> g\n1. h\n===\n---\n| i | j |\n|---|---|\n    k\n$$",
	        "Text:\n$$\n  a_1\n    + b_1_\n- c\n$$\nmore",
	        "Text: \\[\n- a\\zz\n\\] more",
	        "\\[ \\begin{aligned}\n- a &= b \\\\\n- c &= d\\zz\n\\end{aligned} \\]",
	        "$a_1\nb_1\\zz$ c",
	        "\\(a_1\nb_1\\zz\\) c",
	        "$$\n\\zz\n$$ and $$\n\\zz\n$$",
	        "$$ never *closed*\n- a_b_",
	        "\\( y_1_ = \\{(a) *b*",
	        "So $\\frac{a_1_}{\\{*b*",
	        "So ${a_1_}*b*",
	        "\\[ never *closed*\n- [a] & [b]",
	        "$\\$5_a_$",
	        "From $5 to 10$, or $100 (or 90$), and $20 for one and 5$.",
	        "$a `*b_` c$",
	        "\\(\\text{``a'' *b*}\\zz\\)",
	        "$http://a.b <br> &lt; ~~x~~ [a](b)$",
	};
	static const struct row rows[] = {
	        {"$5 and *a* $6", "$5 and {*a} $6\n"},
	        {"$5, *a*, $6 and $x_1*y*$", "$5, {*a}, $6 and x₁ * y*\n"},
	        {"US$5 *a* 6$ *b* 7$", "US$5 {*a} 6$ {*b} 7$\n"},
	        {"$5到*a*$6", "$5到{*a}$6\n"},
	        {"($5) *a* ($6)", "($5) {*a} ($6)\n"},
	        {"`$a`*b*`$c` $", "{`$a}{*b}{`$c} $\n"},
	        {"`\\(` *a* `\\)`", "{`\\(} {*a} {`\\)}\n"},
	        {"\\\\(*a*\\\\)", "\\({*a}\\)\n"},
	        {"\\(*a*)", "({*a})\n"},
	        {"\\(*a*\n- b", "\\(*a*\n• b\n"},
	        {"$a *b*", "$a {*b}\n"},
	        {"$\\* *b*", "$* {*b}\n"},
	        {"\\[a](b) *c*\n- d", "[a](b) {*c}\n• d\n"},
	        {"\\$5 *a* \\$6$", "$5 {*a} $6$\n"},
	        {"x \\[*a* \\[b_1_\\] y", "x [{*a} \\[b_1_\\] y\n"},
	        {"$*a*$$ b", "${*a}$$ b\n"},
	        {"$$$ *a* $$$", "$$$ {*a} $$$\n"},
	        {"**$a_1_$** *\\(b\\)*", "{**$a_1_$} {*b}\n"},
	        {"是**$a$**的", "是{**a}的\n"},
	        {"# $a_1*b*$", "# {#a₁ * b*}\n"},
	        {"$$\na\n\n*b*", "$$\na\n\n{*b}\n"},
	        {"$$\na\n```\nb\n```",
	                "$$\na\n{|── 1 ───────────────────────────────────────────────────────────────────────────}\n"
	                "{`b}\n{|────────────────────────────────────────────────────────────────────────────────}\n"},
	        {"- a:\n  \\[\n  - b\n  \\]\n- c", "• a:\n  −b\n• c\n"},
	        {"- a:\n\\[\n- b\n\\]\n- c", "• a:\n  −b\n• c\n"},
	        {"> $$\n> - a\n> $$\n> *b*", "│ −a\n│ {*b}\n"},
	        {"$$\na\n$$\n- b", "a\n• b\n"},
	        {"$$\na\n# b\n- c", "$$\na\n# {#b}\n• c\n"},
	        {"$$a$$\n- b", "a\n• b\n"},
	        {"a $$ b\n- c", "a $$ b\n• c\n"},
	        {"| $a_1*b*$ | \\(c_1\\) |\n|-|-|\n| *d* | $e$ |",
	                "{**a₁ * b*}{| │ }{**c₁}\n{|────────┼───}\n{*d}      {| │ }e\n"},
	        {"[a](b \"$c$\") [$d_1_$](http://e.f/$g_h_$)", "{[a} ({(b}) {[$d_1_$} ({(http://e.f/$g_h_$})\n"},
	};

	check_raw(raw, ARRAY_LEN(raw));
	check_all(rows, ARRAY_LEN(rows));
}

static void
lays_out_formulas(void)
{
	static const struct row rows[] = {
	        {"So \\( y = \\{1,\\,2\\} \\) and \\(a_1*b_2*c\\)", "So y = {1, 2} and a₁ * b₂ * c\n"},
	        {"\\[\n\\begin{matrix} a & b \\\\ c & d \\end{matrix}\n\\]", "a  b\nc  d\n"},
	        {"\\[ a_1 \\\\[2pt] b_1 \\\\(c) \\]", "a₁\nb₁\n(c)\n"},
	        {"$$\\{a_1\\}$$ and $\\{a_1\\}_2$ and ($x*y*z$), $a$-b", "{a₁}\nand {a₁}₂ and (x * y * z), a-b\n"},
	        {"公式$a_1*b_1*c$是", "公式a₁ * b₁ * c是\n"},
	        {"Text:\n$$\n  a_1\n    + b_1\n- c\n$$\nmore", "Text:\na₁ + b₁ − c\nmore\n"},
	        {"Text:\n\\[\n- a\n\\] more", "Text:\n−a\nmore\n"},
	        {"\\[ \\begin{aligned}\n- a &= b \\\\\n- c &= d\n\\end{aligned} \\]", "−a = b\n−c = d\n"},
	        {"$a_1\nb_1$ c", "a₁b₁ c\n"},
	        {"\\(\\text{''a'' *b*}\\)", "”a” *b*\n"},
	        {"\\$5 *a* \\$6$ and $x$", "$5 {*a} $6$ and x\n"},
	        {"\\\\$x$ and `$x$`", "\\x and {`$x$}\n"},
	        {"$$\na\n$$ $$\nb\n$$", "a\nb\n"},
	        {"1 $$a$$ 2 $$b$$ 3", "1 \na\n2 \nb\n3\n"},
	        {"$a$\n$b$\n\n$$c$$\n$$d$$", "a\nb\n\nc\nd\n"},
	};

	check_all(rows, ARRAY_LEN(rows));
}

static void
keeps_the_underscores_of_a_name(void)
{
	static const char *const raw[] = {
	        "Put it in __init__.py next to __main__, then call obj.__repr__() or __len__ .",
	        "__attribute__((packed)) __FILE__:__LINE__ __x86_64__ __VA_ARGS__",
	        "__a__, (__b__)/__c__ 用__init__吧",
	        "__a_b__ __a__b__",
	};
	static const struct row rows[] = {
	        {"__a b__ and __c__", "{**a b} and __c__\n"},
	        {"**__init__** *__main__*", "{**__init__} {*__main__}\n"},
	        {"__重要__", "{**重要}\n"},
	        {"___a___", "{***a}\n"},
	        {"__a___ ___b__", "{**a}_ _{**b}\n"},
	        {"_a_ __b__ _c_", "{*a} __b__ {*c}\n"},
	        {"__`a`__", "{`a}\n"},
	        {"[__init__](a)", "{[__init__} ({(a})\n"},
	        {"https://a.b/__init__.py", "{[https://a.b/__init__.py}\n"},
	};

	check_raw(raw, ARRAY_LEN(raw));
	check_all(rows, ARRAY_LEN(rows));
}

static void
finds_emphasis_beside_cjk(void)
{
	static const struct row rows[] = {
	        {"これは**「大事」**です。", "これは{**「大事」}です。\n"},
	        {"**注意：**请看", "{**注意：}请看\n"},
	        {"**中文。**English **English。**中文", "{**中文。}English {**English。}中文\n"},
	        {"他说**“你好”**。再**\"见\"**了", "他说{**“你好”}。再{**\"见\"}了\n"},
	        {"这**`code`**的", "这{`code}的\n"},
	        {"**스크립트(script)**를 쓰다", "{**스크립트(script)}를 쓰다\n"},
	        {"は*（注）*と***【要】***で", "は{*（注）}と{***【要】}で\n"},
	        {"**（a）**（b）**c**", "{**（a）}（b）{**c}\n"},
	        {"**「」**「**。**", "{**「」}「{**。}\n"},
	        {"は ** 「a」 ** で", "は ** 「a」 ** で\n"},
	        {"は** 「a」 **で　**　a**", "は** 「a」 {**で　**　a}\n"},
	        {"は\\**「a」\\**", "は*{*「a」*}\n"},
	        {"~~「a」~~で", "{~~~「a」~~}で\n"},
	        {"文__「a」__文", "文__「a」__文\n"},
	        {"**中文**「a」", "{**中文}「a」\n"},
	        {"２**３**４ 2**\"3\"**4", "２{**３}４ 2**\"3\"**4\n"},
	        {"**[「a」](b)**で", "{[「a」} ({(b})で\n"},
	};

	check_all(rows, ARRAY_LEN(rows));
}

static void
ends_an_address_before_punctuation(void)
{
	static const struct row rows[] = {
	        {"看 https://example.org/x。然后继续。", "看 {[https://example.org/x}。然后继续。\n"},
	        {"https://a.b/c）d https://a.b/c、d https://a.b/c…",
	                "{[https://a.b/c}）d {[https://a.b/c}、d {[https://a.b/c}…\n"},
	        {"“https://a.b/c” https://a.b/c—d", "“{[https://a.b/c}” {[https://a.b/c}—d\n"},
	        {"（https://a.b）看https://c.d，e", "（{[https://a.b}）看{[https://c.d}，e\n"},
	        {"www.a.b。见：www.c.d！", "{[www.a.b}。见：{[www.c.d}！\n"},
	        {"https://de.wikipedia.org/wiki/Köln https://a.b/中文。",
	                "{[https://de.wikipedia.org/wiki/Köln} {[https://a.b/中文}。\n"},
	        {"<https://a.b/c。d>", "{[https://a.b/c。d}\n"},
	        {"[a](https://b.c/d。e)", "{[a} ({(https://b.c/d。e})\n"},
	        {"**https://a.b**。**（https://c.d）**", "{[https://a.b}。{**（}{[https://c.d}{**）}\n"},
	        {"https://a.b 字**「c」**d", "{[https://a.b} 字{**「c」}d\n"},
	        {"«https://a.b/c» https://a.b/c.", "«{[https://a.b/c}» {[https://a.b/c}.\n"},
	        {"https://a.b/c。<b>*d*</b> &lt;", "{[https://a.b/c}。<b>{*d}</b> <\n"},
	};

	check_all(rows, ARRAY_LEN(rows));
}

static void
breaks_lines_at_their_tag(void)
{
	static const struct row rows[] = {
	        {"a<br>b", "a\nb\n"},
	        {"a <br/> b<BR />c<br clear=\"all\">d", "a \nb\nc\nd\n"},
	        {"a<br>\nb<br>", "a\nb\n"},
	        {"a<br><br>b<br>  \n<br>\nc", "a\n\nb\n\nc\n"},
	        {"*a<br>**b***<br>`<br>` \\<br>", "{*a}\n{***b}\n{`<br>} <br>\n"},
	        {"<br>\n*a*", "\n{*a}\n"},
	        {"a\n\n<br>\n\nb", "a\n\n\n\nb\n"},
	        {"[a<br>b](c) <brx> <b r> </br> < br>", "{[a}\n{[b} ({(c}) <brx> <b r> </br> < br>\n"},
	        {"# a<br>b", "# {#a}\n  {#b}\n"},
	        {"- a<br>b\n> c<br>d", "• a\n  b\n│ c\n│ d\n"},
	        {"<div>\na<br>b\n</div>", "<div>\na<br>b\n</div>\n"},
	        {"| step | do |\n|---|---|\n| 1 | first<br>second |",
	                "{**step}{| │ }{**do}\n{|─────┼───────}\n1   {| │ }first\n    {| │ }second\n"},
	        {"| a<br>bc | d |\n|-:|-|\n| 12 <br>3 | <br>e<br>|",
	                " {**a}{| │ }{**d}\n{**bc}{| │ }\n{|───┼──}\n12{| │ }\n 3{| │ }e\n"},
	};
	static const char upright[] = "| a<br>b | c | d | e |\n|-|-|-|-|\n| f<br>g | 12345678901234567890 | h | i |";
	struct buf have = {0};

	check_all(rows, ARRAY_LEN(rows));
	lay_out(upright, 16, &have);
	HARNESS_EQUAL(buf_text(&have), "{**a}\n{**b}{| │ }{**c}{| │ }{**d}{| │ }{**e}\n{|────────────────}\n"
	                               "{**a b: }f\n  g\n{**c:}\n  12345678901234\n  567890\n{**d: }h\n{**e: }i\n");
	buf_release(&have);
}

/* A column is at least 8 cells wide, or as wide as its text: else each cell has a line. */
static void
fits_tables_to_the_cell(void)
{
	static const char narrow[] = "| aa | bb | cc |\n|-|-|-|\n| 11 | 22 | 33 |";
	static const char single[] = "| one two three |\n|-|\n| a |", empty[] = "| aa | |\n|-|-|\n| bb | |";
	static const char three[] = "| a | b | c |\n|-|-|-|\n| one two three | one two three | x |";
	static const char wide[] = "| one two three | four five six |\n|-|-|\n| a | b |";
	static const struct {
		const char *text;
		int cols;
		const char *want;
	} rows[] = {
	        {narrow, 12, "{**aa}{| │ }{**bb}{| │ }{**cc}\n{|───┼────┼───}\n11{| │ }22{| │ }33\n"},
	        {narrow, 11, "{**aa}{| │ }{**bb}{| │}\n{**cc}\n{|───────────}\n{**aa: }11\n{**bb: }22\n{**cc: }33\n"},
	        {wide, 19,
	                "{**one two} {| │ }{**four}\n{**three}   {| │ }{**five six}\n{|─────────┼─────────}\n"
	                "a       {| │ }b\n"},
	        {wide, 20,
	                "{**one two}  {| │ }{**four}\n{**three}    {| │ }{**five six}\n{|──────────┼─────────}\n"
	                "a        {| │ }b\n"},
	        {single, 8, "{**one two}\n{**three}\n{|────────}\na\n"},
	        {empty, 6, "{**aa}{| │ }\n{|───┼──}\nbb{| │ }\n"},
	        {empty, 5, "{**aa}{| │ }\n{|─────}\n{**aa:}\nbb\n"},
	        {three, 12,
	                "{**a}{| │ }{**b}{| │ }{**c}\n{|────────────}\n{**a: }one two\n  three\n{**b: }one two\n  "
	                "three\n"
	                "{**c: }x\n"},
	        {three, 11,
	                "{**a}{| │ }{**b}{| │ }{**c}\n{|───────────}\n{**a: }one two\nthree\n{**b: }one two\nthree\n"
	                "{**c: }x\n"},
	        {wide, 18,
	                "{**one two three}{| │}\n{**four five six}\n{|────────────────}\n{**one two three: }a\n"
	                "{**four five six: }b\n"},
	};
	struct buf have = {0};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		lay_out(rows[i].text, rows[i].cols, &have);
		HARNESS_EQUAL(buf_text(&have), rows[i].want);
	}
	buf_release(&have);
}

/* Or a line without end would be looked through again with each block. */
static void
opens_no_block_with_a_long_line(void)
{
	struct buf text = {0}, have = {0};

	buf_puts(&text, "$$");
	while (text.len <= 4096)
		buf_puts(&text, "a ");
	buf_puts(&text, "\n- b");
	lay_out(buf_text(&text), 80, &have);
	CU_ASSERT_PTR_NOT_NULL(strstr(buf_text(&have), "\n• b\n"));
	buf_release(&text);
	buf_release(&have);
}

CU_TestInfo inline_tests[] = {
        {"strikes with two tildes", strikes_with_two_tildes},
        {"shows formulas as they are written", shows_formulas_as_they_are_written},
        {"lays out formulas", lays_out_formulas},
        {"keeps the underscores of a name", keeps_the_underscores_of_a_name},
        {"finds emphasis beside CJK", finds_emphasis_beside_cjk},
        {"ends an address before punctuation", ends_an_address_before_punctuation},
        {"breaks lines at their tag", breaks_lines_at_their_tag},
        {"fits tables to the cell", fits_tables_to_the_cell},
        {"opens no block with a long line", opens_no_block_with_a_long_line},
        CU_TEST_INFO_NULL,
};
