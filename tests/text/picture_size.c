/*
 * picture_size.c - sizes of files, whole and cut, and the cells that they take.
 */
#include "text/picture_size.h"

#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "tests/harness.h"
#include "tests/text/tests.h"

#define BYTES(s) s, sizeof(s) - 1
#define JPEG     "\xff\xd8\xff\xe0\0\4ab"
#define FRAME    "\xff\xc2\0\x11\x08\0\x20\0\x40\3"
#define EXIF_LOW(orientation)                                                                                          \
	"\xff\xe1\0\x22"                                                                                               \
	"Exif\0\0II*\0\x08\0\0\0\1\0\x12\1\3\0\1\0\0\0" orientation "\0\0\0\0\0\0\0"
#define EXIF_HIGH(orientation)                                                                                         \
	"\xff\xe1\0\x22"                                                                                               \
	"Exif\0\0MM\0*\0\0\0\x08\0\1\1\x12\0\3\0\0\0\1\0" orientation "\0\0\0\0\0\0"

/* A width of 0: it says none. */
static const struct {
	const char *bytes;
	size_t n;
	int width, height;
} rows[] = {
        {BYTES("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\x02\0\0\0\x07"), 258, 7},
        {BYTES("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xff\xff\xff\0\0\0\x07"), 0, 0},
        {BYTES("GIF89a\x02\x01\x05\0"), 258, 5},
        {BYTES("BM............\x28\0\0\0\x02\1\0\0\x05\0\0\0"), 258, 5},
        {BYTES("BM............\x28\0\0\0\x02\1\0\0\xfb\xff\xff\xff"), 258, 5},
        {BYTES("BM............\x28\0\0\0\x02\1\0\0\0\0\0\x80"), 0, 0},
        {BYTES("BM............\x0c\0\0\0\x02\1\x05\0"), 258, 5},
        {BYTES(JPEG FRAME), 64, 32},
        {BYTES(JPEG "\xff\xff" FRAME), 64, 32},
        {BYTES(JPEG EXIF_LOW("\1") FRAME), 64, 32},
        {BYTES(JPEG EXIF_LOW("\4") FRAME), 64, 32},
        {BYTES(JPEG EXIF_LOW("\5") FRAME), 32, 64},
        {BYTES(JPEG EXIF_LOW("\x08") FRAME), 32, 64},
        {BYTES(JPEG EXIF_LOW("\x09") FRAME), 64, 32},
        {BYTES(JPEG EXIF_HIGH("\6") FRAME), 32, 64},
        {BYTES(JPEG EXIF_HIGH("\2") FRAME), 64, 32},
        {BYTES(JPEG "\xff\xda\0\2" FRAME), 0, 0},
        {BYTES(JPEG "\xff\xe1\0\0" FRAME), 0, 0},
        {BYTES(JPEG "a" FRAME), 0, 0},
        {BYTES("text"), 0, 0},
        {BYTES(""), 0, 0},
};

static void
finds_sizes(void)
{
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct picture_size size;
		bool found = picture_size_find(rows[i].bytes, rows[i].n, &size);

		HARNESS_CHECK(found == (rows[i].width > 0), "row %zu: %d", i, found);
		HARNESS_CHECK(!found || (size.width == rows[i].width && size.height == rows[i].height),
		        "row %zu: %dx%d", i, size.width, size.height);
	}
}

/* Memory is as long as the bytes, for the sanitizer to see. */
static void
looks_at_no_byte_beyond_the_end(void)
{
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		for (size_t n = 0; n < rows[i].n; n++) {
			char *cut = malloc(n > 0 ? n : 1);
			struct picture_size size;

			CU_ASSERT_PTR_NOT_NULL_FATAL(cut);
			memcpy(cut, rows[i].bytes, n);
			if (picture_size_find(cut, n, &size))
				CU_ASSERT(size.width > 0 && size.height > 0);
			free(cut);
		}
}

static void
fits_into_cells(void)
{
	static const struct {
		struct picture_size size;
		int cols, rows, want_cols, want_rows;
	} all[] = {
	        {{64, 40}, 40, 10, 32, 10},
	        {{640, 320}, 40, 10, 40, 10},
	        {{320, 640}, 40, 10, 10, 10},
	        {{1000, 10}, 40, 10, 40, 1},
	        {{10, 1000}, 40, 10, 1, 10},
	        {{1000000, 1}, 500, 200, 500, 1},
	        {{1, 1000000}, 500, 200, 1, 200},
	        {{3, 2}, 7, 7, 7, 3},
	};

	for (size_t i = 0; i < ARRAY_LEN(all); i++) {
		int cols = all[i].cols, n = all[i].rows;

		picture_size_fit(&all[i].size, &cols, &n);
		HARNESS_CHECK(cols == all[i].want_cols && n == all[i].want_rows, "row %zu: %dx%d", i, cols, n);
	}
}

CU_TestInfo picture_size_tests[] = {
        {"finds sizes", finds_sizes},
        {"looks at no byte beyond the end", looks_at_no_byte_beyond_the_end},
        {"fits into cells", fits_into_cells},
        CU_TEST_INFO_NULL,
};
