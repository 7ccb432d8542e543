/*
 * utf8.c - UTF-8 by the table of RFC 3629, section 4: the first byte fixes the length and the range of the second.
 */
#include "base/utf8.h"

#include <string.h>

/* Length and range of the second byte for a first byte; length 0 where none may start a character. */
struct lead {
	unsigned length;
	unsigned char low, high;
};

static struct lead
lead_of(unsigned char c)
{
	if (c < 0x80)
		return (struct lead){1, 0, 0};
	if (c < 0xc2 || c > 0xf4)
		return (struct lead){0, 0, 0};
	if (c < 0xe0)
		return (struct lead){2, 0x80, 0xbf};
	if (c < 0xf0)
		return (struct lead){3, c == 0xe0 ? 0xa0 : 0x80, c == 0xed ? 0x9f : 0xbf};
	return (struct lead){4, c == 0xf0 ? 0x90 : 0x80, c == 0xf4 ? 0x8f : 0xbf};
}

size_t
utf8_decode(const char *s, size_t n, uint32_t *character)
{
	const unsigned char *u = (const unsigned char *)s;
	struct lead lead = lead_of(u[0]);
	uint32_t c;
	size_t i;

	*character = 0xfffd;
	if (lead.length == 0)
		return 1;
	if (lead.length == 1) {
		*character = u[0];
		return 1;
	}
	c = u[0] & (0x7fu >> lead.length);
	for (i = 1; i < lead.length; i++) {
		unsigned char low = i == 1 ? lead.low : 0x80, high = i == 1 ? lead.high : 0xbf;

		if (i == n || u[i] < low || u[i] > high)
			return i;
		c = c << 6 | (u[i] & 0x3fu);
	}
	*character = c;
	return lead.length;
}

size_t
utf8_encode(uint32_t c, char *out)
{
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (char)(0xc0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3f));
		return 2;
	}
	if (c < 0x10000) {
		out[0] = (char)(0xe0 | c >> 12);
		out[1] = (char)(0x80 | (c >> 6 & 0x3f));
		out[2] = (char)(0x80 | (c & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | c >> 18);
	out[1] = (char)(0x80 | (c >> 12 & 0x3f));
	out[2] = (char)(0x80 | (c >> 6 & 0x3f));
	out[3] = (char)(0x80 | (c & 0x3f));
	return 4;
}

size_t
utf8_floor(const char *s, size_t n)
{
	size_t start = n, length;
	uint32_t c;

	/* Back to the first byte of the character that n may stand in: at most three bytes. */
	while (start > 0 && n - start < 3) {
		start--;
		if (((unsigned char)s[start] & 0xc0) != 0x80)
			break;
	}
	if (start == n)
		return n;
	length = utf8_decode(s + start, 4 < n - start ? 4 : n - start, &c);
	/* A character that goes on past n: only its first bytes are before n. */
	if (c == 0xfffd && start + length == n && lead_of((unsigned char)s[start]).length > length)
		return start;
	return n;
}

size_t
utf8_bom(const char *s, size_t n)
{
	static const char bom[] = "\xef\xbb\xbf";

	return n >= strlen(bom) && memcmp(s, bom, strlen(bom)) == 0 ? strlen(bom) : 0;
}

/* Most of most texts, eight bytes at a time: characters of ASCII but U+0000. No more than there are, and mostly less. */
static size_t
plain_span(const char *s, size_t n)
{
	static const uint64_t ones = 0x0101010101010101, highs = 0x8080808080808080;
	size_t i = 0;

	for (; n - i >= sizeof(uint64_t); i += sizeof(uint64_t)) {
		uint64_t word;

		memcpy(&word, s + i, sizeof(word));
		if ((word & highs) != 0 || ((word - ones) & highs) != 0)
			break;
	}
	return i;
}

size_t
utf8_span(const char *s, size_t n)
{
	size_t i = 0;

	while (i < n) {
		uint32_t c;
		size_t length;

		i += plain_span(s + i, n - i);
		if (i == n)
			break;
		length = utf8_decode(s + i, n - i, &c);
		if (c == 0 || (c == 0xfffd && (length != 3 || memcmp(s + i, UTF8_REPLACEMENT, 3) != 0)))
			return i;
		i += length;
	}
	return n;
}

bool
utf8_append_mended(struct buf *b, const char *s, size_t n)
{
	while (n > 0) {
		size_t good = utf8_span(s, n);
		uint32_t c;

		if (good > 0 && !buf_append(b, s, good))
			return false;
		s += good;
		n -= good;
		if (n == 0)
			break;
		good = utf8_decode(s, n, &c);
		if (!buf_append_string(b, UTF8_REPLACEMENT))
			return false;
		s += good;
		n -= good;
	}
	return true;
}

size_t
utf8_count(const char *s, size_t n)
{
	size_t count = 0;

	for (size_t i = 0; i < n; count++) {
		uint32_t c;

		i += utf8_decode(s + i, n - i, &c);
	}
	return count;
}

size_t
utf8_prefix(const char *s, size_t n, size_t characters)
{
	size_t i = 0;

	while (i < n && characters-- > 0) {
		uint32_t c;

		i += utf8_decode(s + i, n - i, &c);
	}
	return i;
}
