/*
 * value.c - seconds, sizes, booleans and tokens.
 */
#include "config/value.h"

#include "base/compiler.h"
#include "tests/config/tests.h"
#include "tests/harness.h"

static void
reads_seconds(void)
{
	static const struct {
		const char *in;
		long want; /* -1: refused */
	} rows[] = {
	        {"0", 0},
	        {"0.0", 0},
	        {"60", 60000},
	        {"2.5", 2500},
	        {"0.001", 1},
	        {"007", 7000},
	        {"1.25", 1250},
	        {"86400", 86400000},
	        {"86400.000", 86400000},
	        {"86400.001", -1},
	        {"86401", -1},
	        {"1.2345", -1},
	        {"0.0001", -1},
	        {"", -1},
	        {" 1", -1},
	        {"1 ", -1},
	        {"-1", -1},
	        {"+1", -1},
	        {"1.", -1},
	        {".5", -1},
	        {"1,5", -1},
	        {"1e3", -1},
	        {"0x10", -1},
	        {"inf", -1},
	        {"60s", -1},
	        {"1.5.5", -1},
	        {"99999999999999999999999999", -1},
	        {"000000000000000000000000000001", 1000},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct err err = {0};
		long ms = -1;

		HARNESS_CHECK(value_seconds(rows[i].in, &ms, &err) == (rows[i].want >= 0), "\"%s\"", rows[i].in);
		HARNESS_CHECK(ms == rows[i].want, "\"%s\" gave %ld", rows[i].in, ms);
		if (rows[i].want < 0)
			HARNESS_EQUAL(err.text,
			        "must be a number of seconds, such as 60 or 2.5, at most 86400; 0 is no time-out");
	}
}

static void
reads_sizes(void)
{
	static const struct {
		const char *in;
		size_t want; /* 7: refused */
	} rows[] = {
	        {"0", 0},
	        {"1", 1},
	        {"65536", 65536},
	        {"1 KiB", 1024},
	        {"1KiB", 1024},
	        {"20 MiB", 20971520},
	        {"1.5 MiB", 1572864},
	        {"0.125 KiB", 128},
	        {"2.000", 2},
	        {"1 GiB", 1073741824},
	        {"1024 MiB", 1073741824},
	        {"1073741824", 1073741824},
	        {"1073741825", 7},
	        {"1.001 GiB", 7},
	        {"99999999999999999999 GiB", 7},
	        {"1.5", 7},
	        {"20 MB", 7},
	        {"20 mib", 7},
	        {"1 MiB ", 7},
	        {"1  MiB", 7},
	        {" 1 MiB", 7},
	        {"1 ", 7},
	        {"MiB", 7},
	        {"", 7},
	        {"-1 MiB", 7},
	        {"1,5 MiB", 7},
	        {"1.2345 MiB", 7},
	        {"1e3", 7},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct err err = {0};
		size_t bytes = 7;

		HARNESS_CHECK(value_size(rows[i].in, &bytes, &err) == (rows[i].want != 7), "\"%s\"", rows[i].in);
		HARNESS_CHECK(bytes == rows[i].want, "\"%s\" gave %zu", rows[i].in, bytes);
		if (rows[i].want == 7)
			HARNESS_EQUAL(err.text, "must be a size of at most 1 GiB: a number of bytes, or of KiB, MiB or "
			                        "GiB, such as 20 MiB");
	}
}

static void
reads_true_and_false_alone(void)
{
	static const char *const others[] = {"", "yes", "no", "on", "off", "True", "FALSE", "1", "0", "true "};
	struct err err = {0};
	bool value = false;

	CU_ASSERT(value_bool("true", &value, &err) && value);
	CU_ASSERT(value_bool("false", &value, &err) && !value);
	for (size_t i = 0; i < ARRAY_LEN(others); i++) {
		HARNESS_CHECK(!value_bool(others[i], &value, &err), "\"%s\"", others[i]);
		HARNESS_EQUAL(err.text, "must be true or false");
	}
}

static void
refuses_tokens_that_would_break_the_header(void)
{
	static const char *const good[] = {"x", "sk-0123_ABC.~+/=", "k\xc3\xa4"};
	static const char *const bad[] = {
	        " x", "x ", "a b", "Bearer x", "x\n", "x\r\nHost: y", "x\ty", "x\x7f", "\x01"};
	struct err err = {0};

	for (size_t i = 0; i < ARRAY_LEN(good); i++)
		HARNESS_CHECK(value_token(good[i], &err), "\"%s\"", good[i]);
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		HARNESS_CHECK(!value_token(bad[i], &err), "row %zu", i);
		HARNESS_EQUAL(err.text,
		        "must not contain spaces, line ends or control characters: give the bare token, "
		        "without \"Bearer\"");
	}
}

CU_TestInfo config_value_tests[] = {
        {"reads seconds", reads_seconds},
        {"reads sizes", reads_sizes},
        {"reads true and false alone", reads_true_and_false_alone},
        {"refuses tokens that would break the header", refuses_tokens_that_would_break_the_header},
        CU_TEST_INFO_NULL,
};
