/*
 * sheet.c - where a piece of a page comes from when it is copied to another one.
 */
#include "text/sheet.h"

#include <string.h>

#include "base/compiler.h"
#include "tests/harness.h"
#include "tests/text/tests.h"

/* Of one run: a piece is of its own part of the source where bytes map one to one, else of the run's whole source - and must
 * not look as if they did because it has by chance as many. */
static void
copies_where_a_piece_comes_from(void)
{
	static const struct {
		const char *text;
		size_t from_len, start, len, want_from, want_len; /* the run is of byte 10 of the source */
	} rows[] = {
	        {"abcdef", 6, 0, 6, 10, 6},
	        {"abcdef", 6, 2, 3, 12, 3},
	        {"<U+202E>", 7, 0, 8, 10, 7},
	        {"<U+202E>", 7, 1, 3, 10, 7},
	        {"<U+202E>", 7, 0, 7, 10, 6},
	        {"<U+202E>", 7, 1, 7, 10, 6},
	        {"<U+202E>", 3, 5, 3, 10, 2},
	        {"<U+202E>", 2, 0, 2, 10, 1},
	        /* Nothing is left to take away: it is one byte of one. */
	        {"^[", 1, 1, 1, 10, 1},
	        {"--", 0, 0, 1, 10, 0},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct sheet from = {0}, to = {0};

		sheet_put(&from, ROLE_TEXT, rows[i].text, strlen(rows[i].text), 10, rows[i].from_len);
		sheet_copy(&to, &from, rows[i].start, rows[i].len);
		CU_ASSERT_FATAL(to.n_runs == 1 && to.text.len == rows[i].len);
		CU_ASSERT(memcmp(to.text.data, rows[i].text + rows[i].start, rows[i].len) == 0);
		HARNESS_CHECK(to.runs[0].from == rows[i].want_from && to.runs[0].from_len == rows[i].want_len,
		        "row %zu: %u, %u bytes", i, (unsigned)to.runs[0].from, (unsigned)to.runs[0].from_len);
		sheet_release(&from);
		sheet_release(&to);
	}
}

CU_TestInfo sheet_tests[] = {
        {"copies where a piece comes from", copies_where_a_piece_comes_from},
        CU_TEST_INFO_NULL,
};
