/*
 * fence.c - which code blocks a Markdown text has, whole and cut at every byte.
 */
#include "text/fence.h"

#include <string.h>

#include "base/compiler.h"
#include "tests/harness.h"
#include "tests/text/tests.h"

static const struct {
	const char *text, *want; /* the blocks' code, "|" before each and after the last */
} rows[] = {
        {"", "|"},
        {"no code, `not` here ``either``", "|"},
        {"```\na\nb\n```\n", "|a\nb|"},
        {"text\n```c\nint a;\n```\ntext\n~~~ sh -x\nls\n~~~\n", "|int a;|ls|"},
        {"```\n```\n", "||"},
        {"```\n\n\n```\n", "|\n|"},
        /* not closed: up to the end */
        {"```", "||"},
        {"```c\nint a;", "|int a;|"},
        {"```c\nint a;\n", "|int a;|"},
        {"```\na\n~~~\n", "|a\n~~~|"},
        /* length, and what may stand after */
        {"``\na\n``", "|"},
        {"````\n```\na\n```\n````", "|```\na\n```|"},
        {"```\na\n`````\n", "|a|"},
        {"```\na\n``` b\n```\n", "|a\n``` b|"},
        {"```\na\n``` \t\n", "|a|"},
        {"``` a`b\nc\n", "|"},
        {"~~~ a`b\nc\n~~~", "|c|"},
        /* indentation: up to three columns, taken off the code too */
        {"   ```\n   a\n     b\n c\n  ```\n", "|a\n  b\nc|"},
        {"    ```\n    a\n    ```\n", "|"},
        {"```\na\n    ```\n```\n", "|a\n    ```|"},
        {"\t```\n", "|"},
        {"  ```\n\tb\n```\n", "|  b|"},
        {"```\n\tb\n```\n", "|\tb|"},
        /* within each other */
        {"```markdown\na\n```sh\nb\n```\nc\n```\nd\n```e\nf\n```\n", "|a\n```sh\nb\n```\nc|f|"},
        {"~~~ MD x\n~~~ md\n~~~ c\n~~~ d\n~~~\n~~~\n~~~\n```\n", "|~~~ md\n~~~ c\n~~~ d\n~~~\n~~~||"},
        {"```md\n```\na\n```sh\nb\n```\n", "||b|"},
        {"```md\n  ````c\n```\n  ````\n```\n", "|  ````c\n```\n  ````|"},
        {"````md\n```c\n````\n", "|```c|"},
        {"```md\n~~~c\n```\n", "|~~~c|"},
        {"```md\n    ```c\n```\n", "|    ```c|"},
        {"```mdx\n```c\n```\n```\n", "|```c||"},
        {"- ```md\n  ```c\n  ```\n  a\n  ```\n", "|```c\n```\na|"},
        /* in lists */
        {"- ```c\n  a\n    b\n  ```\n- c\n", "|a\n  b|"},
        {"1. First:\n\n   ```sh\n   make\n   ```\n\n2. Then:\n   ```sh\n   ls\n   ```\n", "|make|ls|"},
        {"10. x\n\n    ```\n    a\n    ```\n", "|a|"},
        {"1. x\n\n     ```\n     a\n     ```\n", "|a|"},
        {"1. x\n\n       ```\n       a\n", "|"},
        {"- x\n  - y\n\n    ```\n    a\n\n    b\n    ```\n", "|a\n\nb|"},
        {"- x\n```\na\n```\n", "|a|"},
        {"- ```\n  a\nb\n", "|a|"},
        {"-\n\n    ```\n", "|"},
        {"-     ```\n", "|"},
        {"x\n- \n      ```\n", "|"},
        {"- - -\n    ```\n", "|"},
        {"2020. x\n\n      ```\n      a\n", "|a|"},
        {"x\n2. y\n\n       ```\n", "|"},
        {"- x\nlazy\n\n  ```\n  a\n  ```", "|a|"},
        {"- x\n---\n      ```\n", "|"},
        {"- # x\ny\n\n      ```\n", "|"},
        /* in quotes */
        {"> ```\n> a\n>  b\n> ```\n", "|a\n b|"},
        {"> ```\n> a\nb\n", "|a|"},
        {"> - ```\n>   a\n> \n>   b\n>   ```\n", "|a\n\nb|"},
        {"> x\n```\na\n", "|a|"},
        /* ends of lines */
        {"```\r\na\r\n```\r\nb\r\n", "|a\r|"},
        {"- x\r\n\r\n  ```\r\n  a\r\n  ```\r\n", "|a\r|"},
};

static void
append_blocks(const char *text, struct buf *out)
{
	size_t blocks = 1;

	buf_putc(out, '|');
	for (size_t i = 1; i <= blocks; i++)
		if (fences_code(text, strlen(text), i, out, &blocks))
			buf_putc(out, '|');
}

static void
finds_code_blocks(void)
{
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct buf found = {0};

		append_blocks(rows[i].text, &found);
		HARNESS_EQUAL(buf_text(&found), rows[i].want);
		buf_release(&found);
	}
}

static void
counts_on_as_a_text_grows(void)
{
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		size_t len = strlen(rows[i].text), want = 0, blocks;
		struct fences f = {0}, whole = {0};
		struct buf code = {0};

		for (size_t n = 0; n <= len; n++)
			fences_count(&f, rows[i].text, n, false);
		fences_count(&f, rows[i].text, len, true);
		fences_count(&whole, rows[i].text, len, true);
		while (fences_code(rows[i].text, len, want + 1, &code, &blocks))
			want++;
		HARNESS_CHECK(f.n == want && whole.n == want && blocks == want, "row %zu", i);
		buf_release(&code);
	}
}

static void
knows_no_block_before_the_first(void)
{
	struct buf code = {0};
	size_t blocks;

	CU_ASSERT(!fences_code("```\na\n```", 9, 0, &code, &blocks));
	CU_ASSERT_EQUAL(blocks, 1);
	CU_ASSERT_EQUAL(code.len, 0);
	buf_release(&code);
}

static void
goes_no_deeper_than_it_can(void)
{
	struct buf text = {0}, code = {0};
	size_t blocks;

	for (int i = 0; i < 1000; i++)
		buf_puts(&text, "> ");
	buf_puts(&text, "```\n");
	CU_ASSERT(!fences_code(text.data, text.len, 1, &code, &blocks));
	buf_release(&text);
	buf_release(&code);
}

static void
closes_what_is_open(void)
{
	static const struct {
		const char *text, *want;
	} open[] = {
	        {"", ""},
	        {"a", ""},
	        {"```\na\n```", ""},
	        {"```\na", "\n```\n"},
	        {"~~~~\na\n", "~~~~\n"},
	        {"```md\n````c\na", "\n````\n```\n"},
	        {"- ```\n  a\n", ""},
	        {"> ```\n> a\n", ""},
	};

	for (size_t i = 0; i < ARRAY_LEN(open); i++) {
		struct buf out = {0};

		fences_close(open[i].text, strlen(open[i].text), &out);
		HARNESS_EQUAL(buf_text(&out), open[i].want);
		buf_release(&out);
	}
}

static void
says_where_blocks_stand(void)
{
	static const struct {
		const char *text;
		size_t which;
		const char *want; /* NULL: there is none */
	} places[] = {
	        {"", 1, NULL},
	        {"a\n```c\nb\n```\nc", 1, "```c\nb\n```"},
	        {"a\n```c\nb\n```\nc", 2, NULL},
	        {"a\n```c\nb\n```\nc", 0, NULL},
	        {"```\n```\n~~~\nx", 1, "```\n```"},
	        {"```\n```\n~~~\nx", 2, "~~~\nx"},
	        {"> ```\n> a\nb", 1, "```\n> a\n"},
	        {"- ```\n  a\n  ```\n", 1, "```\n  a\n  ```"},
	        {"> ```\n> a\n```\nb", 1, "```\n> a\n"},
	        {"> ```\n> a\n```\nb", 2, "```\nb"},
	        {"```", 1, "```"},
	};

	for (size_t i = 0; i < ARRAY_LEN(places); i++) {
		size_t start = 0, end = 0;
		bool found = fences_place(places[i].text, strlen(places[i].text), places[i].which, &start, &end);

		HARNESS_CHECK(found == (places[i].want != NULL), "row %zu", i);
		if (found && places[i].want)
			HARNESS_CHECK(end - start == strlen(places[i].want) &&
			                      memcmp(places[i].text + start, places[i].want, end - start) == 0,
			        "row %zu: %zu to %zu", i, start, end);
	}
}

static void
goes_from_block_to_block(void)
{
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		size_t n = strlen(rows[i].text), start, want, end;
		struct fences f = {0};

		while (fences_next(&f, rows[i].text, n, &start))
			HARNESS_CHECK(fences_place(rows[i].text, n, f.n, &want, &end) && want == start,
			        "row %zu: block %zu", i, f.n);
		HARNESS_CHECK(!fences_place(rows[i].text, n, f.n + 1, &want, &end), "row %zu", i);
	}
}

CU_TestInfo fence_tests[] = {
        {"finds code blocks", finds_code_blocks},
        {"counts on as a text grows", counts_on_as_a_text_grows},
        {"knows no block before the first", knows_no_block_before_the_first},
        {"goes no deeper than it can", goes_no_deeper_than_it_can},
        {"closes what is open", closes_what_is_open},
        {"says where blocks stand", says_where_blocks_stand},
        {"goes from block to block", goes_from_block_to_block},
        CU_TEST_INFO_NULL,
};
