/*
 * votes_ask.h - the votes of blind comparisons, asked of the history, and in words.
 */
#ifndef FLYNN_APP_VOTES_ASK_H
#define FLYNN_APP_VOTES_ASK_H

#include <stdbool.h>
#include <stdint.h>

struct app;
struct store_question;
struct votes;
struct votes_row;

/* The answer comes with a question of the kind BROWSE_ASK_VOTES. False: the history is busy. */
bool votes_ask(struct app *);
const struct votes *votes_answered(const struct store_question *);

/* Yours to free. */
char *votes_words(const struct votes *);                             /* how many there are, or how to vote */
char *votes_row_words(const struct app *, const struct votes_row *); /* cleaned */
int64_t votes_percent(const struct votes_row *);

#endif
