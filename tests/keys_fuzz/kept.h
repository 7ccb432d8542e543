/*
 * kept.h - what was in the conversations when flynn ended must be in the history.
 */
#ifndef FLYNN_TESTS_KEYS_FUZZ_KEPT_H
#define FLYNN_TESTS_KEYS_FUZZ_KEPT_H

#include "app/app.h"
#include "base/buf.h"

struct kept; /* texts, and where they must be */

/* As it is now: the conversations that the history has a row for. */
struct kept *kept_new(const struct app *);
void kept_free(struct kept *); /* NULL is fine */

/* False, and what is missing. */
bool kept_is_in(const struct kept *, const char *history, volatile long *count, struct buf *why);

#endif
