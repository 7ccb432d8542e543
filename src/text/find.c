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
#include "text/find_gap.h"
#include "text/fold.h"
#include "text/spaceless_scripts.h"

enum {
	FOLDED_MAX = 64, /* bytes of a word that are folded at first */
};

struct find_phrase {
	struct find_word {
		char text[FOLDED_MAX]; /* folded */
		size_t len;
		struct buf whole; /* the same of one that is longer; else empty */
	} * words;
	size_t n;
	struct find_gap *gaps; /* n + 1: before each word, and after the last */
	bool prefix, has_signs;
};

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
		if (fold_is_letter(c))
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
	bool alone = is_spaceless_script(c);

	if (fold_separates(c) || (alone && word->end > word->start))
		return false;
	keep(word, fold_character(c), most);
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

/* All of the word text[at..end), or a little more than `most` bytes of it. */
static void
fold_word(const char *text, size_t at, size_t end, size_t most, struct buf *out)
{
	while (at < end && out->len <= most) {
		char bytes[4];
		uint32_t c;

		at += utf8_decode(text + at, end - at, &c);
		c = fold_character(c);
		if (c != 0)
			buf_put(out, bytes, utf8_encode(c, bytes));
	}
}

static void
add_word(struct find_phrase *phrase, const struct word *word, const char *text)
{
	struct find_word *added;

	phrase->words = mem_realloc(phrase->words, (phrase->n + 1) * sizeof(*phrase->words));
	added = &phrase->words[phrase->n++];
	added->len = word->len < FOLDED_MAX ? word->len : FOLDED_MAX;
	memcpy(added->text, word->folded, added->len);
	added->whole = (struct buf){0};
	if (added->len == FOLDED_MAX)
		fold_word(text, word->start, word->end, SIZE_MAX, &added->whole);
}

static void
add_gap(struct find_phrase *phrase, const char *text, size_t n, bool last)
{
	struct find_gap *gap;

	phrase->gaps = mem_realloc(phrase->gaps, (phrase->n + 1) * sizeof(*phrase->gaps));
	gap = &phrase->gaps[phrase->n];
	find_gap_init(gap, text, n, phrase->n == 0, last);
	phrase->has_signs |= gap->has_signs;
}

static void
release_phrase(struct find_phrase *phrase)
{
	for (size_t i = 0; i <= phrase->n; i++)
		find_gap_release(&phrase->gaps[i]);
	for (size_t i = 0; i < phrase->n; i++)
		buf_release(&phrase->words[i].whole);
	free(phrase->gaps);
	free(phrase->words);
}

/* Signs after the last word say that it is whole. */
static void
read_phrase(struct find_phrase *phrase, const char *text, size_t n)
{
	struct word word;
	size_t at = 0;

	for (; read_word(&word, text, n, at, FOLDED_MAX); at = word.end) {
		add_gap(phrase, text + at, word.start - at, false);
		add_word(phrase, &word, text);
	}
	add_gap(phrase, text + at, n - at, true);
	phrase->prefix &= !phrase->gaps[phrase->n].has_signs;
}

static void
note_phrase(struct find *find, const struct find_phrase *phrase)
{
	for (size_t i = 0; i < phrase->n; i++)
		if (phrase->words[i].len > find->longest)
			find->longest = phrase->words[i].len;
	if (phrase->n > 0)
		find->starts[(unsigned char)phrase->words[0].text[0]] = true;
	find->has_signs |= phrase->has_signs;
	find->only_signs |= phrase->n == 0;
}

bool
find_add(struct find *find, const char *text, size_t n, bool prefix)
{
	struct find_phrase phrase = {.prefix = prefix};

	read_phrase(&phrase, text, n);
	if (phrase.n == 0 && !phrase.has_signs) {
		release_phrase(&phrase);
		return false;
	}
	note_phrase(find, &phrase);
	find->phrases = mem_realloc(find->phrases, (find->n + 1) * sizeof(*find->phrases));
	find->phrases[find->n++] = phrase;
	return true;
}

void
find_release(struct find *find)
{
	for (size_t i = 0; i < find->n; i++)
		release_phrase(&find->phrases[i]);
	free(find->phrases);
	*find = (struct find){0};
}

/* ---- looking ---- */

/* A text, and where the look at it stands: the end of a word, and the next word, if there is one. */
struct place {
	const struct find *find;
	const char *text;
	size_t n, from;
	struct word word;
	bool is_word;
};

static void
next_word(struct place *p, size_t from)
{
	p->from = from;
	p->is_word = read_word(&p->word, p->text, p->n, from, p->find->longest + 1);
}

/* Both begin alike. */
static bool
is_long_word(const struct buf *wanted, const struct place *p, bool prefix)
{
	struct buf folded = {0};
	bool is;

	fold_word(p->text, p->word.start, p->word.end, wanted->len, &folded);
	is = folded.len >= wanted->len && memcmp(buf_text(&folded), buf_text(wanted), wanted->len) == 0 &&
	     (prefix || folded.len == wanted->len);
	buf_release(&folded);
	return is;
}

static bool
is_word(const struct find_word *wanted, const struct place *p, bool prefix)
{
	const struct word *word = &p->word;

	if (word->len < wanted->len || memcmp(word->folded, wanted->text, wanted->len) != 0)
		return false;
	if (wanted->whole.len > 0)
		return is_long_word(&wanted->whole, p, prefix);
	return prefix || word->len == wanted->len;
}

/* The signs between the place's two words; false: they are not there. */
static bool
has_gap(const struct find_gap *gap, const struct place *p, size_t *start, size_t *end)
{
	*start = p->from;
	*end = p->is_word ? p->word.start : p->n;
	return !gap->has_signs || find_gap_match(gap, p->text, start, end);
}

/* From the words to what stands after them; `*end` is the end of both. */
static bool
has_words(const struct find_phrase *phrase, struct place p, size_t *end)
{
	size_t start, gap_end;

	for (size_t i = 0; i < phrase->n; i++) {
		bool prefix = phrase->prefix && i + 1 == phrase->n;

		if (!p.is_word || !is_word(&phrase->words[i], &p, prefix))
			return false;
		*end = p.word.end;
		if (i + 1 == phrase->n && !phrase->gaps[i + 1].has_signs)
			return true;
		next_word(&p, p.word.end);
		if (!has_gap(&phrase->gaps[i + 1], &p, &start, &gap_end))
			return false;
	}
	*end = gap_end;
	return true;
}

static bool
may_start(const struct place *p)
{
	return p->is_word && p->find->starts[(unsigned char)p->word.folded[0]];
}

/* Whether the phrase begins with the place's word, or with signs before it. */
static bool
is_at(const struct find_phrase *phrase, const struct place *p, size_t *start, size_t *end)
{
	size_t gap_end;

	if (phrase->n == 0 || !has_words(phrase, *p, end) || !has_gap(&phrase->gaps[0], p, start, &gap_end))
		return false;
	if (!phrase->gaps[0].has_signs)
		*start = p->word.start;
	return true;
}

/* Whether a phrase that has no word is before the place's next one. */
static bool
is_before(const struct find_phrase *phrase, const struct place *p, size_t *start, size_t *end)
{
	*start = p->from;
	*end = p->n;
	return phrase->n == 0 && find_gap_match(&phrase->gaps[0], p->text, start, end);
}

static void
choose(struct find_range *range, size_t start, size_t end, size_t phrase)
{
	size_t len = end - start;

	if (range->len == 0 || start < range->start || (start == range->start && len > range->len))
		*range = (struct find_range){start, len, phrase};
}

/* Of those that are before the next word, or begin at it. */
static bool
choose_phrase(const struct place *p, bool at_word, struct find_range *range)
{
	size_t start, end;

	*range = (struct find_range){0};
	for (size_t i = 0; i < p->find->n; i++) {
		const struct find_phrase *phrase = &p->find->phrases[i];

		if (at_word ? is_at(phrase, p, &start, &end) : is_before(phrase, p, &start, &end))
			choose(range, start, end, i);
	}
	return range->len > 0;
}

bool
find_next(const struct find *find, const char *text, size_t n, size_t from, struct find_range *range)
{
	struct place p = {.find = find, .text = text, .n = n, .from = from};

	for (;;) {
		if (find->only_signs && choose_phrase(&p, false, range))
			return true;
		next_word(&p, p.from);
		if (!p.is_word)
			return false;
		if (may_start(&p) && choose_phrase(&p, true, range))
			return true;
		p.from = p.word.end;
	}
}

bool
find_has(const struct find *find, size_t phrase, const char *text, size_t n)
{
	const struct find_phrase *wanted = &find->phrases[phrase];
	struct place p = {.find = find, .text = text, .n = n};
	size_t start, end;

	if (wanted->n == 0 && !find_gap_may_be_in(&wanted->gaps[0], text, n))
		return false;
	for (;;) {
		if (is_before(wanted, &p, &start, &end))
			return true;
		next_word(&p, p.from);
		if (!p.is_word || is_at(wanted, &p, &start, &end))
			return p.is_word;
		p.from = p.word.end;
	}
}

bool
find_has_words(const struct find *find, size_t phrase)
{
	return find->phrases[phrase].n > 0;
}

bool
find_has_signs(const struct find *find, size_t phrase)
{
	return find->phrases[phrase].has_signs;
}

bool
find_all(const struct find *find, const char *text, size_t n)
{
	for (size_t i = 0; i < find->n; i++)
		if (!find_has(find, i, text, n))
			return false;
	return true;
}
