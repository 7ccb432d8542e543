/*
 * find.h - finds words in a text, the same that the history's search index (store/search.h) finds: for marking hits, for
 * snippets of them, and for finding in the open conversation.
 *
 * Words are runs of letters and digits. Capitals make no difference, nor do diacritics ("cafe" finds "Café"). Each
 * character of a script without spaces is a word. What is looked for is a list of phrases: words that follow each other,
 * and signs ("C++", "->", "🚀"), which are matched as they are typed; where a space is typed, any signs and spaces may
 * stand. The last word of a phrase may be the beginning of one.
 */
#ifndef FLYNN_TEXT_FIND_H
#define FLYNN_TEXT_FIND_H

#include <stdbool.h>
#include <stddef.h>

/* Held by value; a zeroed one is empty and finds nothing. */
struct find {
	struct find_phrase *phrases;
	size_t n;
	size_t longest;   /* bytes of the longest word, folded */
	bool starts[256]; /* the bytes that a phrase's first word begins with */
	bool has_signs;   /* one of the phrases has */
	bool only_signs;  /* one of them has no word */
};

/* Bytes of the text, and which phrase they are. */
struct find_range {
	size_t start, len;
	size_t phrase;
};

/* Adds the phrase in this text. False: there is neither a word nor a sign in it, and nothing is added. */
bool find_add(struct find *, const char *text, size_t n, bool prefix);
void find_release(struct find *);

/*
 * The first hit that begins at `from` or after it; the longest where several do. Whole words are hit, also where only
 * their beginning was looked for. To go on: from = start + len. `from` must not be inside a word: 0, or such an end. A
 * text that grows can only gain hits, but its last word may still grow: who looks again begins at its last space.
 */
bool find_next(const struct find *, const char *text, size_t n, size_t from, struct find_range *);

/* Whether this phrase has words; signs, which the index knows nothing of; whether it is somewhere in the text. */
bool find_has_words(const struct find *, size_t phrase);
bool find_has_signs(const struct find *, size_t phrase);
bool find_has(const struct find *, size_t phrase, const char *text, size_t n);

/* Whether each phrase is somewhere in the text. True when there are none. */
bool find_all(const struct find *, const char *text, size_t n);

#endif
