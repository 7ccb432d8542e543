/*
 * harness.c - CUnit's tests as TAP (testanything.org, version 13). What a test has to say goes out as "# " lines
 * before its own line.
 */
#include "tests/harness.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/mem.h"

enum {
	ADDED_MAX = 1024,
};

static struct {
	int count;
	const char *skipped;
	struct added {
		CU_pTest test;
		const void *arg;
	} added[ADDED_MAX];
	size_t n_added;
	const void *arg;
} harness;

static void
on_start(const CU_pTest test, UNUSED const CU_pSuite suite)
{
	harness.skipped = NULL;
	harness.arg = NULL;
	for (size_t i = 0; i < harness.n_added; i++)
		if (harness.added[i].test == test)
			harness.arg = harness.added[i].arg;
}

static void
on_complete(const CU_pTest test, const CU_pSuite suite, const CU_pFailureRecord failures)
{
	for (CU_pFailureRecord f = failures; f; f = f->pNext)
		printf("# %s:%u: %s\n", f->strFileName, f->uiLineNumber, f->strCondition);
	printf("%sok %d - %s: %s", failures ? "not " : "", ++harness.count, suite->pName, test->pName);
	if (harness.skipped && !failures)
		printf(" # SKIP %s", harness.skipped);
	putchar('\n');
	fflush(stdout);
}

static void
make_registry(void)
{
	if (!CU_registry_initialized() && CU_initialize_registry() != CUE_SUCCESS) {
		puts("Bail out! CUnit does not start");
		exit(1);
	}
}

int
harness_main(CU_SuiteInfo *suites)
{
	make_registry();
	if (suites && CU_register_suites(suites) != CUE_SUCCESS) {
		printf("Bail out! %s\n", CU_get_error_msg());
		return 1;
	}
	CU_set_test_start_handler(on_start);
	CU_set_test_complete_handler(on_complete);
	printf("1..%u\n", CU_get_registry()->uiNumberOfTests);
	fflush(stdout); /* or a child of a test has it too */
	CU_run_all_tests();
	bool failed = CU_get_number_of_tests_failed() > 0;
	CU_cleanup_registry();
	return failed;
}

void
harness_skip(const char *reason)
{
	harness.skipped = reason;
}

void
harness_add(const char *suite, const char *name, void (*run)(void), const void *arg)
{
	CU_pSuite s;
	CU_pTest t;

	make_registry();
	s = CU_get_suite_by_name(suite, CU_get_registry());
	if (!s)
		s = CU_add_suite(suite, NULL, NULL);
	t = s ? CU_add_test(s, name, run) : NULL;
	if (!t || harness.n_added == ADDED_MAX) {
		printf("Bail out! cannot add %s: %s\n", name, CU_get_error_msg());
		exit(1);
	}
	harness.added[harness.n_added++] = (struct added){t, arg};
}

const void *
harness_arg(void)
{
	return harness.arg;
}

char *
harness_path(const char *name)
{
	const char *tests = getenv("FLYNN_TESTS");

	return mem_printf("%s/%s", tests ? tests : "tests", name);
}

char *
harness_read(const char *path, size_t *len)
{
	FILE *file = fopen(path, "rb");
	char *bytes;
	long size;

	if (!file || fseek(file, 0, SEEK_END) != 0 || (size = ftell(file)) < 0) {
		printf("Bail out! cannot read %s\n", path);
		exit(1);
	}
	rewind(file);
	bytes = mem_alloc((size_t)size + 1);
	*len = fread(bytes, 1, (size_t)size, file);
	fclose(file);
	return bytes;
}

size_t
harness_stride(void)
{
	const char *told = getenv("HARNESS_STRIDE");
	unsigned long stride = told ? strtoul(told, NULL, 10) : 1;

	return stride > 0 ? stride : 1;
}

char *
harness_repeat(const char *text, size_t n)
{
	size_t len = strlen(text);
	char *all = mem_alloc(n * len + 1);

	for (size_t i = 0; i < n; i++)
		memcpy(all + i * len, text, len);
	return all;
}

static void
print_quoted(const char *what, const char *s)
{
	printf("# %s ", what);
	for (; *s; s++)
		if (*s == '\n')
			printf("\\n%s", s[1] ? "\n#      " : "");
		else if ((unsigned char)*s < 0x20 || *s == 0x7f)
			printf("\\x%02x", (unsigned char)*s);
		else
			putchar(*s);
	putchar('\n');
}

void
harness_equal(const char *have, const char *want, const char *file, int line)
{
	bool same = have && want && strcmp(have, want) == 0;

	if (!same) {
		print_quoted("have", have ? have : "(null)");
		print_quoted("want", want ? want : "(null)");
	}
	CU_assertImplementation(same, (unsigned)line, "texts are equal", file, "", CU_FALSE);
}

void
harness_check(int holds, const char *condition, const char *file, int line, const char *format, ...)
{
	va_list args;

	if (!holds) {
		va_start(args, format);
		printf("# ");
		vprintf(format, args);
		putchar('\n');
		va_end(args);
	}
	CU_assertImplementation(holds != 0, (unsigned)line, condition, file, "", CU_FALSE);
}
