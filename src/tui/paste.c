/*
 * paste.c - a search for a mark that may be cut anywhere, and what tells a paste without marks from keys.
 */
#include "tui/paste.h"

#include <string.h>

#include "base/utf8.h"

enum {
	BURST_LEAST = 5,   /* bytes; fewer may be keys that waited for a slow line */
	BURST_MANY = 1000, /* bytes that are a paste without any Enter */
};

size_t
paste_find(const char *bytes, size_t n, const char *mark)
{
	size_t at = 0;

	while (at < n) {
		const char *found = memchr(bytes + at, mark[0], n - at);
		size_t left;

		if (!found)
			return n;
		at = (size_t)(found - bytes);
		left = n - at;
		if (memcmp(found, mark, left < PASTE_MARK_LEN ? left : PASTE_MARK_LEN) == 0)
			return at;
		at++;
	}
	return n;
}

bool
paste_is_plain(const char *bytes, size_t n)
{
	size_t len;

	for (size_t i = 0; i < n; i += len) {
		unsigned char c = (unsigned char)bytes[i];
		uint32_t character;

		len = utf8_decode(bytes + i, n - i, &character);
		if ((c < ' ' && c != '\r' && c != '\n' && c != '\t') || c == 0x7f)
			return false;
		if ((c >= 0x80 && c < 0xa0) || (character >= 0x80 && character < 0xa0)) /* C1 */
			return false;
	}
	return true;
}

static bool
has_enter_inside(const char *bytes, size_t n)
{
	const char *enter = memchr(bytes, '\r', n);
	size_t at = enter ? (size_t)(enter - bytes) + 1 : n;

	while (at < n && (bytes[at] == '\r' || bytes[at] == '\n'))
		at++;
	return at < n;
}

bool
paste_is_typed_by_nobody(const char *bytes, size_t n)
{
	return n >= BURST_MANY || (n >= BURST_LEAST && has_enter_inside(bytes, n));
}
