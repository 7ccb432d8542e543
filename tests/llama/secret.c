/*
 * secret.c - what a server may repeat the token in.
 */
#include "llama/secret.h"

#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/utf8.h"
#include "tests/harness.h"
#include "tests/llama/tests.h"

static void
hides_it_in_names(void)
{
	static const struct {
		const char *name, *secret, *want;
	} rows[] = {
	        {"llama-3", NULL, "llama-3"},
	        {"llama-3", "", "llama-3"},
	        {"llama-3", "llama", "llama-3"},
	        {"llama", "llama", "***"},
	        {"none", "none", "***"},
	        {"model sk-12345", "sk-12345", "model ***"},
	        {"sk-12345sk-12345x", "sk-12345", "******x"},
	        {"sk-1234", "sk-12345", "sk-1234"},
	        {"", "sk-12345", ""},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct buf out = {0};

		secret_append_name(&out, rows[i].name, strlen(rows[i].name), rows[i].secret);
		HARNESS_EQUAL(buf_text(&out), rows[i].want);
		buf_release(&out);
	}
}

/* Fed in pieces of that many bytes, the first one apart. */
static void
feed(const char *secret, const char *text, size_t first, size_t every, struct buf *out)
{
	struct secret_filter f;
	size_t n = 0;
	const char *told;

	secret_filter_init(&f, secret);
	for (size_t at = 0, end = strlen(text); at < end; at += n) {
		size_t len = n = at == 0 && first > 0 ? first : every < end - at ? every : end - at;

		told = secret_filter_feed(&f, text + at, &len);
		buf_put(out, told, len);
	}
	told = secret_filter_end(&f, &n);
	buf_put(out, told, n);
	secret_filter_release(&f);
}

/* `want` with the first bytes of the token in place of nothing: at most 4 of them may have been told. */
static bool
is_hidden(const char *got, const char *before, const char *secret, const char *behind)
{
	size_t n = strlen(before), told = 0;

	if (strncmp(got, before, n) != 0)
		return false;
	while (told < 4 && got[n + told] == secret[told])
		told++;
	return utf8_span(got, strlen(got)) == strlen(got) && strncmp(got + n + told, "***", 3) == 0 &&
	       strcmp(got + n + told + 3, behind) == 0;
}

static void
hides_it_in_text_in_pieces(void)
{
	static const struct {
		const char *secret, *before, *behind;
	} rows[] = {
	        {"sk-12345secret", "", ""},
	        {"sk-12345secret", "a key: ", " and more"},
	        {"sk-12345secret", "sk-12345secresk-sk-1", "k-12345secret"},
	        {"aaaaaaaaaaa1", "aab aaaaaaa", " b"},
	        {"abcabcabcabd1", "abcabcabcabcabcabc", "abc"},
	        {"s\xc3\xbc\xc3\xbc\xc3\xbc\xc3\xbc\xc3\xbc 123", "s\xc3\xbc\xc3\xbc \xc3\xbc", "\xc3\xbc"},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct buf text = {0}, got = {0};
		bool bytes = rows[i].secret[1] != '\xc3'; /* text comes in whole characters */

		buf_printf(&text, "%s%s%s", rows[i].before, rows[i].secret, rows[i].behind);
		for (size_t cut = 1; cut < text.len; cut++) {
			if (utf8_floor(buf_text(&text), cut) != cut)
				continue;
			buf_clear(&got);
			feed(rows[i].secret, buf_text(&text), cut, text.len, &got);
			HARNESS_CHECK(is_hidden(buf_text(&got), rows[i].before, rows[i].secret, rows[i].behind),
			        "row %zu cut at %zu: %s", i, cut, buf_text(&got));
		}
		buf_clear(&got);
		feed(rows[i].secret, buf_text(&text), 0, bytes ? 1 : text.len, &got);
		HARNESS_CHECK(is_hidden(buf_text(&got), rows[i].before, rows[i].secret, rows[i].behind), "row %zu: %s",
		        i, buf_text(&got));
		buf_release(&text);
		buf_release(&got);
	}
}

/* A token that may be a word of the text; and text that only begins like one. */
static void
leaves_other_text_as_it_is(void)
{
	static const char *const rows[][2] = {
	        {NULL, "any"},
	        {"", "any"},
	        {"local", "a local server"},
	        {"sk-no-key-required", "give it sk-no-key-required"},
	        {"short-1", "not short-1"},
	        {"sk-12345secret", "sk-12345secre"},
	        {"sk-12345secret", "sk-12345secres-12345secret sk-"},
	        {"aaaaaaaaaaa1", "aaaaaaaaaaaaaaaaaaaaaaa2"},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		for (size_t every = 1; every <= strlen(rows[i][1]); every++) {
			struct buf got = {0};

			feed(rows[i][0], rows[i][1], 0, every, &got);
			HARNESS_EQUAL(buf_text(&got), rows[i][1]);
			buf_release(&got);
		}
}

/* Nobody waits for text that only might be a token: four bytes of it go at once. */
static void
holds_back_little(void)
{
	struct secret_filter f;
	size_t n = 5;

	secret_filter_init(&f, "sk-12345secret");
	HARNESS_EQUAL(secret_filter_feed(&f, "risk-", &n), "risk-");
	n = 2;
	HARNESS_EQUAL(secret_filter_feed(&f, "12", &n), "1");
	n = 1;
	HARNESS_EQUAL(secret_filter_feed(&f, "x", &n), "2x");
	secret_filter_release(&f);
}

CU_TestInfo secret_tests[] = {
        {"hides it in names", hides_it_in_names},
        {"hides it in text in pieces", hides_it_in_text_in_pieces},
        {"leaves other text as it is", leaves_other_text_as_it_is},
        {"holds back little", holds_back_little},
        CU_TEST_INFO_NULL,
};
