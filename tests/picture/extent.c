/*
 * extent.c - where pictures end, whatever follows them, and that they do not when any byte of them is missing.
 */
#include "picture/extent.h"

#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "tests/harness.h"
#include "tests/picture/tests.h"

enum {
	GIF_FIRST_FRAME = 42, /* bytes of two-frames.gif */
};

static const struct row {
	const char *name;
	enum extent_kind kind;
	size_t end; /* 0: of the file */
} rows[] = {
        {"pictures/scene.png", EXTENT_PNG, 0},
        {"pictures/halves.png", EXTENT_PNG, 0},
        {"pictures/scene.jpg", EXTENT_JPEG, 0},
        {"pictures/scene.bmp", EXTENT_BMP, 0},
        {"pictures/two-frames.gif", EXTENT_GIF, GIF_FIRST_FRAME},
};

static unsigned char *
read_picture(const struct row *row, size_t *n)
{
	char *path = harness_path(row->name), *bytes = harness_read(path, n);

	free(path);
	return (unsigned char *)bytes;
}

/* In memory that ends where the bytes do. */
static size_t
find_in(enum extent_kind kind, const unsigned char *data, size_t n)
{
	unsigned char *copy = mem_alloc(n > 0 ? n : 1);
	size_t end;

	memcpy(copy, data, n);
	end = extent_find(kind, copy, n);
	free(copy);
	return end;
}

static void
whole_pictures_end(void)
{
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		size_t n, end;
		unsigned char *bytes = read_picture(&rows[i], &n);

		end = rows[i].end > 0 ? rows[i].end : n;
		HARNESS_CHECK(find_in(rows[i].kind, bytes, n) == end, "%s: %zu, not %zu", rows[i].name,
		        find_in(rows[i].kind, bytes, n), end);
		free(bytes);
	}
}

static void
cut_pictures_do_not(void)
{
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		size_t n, end, wrong = 0;
		unsigned char *bytes = read_picture(&rows[i], &n);

		end = rows[i].end > 0 ? rows[i].end : n;
		for (size_t len = 0; len < end; len++)
			wrong += find_in(rows[i].kind, bytes, len) != 0;
		HARNESS_CHECK(wrong == 0, "%s: %zu of its beginnings", rows[i].name, wrong);
		free(bytes);
	}
}

/* But for BMP, which has no end of its own. */
static void
what_follows_is_left_out(void)
{
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		size_t n, end;
		unsigned char *bytes = read_picture(&rows[i], &n), *longer = mem_alloc(n * 2);

		memcpy(longer, bytes, n);
		memset(longer + n, 0xff, n);
		end = rows[i].end > 0 ? rows[i].end : rows[i].kind == EXTENT_BMP ? n * 2 : n;
		HARNESS_CHECK(find_in(rows[i].kind, longer, n * 2) == end, "%s", rows[i].name);
		free(bytes);
		free(longer);
	}
}

/* Lengths that lead out of the file, and lengths of nothing. */
static void
lengths_that_lie(void)
{
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		size_t n, too_long = 0;
		unsigned char *bytes = read_picture(&rows[i], &n);

		for (size_t at = 0; at < n; at++) {
			unsigned char was = bytes[at];

			bytes[at] = 0xff;
			too_long += find_in(rows[i].kind, bytes, n) > n;
			bytes[at] = 0;
			too_long += find_in(rows[i].kind, bytes, n) > n;
			bytes[at] = was;
		}
		HARNESS_CHECK(too_long == 0, "%s", rows[i].name);
		free(bytes);
	}
}

CU_TestInfo extent_tests[] = {
        {"a picture that is whole has an end", whole_pictures_end},
        {"one that was cut at any byte has none", cut_pictures_do_not},
        {"what follows it is no part of it", what_follows_is_left_out},
        {"lengths that lie lead nowhere", lengths_that_lie},
        CU_TEST_INFO_NULL,
};
