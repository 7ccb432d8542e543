/*
 * main.c - flynn's own syntax files (syntax/): three tests for each, and some for all.
 */
#include "base/compiler.h"
#include "tests/harness.h"
#include "tests/syntax/own.h"

static CU_SuiteInfo suites[] = {
        {"syntax", NULL, NULL, NULL, NULL, own_tests},
        CU_SUITE_INFO_NULL,
};

static const struct {
	const char *suite;
	void (*run)(void);
} for_each[] = {
        {"looks as its sample says", looks_as_its_sample_says},
        {"costs by length only", costs_by_length_only},
        {"bears what was fuzzed", bears_what_was_fuzzed},
};

int
main(void)
{
	size_t n;
	const struct own_file *files = own_files(&n);
	int status;

	for (size_t k = 0; k < ARRAY_LEN(for_each); k++)
		for (size_t i = 0; i < n; i++)
			harness_add(for_each[k].suite, files[i].name, for_each[k].run, &files[i]);
	status = harness_main(suites);
	own_files_release();
	return status;
}
