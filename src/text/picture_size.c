/*
 * picture_size.c - a few numbers at known places. What is beyond the end is 0.
 */
#include "text/picture_size.h"

#include <stdint.h>
#include <string.h>

struct file {
	const unsigned char *data;
	size_t n;
	bool low_first;
};

static uint32_t
number_at(const struct file *f, size_t at, size_t bytes)
{
	uint32_t number = 0;

	if (at >= f->n || f->n - at < bytes)
		return 0;
	for (size_t i = 0; i < bytes; i++)
		number = number << 8 | f->data[f->low_first ? at + bytes - 1 - i : at + i];
	return number;
}

static bool
begins(const struct file *f, size_t at, const char *bytes, size_t n)
{
	return at < f->n && f->n - at >= n && memcmp(f->data + at, bytes, n) == 0;
}

static bool
set(struct picture_size *size, uint32_t width, uint32_t height)
{
	*size = (struct picture_size){(int)width, (int)height};
	return width > 0 && height > 0 && width <= PICTURE_LENGTH_MAX && height <= PICTURE_LENGTH_MAX;
}

/* ---- BMP: the header's length tells its kind; rows from top to bottom have a negative height ---- */

enum {
	BMP_OLD_HEADER = 12,
};

static bool
find_in_bmp(struct file f, struct picture_size *size)
{
	uint32_t height;

	f.low_first = true;
	if (number_at(&f, 14, 4) == BMP_OLD_HEADER)
		return set(size, number_at(&f, 18, 2), number_at(&f, 20, 2));
	height = number_at(&f, 22, 4);
	return set(size, number_at(&f, 18, 4), height > INT32_MAX ? 0 - height : height);
}

/* ---- JPEG: segments (ITU T.81, B.1), of which one may be Exif's, with the orientation as tag 274 of a TIFF ---- */

enum {
	JPEG_EXIF = 0xe1,
	JPEG_SCAN = 0xda,
	EXIF_SIGN = 6, /* bytes of "Exif\0\0" */
	TIFF_ENTRY = 12,
	TIFF_ORIENTATION = 274,
	TURNED_FIRST = 5, /* orientations from here to 8 lie on their side */
	TURNED_LAST = 8,
};

static bool
is_turned(struct file tiff)
{
	size_t at, entries;

	tiff.low_first = begins(&tiff, 0, "II", 2);
	at = number_at(&tiff, 4, 4);
	entries = number_at(&tiff, at, 2);
	for (size_t i = 0; i < entries && at < tiff.n; i++) {
		size_t entry = at + 2 + i * TIFF_ENTRY;
		uint32_t value = number_at(&tiff, entry + 8, 2);

		if (number_at(&tiff, entry, 2) == TIFF_ORIENTATION)
			return value >= TURNED_FIRST && value <= TURNED_LAST;
	}
	return false;
}

/* Has the segment the size? */
static bool
is_frame(uint32_t marker)
{
	return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

static bool
find_in_jpeg(const struct file *f, struct picture_size *size)
{
	bool turned = false;

	for (size_t at = 2; at + 4 <= f->n && f->data[at] == 0xff;) {
		uint32_t marker = f->data[at + 1], length = number_at(f, at + 2, 2), height, width;

		if (marker == 0xff) {
			at++;
			continue;
		}
		if (marker == JPEG_SCAN || length < 2)
			return false;
		if (marker == JPEG_EXIF && begins(f, at + 4, "Exif\0\0", EXIF_SIGN))
			turned = is_turned(
			        (struct file){.data = f->data + at + 4 + EXIF_SIGN, .n = f->n - at - 4 - EXIF_SIGN});
		height = number_at(f, at + 5, 2);
		width = number_at(f, at + 7, 2);
		if (is_frame(marker))
			return turned ? set(size, height, width) : set(size, width, height);
		at += 2 + length;
	}
	return false;
}

/* ---- all of them ---- */

bool
picture_size_find(const void *data, size_t n, struct picture_size *size)
{
	struct file f = {.data = data, .n = n};

	if (begins(&f, 0, "\x89PNG\r\n\x1a\n", 8))
		return set(size, number_at(&f, 16, 4), number_at(&f, 20, 4));
	if (begins(&f, 0, "\xff\xd8\xff", 3))
		return find_in_jpeg(&f, size);
	if (begins(&f, 0, "BM", 2))
		return find_in_bmp(f, size);
	f.low_first = true;
	return begins(&f, 0, "GIF8", 4) && set(size, number_at(&f, 6, 2), number_at(&f, 8, 2));
}

static int
divide_up(int64_t number, int64_t by)
{
	return (int)((number + by - 1) / by);
}

void
picture_size_fit(const struct picture_size *size, int *cols, int *rows)
{
	int64_t width = size->width, height = size->height;

	if (2 * width * *rows > height * *cols)
		*rows = divide_up(*cols * height, 2 * width);
	else
		*cols = divide_up(2 * *rows * width, height);
}
