/*
 * base64.c - nettle's, through a small buffer: what is encoded stands in memory once.
 */
#include "base/base64.h"

#include <nettle/base64.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum {
	STEP = 3 * 1024, /* bytes; a multiple of three needs no padding */
};

size_t
base64_length(size_t n)
{
	return (n + 2) / 3 * 4;
}

void
base64_put(struct buf *to, const void *data, size_t n)
{
	const unsigned char *from = data;
	char step[BASE64_ENCODE_RAW_LENGTH(STEP)];

	for (size_t now; n > 0; n -= now, from += now) {
		now = n < STEP ? n : STEP;
		base64_encode_raw(step, now, from);
		buf_put(to, step, base64_length(now));
	}
}

/* The four characters of a group, or a part of them. */
static void
read_group(const unsigned char *data, size_t size, size_t group, size_t from, char *to, size_t n)
{
	char characters[4];
	size_t at = group * 3, left = size - at;

	base64_encode_raw(characters, left < 3 ? left : 3, data + at);
	memcpy(to, characters + from, n);
}

void
base64_read(const void *data, size_t size, size_t offset, char *to, size_t n)
{
	size_t from = offset % 4, first = from == 0 ? 0 : n < 4 - from ? n : 4 - from, whole;

	if (first > 0)
		read_group(data, size, offset / 4, from, to, first);
	to += first;
	n -= first;
	offset += first;
	whole = n / 4 * 4;
	if (whole > 0) {
		size_t at = offset / 4 * 3, bytes = whole / 4 * 3;

		base64_encode_raw(to, bytes < size - at ? bytes : size - at, (const unsigned char *)data + at);
	}
	if (n > whole)
		read_group(data, size, (offset + whole) / 4, 0, to + whole, n - whole);
}

/* ---- decoding ---- */

struct base64_decoder {
	struct base64_decode_ctx context;
};

struct base64_decoder *
base64_decoder_new(void)
{
	struct base64_decoder *d = mem_alloc(sizeof(*d));

	base64_decode_init(&d->context);
	return d;
}

bool
base64_decoder_put(struct base64_decoder *d, struct buf *to, const char *text, size_t n)
{
	uint8_t step[BASE64_DECODE_LENGTH(STEP)];

	for (size_t now; n > 0; n -= now, text += now) {
		size_t decoded = sizeof(step);

		now = n < STEP ? n : STEP;
		if (!base64_decode_update(&d->context, &decoded, step, now, text))
			return false;
		buf_put(to, (const char *)step, decoded);
	}
	return true;
}

bool
base64_decoder_end(struct base64_decoder *d)
{
	bool ended = base64_decode_final(&d->context);

	free(d);
	return ended;
}

bool
base64_get(struct buf *to, const char *text, size_t n)
{
	struct base64_decoder *d = base64_decoder_new();
	size_t len = to->len;
	bool good = base64_decoder_put(d, to, text, n);

	good = base64_decoder_end(d) && good;
	if (!good)
		buf_truncate(to, len);
	return good;
}
