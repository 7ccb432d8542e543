/*
 * nearest.c - the word that was probably meant.
 */
#include "base/nearest.h"

#include "base/compiler.h"
#include "tests/base/tests.h"
#include "tests/harness.h"

static void
counts_slips_of_the_finger(void)
{
	static const struct {
		const char *a, *b;
		size_t want;
	} rows[] = {
	        {"", "", 0},
	        {"a", "", 1},
	        {"", "abc", 3},
	        {"endpoint", "endpoint", 0},
	        {"Endpoint", "endpoint", 0},
	        {"endpont", "endpoint", 1},
	        {"endpooint", "endpoint", 1},
	        {"endpiont", "endpoint", 1},
	        {"timout", "timeout", 1},
	        {"kitten", "sitting", 3},
	        {"ca", "abc", 3},
	        {"auth-token", "auth_token", 1},
	        {"abcdefghijklmnopqrstuvwxyzabcdefg", "a", (size_t)-1},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		HARNESS_CHECK(nearest_distance(rows[i].a, rows[i].b) == rows[i].want, "%s, %s", rows[i].a, rows[i].b);
		HARNESS_CHECK(nearest_distance(rows[i].b, rows[i].a) == rows[i].want, "%s, %s", rows[i].b, rows[i].a);
	}
}

static void
tells_near_from_far(void)
{
	static const struct {
		const char *typed, *word;
		bool want;
	} rows[] = {
	        {"endpont", "endpoint", true},
	        {"sytem", "system", true},
	        {"model", "models", true},
	        {"nwe", "new", true},
	        {"hlep", "help", true},
	        {"helpp", "help", true},
	        {"exprot", "export", true},
	        {"auto-tokn", "auth_token", true},
	        {"url", "model", false},
	        {"colour", "models", false},
	        {"temp", "help", false},
	        {"load", "copy", false},
	        {"save", "swap", false},
	        {"set", "new", false},
	        {"x", "?", false},
	        {"x", "h", false},
	        {"", "h", false},
	        {"th", "help", false},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		HARNESS_CHECK(nearest_is_near(rows[i].typed, rows[i].word) == rows[i].want, "%s, %s", rows[i].typed,
		        rows[i].word);
}

CU_TestInfo nearest_tests[] = {
        {"counts slips of the finger", counts_slips_of_the_finger},
        {"tells near from far", tells_near_from_far},
        CU_TEST_INFO_NULL,
};
