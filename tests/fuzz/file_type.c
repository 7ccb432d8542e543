/*
 * file_type.c - any bytes as a file: it has a type with words, what is sent has a media type, a text is UTF-8, and the picture in it ends within
 * it, at the same byte however much follows.
 */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/utf8.h"
#include "llama/file_type.h"
#include "picture/extent.h"
#include "text/picture_size.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_extent(const char *type, const uint8_t *data, size_t n)
{
	static const char *const types[] = {[EXTENT_PNG] = "image/png",
	        [EXTENT_JPEG] = "image/jpeg",
	        [EXTENT_GIF] = "image/gif",
	        [EXTENT_BMP] = "image/bmp"};

	for (size_t kind = 0; kind < ARRAY_LEN(types); kind++) {
		size_t end = extent_find((enum extent_kind)kind, data, n);

		assert(end <= n);
		if (strcmp(type, types[kind]) == 0 && end > 0)
			assert(extent_find((enum extent_kind)kind, data, end) == end);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct file_type type;
	struct picture_size pixels;

	if (size == 0)
		return 0;
	type = file_type_find(data, size);
	assert(type.words && *type.words);
	assert(!type.is_sent || type.type);
	if (type.is_sent && type.kind == ATTACHMENT_TEXT)
		assert(utf8_span((const char *)data, size) == size);
	if (picture_size_find(data, size, &pixels))
		assert(pixels.width > 0 && pixels.height > 0);
	check_extent(type.is_sent ? type.type : "", data, size);
	return 0;
}
