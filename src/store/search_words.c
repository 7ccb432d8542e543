/*
 * search_words.c - separates the characters that are words of their own. Most texts have none, which their bytes show.
 */
#include "store/search_words.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "text/spaceless_scripts.h"

/* The first byte from `at` on that may begin such a character (U+0E00 is E0 B8 80), or n. */
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

/* ---- long texts ---- */

enum {
	WORD_MAX = 128, /* bytes of one: what is longer is no word that anybody looks for */
	SLOTS = 1 << 18,
};

/* Hashes of the words so far; a slot without one is 0. Two words with the same 64 bits: the second is left out. */
struct seen {
	uint64_t *slots;
	size_t n;
};

/* FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/), with capital letters as small ones. */
static uint64_t
hash_word(const char *word, size_t n)
{
	uint64_t hash = 14695981039346656037u;

	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)word[i];

		hash = (hash ^ (c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c)) * 1099511628211u;
	}
	return hash ? hash : 1;
}

/* False: it was there already, or there is no room for it. */
static bool
add_seen(struct seen *seen, uint64_t hash)
{
	size_t at = hash % SLOTS;

	while (seen->slots[at] != 0 && seen->slots[at] != hash)
		at = (at + 1) % SLOTS;
	if (seen->slots[at] == hash || seen->n == SLOTS / 4 * 3)
		return false;
	seen->slots[at] = hash;
	seen->n++;
	return true;
}

static bool
is_word_byte(char c)
{
	return (unsigned char)c >= 0x80 || (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/* The length of the word that begins here; a character of a spaceless script is one. */
static size_t
word_length(const char *text, size_t n)
{
	size_t len = 0;

	while (len < n && is_word_byte(text[len])) {
		uint32_t c;
		size_t bytes = utf8_decode(text + len, n - len, &c);

		if (is_spaceless_script(c))
			return len > 0 ? len : bytes;
		len += bytes;
	}
	return len;
}

/* The next word of the text, or what is kept of it; NULL: there is none. `*at` moves past it. */
static const char *
next_word(const char *text, size_t *at, size_t n, size_t *len)
{
	const char *word;

	while (*at < n && !is_word_byte(text[*at]))
		++*at;
	if (*at == n)
		return NULL;
	word = text + *at;
	*len = word_length(word, n - *at);
	*at += *len;
	if (*len > WORD_MAX)
		*len = utf8_floor(word, WORD_MAX);
	return word;
}

static void
put_new_words(struct buf *to, const char *text, size_t whole, size_t n)
{
	struct seen seen = {.slots = mem_alloc(SLOTS * sizeof(*seen.slots))};
	size_t at = 0, further = 0, len;
	const char *word;

	while (further < SEARCH_WORDS_FURTHER && (word = next_word(text, &at, n, &len)) != NULL) {
		if (!add_seen(&seen, hash_word(word, len)) || word < text + whole)
			continue;
		buf_putc(to, ' ');
		buf_put(to, word, len);
		further++;
	}
	free(seen.slots);
}

/* Where the beginning of a long text ends: between two words, if there is such a place nearby. */
static size_t
end_of_whole(const char *text)
{
	size_t end = SEARCH_WORDS_WHOLE;

	while (end > SEARCH_WORDS_WHOLE - WORD_MAX && is_word_byte(text[end - 1]))
		end--;
	return is_word_byte(text[end - 1]) ? utf8_floor(text, SEARCH_WORDS_WHOLE) : end;
}

bool
search_words_index(struct buf *to, const char *text, size_t n)
{
	size_t whole;

	if (n <= SEARCH_WORDS_WHOLE)
		return search_words_split(to, text, n);
	whole = end_of_whole(text);
	if (!search_words_split(to, text, whole))
		buf_put(to, text, whole);
	put_new_words(to, text, whole, n);
	return true;
}
