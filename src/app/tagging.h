/*
 * tagging.h - giving tags to conversations, and the names that there are, for Tab: the history is asked for them when somebody
 * begins to type one.
 */
#ifndef FLYNN_APP_TAGGING_H
#define FLYNN_APP_TAGGING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "chat/tags.h"

struct app;
struct store_result;

void tagging_init(struct app *);
void tagging_release(struct app *);

/* ---- the names ---- */

/* Asks for them. */
void tagging_ask(struct app *);
/* Asks once when /tag is being typed. Before each frame. */
void tagging_settle(struct app *);
void tagging_answer(struct app *, struct store_result *);
/* Whether the first ones have come since this was asked last. */
bool tagging_has_come(struct app *);
/* Those that the history had, and those given since. */
const struct tags *tagging_names(const struct app *);

/* ---- the conversation that is shown: the slash commands ---- */

/* Names with spaces or commas between them; "": tells the tags. False: one can be none, which was said. */
bool tagging_tag(struct app *, const char *names);
bool tagging_untag(struct app *, const char *names); /* "": all of them */

/* For Tab: the i-th name that the conversation has not, or has; NULL: no more. */
const char *tagging_candidate(const struct app *, const char *first, size_t i);
const char *tagging_candidate_to_remove(const struct app *, const char *first, size_t i);

/* ---- any conversation ---- */

/* Makes these the tags of one that had others: of an open one (its row) at once, of another in the history. */
void tagging_change(struct app *, int64_t row, const struct tags *had, const struct tags *wanted);

/* "#home #work": appended. */
void tagging_put(struct buf *, const struct tags *);

#endif
