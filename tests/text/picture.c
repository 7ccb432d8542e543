/*
 * picture.c - cells to bytes and back, and bytes that are none.
 */
#include "text/picture.h"

#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "tests/harness.h"
#include "tests/text/tests.h"

enum {
	COLS = 3,
	ROWS = 2,
	COLOURS = 16,
};

static void
put_example(struct buf *bytes)
{
	struct picture *p = picture_new(COLS, ROWS);

	p->cells[1] = (struct picture_cell){0x2584, 15, 0};
	p->cells[COLS * ROWS - 1] = (struct picture_cell){0x259f, -1, 7};
	picture_put(p, bytes);
	picture_free(p);
}

/* Colours that nobody sees are none: of a blank, and behind a full block. */
static void
reads_cells_of_one_colour_as_blanks(void)
{
	static const struct {
		struct picture_cell in, want;
	} rows[] = {
	        {{' ', 3, 4}, {' ', -1, 4}},
	        {{0x2588, 3, 4}, {' ', -1, 3}},
	        {{0x2588, -1, 4}, {0x2588, -1, 4}},
	        {{0x2584, 3, 3}, {' ', -1, 3}},
	        {{0x2584, -1, -1}, {0x2584, -1, -1}},
	        {{0x2584, 3, -1}, {0x2584, 3, -1}},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct picture *p = picture_new(1, 1), *read;
		struct buf bytes = {0};
		struct err err;

		p->cells[0] = rows[i].in;
		picture_put(p, &bytes);
		read = picture_read(bytes.data, bytes.len, 1, 1, COLOURS, &err);
		CU_ASSERT_PTR_NOT_NULL_FATAL(read);
		HARNESS_CHECK(memcmp(&read->cells[0], &rows[i].want, sizeof(rows[i].want)) == 0, "row %zu", i);
		picture_free(read);
		picture_free(p);
		buf_release(&bytes);
	}
}

/* From memory that ends where the bytes do. */
static struct picture *
read_exact(const char *bytes, size_t n, int cols, int rows, int colours)
{
	char *copy = mem_alloc(n + 1);
	struct picture *p;
	struct err err = {.code = ERR_NONE};

	memcpy(copy, bytes, n);
	copy = mem_realloc(copy, n > 0 ? n : 1);
	p = picture_read(copy, n, cols, rows, colours, &err);
	CU_ASSERT((p == NULL) == (err.code != ERR_NONE));
	free(copy);
	return p;
}

static bool
is_read(const char *bytes, size_t n, int cols, int rows, int colours)
{
	struct picture *p = read_exact(bytes, n, cols, rows, colours);
	bool read = p != NULL;

	picture_free(p);
	return read;
}

static void
comes_back_as_it_was(void)
{
	struct buf bytes = {0}, again = {0};
	struct picture *p;

	put_example(&bytes);
	CU_ASSERT_EQUAL(bytes.len, strlen("flynn-picture 1 3 2\n") + COLS * ROWS * PICTURE_CELL_BYTES);
	p = read_exact(bytes.data, bytes.len, COLS, ROWS, COLOURS);
	CU_ASSERT_PTR_NOT_NULL_FATAL(p);
	CU_ASSERT_EQUAL(p->cells[1].character, 0x2584);
	CU_ASSERT_EQUAL(p->cells[1].foreground, 15);
	CU_ASSERT_EQUAL(p->cells[0].background, -1);
	picture_put(p, &again);
	CU_ASSERT(again.len == bytes.len && memcmp(again.data, bytes.data, bytes.len) == 0);
	picture_free(picture_hold(p));
	picture_free(p);
	buf_release(&bytes);
	buf_release(&again);
}

static void
refuses_what_is_cut_or_longer(void)
{
	struct buf bytes = {0};

	put_example(&bytes);
	for (size_t n = 0; n < bytes.len; n++)
		HARNESS_CHECK(!is_read(bytes.data, n, COLS, ROWS, COLOURS), "%zu bytes", n);
	buf_putc(&bytes, '\0');
	CU_ASSERT(!is_read(bytes.data, bytes.len, COLS, ROWS, COLOURS));
	buf_release(&bytes);
}

static void
refuses_more_than_was_asked_for(void)
{
	struct buf bytes = {0};

	put_example(&bytes);
	CU_ASSERT(is_read(bytes.data, bytes.len, COLS + 1, ROWS + 1, COLOURS + 1));
	CU_ASSERT(!is_read(bytes.data, bytes.len, COLS - 1, ROWS, COLOURS));
	CU_ASSERT(!is_read(bytes.data, bytes.len, COLS, ROWS - 1, COLOURS));
	CU_ASSERT(!is_read(bytes.data, bytes.len, COLS, ROWS, COLOURS - 1));
	CU_ASSERT(!is_read(bytes.data, bytes.len, COLS, ROWS, 0));
	buf_release(&bytes);
}

/* One blank cell behind each of them. */
static void
refuses_other_heads(void)
{
	static const char *const heads[] = {"flynn-picture 1 0 1\n", "flynn-picture 1 1 0\n", "flynn-picture 1 -1 -1\n",
	        "flynn-picture 1 01 1\n", "flynn-picture 1 1 1 \n", "flynn-picture 1 1  1\n", "flynn-picture 2 1 1\n",
	        "flynn-picture 1 1 1\r\n", "Flynn-picture 1 1 1\n", "flynn-picture 1 4294967297 1\n",
	        "flynn-picture 1 18446744073709551617 1\n", "flynn-picture 1 1\n", "flynn-picture 1 1 x\n", ""};
	static const char cell[PICTURE_CELL_BYTES] = {' ', 0, 0, 0, -1, -1, -1, -1};
	struct buf bytes = {0};

	buf_puts(&bytes, "flynn-picture 1 1 1\n");
	buf_put(&bytes, cell, sizeof(cell));
	CU_ASSERT(is_read(bytes.data, bytes.len, 1, 1, 0));
	for (size_t i = 0; i < ARRAY_LEN(heads); i++) {
		buf_clear(&bytes);
		buf_puts(&bytes, heads[i]);
		buf_put(&bytes, cell, sizeof(cell));
		HARNESS_CHECK(!is_read(bytes.data, bytes.len, 500, 200, 256), "%s", heads[i]);
	}
	buf_release(&bytes);
}

/* Nothing but blanks, lines and blocks: each is one cell wide, and none is a control. */
static void
refuses_other_characters(void)
{
	static const uint32_t refused[] = {0, 7, 0x1b, '\n', 'a', 0x7f, 0x9b, 0x24ff, 0x25a0, 0x4e00, 0xd800, 0x1f600,
	        0x110000, 0x80000020, 0xffffffff};
	char bytes[] = "flynn-picture 1 1 1\n\x20\0\0\0\xff\xff\xff\xff";
	size_t n = sizeof(bytes) - 1, at = n - PICTURE_CELL_BYTES;

	CU_ASSERT(is_read(bytes, n, 1, 1, 0));
	for (size_t i = 0; i < ARRAY_LEN(refused); i++) {
		for (int b = 0; b < 4; b++)
			bytes[at + (size_t)b] = (char)(refused[i] >> (8 * b) & 0xff);
		HARNESS_CHECK(!is_read(bytes, n, 1, 1, 256), "U+%04x", (unsigned)refused[i]);
	}
}

CU_TestInfo picture_tests[] = {
        {"a picture comes back as it was", comes_back_as_it_was},
        {"a cell of one colour is a blank", reads_cells_of_one_colour_as_blanks},
        {"bytes that were cut at any place, or are too many, are none", refuses_what_is_cut_or_longer},
        {"a picture that is larger or has more colours than was asked for is refused", refuses_more_than_was_asked_for},
        {"another first line is refused", refuses_other_heads},
        {"what is no line and no block is refused", refuses_other_characters},
        CU_TEST_INFO_NULL,
};
