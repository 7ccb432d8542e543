/*
 * tags.c - names of tags, and sets of them.
 */
#include "chat/tags.h"

#include <string.h>

#include "base/compiler.h"
#include "tests/chat/tests.h"
#include "tests/harness.h"

#define TEN   "1234567890"
#define FORTY TEN TEN TEN TEN

static void
makes_names(void)
{
	static const struct {
		const char *text, *want; /* NULL: it can be none */
	} rows[] = {
	        {"work", "work"},
	        {"Work", "work"},
	        {"#work", "work"},
	        {"##work", NULL},
	        {"#", NULL},
	        {"", NULL},
	        {"work/flynn", "work/flynn"},
	        {"a.b_c-d", "a.b_c-d"},
	        {"a--b", "a--b"},
	        {"2026", "2026"},
	        {"-work", NULL},
	        {"work/", NULL},
	        {"/", NULL},
	        {"a b", NULL},
	        {"a,b", NULL},
	        {"c++", NULL},
	        {"a:b", NULL},
	        {"a*", NULL},
	        {"\"a\"", NULL},
	        {"a\x1b[1m", NULL},
	        {"\xf0\x9f\x9a\x80", NULL},     /* a rocket */
	        {"a\xe2\x80\x8d", NULL},        /* a joiner */
	        {"a\xff", NULL},                /* no UTF-8 */
	        {"\xc3\x89t\xc3\xa9", "été"},   /* composed */
	        {"E\xcc\x81te\xcc\x81", "été"}, /* and with the accents apart */
	        {"\xcc\x81"
	         "a",
	                NULL},        /* an accent on nothing, */
	        {"a-\xcc\x81", NULL}, /* or on a sign */
	        {"СТРАННО", "странно"},
	        {"日本語", "日本語"},
	        {"हिन्दी", "हिन्दी"},
	        {"Straße", "straße"},
	        {"\xcc\x81", NULL},
	        {FORTY, FORTY},
	        {FORTY "1", NULL},
	        {FORTY FORTY FORTY FORTY FORTY FORTY FORTY FORTY, NULL},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		char name[TAG_SIZE];
		struct err err = {.code = ERR_NONE};
		bool good = tag_make(name, rows[i].text, strlen(rows[i].text), &err);

		HARNESS_EQUAL(good ? name : "none", rows[i].want ? rows[i].want : "none");
		CU_ASSERT_EQUAL(err.code, good ? ERR_NONE : ERR_USAGE);
		CU_ASSERT(!good || tag_is_name(name, strlen(name)));
	}
}

static void
says_what_is_wrong(void)
{
	static const struct {
		const char *text, *want;
	} rows[] = {
	        {"c++", "c++: a tag has letters and digits, and - _ . / between them"},
	        {"#", "#: a tag has letters and digits, and - _ . / between them"},
	        {FORTY "x", TEN TEN "…: a tag has at most 40 characters"},
	        {FORTY FORTY FORTY FORTY FORTY FORTY FORTY, TEN TEN "…: a tag has at most 40 characters"},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		char name[TAG_SIZE];
		struct err err;

		CU_ASSERT_FALSE(tag_make(name, rows[i].text, strlen(rows[i].text), &err));
		HARNESS_EQUAL(err.text, rows[i].want);
	}
}

static void
knows_the_form_that_is_kept(void)
{
	CU_ASSERT(tag_is_name("été", strlen("été")));
	CU_ASSERT_FALSE(tag_is_name("Work", 4));
	CU_ASSERT_FALSE(tag_is_name("#work", 5));
	CU_ASSERT_FALSE(tag_is_name("e\xcc\x81", 3));
	CU_ASSERT_FALSE(tag_is_name("a\0b", 3));
	CU_ASSERT_FALSE(tag_is_name("", 0));
}

static void
makes_near_names(void)
{
	static const struct {
		const char *text, *want;
	} rows[] = {
	        {"work", "work"},
	        {"My project!", "my-project"},
	        {"  a -- b  ", "a-b"},
	        {"C++ & Rust", "c-rust"},
	        {"#todo", "todo"},
	        {"/etc/", "etc"},
	        {"a/b_c", "a/b_c"},
	        {"\xf0\x9f\x9a\x80", NULL},
	        {"\xf0\x9f\x9a\x80 go", "go"},
	        {"", NULL},
	        {"---", NULL},
	        {FORTY "5", FORTY},
	        {TEN TEN TEN "123456789 x", TEN TEN TEN "123456789"},
	        {"a\xff"
	         "b",
	                "a-b"},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		char name[TAG_SIZE];
		bool good = tag_make_near(name, rows[i].text, strlen(rows[i].text));

		HARNESS_EQUAL(good ? name : "none", rows[i].want ? rows[i].want : "none");
	}
}

static void
expect_tags(const struct tags *tags, const char *want)
{
	struct buf text = {0};

	tags_put(&text, tags);
	HARNESS_EQUAL(buf_text(&text), want);
	buf_release(&text);
}

static void
keeps_each_once_in_order(void)
{
	struct tags tags = {0}, copy;

	CU_ASSERT(tags_add(&tags, "b"));
	CU_ASSERT(tags_add(&tags, "c"));
	CU_ASSERT(tags_add(&tags, "a"));
	CU_ASSERT_FALSE(tags_add(&tags, "b"));
	expect_tags(&tags, "a b c");
	tags_copy(&copy, &tags);
	CU_ASSERT(tags_equal(&copy, &tags));
	CU_ASSERT(tags_remove(&tags, "b"));
	CU_ASSERT_FALSE(tags_remove(&tags, "b"));
	CU_ASSERT_FALSE(tags_has(&tags, "b"));
	expect_tags(&tags, "a c");
	expect_tags(&copy, "a b c");
	CU_ASSERT_FALSE(tags_equal(&copy, &tags));
	tags_release(&tags);
	tags_release(&copy);
}

static void
reads_all_or_none(void)
{
	struct tags tags = {0};
	struct err err;

	CU_ASSERT(tags_read(&tags, " Work, flynn  #todo,work", &err));
	expect_tags(&tags, "flynn todo work");
	CU_ASSERT_FALSE(tags_read(&tags, "good b@d", &err));
	HARNESS_EQUAL(err.text, "b@d: a tag has letters and digits, and - _ . / between them");
	expect_tags(&tags, "flynn todo work");
	CU_ASSERT(tags_read(&tags, "", &err));
	CU_ASSERT(tags_read(&tags, " , ", &err));
	expect_tags(&tags, "flynn todo work");
	tags_release(&tags);
}

static void
keeps_so_many(void)
{
	struct tags tags = {0};
	struct buf text = {0};
	struct err err;

	for (int i = 0; i < TAGS_MAX; i++)
		buf_printf(&text, "t%d ", i);
	CU_ASSERT(tags_read(&tags, buf_text(&text), &err));
	CU_ASSERT(tags_read(&tags, "t1 T2", &err));
	CU_ASSERT_FALSE(tags_read(&tags, "more", &err));
	HARNESS_EQUAL(err.text, "a conversation has at most 32 tags");
	CU_ASSERT_EQUAL(tags.n, TAGS_MAX);
	tags_release(&tags);
	buf_release(&text);
}

CU_TestInfo tags_tests[] = {
        {"makes names", makes_names},
        {"says what is wrong", says_what_is_wrong},
        {"knows the form that is kept", knows_the_form_that_is_kept},
        {"makes near names", makes_near_names},
        {"keeps each once, in order", keeps_each_once_in_order},
        {"reads all or none", reads_all_or_none},
        {"keeps so many", keeps_so_many},
        CU_TEST_INFO_NULL,
};
