/*
 * clean.c - the filter before every terminal: what it shows, what it never lets through, and that cuts leave no trace.
 */
#include "text/clean.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "tests/harness.h"
#include "tests/text/tests.h"

static const struct {
	const char *in, *want;
} rows[] = {
        {"", ""},
        {"plain text, with 1 < 2 & ~", "plain text, with 1 < 2 & ~"},
        {"two\nlines\n", "two\nlines\n"},
        {"two\r\nlines\r\n", "two\nlines\n"},
        {"lone\rreturn\r", "lone^Mreturn^M"},
        {"\r\r\n", "^M\n"},
        {"\x1b[31mred\x1b[0m", "^[[31mred^[[0m"},
        {"\x1b]0;title\x07", "^[]0;title^G"},
        {"\x01\x08\x0b\x0c\x7f", "^A^H^K^L^?"},
        {"\xc2\x9b"
         "31m\xc2\x90q\xc2\x9c",
                "<U+009B>31m<U+0090>q<U+009C>"},
        {"a\tb\n\tc", "a       b\n        c"},
        {"\xe4\xb8\x96\tb", "\xe4\xb8\x96      b"},
        {"12345678\tb", "12345678        b"},
        {"evil\xe2\x80\xae"
         "txt",
                "evil<U+202E>txt"},
        {"\xe2\x81\xa6"
         "a\xe2\x81\xa9",
                "<U+2066>a<U+2069>"},
        {"a\xe2\x80\x8b"
         "b\xef\xbb\xbf",
                "a<U+200B>b<U+FEFF>"},
        {"a\xe2\x80\xa8"
         "b\xe2\x80\xa9",
                "a<U+2028>b<U+2029>"},
        {"soft\xc2\xadhyphen", "soft<U+00AD>hyphen"},
        {"tag\xf3\xa0\x81\x81", "tag<U+E0041>"},
        {"\xe3\x85\xa4", "<U+3164>"},
        {"no\xc2\xa0"
         "break",
                "no\xc2\xa0"
                "break"},
        /* ill-formed */
        {"\xff\xc0\xaf", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},
        {"\xf0\x9f\x91", "\xef\xbf\xbd"},
        {"\xe4\xb8\x1b[m", "\xef\xbf\xbd^[[m"},
        {"\x9b"
         "31m",
                "\xef\xbf\xbd"
                "31m"},
        /* joiners and selectors: inside a cluster, and not */
        {"\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7", "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7"},
        {"\xe2\x9d\xa4\xef\xb8\x8f\xe2\x80\x8d\xf0\x9f\x94\xa5",
                "\xe2\x9d\xa4\xef\xb8\x8f\xe2\x80\x8d\xf0\x9f\x94\xa5"},
        {"\xd9\x85\xdb\x8c\xe2\x80\x8c\xd8\xae", "\xd9\x85\xdb\x8c\xe2\x80\x8c\xd8\xae"},
        {"1\xef\xb8\x8f\xe2\x83\xa3", "1\xef\xb8\x8f\xe2\x83\xa3"},
        {"\xe2\x80\x8d", "<U+200D>"},
        {" \xe2\x80\x8d", " <U+200D>"},
        {"\n\xef\xb8\x8f", "\n<U+FE0F>"},
        {"a\xef\xb8\x80\xef\xb8\x81\xef\xb8\x82", "a\xef\xb8\x80<U+FE01><U+FE02>"},
        {"a\xe2\x80\x8d\xe2\x80\x8d", "a\xe2\x80\x8d<U+200D>"},
        {"a\xf3\xa0\x84\x80\xf3\xa0\x84\x81", "a\xf3\xa0\x84\x80<U+E0101>"},
        /* marks, jamo, a number sign that can be seen */
        {"e\xcc\x81", "e\xcc\x81"},
        {"\xe1\x84\x80\xe1\x85\xa1", "\xe1\x84\x80\xe1\x85\xa1"},
        {"\xd8\x80\xd9\xa1", "\xd8\x80\xd9\xa1"},
};

static char *
clean_pieces(const char *s, size_t n, size_t first, size_t second)
{
	struct clean clean = {0};
	struct buf out = {0};

	clean_text(&clean, s, first, &out);
	clean_text(&clean, s + first, second - first, &out);
	clean_text(&clean, s + second, n - second, &out);
	clean_end(&clean, &out);
	return buf_take(&out);
}

static void
shows_what_is_no_text(void)
{
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		size_t n = strlen(rows[i].in);
		char *have = clean_pieces(rows[i].in, n, n, n);

		HARNESS_EQUAL(have, rows[i].want);
		free(have);
	}
}

static void
is_the_same_however_cut(void)
{
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		size_t n = strlen(rows[i].in);

		for (size_t first = 0; first <= n; first++)
			for (size_t second = first; second <= n; second++) {
				char *have = clean_pieces(rows[i].in, n, first, second);

				HARNESS_EQUAL(have, rows[i].want);
				free(have);
			}
	}
}

static void
is_the_same_byte_by_byte(void)
{
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct clean clean = {0};
		struct buf out = {0};

		for (const char *s = rows[i].in; *s; s++)
			clean_text(&clean, s, 1, &out);
		clean_end(&clean, &out);
		HARNESS_EQUAL(buf_text(&out), rows[i].want);
		buf_release(&out);
	}
}

/* Every control and every character that cannot be seen, by the standard's own ranges, between letters and alone. */
static void
lets_no_control_through(void)
{
	static const struct {
		uint32_t first, last;
	} hidden[] = {
	        {0x00, 0x09},
	        {0x0b, 0x1f},
	        {0x7f, 0x9f},
	        {0xad, 0xad},
	        {0x61c, 0x61c},
	        {0x180e, 0x180e},
	        {0x200b, 0x200b},
	        {0x200e, 0x200f},
	        {0x2028, 0x202e},
	        {0x2060, 0x206f},
	        {0x3164, 0x3164},
	        {0xfeff, 0xfeff},
	        {0xffa0, 0xffa0},
	        {0xfff9, 0xfffb},
	        {0x1bca0, 0x1bca3},
	        {0x1d173, 0x1d17a},
	        {0xe0001, 0xe007f},
	};

	for (size_t i = 0; i < ARRAY_LEN(hidden); i++)
		for (uint32_t c = hidden[i].first; c <= hidden[i].last; c++) {
			char text[8] = "a", *have;
			size_t n = 1 + utf8_encode(c, text + 1);

			text[n++] = 'b';
			have = clean_pieces(text, n, n, n);
			for (const char *s = have; *s; s++)
				HARNESS_CHECK(*s >= 0x20 && *s < 0x7f, "U+%04X gave \"%s\"", (unsigned)c, have);
			free(have);
		}
}

static void
lets_no_byte_below_blank_through(void)
{
	for (uint32_t c = 0; c < 0x110000; c++) {
		char text[4];
		struct clean clean = {0};
		struct buf out = {0};
		bool bad = false;

		if (c >= 0xd800 && c < 0xe000)
			continue;
		clean_text(&clean, text, utf8_encode(c, text), &out);
		clean_end(&clean, &out);
		for (size_t i = 0; i < out.len; i++)
			bad |= ((unsigned char)out.data[i] < 0x20 && c != '\n') || out.data[i] == 0x7f;
		/* C1 in UTF-8 */
		bad |= strstr(buf_text(&out), "\xc2\x9b") != NULL;
		buf_release(&out);
		if (bad) {
			HARNESS_CHECK(0, "U+%04X", (unsigned)c);
			return;
		}
	}
}

static void
keeps_a_line_on_one_line(void)
{
	static const struct {
		const char *in, *want;
	} lines[] = {
	        {"", ""},
	        {"a name", "a name"},
	        {"two\nlines", "two^Jlines"},
	        {"\x1b[2J\r\nx", "^[[2J^Jx"},
	        {"\xe2\x80", "\xef\xbf\xbd"},
	};

	for (size_t i = 0; i < ARRAY_LEN(lines); i++) {
		char *have = clean_line(lines[i].in);

		HARNESS_EQUAL(have, lines[i].want);
		free(have);
	}
}

CU_TestInfo clean_tests[] = {
        {"shows what is no text", shows_what_is_no_text},
        {"is the same however it is cut", is_the_same_however_cut},
        {"is the same byte by byte", is_the_same_byte_by_byte},
        {"lets no control through", lets_no_control_through},
        {"lets no byte below blank through", lets_no_byte_below_blank_through},
        {"keeps a line on one line", keeps_a_line_on_one_line},
        CU_TEST_INFO_NULL,
};
