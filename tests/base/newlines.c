/*
 * newlines.c - ends of line of all systems, in pieces and as a file.
 */
#include "base/newlines.h"

#include <string.h>

#include "base/compiler.h"
#include "tests/base/tests.h"
#include "tests/harness.h"

static const struct {
	const char *in, *want;
} rows[] = {
        {"", ""},
        {"one\ntwo\n", "one\ntwo\n"},
        {"one\r\ntwo\r\n", "one\ntwo\n"},
        {"one\rtwo\r", "one\ntwo\n"},
        {"one\r\r\n\n\r", "one\n\n\n\n"},
        {"\r", "\n"},
        {"\xef\xbb", "\xef\xbb"},
};

static void
makes_line_feeds_of_all(void)
{
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		for (size_t cut = 0; cut <= strlen(rows[i].in); cut++) {
			struct buf out = {0};
			bool after_cr = false;

			newlines_put(rows[i].in, cut, &after_cr, &out);
			newlines_put(rows[i].in + cut, strlen(rows[i].in) - cut, &after_cr, &out);
			HARNESS_EQUAL(buf_text(&out), rows[i].want);
			buf_release(&out);
		}
}

static void
leaves_out_a_files_mark(void)
{
	static const char *const marks[] = {"", "\xef\xbb\xbf"};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		for (size_t m = 0; m < ARRAY_LEN(marks); m++) {
			struct buf file = {0}, out = {0};

			buf_puts(&file, marks[m]);
			buf_puts(&file, rows[i].in);
			newlines_put_file(buf_text(&file), file.len, &out);
			HARNESS_EQUAL(buf_text(&out), rows[i].want);
			buf_release(&file);
			buf_release(&out);
		}
}

CU_TestInfo newlines_tests[] = {
        {"makes line feeds of all ends of line", makes_line_feeds_of_all},
        {"leaves out a file's mark", leaves_out_a_files_mark},
        CU_TEST_INFO_NULL,
};
