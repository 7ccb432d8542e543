/*
 * tree.c - YAML into a tree, and what is refused with its line.
 */
#include "config/yaml.h"

#include <string.h>

#include "base/buf.h"
#include "tests/config/tests.h"
#include "tests/harness.h"

/* The tree on one line: {key@line=text@line, …}, [text@line], "quoted". */
static void
describe(const struct tree *t, struct buf *b)
{
	if (t->type == TREE_TEXT) {
		buf_printf(b, t->plain ? "%s" : "\"%s\"", t->text);
	} else {
		buf_putc(b, t->type == TREE_MAP ? '{' : '[');
		for (size_t i = 0; i < t->n; i++) {
			if (i)
				buf_puts(b, ", ");
			if (t->items[i].key)
				buf_printf(b, "%s@%d=", t->items[i].key, t->items[i].key_line);
			describe(&t->items[i], b);
		}
		buf_putc(b, t->type == TREE_MAP ? '}' : ']');
	}
	buf_printf(b, "@%d", t->line);
}

static void
check(const char *text, size_t n, const char *want)
{
	struct err err = {0};
	struct tree *t = tree_parse("f", text, n, &err);
	struct buf b = {0};

	if (t)
		describe(t, &b);
	else
		buf_printf(&b, "%s", err.text);
	HARNESS_EQUAL(buf_text(&b), want);
	CU_ASSERT(t || err.code == ERR_CONFIG);
	buf_release(&b);
	tree_free(t);
}

struct row {
	const char *in, *want;
};

static void
check_all(const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++)
		check(rows[i].in, strlen(rows[i].in), rows[i].want);
}

static void
keeps_values_and_lines(void)
{
	static const struct row rows[] = {
	        {"", "@1"},
	        {"# nothing\n\n", "@1"},
	        {"---\n", "@2"},
	        {"a: b", "{a@1=b@1}@1"},
	        {"\xef\xbb\xbf"
	         "a: b",
	                "{a@1=b@1}@1"},
	        {"\xef\xbb\xbf", "@1"},
	        {"\xef\xbb\xbf"
	         "a: b\nc:\n  d: e\n",
	                "{a@1=b@1, c@2={d@3=e@3}@3}@1"},
	        {"\xef\xbb\xbf# x\n\na: b\nc: d\n", "{a@3=b@3, c@4=d@4}@3"},
	        {"a: b\r\nc: d\r\n", "{a@1=b@1, c@2=d@2}@1"},
	        {"%YAML 1.2\n---\na: b\n...\n", "{a@3=b@3}@3"},
	        {"\n# x\na:\n  b: 'c'\n  d:\n  - 1\n  - \"2\"\n", "{a@3={b@4=\"c\"@4, d@5=[1@6, \"2\"@7]@6}@4}@3"},
	        {"a: {b: , c: [x, y]}\n", "{a@1={b@1=@1, c@1=[x@1, y@1]@1}@1}@1"},
	        {"a: |\n  one\n  two\nb: >-\n  one\n  two\n", "{a@1=\"one\ntwo\n\"@1, b@4=\"one two\"@4}@1"},
	        {"a: \"\\u00e4\\x41\"\n", "{a@1=\"\xc3\xa4"
	                                  "A\"@1}@1"},
	};

	check_all(rows, ARRAY_LEN(rows));
}

static void
refuses_what_would_surprise(void)
{
	static const struct row rows[] = {
	        {"a: 1\nb: 2\na: 3\n", "f:3: duplicate key \"a\": remove it here or in line 1"},
	        {"a:\n  b:\n    c: 1\n    'c': 2\n", "f:4: duplicate key \"c\": remove it here or in line 3"},
	        {"a: {b: 1,\n b: 2}\n", "f:2: duplicate key \"b\": remove it here or in line 1"},
	        {"a: 1\nb: *a\n", "f:2: aliases (*name) are not supported: write the value out"},
	        {"a: &x 1\n", "f:1: anchors (&name) are not supported: write the value out where it is used"},
	        {"a: &x {b: 1}\n", "f:1: anchors (&name) are not supported: write the value out where it is used"},
	        {"a:\n- &x [b]\n", "f:2: anchors (&name) are not supported: write the value out where it is used"},
	        {"&x a: 1\n", "f:1: anchors (&name) are not supported: write the value out where it is used"},
	        {"a: !!str 1\n", "f:1: tags (!name) are not supported: write the value alone"},
	        {"a: !x {b: 1}\n", "f:1: tags (!name) are not supported: write the value alone"},
	        {"a: 1\n---\nb: 2\n", "f:2: a second document begins here: keep one in a file"},
	        {"? [a]\n: 1\n", "f:1: a key must be a word: write name: value"},
	        {"? {a: 1}\n: 1\n", "f:1: a key must be a word: write name: value"},
	        {"'': 1\n", "f:1: a key without a name: write name: value"},
	        {"a: 1\n? \n: 1\n", "f:2: a key without a name: write name: value"},
	        {"a: \"x\\0y\"\n", "f:1: U+0000 in a text: remove the \\0"},
	        {"\"a\\0\": y\n", "f:1: U+0000 in a text: remove the \\0"},
	        {"[[[[[[[[[[[[[[[[[a", "f:1: nested too deep"},
	};

	check_all(rows, ARRAY_LEN(rows));
}

static void
says_where_the_syntax_is_wrong(void)
{
	static const struct row rows[] = {
	        {"a:\n\tb: 1\n", "f:2: indented by a tab: use spaces"},
	        {"a:\n  b: 1\n  \tc: 1\n", "f:3: indented by a tab: use spaces"},
	        {"a: 1\n  b: 2\n", "f:2: mapping values are not allowed in this context"},
	        {"a: 1\n b\n", "{a@1=1 b@1}@1"},
	        {"a: 1\nb\n", "f:3: could not find expected ':', while scanning a simple key that begins in line 2"},
	        {"a: [1\nb: 2\n",
	                "f:2: did not find expected ',' or ']', while parsing a flow sequence that begins in line 1"},
	        {"a: 'x\n",
	                "f:2: found unexpected end of stream, while scanning a quoted scalar that begins in line 1"},
	        {"a: @x\n", "f:1: found character that cannot start any token, while scanning for the next token"},
	        {"\n\na: x\x01y\n", "f:3: control characters are not allowed"},
	        {"a: b\nc: \xff\n", "f:2: not UTF-8 text: save the file as UTF-8"},
	        {"\xef\xbb\xbf"
	         "a: b\nc: \xff\n",
	                "f:2: not UTF-8 text: save the file as UTF-8"},
	        {"\xef\xbb\xbf"
	         "a: b\nb: @x\n",
	                "f:2: found character that cannot start any token, while scanning for the next token"},
	        {"a: b\n\n\xed\xa0\x80", "f:3: not UTF-8 text: save the file as UTF-8"},
	};

	check_all(rows, ARRAY_LEN(rows));
	check("a: b\n\0\n", 7, "f:2: not UTF-8 text: save the file as UTF-8");
	check("\xff\xfe"
	      "a\0:\0",
	        6, "f:1: not UTF-8 text: save the file as UTF-8");
}

static void
bounds_the_entries(void)
{
	struct buf b = {0};

	for (int i = 0; i < TREE_ITEMS_MAX; i++)
		buf_printf(&b, "k%d: 1\n", i);
	struct err err = {0};
	struct tree *t = tree_parse("f", buf_text(&b), b.len, &err);
	CU_ASSERT(t && t->n == TREE_ITEMS_MAX);
	tree_free(t);
	buf_puts(&b, "more: 1\n");
	check(buf_text(&b), b.len, "f:1001: more than 1000 entries");
	buf_release(&b);
}

static void
survives_every_cut(void)
{
	static const char text[] =
	        "# c\nmodels:\n  'a b': {x: [1, \"\\u00e4\"], y: |\n  }\n  z: >-\n   \xc3\xa4\n---\n&a *b: !c\n";

	for (size_t n = 0; n < sizeof(text); n++) {
		struct err err = {0};
		struct tree *t = tree_parse("f", text, n, &err);

		HARNESS_CHECK((t != NULL) == (err.code == ERR_NONE), "cut at %zu", n);
		tree_free(t);
	}
}

CU_TestInfo config_tree_tests[] = {
        {"keeps values and lines", keeps_values_and_lines},
        {"refuses what would surprise", refuses_what_would_surprise},
        {"says where the syntax is wrong", says_where_the_syntax_is_wrong},
        {"bounds the entries", bounds_the_entries},
        {"survives every cut", survives_every_cut},
        CU_TEST_INFO_NULL,
};
