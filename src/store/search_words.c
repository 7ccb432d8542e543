/*
 * search_words.c - sets the characters apart that are words of their own. Most texts have none: a glance at their bytes tells.
 */
#include "store/search_words.h"

#include "base/utf8.h"
#include "text/spaceless_scripts.h"

/* The first byte at or behind `at` that may begin such a character (U+0E00 is E0 B8 80), or n. */
static size_t
next_candidate(const char *text, size_t at, size_t n)
{
	while (at < n && (unsigned char)text[at] < 0xe0)
		at++;
	return at;
}

static size_t
next_alone(const char *text, size_t at, size_t n)
{
	while ((at = next_candidate(text, at, n)) < n) {
		uint32_t c;
		size_t len = utf8_decode(text + at, n - at, &c);

		if (is_spaceless_script(c))
			break;
		at += len;
	}
	return at;
}

bool
search_words_split(struct buf *to, const char *text, size_t n)
{
	size_t at = next_alone(text, 0, n), done = 0;

	if (at == n)
		return false;
	while (at < n) {
		uint32_t c;
		size_t len = utf8_decode(text + at, n - at, &c);

		if (at > done) {
			buf_put(to, text + done, at - done);
			buf_putc(to, ' ');
		}
		buf_put(to, text + at, len);
		done = at + len;
		if (done < n)
			buf_putc(to, ' ');
		at = next_alone(text, done, n);
	}
	buf_put(to, text + done, n - done);
	return true;
}
