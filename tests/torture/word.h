/*
 * word.h - the numbered words of which everything consists that is typed and answered here: whoever finds one, on a screen
 * or in a history, knows where it comes from and what must stand before it. "t17a0.0003" is the third word that was
 * typed into the first flynn of round 17, "r17a2.0001" the first one of the answer to its second request.
 */
#ifndef FLYNN_TESTS_TORTURE_WORD_H
#define FLYNN_TESTS_TORTURE_WORD_H

#include <stddef.h>

#include "base/buf.h"

enum {
	WORD_MAX = 240,    /* words of one kind and number */
	WORD_REPLIES = 24, /* to one flynn */
};

enum word_kind {
	WORD_TYPED = 't',
	WORD_REPLY = 'r',
	WORD_THOUGHT = 'h',
	WORD_IMPORTED = 'i',
};

struct word {
	enum word_kind kind;
	int round;
	char who;   /* 'a', 'b' */
	int number; /* of the reply, from 1 */
	int index;  /* from 1 */
};

/* The word that begins here: its length; 0: none does. */
size_t word_parse(const char *text, struct word *);

/* The next one in this text, and the text behind it; NULL: there is no other. */
const char *word_next(const char *text, struct word *);

void word_put(struct buf *, const struct word *);

/* The words with index 1 to n, with a space between them. */
void word_put_row(struct buf *, struct word first, int n);

#endif
