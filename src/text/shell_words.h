/*
 * shell_words.h - words as sh reads them (POSIX.1-2017, 2.2): blanks separate them, a backslash or quotes keep a blank in one.
 * Nothing is run or substituted: a dollar sign and a backquote are text. Knows no files.
 */
#ifndef FLYNN_TEXT_SHELL_WORDS_H
#define FLYNN_TEXT_SHELL_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

struct shell_word {
	struct buf text;    /* what it says, without quotes */
	struct buf pattern; /* the same for glob(3): a backslash before each *, ?, [ and backslash that is quoted */
	bool is_pattern;    /* one of these is not quoted */
	bool has_tilde;     /* it begins with a ~ that is not quoted */
	char open;          /* the quote that is not closed, or a backslash that is the last character; 0: neither */
};

void shell_word_release(struct shell_word *);

/* Reads the next word of *at into a zeroed or used `word`, and moves *at behind it. False: there is none. */
bool shell_words_next(const char **at, struct shell_word *word);

/* Appends the text so that sh reads it as (part of) one word: with a backslash before what is special, or within the quote
 * `open` of a word that has begun. A line feed cannot be written so. */
void shell_words_quote(struct buf *, const char *text, char open);

#endif
