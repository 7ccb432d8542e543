/*
 * vote.h - votes of blind comparisons (/compare --blind): which models answered, and whose reply was best.
 */
#ifndef FLYNN_STORE_VOTE_H
#define FLYNN_STORE_VOTE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "store/history.h"
#include "store/uuid.h"

/* Between a model's name and what told it from others of that name: "tiny · temperature 0.2". */
#define VOTE_SETTINGS " · "

struct vote {
	char uuid[UUID_SIZE];
	int64_t unix_ms;
	char **models; /* by the names that their servers gave them */
	size_t n;
	long winner; /* the index of one of these; VOTE_NONE: none was best */
};

enum {
	VOTE_NONE = -1,
};

struct vote *vote_new(int64_t unix_ms);          /* with a uuid, and no models */
void vote_add(struct vote *, const char *model); /* at the end */
void vote_free(struct vote *);                   /* NULL is fine */

/* One that is there already, by its uuid, is not counted again. */
bool vote_save(struct history *, const struct vote *, struct err *) MUST_USE;

/* ---- counted ---- */

struct votes_row {
	char *model;
	int64_t comparisons, wins; /* in so many it took part; two of its replies in one are one */
};

struct votes {
	struct votes_row *rows; /* the one with most wins first, then that with the larger share */
	size_t n;
	int64_t votes; /* in all */
};

/* To be released in either case. */
bool votes_read(struct history *, struct votes *, struct err *) MUST_USE;
void votes_release(struct votes *);

/* Of a model by its name, whatever settings stand behind it. False: it took part in none. */
bool votes_of(const struct votes *, const char *model, int64_t *wins);

#endif
