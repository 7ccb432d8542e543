/*
 * words.c - characters set apart for the search index.
 */
#include "store/search_words.h"

#include <string.h>

#include "base/compiler.h"
#include "base/utf8.h"
#include "tests/harness.h"
#include "tests/store/tests.h"
#include "text/spaceless_scripts.h"

static void
sets_characters_apart(void)
{
	static const struct {
		const char *in, *want; /* NULL: left alone */
	} rows[] = {
	        {"", NULL},
	        {"plain words", NULL},
	        {"Grüße, привет, שלום, हिन्दी, 👋🏽, ‘“”’ …", NULL},
	        {"世", "世"},
	        {"世界", "世 界"},
	        {"a世b", "a 世 b"},
	        {"the 世界 is", "the  世 界  is"},
	        {"ひらがなカタカナ", "ひ ら が な カ タ カ ナ"},
	        {"안녕 친구", "안 녕   친 구"},
	        {"สวัสดี", "ส ว ั ส ด ี"},
	        {"ភាសា မြန်", "ភ ា ស ា   မ ြ န ်"},
	        {"𠀀𠀁。", "𠀀 𠀁 。"},
	        {"々〆〇", "々 〆 〇"},
	        {"「」、。", NULL}, /* punctuation is no word */
	        {"\xe4\xb8", NULL}, /* cut off */
	        {"\xff世\xe4\xb8", "\xff 世 \xe4\xb8"},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct buf b = {0};
		bool split = search_words_split(&b, rows[i].in, strlen(rows[i].in));

		HARNESS_CHECK(split == (rows[i].want != NULL), "row %zu", i);
		HARNESS_EQUAL(buf_text(&b), rows[i].want ? rows[i].want : "");
		buf_release(&b);
	}
}

/* The index cannot be changed without the words that it was made with. This sum stands for the table of version 1. */
static void
is_frozen(void)
{
	uint32_t sum = 2166136261u, alone = 0;

	for (uint32_t c = 0; c < 0x110000; c++) {
		sum = (sum ^ (is_spaceless_script(c) ? 1 : 0)) * 16777619u;
		alone += is_spaceless_script(c);
	}
	HARNESS_CHECK(alone == 182272 && sum == 0x7f468633, "%u characters, sum %#x", (unsigned)alone, (unsigned)sum);
}

/* Nothing but spaces comes in, and splitting what is split already only adds more of them. */
static void
keeps_every_byte(void)
{
	static const char *const parts[] = {"a", " ", "世", "の", "한", "ก", "é", "\xe4", "\xb8", "\n", "👋"};
	uint32_t random = 1;

	for (int round = 0; round < 2000; round++) {
		struct buf in = {0}, out = {0};

		for (uint32_t left = round % 20; left > 0; left--) {
			random = random * 1664525 + 1013904223;
			buf_puts(&in, parts[(random >> 16) % ARRAY_LEN(parts)]);
		}
		if (search_words_split(&out, buf_text(&in), in.len)) {
			size_t at = 0;

			for (size_t i = 0; i < out.len; i++)
				if (at < in.len && out.data[i] == in.data[at])
					at++;
				else
					CU_ASSERT_FATAL(out.data[i] == ' ');
			CU_ASSERT(at == in.len);
		}
		buf_release(&in);
		buf_release(&out);
	}
}

/* ---- long texts ---- */

static void
expect_rest(const char *rest, const char *want)
{
	struct buf in = {0}, out = {0};

	for (size_t i = 0; i < SEARCH_WORDS_WHOLE / 8; i++)
		buf_puts(&in, "Old wor ");
	CU_ASSERT(!search_words_index(&out, buf_text(&in), in.len) && out.len == 0);
	buf_puts(&in, rest);
	CU_ASSERT_FATAL(search_words_index(&out, buf_text(&in), in.len));
	CU_ASSERT_FATAL(out.len >= SEARCH_WORDS_WHOLE);
	CU_ASSERT(memcmp(out.data, in.data, SEARCH_WORDS_WHOLE) == 0);
	HARNESS_EQUAL(out.data + SEARCH_WORDS_WHOLE, want);
	buf_release(&in);
	buf_release(&out);
}

static void
the_rest_of_a_long_text_gives_each_new_word(void)
{
	static const struct {
		const char *rest, *want;
	} rows[] = {
	        {"x", " x"},
	        {".", ""},
	        {"old WOR old, wor", ""},
	        {"new, new (New) newer", " new newer"},
	        {"über Über straße", " über Über straße"}, /* twice is no harm */
	        {"世界は世界", " 世 界 は"},
	        {"ab世c", " ab 世 c"},
	        {"a_b 1e5", " a b 1e5"},
	        {"\xff\xfe new", " \xff\xfe new"},
	        {"cut \xe4\xb8", " cut \xe4\xb8"},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		expect_rest(rows[i].rest, rows[i].want);
}

/* A word is not cut where the beginning ends, one without an end is cut between characters, and there are not too many. */
static void
long_texts_are_bounded(void)
{
	struct buf in = {0}, out = {0};

	for (size_t i = 0; i < SEARCH_WORDS_WHOLE / 8 - 1; i++)
		buf_puts(&in, "Old wor ");
	buf_puts(&in, "12345 acrossit");
	for (int i = 0; i < SEARCH_WORDS_FURTHER + 9; i++)
		buf_printf(&in, " w%d", i);
	CU_ASSERT(search_words_index(&out, buf_text(&in), in.len));
	CU_ASSERT(strncmp(out.data + SEARCH_WORDS_WHOLE - 8, "12345  acrossit w0 w1 ", 22) == 0);
	CU_ASSERT(strstr(out.data, " w32766") && !strstr(out.data, " w32767"));
	buf_clear(&in);
	buf_clear(&out);
	while (in.len < SEARCH_WORDS_WHOLE + 10000)
		buf_puts(&in, "éàü");
	CU_ASSERT(search_words_index(&out, buf_text(&in), in.len));
	CU_ASSERT(out.len < SEARCH_WORDS_WHOLE + 200 && utf8_span(out.data, out.len) == out.len);
	buf_release(&in);
	buf_release(&out);
}

CU_TestInfo words_tests[] = {
        {"sets characters apart", sets_characters_apart},
        {"is frozen", is_frozen},
        {"keeps every byte", keeps_every_byte},
        {"the rest of a long text gives each new word", the_rest_of_a_long_text_gives_each_new_word},
        {"long texts are bounded", long_texts_are_bounded},
        CU_TEST_INFO_NULL,
};
