/*
 * extent.c - passes over chunks, segments and blocks without looking into them. Positions beyond the end count as the end.
 */
#include "picture/extent.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

struct file {
	const unsigned char *data;
	size_t n;
};

static size_t
skip(const struct file *f, size_t at, size_t bytes)
{
	return at < f->n && bytes < f->n - at ? at + bytes : f->n;
}

/* So many bytes as a number, the high one first; 0 beyond the end. */
static uint32_t
number_at(const struct file *f, size_t at, size_t bytes)
{
	uint32_t number = 0;

	if (at >= f->n || f->n - at < bytes)
		return 0;
	for (size_t i = 0; i < bytes; i++)
		number = number << 8 | f->data[at + i];
	return number;
}

/* ---- PNG: length, name, data and checksum (RFC 2083, 3.2) ---- */

enum {
	PNG_SIGNATURE = 8,
	PNG_WORD = 4,
};

static size_t
png_end(const struct file *f)
{
	for (size_t at = PNG_SIGNATURE, next; at < f->n; at = next) {
		size_t name = skip(f, at, PNG_WORD), data = skip(f, name, PNG_WORD);
		size_t checksum = skip(f, data, number_at(f, at, PNG_WORD));

		next = skip(f, checksum, PNG_WORD);
		if (f->n - name >= PNG_WORD && memcmp(f->data + name, "IEND", PNG_WORD) == 0)
			return f->n - checksum >= PNG_WORD ? next : 0;
	}
	return 0;
}

/* ---- JPEG: segments, and after some of them coded data up to the next marker (ITU T.81, B.1) ---- */

enum {
	JPEG_START = 2,
	JPEG_END_MARKER = 0xd9,
	JPEG_FILL = 0xff,
};

/* Is it a byte of coded data, or a restart within it? */
static bool
is_in_coded_data(unsigned char after)
{
	return after == 0 || after == 1 || (after >= 0xd0 && after <= 0xd7);
}

/* The next marker's second byte. */
static size_t
next_marker(const struct file *f, size_t at)
{
	for (; at + 1 < f->n; at++)
		if (f->data[at] == JPEG_FILL && f->data[at + 1] != JPEG_FILL && !is_in_coded_data(f->data[at + 1]))
			return at + 1;
	return f->n;
}

static size_t
jpeg_end(const struct file *f)
{
	size_t at = next_marker(f, JPEG_START);

	while (at < f->n && f->data[at] != JPEG_END_MARKER)
		at = next_marker(f, skip(f, at + 1, number_at(f, at + 1, 2)));
	return at < f->n ? at + 1 : 0;
}

/* ---- GIF: descriptors with tables of colours, and chains of blocks that each begin with their length (GIF89a) ---- */

enum {
	GIF_HEAD = 13, /* signature and logical screen descriptor, */
	GIF_HEAD_FLAGS = 10,
	GIF_IMAGE = 10, /* image descriptor, its separator included */
	GIF_IMAGE_FLAGS = 9,
	GIF_EXTENSION = 2,
	GIF_CODE_SIZE = 1,
	GIF_EXTENSION_SIGN = 0x21,
	GIF_IMAGE_SIGN = 0x2c,
};

static size_t
skip_table(const struct file *f, size_t at, unsigned char flags)
{
	return flags & 0x80 ? skip(f, at, (size_t)3 << ((flags & 7) + 1)) : at;
}

static size_t
skip_chain(const struct file *f, size_t at)
{
	while (at < f->n && f->data[at] > 0)
		at = skip(f, at, (size_t)f->data[at] + 1);
	return at < f->n ? at + 1 : f->n + 1;
}

/* Beyond the end: it is cut short. */
static size_t
gif_image_end(const struct file *f, size_t at)
{
	size_t table = skip(f, at, GIF_IMAGE);

	if (table == f->n)
		return f->n + 1;
	table = skip_table(f, table, f->data[at + GIF_IMAGE_FLAGS]);
	return skip_chain(f, skip(f, table, GIF_CODE_SIZE));
}

static size_t
gif_end(const struct file *f)
{
	size_t at = skip(f, 0, GIF_HEAD);

	if (at < f->n)
		at = skip_table(f, at, f->data[GIF_HEAD_FLAGS]);
	while (at < f->n && f->data[at] == GIF_EXTENSION_SIGN)
		at = skip_chain(f, skip(f, at, GIF_EXTENSION));
	if (at >= f->n || f->data[at] != GIF_IMAGE_SIGN)
		return 0;
	at = gif_image_end(f, at);
	return at <= f->n ? at : 0;
}

/* ---- BMP: rows of whole words, of as many pixels as the header says; what is packed may be shorter ---- */

enum {
	BMP_PIXELS_AT = 10, /* where the header says that they begin, */
	BMP_SIZE_AT = 14,   /* how long it is, */
	BMP_OLD_SIZE = 12,  /* (of OS/2: with numbers of two bytes) */
	BMP_WIDTH_AT = 18,
	BMP_OLD_HEIGHT_AT = 20,
	BMP_OLD_BITS_AT = 24,
	BMP_HEIGHT_AT = 22, /* negative: the first row is the top one */
	BMP_BITS_AT = 28,
	BMP_PACKING_AT = 30,
	BMP_PLAIN = 0,
	BMP_MASKS = 3, /* not packed either */
	BMP_HEAD = 34, /* as far as it is read */
};

static uint32_t
low_number_at(const struct file *f, size_t at, size_t bytes)
{
	uint32_t number = 0;

	for (size_t i = 0; i < bytes; i++)
		number |= (uint32_t)f->data[at + i] << (8 * i);
	return number;
}

/* No factor has more than 32 bits, and a row none but 48. */
static bool
has_rows(const struct file *f, uint64_t width, uint64_t height, uint64_t bits)
{
	uint64_t row = (width * bits + 31) / 32 * 4;

	return height == 0 || row <= (f->n - low_number_at(f, BMP_PIXELS_AT, 4)) / height;
}

static bool
is_whole_bmp(const struct file *f)
{
	int64_t height = (int32_t)low_number_at(f, BMP_HEIGHT_AT, 4);
	uint32_t packing = low_number_at(f, BMP_PACKING_AT, 4);

	if (low_number_at(f, BMP_SIZE_AT, 4) == BMP_OLD_SIZE)
		return has_rows(f, low_number_at(f, BMP_WIDTH_AT, 2), low_number_at(f, BMP_OLD_HEIGHT_AT, 2),
		        low_number_at(f, BMP_OLD_BITS_AT, 2));
	return (packing != BMP_PLAIN && packing != BMP_MASKS) ||
	       has_rows(f, low_number_at(f, BMP_WIDTH_AT, 4), (uint64_t)(height < 0 ? -height : height),
	               low_number_at(f, BMP_BITS_AT, 2));
}

/* A loader may make room for as long a header as one says that it has. */
static bool
has_bmp_header(const struct file *f)
{
	return f->n >= BMP_HEAD && low_number_at(f, BMP_SIZE_AT, 4) <= f->n - BMP_SIZE_AT &&
	       low_number_at(f, BMP_PIXELS_AT, 4) <= f->n;
}

static size_t
bmp_end(const struct file *f)
{
	return has_bmp_header(f) && is_whole_bmp(f) ? f->n : 0;
}

size_t
extent_find(enum extent_kind kind, const unsigned char *data, size_t n)
{
	const struct file f = {data, n};

	switch (kind) {
	case EXTENT_PNG:
		return png_end(&f);
	case EXTENT_JPEG:
		return jpeg_end(&f);
	case EXTENT_GIF:
		return gif_end(&f);
	case EXTENT_BMP:
		return bmp_end(&f);
	}
	return 0;
}
