/*
 * search_words.h - text as the search index sees it.
 *
 * SQLite's unicode61 tokenizer takes a run of letters for one word, and a Chinese, Japanese or Thai sentence is one such
 * run. So each such character (text/spaceless_scripts.h) is set apart by spaces before it is indexed; a query is treated the same way
 * and asks for the characters in a row (a phrase). Any part of a sentence is then found.
 *
 * The index keeps no text of its own: to take a message out of it, SQLite must be given the very words that went in. So
 * for one version of the schema the same bytes must give the same words for ever.
 */
#ifndef FLYNN_STORE_SEARCH_WORDS_H
#define FLYNN_STORE_SEARCH_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* Appends the text so split; ill-formed bytes stay as they are. True: something had to be; false: it is as it was, and
 * nothing is appended. */
bool search_words_split(struct buf *to, const char *text, size_t n);

#endif
