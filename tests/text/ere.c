/*
 * ere.c - expressions put into PCRE's words, and what they find.
 */
#include "syntax/regex_posix.h"

#include <string.h>

#include "base/compiler.h"
#include "syntax/regex.h"
#include "tests/harness.h"
#include "tests/text/tests.h"

static const struct {
	const char *ere, *want; /* want: NULL: it is refused */
} rows[] = {
        {"", ""},
        {"abc", "abc"},
        {"a.c^$", "a.c^$"},
        {"\\<a\\>\\b\\B", "\\b(?=\\w)a\\b(?<=\\w)\\b\\B"},
        {"\\`\\'\\w\\W\\s\\S", "\\G\\z\\w\\W\\s\\S"},
        {"\\.\\/\\[\\\\", "\\.\\/\\[\\\\"},
        /* an escape without a meaning is the character: PCRE's have none here */
        {"\\d\\n\\Q\\K\\x", "dnQKx"},
        {"\\\xc3\xa4", "\xc3\xa4"},
        {"a-b#c~ d_e\"", "a\\-b\\#c\\~ d_e\\\""},
        /* brackets: a backslash is one */
        {"[abc]", "[abc]"},
        {"[^\\]", "[^\\\\]"},
        {"[]a]", "[\\]a]"},
        {"[^]a]", "[^\\]a]"},
        {"[][{}]", "[\\]\\[\\{\\}]"},
        {"[a-z_.-]", "[a-z_\\.\\-]"},
        {"[-a]", "[\\-a]"},
        {"[!-/]", "[\\!-\\/]"},
        {"[[:alpha:]_]", "[[:alpha:]_]"},
        {"[[=a=][.-.]]", "[a\\-]"},
        {"[a[:]", "[a\\[\\:]"},
        {"[\xc3\xa4-\xc3\xbc]", "[\xc3\xa4-\xc3\xbc]"},
        {"[[:foo:]]", NULL},
        {"[[.hyphen.]]", NULL},
        {"[a", NULL},
        {"[", NULL},
        {"[]", NULL},
        /* groups */
        {"(a|b)", "(?:a|b)"},
        {"((a)b)", "(?:(?:a)b)"},
        {"()", "(?:)"},
        {"(?i)a", "(?:\\?i)a"},
        {"(*ACCEPT)", "(?:\\*ACCEPT)"},
        {"(a", NULL},
        {"a)", "a\\)"},
        {"a\\", NULL},
        {"(a)\\1", NULL},
        /* what begins with a backslash comes first, for PCRE takes the first that will do */
        {"([^\"]|\\\\\")*", "(?:\\\\\\\"|[^\\\"])*"},
        {"a|\\\\b|c", "\\\\b|a|c"},
        {"(a|(b|\\\\c)|\\\\d)", "(?:\\\\d|a|(?:\\\\c|b))"},
        {"a||b", "a||b"},
        /* repeated */
        {"a*b+c?", "a*b+c?"},
        {"a{2}b{2,}c{2,3}d{,4}", "a{2}b{2,}c{2,3}d{0,4}"},
        {"a+?", "(?:a+)?"},
        {"ab**c", "a(?:b*)*c"},
        {"(ab)+{2}", "(?:(?:ab)+){2}"},
        {"[ab]*+", "(?:[ab]*)+"},
        {"a{", "a\\{"},
        {"a{,}", "a\\{\\,\\}"},
        {"a{x}", "a\\{x\\}"},
        {"a{256}", "a\\{256\\}"},
        {"*a", "\\*a"},
        {"(+a)", "(?:\\+a)"},
        {"^*", "^\\*"},
        {"a|*", "a|\\*"},
        {"{2}", "\\{2\\}"},
};

static void
puts_it_into_other_words(void)
{
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct buf out = {0};
		bool good = ere_to_pcre(rows[i].ere, strlen(rows[i].ere), &out);

		HARNESS_CHECK(good == (rows[i].want != NULL), "%s", rows[i].ere);
		if (good && rows[i].want)
			HARNESS_EQUAL(buf_text(&out), rows[i].want);
		buf_release(&out);
	}
}

static void
knows_its_bounds(void)
{
	struct buf deep = {0}, out = {0}, bars = {0};

	for (int i = 0; i < 10000; i++)
		buf_putc(&deep, '(');
	CU_ASSERT(!ere_to_pcre(deep.data, deep.len, &out));
	for (int i = 0; i < 10000; i++)
		buf_putc(&bars, '|');
	CU_ASSERT(!ere_to_pcre(bars.data, bars.len, &out));
	CU_ASSERT(!ere_to_pcre("a\0b", 3, &out));
	CU_ASSERT_PTR_NULL(regex_new(deep.data, REGEX_MAX + 1, false));
	CU_ASSERT_PTR_NULL(regex_new("((a{1,255}){1,255}){1,255}", strlen("((a{1,255}){1,255}){1,255}"), false));
	buf_release(&deep);
	buf_release(&bars);
	buf_release(&out);
}

static const struct {
	const char *ere, *text;
	size_t from;
	const char *want; /* what is found; NULL: nothing */
} finds[] = {
        {"b+", "abbc", 0, "bb"},
        {"b+", "abbc", 2, "b"},
        {"b+", "abbc", 3, NULL},
        {"^b", "ab", 1, NULL},
        {"\\<b", "ab b", 0, "b"},
        {"b\\>", "ba ab", 0, "b"},
        {"\\<b\\>", "ab", 1, NULL},
        {"(\\`|[^\\])$", "a", 1, ""},
        {"(\\`|[^\\])$", "a\\", 0, NULL},
        {"(\\`|[^\\])$", "", 0, ""},
        {"\"([^\"]|\\\\\")*\"", "x \"a\\\"b\" \"c\"", 0, "\"a\\\"b\""},
        {".", "\xc3\xa4", 0, "\xc3\xa4"},
        {"[[:xdigit:]]{2}", "x4f", 0, "4f"},
};

static void
finds_what_it_says(void)
{
	struct regex_room *room = regex_room_new();

	for (size_t i = 0; i < ARRAY_LEN(finds); i++) {
		struct regex *r = regex_new(finds[i].ere, strlen(finds[i].ere), false);
		size_t start = 0, end = 0;
		enum regex_found found;

		CU_ASSERT_PTR_NOT_NULL_FATAL(r);
		found = regex_find(r, room, finds[i].text, strlen(finds[i].text), finds[i].from, &start, &end);
		HARNESS_CHECK(found == (finds[i].want ? REGEX_FOUND : REGEX_NOTHING), "row %zu", i);
		if (found == REGEX_FOUND && finds[i].want)
			HARNESS_CHECK(end - start == strlen(finds[i].want) &&
			                      memcmp(finds[i].text + start, finds[i].want, end - start) == 0,
			        "row %zu", i);
		regex_free(r);
	}
	regex_room_free(room);
}

/* Both would take longer than anybody waits. */
static void
gives_up_in_time(void)
{
	static const char *const slow[] = {"(x+x+)+y", "(x|xx)*y", "(.*)(.*)(.*)(.*)(.*)y"};
	struct regex_room *room = regex_room_new();
	char text[2000];
	size_t start, end;

	memset(text, 'x', sizeof(text));
	for (size_t i = 0; i < ARRAY_LEN(slow); i++) {
		struct regex *r = regex_new(slow[i], strlen(slow[i]), false);

		CU_ASSERT_PTR_NOT_NULL_FATAL(r);
		HARNESS_CHECK(regex_find(r, room, text, sizeof(text), 0, &start, &end) != REGEX_FOUND, "%s", slow[i]);
		regex_free(r);
	}
	regex_room_free(room);
}

CU_TestInfo ere_tests[] = {
        {"puts it into other words", puts_it_into_other_words},
        {"knows its bounds", knows_its_bounds},
        {"finds what it says", finds_what_it_says},
        {"gives up in time", gives_up_in_time},
        CU_TEST_INFO_NULL,
};
