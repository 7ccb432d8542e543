/*
 * message_pictures.c - the rows that are kept for pictures on their way.
 */
#include "tui/message_pictures.h"

#include <stdlib.h>

#include "base/compiler.h"
#include "tests/harness.h"
#include "tests/tui/tests.h"
#include "tui/picture_source.h"

enum {
	COLS = 40,
	ROWS = 10,
};

#define BYTES(s) s, sizeof(s) - 1

/* None has come yet. */
static struct picture *
find_none(UNUSED struct picture_source *source, UNUSED struct attachment *a, UNUSED int cols, UNUSED int rows,
        UNUSED const char **why)
{
	return NULL;
}

static size_t
rows_kept(const char *bytes, size_t n)
{
	struct picture_source source = {.find = find_none};
	struct message_look look = {.cols = COLS, .picture_rows = ROWS, .pictures = &source};
	struct message m = {.role = CHAT_USER};
	struct message_pictures p = {0};
	struct buf data = {0};
	size_t rows;

	buf_put(&data, bytes, n);
	attachments_add(&m.attachments, attachment_new(ATTACHMENT_IMAGE, "a.gif", NULL, "image/gif", &data));
	CU_ASSERT(message_pictures_update(&p, &m, &look, COLS));
	CU_ASSERT(!message_pictures_update(&p, &m, &look, COLS));
	rows = message_pictures_rows(&p, 0);
	message_pictures_release(&p);
	attachments_release(&m.attachments);
	return rows;
}

/* As many as it will have: nothing moves when it comes. */
static void
keeps_the_rows_that_it_will_have(void)
{
	CU_ASSERT(rows_kept(BYTES("GIF89a\x40\x00\x40\x00")) == ROWS);
	CU_ASSERT(rows_kept(BYTES("GIF89a\x50\x00\x0c\x00")) == 3);
	CU_ASSERT(rows_kept(BYTES("GIF89a\x00\x04\x01\x00")) == 1);
	CU_ASSERT(rows_kept(BYTES("GIF89a")) == ROWS);
	CU_ASSERT(rows_kept(BYTES("nonsense")) == ROWS);
}

CU_TestInfo message_pictures_tests[] = {
        {"keeps the rows that it will have", keeps_the_rows_that_it_will_have},
        CU_TEST_INFO_NULL,
};
