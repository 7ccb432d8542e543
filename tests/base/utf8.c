/*
 * utf8.c - reading, cutting and mending UTF-8.
 */
#include "base/utf8.h"

#include <string.h>

#include "base/compiler.h"
#include "tests/base/tests.h"
#include "tests/harness.h"

static void
mends_what_is_ill_formed(void)
{
	/* Substitution of maximal subparts: the examples of Unicode 15, table 3-8 and 3-9, and more. */
	static const struct {
		const char *in;
		size_t len;
		const char *want;
	} rows[] = {
	        {"", 0, ""},
	        {"a\0b", 3,
	                "a\xef\xbf\xbd"
	                "b"},
	        {"Gr\xc3\xbc\xc3\x9f", 6, "Gr\xc3\xbc\xc3\x9f"},
	        {"\xef\xbf\xbd", 3, "\xef\xbf\xbd"},
	        {"\xc0\xaf", 2, "\xef\xbf\xbd\xef\xbf\xbd"},
	        {"\xed\xa0\x80", 3, "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},
	        {"\xf0\x9f\x91", 3, "\xef\xbf\xbd"},
	        {"\xf0\x9f\x91\x8b", 4, "\xf0\x9f\x91\x8b"},
	        {"\xf4\x90\x80\x80", 4, "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},
	        {"\xe1\x80\xe2\xf0\x91\x92\xf1\xbf\x41", 9,
	                "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"
	                "A"},
	        {"\x80 \xff", 3, "\xef\xbf\xbd \xef\xbf\xbd"},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct buf b = {0};

		CU_ASSERT(utf8_append_mended(&b, rows[i].in, rows[i].len));
		HARNESS_EQUAL(buf_text(&b), rows[i].want);
		buf_release(&b);
	}
}

static void
keeps_every_character(void)
{
	for (uint32_t c = 1; c < 0x110000; c++) {
		char bytes[4];
		uint32_t back;
		size_t n;

		if (c >= 0xd800 && c < 0xe000)
			continue;
		n = utf8_encode(c, bytes);
		if (utf8_decode(bytes, n, &back) != n || back != c || utf8_span(bytes, n) != n) {
			HARNESS_CHECK(0, "U+%04X", (unsigned)c);
			return;
		}
	}
}

/* Wherever it stands: most of a text is read by words. */
static void
stops_at_what_is_bad(void)
{
	static const char bad[] = {'\0', '\x80', '\xff', '\xc3', '\x01', '\x7f'};
	char text[32];

	for (size_t n = 1; n <= sizeof(text); n++)
		for (size_t at = 0; at < n; at++)
			for (size_t i = 0; i < sizeof(bad); i++) {
				bool good = bad[i] == '\x01' || bad[i] == '\x7f';

				memset(text, '~', n);
				text[at] = bad[i];
				HARNESS_CHECK(utf8_span(text, n) == (good ? n : at), "%02x at %zu of %zu: %zu",
				        (unsigned char)bad[i], at, n, utf8_span(text, n));
			}
}

static void
cuts_between_characters(void)
{
	static const char text[] = "a\xc3\xbc\xe4\xb8\x96\xf0\x9f\x91\x8b";
	static const size_t want[] = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10};

	for (size_t n = 0; n < ARRAY_LEN(want); n++)
		HARNESS_CHECK(utf8_floor(text, n) == want[n], "cut at %zu gave %zu", n, utf8_floor(text, n));
	/* Bytes that start nothing are no reason to cut earlier. */
	CU_ASSERT(utf8_floor("\x80\x80\x80\x80\x80", 4) == 4);
}

static void
counts_characters(void)
{
	static const char text[] = "a\xc3\xbc\xe4\xb8\x96\xff";

	CU_ASSERT(utf8_count(text, sizeof(text) - 1) == 4);
	CU_ASSERT(utf8_prefix(text, sizeof(text) - 1, 2) == 3);
	CU_ASSERT(utf8_prefix(text, sizeof(text) - 1, 9) == sizeof(text) - 1);
}

CU_TestInfo utf8_tests[] = {
        {"mends what is ill-formed", mends_what_is_ill_formed},
        {"keeps every character", keeps_every_character},
        {"stops at what is bad", stops_at_what_is_bad},
        {"cuts between characters", cuts_between_characters},
        {"counts characters", counts_characters},
        CU_TEST_INFO_NULL,
};
