/*
 * search_words.h - text as the search index sees it.
 *
 * SQLite's unicode61 tokenizer takes a run of letters for one word, and a Chinese, Japanese or Thai sentence is one
 * such run. So each such character (text/spaceless_scripts.h) is put between spaces before it is indexed; a query is
 * treated the same way and becomes a phrase of these characters. Any part of a sentence is then found.
 *
 * The index keeps no text of its own: to take a message out of it, SQLite must be given the very words that went in.
 * So for one version of the schema the same bytes must give the same words for ever.
 */
#ifndef FLYNN_STORE_SEARCH_WORDS_H
#define FLYNN_STORE_SEARCH_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

enum {
	SEARCH_WORDS_WHOLE = 1 << 20,
	SEARCH_WORDS_FURTHER = 1 << 15,
};

/*
 * What the index is given of a text, appended; false: the text itself, and nothing is appended. Of a text of more than
 * SEARCH_WORDS_WHOLE bytes it is given the beginning, and of the rest each word once that does not stand further up,
 * up to SEARCH_WORDS_FURTHER of them: FTS5 holds in memory where every word of a row stands until it has the whole
 * row. So words are found that far down, but no phrases.
 */
bool search_words_index(struct buf *to, const char *text, size_t n);

/* Appends the text so split; ill-formed bytes stay as they are. True: something had to be; false: it is as it was, and
 * nothing is appended. */
bool search_words_split(struct buf *to, const char *text, size_t n);

#endif
