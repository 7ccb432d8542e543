/*
 * title.c - titles from prompts.
 */
#include "chat/title.h"

#include "base/compiler.h"
#include "tests/chat/tests.h"
#include "tests/harness.h"

#define TEN "123456789 "
#define WIDE                                                                                                           \
	"\xe4\xb8\x96\xe4\xb8\x96\xe4\xb8\x96\xe4\xb8\x96\xe4\xb8\x96\xe4\xb8\x96\xe4\xb8\x96\xe4\xb8\x96\xe4\xb8\x96" \
	"\xe4\xb8\x96"

static void
takes_the_first_line(void)
{
	static const struct {
		const char *prompt, *want;
	} rows[] = {
	        {"", ""},
	        {" \n\t", ""},
	        {"Why is the sky blue?", "Why is the sky blue?"},
	        {"\n\n  ## A heading  \nand text", "A heading"},
	        {"```\nint x;\n```", "int x;"},
	        {"line\r\nline", "line"},
	        {TEN TEN TEN TEN TEN TEN TEN "12", TEN TEN TEN TEN TEN TEN TEN "12"},
	        {TEN TEN TEN TEN TEN TEN TEN "1234", TEN TEN TEN TEN TEN TEN "123456789…"},
	        {TEN TEN TEN TEN TEN TEN TEN "12 4", TEN TEN TEN TEN TEN TEN TEN "12…"},
	        {WIDE WIDE WIDE WIDE WIDE WIDE WIDE "abcd", WIDE WIDE WIDE WIDE WIDE WIDE WIDE "a…"},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct buf title = {0};

		title_from_prompt(rows[i].prompt, &title);
		HARNESS_EQUAL(buf_text(&title), rows[i].want);
		buf_release(&title);
	}
}

CU_TestInfo title_tests[] = {
        {"takes the first line", takes_the_first_line},
        CU_TEST_INFO_NULL,
};
