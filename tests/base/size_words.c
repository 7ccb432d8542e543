/*
 * size_words.c - numbers of bytes in words.
 */
#include "base/size_words.h"

#include "base/compiler.h"
#include "tests/base/tests.h"
#include "tests/harness.h"

static void
says_sizes(void)
{
	static const struct {
		int64_t bytes;
		const char *want;
	} rows[] = {
	        {0, "0 B"},
	        {1023, "1023 B"},
	        {1024, "1.0 KiB"},
	        {1174272, "1.1 MiB"},
	        {10 * 1024 * 1024 - 1, "10 MiB"},
	        {1024 * 1024 - 1, "1.0 MiB"},
	        {252172032, "240 MiB"},
	        {8589934592, "8.0 GiB"},
	        {INT64_MAX, "8.0 EiB"},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		char words[SIZE_WORDS_MAX];

		size_words(rows[i].bytes, words);
		HARNESS_EQUAL(words, rows[i].want);
	}
}

CU_TestInfo size_words_tests[] = {
        {"says sizes", says_sizes},
        CU_TEST_INFO_NULL,
};
