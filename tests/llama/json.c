/*
 * json.c - foreign JSON: what is mended, what is refused.
 */
#include "llama/json.h"

#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "tests/harness.h"
#include "tests/llama/tests.h"

#define BAD UTF8_REPLACEMENT

static void
mends_texts(void)
{
	static const struct {
		const char *in;
		size_t len; /* 0: strlen */
		const char *want;
	} rows[] = {
	        {"\"plain\"", 0, "plain"},
	        {" \t\r\n\"blanks\" \n", 0, "blanks"},
	        {"\"\\u00fc\\u4e16\\n\\\"\\\\\\/\"", 0, "\xc3\xbc\xe4\xb8\x96\n\"\\/"},
	        {"\"\\ud83d\\udc4b\"", 0, "\xf0\x9f\x91\x8b"},
	        {"\"\\uD83D\\uDC4B!\"", 0, "\xf0\x9f\x91\x8b!"},
	        {"\"\xf0\x9f\x91\x8b\"", 0, "\xf0\x9f\x91\x8b"},
	        {"\"a\\u0000b\"", 0, "a" BAD "b"},
	        {"\"a\0b\"", 5, "a" BAD "b"},
	        {"\"\\ud83d\"", 0, BAD},
	        {"\"\\udc4b\"", 0, BAD},
	        {"\"\\udc4b\\ud83d\"", 0, BAD BAD},
	        {"\"\\ud83d\\ud83d\\udc4b\"", 0, BAD "\xf0\x9f\x91\x8b"},
	        {"\"\\ud83dx\\udc4b\"", 0, BAD "x" BAD},
	        {"\"\\ud83d\\n\"", 0, BAD "\n"},
	        {"\"\\\\ud83d\"", 0, "\\ud83d"},
	        {"\"\\\\\\u0000\"", 0, "\\" BAD},
	        {"\"a\xff"
	         "b\"",
	                0, "a" BAD "b"},
	        {"\"12345678\xc3\"", 0, "12345678" BAD},
	        {"\"\xed\xa0\x80\"", 0, BAD BAD BAD},
	        {"\"\xc3\xbc\xff\\u0000\\ud800\"", 0, "\xc3\xbc" BAD BAD BAD},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		size_t len = rows[i].len ? rows[i].len : strlen(rows[i].in);
		char *exact = mem_alloc(len);
		struct err err = {0};
		struct buf taken = {0};
		cJSON *value;

		memcpy(exact, rows[i].in, len);
		value = json_parse(exact, len, &err);
		free(exact);
		HARNESS_EQUAL(cJSON_IsString(value) ? value->valuestring : err.text, rows[i].want);
		cJSON_Delete(value);
		buf_put(&taken, rows[i].in, len);
		value = json_take(&taken, &err);
		HARNESS_EQUAL(cJSON_IsString(value) ? value->valuestring : err.text, rows[i].want);
		CU_ASSERT(taken.data == NULL);
		cJSON_Delete(value);
	}
}

/* It stays, for what there is of it to be told. */
static void
keeps_what_it_cannot_take(void)
{
	static const char *const rows[] = {"{\"a\":\"b", "{\"a\":1}x", "\"\xff", "nul"};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct buf text = {0};
		struct err err = {0};

		buf_puts(&text, rows[i]);
		HARNESS_CHECK(json_take(&text, &err) == NULL, "%s was taken", rows[i]);
		HARNESS_CHECK(err.code == ERR_INCOMPLETE, "%s: %s", rows[i], err.text);
		HARNESS_EQUAL(buf_text(&text), rows[i]);
		buf_release(&text);
	}
	CU_ASSERT(json_take(&(struct buf){0}, &(struct err){0}) == NULL);
}

static void
refuses_what_is_no_value(void)
{
	static const char *const rows[] = {"", " ", "{", "{\"a\"", "{\"a\":", "{\"a\":1", "[1,]", "{\"a\":1}x", "{} {}",
	        "nul", "\"a", "\"a\\", "\"\\u12\"", "\"\\uZZZZ\"", "\"\\x\"", "}", "]", "[}", "{\"1\":1,", "<html>",
	        "\xff"};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct err err = {0};
		cJSON *value = json_parse(rows[i], strlen(rows[i]), &err);

		HARNESS_CHECK(value == NULL, "%s was taken", rows[i]);
		HARNESS_CHECK(err.code == ERR_INCOMPLETE, "%s: %s", rows[i], err.text);
		cJSON_Delete(value);
	}
	for (size_t cut = 0; cut < 19; cut++) {
		struct err err;
		cJSON *value = json_parse("{\"a\":[\"\\u00e4\",{}]}", cut, &err);

		HARNESS_CHECK(value == NULL, "cut at %zu was taken", cut);
		cJSON_Delete(value);
	}
}

static void
reads_the_beginning_of_what_was_cut_off(void)
{
	static const struct {
		const char *in, *want;
	} rows[] = {
	        {"{\"a\":\"b\"}", "{\"a\":\"b\"}"},
	        {"{\"a\":\"b\"", "{\"a\":\"b\"}"},
	        {"{\"a\":\"b", "{\"a\":\"b\"}"},
	        {"{\"a\":[{\"b\":\"c", "{\"a\":[{\"b\":\"c\"}]}"},
	        {"{\"a\":[{\"b\":\"c\"},{\"d", "{\"a\":[{\"b\":\"c\"},{}]}"},
	        {"{\"a\":[1,2,[3]", "{\"a\":[1,2,[3]]}"},
	        {"{\"a\":1,\"b", "{\"a\":1}"},
	        {"{\"a\":1,\"b\"", "{\"a\":1}"},
	        {"{\"a\":1,\"b\":", "{\"a\":1}"},
	        {"{\"a\":1,\"b\":tr", "{\"a\":1}"},
	        {"{\"a\":1,", "{\"a\":1}"},
	        {"{", "{}"},
	        {"{\"a", "{}"},
	        {"{\"a\":\"b\\", "{\"a\":\"b\"}"},
	        {"{\"a\":\"b\\\\", "{\"a\":\"b\\\\\"}"},
	        {"{\"a\":\"b\\u", "{\"a\":\"b\"}"},
	        {"{\"a\":\"b\\u00e", "{\"a\":\"b\"}"},
	        {"{\"a\":\"b\\n", "{\"a\":\"b\\n\"}"},
	        {"{\"a\":\"b\xc3", "{\"a\":\"b\"}"},
	        {"{\"a\":\"b\xf0\x9f\x91", "{\"a\":\"b\"}"},
	        {"\"x", "\"x\""},
	        {"", NULL},
	        {"<html>", NULL},
	        {"{\"a\":}", "{}"},
	        {"]", NULL},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		cJSON *value = json_parse_beginning(rows[i].in, strlen(rows[i].in));
		char *text = value ? cJSON_PrintUnformatted(value) : NULL;

		HARNESS_CHECK(!text == !rows[i].want && (!text || strcmp(text, rows[i].want) == 0), "%s gave %s",
		        rows[i].in, text ? text : "nothing");
		cJSON_free(text);
		cJSON_Delete(value);
	}
}

static bool
takes_depth(size_t depth, char open, char close, struct err *err)
{
	char *text = mem_alloc(depth * 6 + 8);
	size_t n = 0;
	cJSON *value;
	bool taken;

	for (size_t i = 0; i < depth; i++) {
		text[n++] = open;
		if (open == '{' && i + 1 < depth) {
			memcpy(text + n, "\"[\":", 4);
			n += 4;
		}
	}
	for (size_t i = 0; i < depth; i++)
		text[n++] = close;
	value = json_parse(text, n, err);
	taken = value != NULL;
	cJSON_Delete(value);
	free(text);
	return taken;
}

static void
bounds_the_depth(void)
{
	struct err err = {0};

	CU_ASSERT_TRUE(takes_depth(512, '[', ']', &err));
	CU_ASSERT_TRUE(takes_depth(512, '{', '}', &err));
	CU_ASSERT_FALSE(takes_depth(513, '[', ']', &err));
	CU_ASSERT(err.code == ERR_LIMIT);
	HARNESS_EQUAL(err.text, "the server sent JSON nested more than 512 deep");
	CU_ASSERT_FALSE(takes_depth(513, '{', '}', &err));
	CU_ASSERT_FALSE(takes_depth(1000000, '[', ']', &err));
}

static void
reads_members_with_defaults(void)
{
	static const char text[] =
	        "{\"s\":\"t\",\"n\":3.7,\"S\":\"u\",\"big\":1e300,\"inf\":1e999,\"neg\":-4,\"o\":{}}";
	struct err err;
	cJSON *o = json_parse(text, strlen(text), &err);

	HARNESS_EQUAL(json_string(o, "s", "-"), "t");
	HARNESS_EQUAL(json_string(o, "S", "-"), "u");
	HARNESS_EQUAL(json_string(o, "n", "-"), "-");
	HARNESS_EQUAL(json_string(NULL, "s", "-"), "-");
	HARNESS_EQUAL(json_string(json_get(o, "s"), "s", "-"), "-");
	CU_ASSERT(json_number(o, "n", 0) == 3.7);
	CU_ASSERT(json_number(o, "inf", 5) == 5);
	CU_ASSERT(json_int(o, "n", 0) == 3);
	CU_ASSERT(json_int(o, "neg", 0) == -4);
	CU_ASSERT(json_int(o, "big", 7) == 7);
	CU_ASSERT(json_int(o, "inf", 7) == 7);
	CU_ASSERT(json_int(o, "s", 7) == 7);
	CU_ASSERT(json_int(o, "none", 7) == 7);
	CU_ASSERT_PTR_NOT_NULL(json_get(o, "o"));
	CU_ASSERT_PTR_NULL(json_get(o, "O"));
	cJSON_Delete(o);
}

CU_TestInfo json_tests[] = {
        {"mends texts", mends_texts},
        {"keeps what it cannot take", keeps_what_it_cannot_take},
        {"refuses what is no value", refuses_what_is_no_value},
        {"reads the beginning of what was cut off", reads_the_beginning_of_what_was_cut_off},
        {"bounds the depth", bounds_the_depth},
        {"reads members with defaults", reads_members_with_defaults},
        CU_TEST_INFO_NULL,
};
