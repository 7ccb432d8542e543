/*
 * letters.c - decomposes a text, makes each character small, and composes it again.
 */
#include "text/letters.h"

#include <utf8proc.h>

#include "base/utf8.h"

bool
letters_is_one(uint32_t c)
{
	switch (utf8proc_category((utf8proc_int32_t)c)) {
	case UTF8PROC_CATEGORY_LU:
	case UTF8PROC_CATEGORY_LL:
	case UTF8PROC_CATEGORY_LT:
	case UTF8PROC_CATEGORY_LM:
	case UTF8PROC_CATEGORY_LO:
	case UTF8PROC_CATEGORY_ND:
	case UTF8PROC_CATEGORY_NL:
	case UTF8PROC_CATEGORY_NO:
		return true;
	default:
		return false;
	}
}

bool
letters_is_accent(uint32_t c)
{
	utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);

	return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_MC;
}

static size_t
encode_all(char *out, size_t room, const utf8proc_int32_t *characters, utf8proc_ssize_t n)
{
	size_t len = 0;

	for (utf8proc_ssize_t i = 0; i < n; i++) {
		char bytes[4];
		size_t more = utf8_encode((uint32_t)characters[i], bytes);

		if (len + more > room)
			return 0;
		for (size_t j = 0; j < more; j++)
			out[len++] = bytes[j];
	}
	return len;
}

size_t
letters_small(char *out, size_t room, const char *text, size_t n)
{
	utf8proc_int32_t characters[LETTERS_MAX];
	utf8proc_ssize_t count;

	if (utf8_span(text, n) != n)
		return 0;
	count = utf8proc_decompose((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)n, characters, LETTERS_MAX,
	        UTF8PROC_STABLE | UTF8PROC_DECOMPOSE);
	if (count < 0 || count > LETTERS_MAX)
		return 0;
	for (utf8proc_ssize_t i = 0; i < count; i++)
		characters[i] = utf8proc_tolower(characters[i]);
	count = utf8proc_normalize_utf32(characters, count, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
	return encode_all(out, room, characters, count);
}
