/*
 * base64.c - the vectors of RFC 4648, section 10, lengths around the steps it works in, and what is refused; SHA-256 by the examples of
 * FIPS 180-4.
 */
#include "base/base64.h"

#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/sha256.h"
#include "tests/base/tests.h"
#include "tests/harness.h"

static void
encodes_and_decodes(void)
{
	static const struct {
		const char *in, *want;
	} cases[] = {{"", ""}, {"f", "Zg=="}, {"fo", "Zm8="}, {"foo", "Zm9v"}, {"foob", "Zm9vYg=="},
	        {"fooba", "Zm9vYmE="}, {"foobar", "Zm9vYmFy"}, {"\xff\xfe\xfb", "//77"}};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct buf out = {0}, back = {0};

		base64_put(&out, cases[i].in, strlen(cases[i].in));
		HARNESS_EQUAL(buf_text(&out), cases[i].want);
		CU_ASSERT_EQUAL(base64_length(strlen(cases[i].in)), out.len);
		CU_ASSERT(base64_get(&back, buf_text(&out), out.len));
		HARNESS_EQUAL(buf_text(&back), cases[i].in);
		buf_release(&out);
		buf_release(&back);
	}
}

static void
can_be_read_from_anywhere(void)
{
	static const char data[] = "\xff\xfe\xfb any bytes \1\2\3";

	for (size_t size = 0; size < sizeof(data); size++) {
		struct buf all = {0};

		base64_put(&all, data, size);
		for (size_t from = 0; from <= all.len; from++)
			for (size_t n = 0; from + n <= all.len; n++) {
				char got[64];

				base64_read(data, size, from, got, n);
				HARNESS_CHECK(memcmp(buf_text(&all) + from, got, n) == 0, "%zu from %zu of %zu", n,
				        from, size);
			}
		buf_release(&all);
	}
}

static void
long_data_comes_back(void)
{
	struct buf data = {0};

	for (unsigned i = 0; i < 3 * 3072 + 2; i++) {
		struct buf out = {0}, back = {0};

		buf_putc(&data, (char)(i * 7919 >> 3));
		if (i % 1024 > 4 && i % 1024 < 1020 && i % 251 != 0)
			continue;
		base64_put(&out, data.data, data.len);
		CU_ASSERT_EQUAL(base64_length(data.len), out.len);
		CU_ASSERT(base64_get(&back, out.data, out.len));
		CU_ASSERT(back.len == data.len && memcmp(back.data, data.data, data.len) == 0);
		buf_release(&out);
		buf_release(&back);
	}
	buf_release(&data);
}

static void
refuses_what_is_none(void)
{
	static const char *const bad[] = {"Zg=", "Z", "Zg==Zg", "Zm9v-_8=", "Zm9v*", "=", "Zm\x80v"};

	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		struct buf out = {0};

		buf_puts(&out, "there");
		CU_ASSERT(!base64_get(&out, bad[i], strlen(bad[i])));
		HARNESS_EQUAL(buf_text(&out), "there");
		buf_release(&out);
	}
}

/* Good texts and bad ones, cut at every byte: the same as in one piece. */
static void
decodes_pieces(void)
{
	static const char *const texts[] = {"Zm9vYmFy", "Zm9v\nYg==", "Zg==", "", "Zg=", "Zg==Zg", "Zm9v*bar"};

	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		for (size_t cut = 0; cut <= strlen(texts[i]); cut++) {
			struct base64_decoder *d = base64_decoder_new();
			struct buf whole = {0}, pieces = {0};
			bool want = base64_get(&whole, texts[i], strlen(texts[i])),
			     have = base64_decoder_put(d, &pieces, texts[i], cut) &&
			            base64_decoder_put(d, &pieces, texts[i] + cut, strlen(texts[i]) - cut);

			have = base64_decoder_end(d) && have;
			CU_ASSERT(have == want);
			if (want)
				HARNESS_EQUAL(buf_text(&pieces), buf_text(&whole));
			buf_release(&whole);
			buf_release(&pieces);
		}
}

static void
digests(void)
{
	static const struct {
		const char *in, *want;
	} cases[] = {{"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
	        {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
	        {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
	                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"}};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		char text[SHA256_TEXT];

		sha256_text(text, cases[i].in, strlen(cases[i].in));
		HARNESS_EQUAL(text, cases[i].want);
	}
}

CU_TestInfo base64_tests[] = {
        {"encodes and decodes", encodes_and_decodes},
        {"can be read from anywhere", can_be_read_from_anywhere},
        {"long data comes back", long_data_comes_back},
        {"refuses what is none", refuses_what_is_none},
        {"decodes pieces", decodes_pieces},
        {"SHA-256 of the standard's examples", digests},
        CU_TEST_INFO_NULL,
};
