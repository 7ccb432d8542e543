/*
 * find.c - reads a text word by word, folded as SQLite's tokenizer folds it, and compares. No copy of the text is made:
 * of each word as many bytes are folded as the longest one looked for has, plus one.
 */
#include "text/find.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "text/find_table.h"
#include "text/spaceless.h"

enum {
	FOLDED_MAX = 64, /* longer words are compared by so many bytes */
};

struct find_phrase {
	struct find_word {
		char text[FOLDED_MAX]; /* folded */
		size_t len;
	} * words;
	size_t n;
	bool prefix;
};

/* ---- characters ---- */

static bool
separates(uint32_t c)
{
	return range_holds(separators, ARRAY_LEN(separators), c);
}

static int
compare_fold(const void *character, const void *row)
{
	const uint32_t *c = character;
	const struct fold *f = row;

	return *c < f->first ? -1 : *c > f->last;
}

/* 0: dropped. */
static uint32_t
fold(uint32_t c)
{
	const struct fold *f = bsearch(&c, folds, ARRAY_LEN(folds), sizeof(*folds), compare_fold);

	if (!f || (c - f->first) % f->step != 0)
		return c;
	return f->to + (f->moves ? c - f->first : 0);
}

/* ---- words ---- */

struct word {
	size_t start, end;
	char folded[FOLDED_MAX + 4];
	size_t len; /* folded bytes, no more than were asked for, or a few */
};

static bool
is_letter(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static char
lower(unsigned char c)
{
	return (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
}

static void
keep(struct word *word, uint32_t folded, size_t most)
{
	if (folded != 0 && word->len < most)
		word->len += utf8_encode(folded, word->folded + word->len);
}

/* The start of the next word; n: there is none. */
static size_t
skip_separators(const char *text, size_t n, size_t at)
{
	while (at < n) {
		unsigned char byte = (unsigned char)text[at];
		uint32_t c;
		size_t len;

		if (byte < 0x80) {
			if (is_letter(byte))
				break;
			at++;
			continue;
		}
		len = utf8_decode(text + at, n - at, &c);
		if (!separates(c) && fold(c) != 0)
			break;
		at += len;
	}
	return at;
}

/* One more character of a word that begins at word->start. False: the word ends before it. */
static bool
read_character(struct word *word, const char *text, size_t n, size_t most)
{
	uint32_t c;
	size_t len = utf8_decode(text + word->end, n - word->end, &c);
	bool alone = spaceless(c);

	if (separates(c) || (alone && word->end > word->start))
		return false;
	keep(word, fold(c), most);
	word->end += len;
	return !alone;
}

/* Folds `most` bytes of it, at least; a character that stands alone may be followed by marks that are dropped. */
static bool
read_word(struct word *word, const char *text, size_t n, size_t at, size_t most)
{
	word->start = word->end = skip_separators(text, n, at);
	word->len = 0;
	while (word->end < n) {
		unsigned char byte = (unsigned char)text[word->end];

		if (byte >= 0x80) {
			if (!read_character(word, text, n, most))
				break;
		} else if (is_letter(byte)) {
			if (word->len < most)
				word->folded[word->len++] = lower(byte);
			word->end++;
		} else {
			break;
		}
	}
	return word->end > word->start;
}

/* ---- what is looked for ---- */

static void
add_word(struct find_phrase *phrase, const struct word *word)
{
	struct find_word *added;

	phrase->words = mem_realloc(phrase->words, (phrase->n + 1) * sizeof(*phrase->words));
	added = &phrase->words[phrase->n++];
	added->len = word->len < FOLDED_MAX ? word->len : FOLDED_MAX;
	memcpy(added->text, word->folded, added->len);
}

bool
find_add(struct find *find, const char *text, size_t n, bool prefix)
{
	struct find_phrase phrase = {.prefix = prefix};
	struct word word;

	for (size_t at = 0; read_word(&word, text, n, at, FOLDED_MAX); at = word.end) {
		add_word(&phrase, &word);
		if (word.len > find->longest)
			find->longest = word.len < FOLDED_MAX ? word.len : FOLDED_MAX;
	}
	if (phrase.n == 0)
		return false;
	find->starts[(unsigned char)phrase.words[0].text[0]] = true;
	find->phrases = mem_realloc(find->phrases, (find->n + 1) * sizeof(*find->phrases));
	find->phrases[find->n++] = phrase;
	return true;
}

void
find_release(struct find *find)
{
	for (size_t i = 0; i < find->n; i++)
		free(find->phrases[i].words);
	free(find->phrases);
	*find = (struct find){0};
}

/* ---- looking ---- */

static bool
is_word(const struct find_word *wanted, const struct word *word, bool prefix)
{
	if (word->len < wanted->len || memcmp(word->folded, wanted->text, wanted->len) != 0)
		return false;
	return prefix || word->len == wanted->len || wanted->len == FOLDED_MAX;
}

/* Where the phrase that begins with this word ends; 0: it does not. */
static size_t
phrase_end(
        const struct find *find, const struct find_phrase *phrase, const struct word *first, const char *text, size_t n)
{
	struct word word = *first;

	for (size_t i = 0; i < phrase->n; i++) {
		if (i > 0 && !read_word(&word, text, n, word.end, find->longest + 1))
			return 0;
		if (!is_word(&phrase->words[i], &word, phrase->prefix && i + 1 == phrase->n))
			return 0;
	}
	return word.end;
}

static bool
may_start(const struct find *find, const struct word *word)
{
	return find->starts[(unsigned char)word->folded[0]];
}

bool
find_next(const struct find *find, const char *text, size_t n, size_t from, struct find_range *range)
{
	struct word word;

	for (; read_word(&word, text, n, from, find->longest + 1); from = word.end) {
		size_t longest = 0;

		for (size_t i = 0; may_start(find, &word) && i < find->n; i++) {
			size_t end = phrase_end(find, &find->phrases[i], &word, text, n);

			if (end > longest) {
				longest = end;
				*range = (struct find_range){word.start, end - word.start, i};
			}
		}
		if (longest > 0)
			return true;
	}
	return false;
}

static bool
find_phrase(const struct find *find, const struct find_phrase *phrase, const char *text, size_t n)
{
	struct word word;

	for (size_t at = 0; read_word(&word, text, n, at, find->longest + 1); at = word.end)
		if (phrase_end(find, phrase, &word, text, n) > 0)
			return true;
	return false;
}

bool
find_all(const struct find *find, const char *text, size_t n)
{
	for (size_t i = 0; i < find->n; i++)
		if (!find_phrase(find, &find->phrases[i], text, n))
			return false;
	return true;
}
