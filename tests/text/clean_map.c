/*
 * clean_map.c - places in a text, found again in the cleaned one.
 */
#include "text/clean_map.h"

#include <string.h>

#include "base/compiler.h"
#include "tests/harness.h"
#include "tests/text/tests.h"

/* A part of a text, cleaned with the whole. */
static void
finds_places_again(void)
{
	static const struct {
		const char *before, *part, *behind, *want;
	} rows[] = {
	        {"", "all of it", "", "all of it"},
	        {"plain ", "text", " here", "text"},
	        {"a\tb\033", "c\td", "e", "c\td"},
	        {"one\r\n", "two\r\n", "three", "two\n"},
	        {"\xff", "\xc3\xa9\xff", "z", "\xc3\xa9\xef\xbf\xbd"},
	        {"漢", "字", "漢", "字"},
	        {"x\xe2\x80\xae", "y", "", "y"},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct clean_map map = {0};
		struct clean clean = {.tabs = true};
		struct buf whole = {0}, cleaned = {0};
		size_t start, end, from = strlen(rows[i].before), to = from + strlen(rows[i].part);

		buf_printf(&whole, "%s%s%s", rows[i].before, rows[i].part, rows[i].behind);
		clean_text(&clean, whole.data, whole.len, &cleaned);
		clean_end(&clean, &cleaned);
		start = clean_map_to(&map, whole.data, from);
		end = clean_map_to(&map, whole.data, to);
		buf_truncate(&cleaned, end);
		HARNESS_EQUAL(buf_text(&cleaned) + start, rows[i].want);
		clean_map_release(&map);
		buf_release(&whole);
		buf_release(&cleaned);
	}
}

CU_TestInfo clean_map_tests[] = {
        {"finds places again", finds_places_again},
        CU_TEST_INFO_NULL,
};
