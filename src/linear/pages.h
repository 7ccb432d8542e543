/*
 * pages.h - what the full screen has a page for, as lines: the words that differ in two versions, the last request, the votes.
 */
#ifndef FLYNN_LINEAR_PAGES_H
#define FLYNN_LINEAR_PAGES_H

#include <stdbool.h>

struct app;
struct store_result;

/* Commands: the argument is not read. False: said why. */
bool pages_diff(struct app *, const char *argument);
bool pages_request(struct app *, const char *argument);
bool pages_votes(struct app *, const char *argument); /* once the history has answered */
void pages_votes_answer(struct app *, const struct store_result *);

#endif
