/*
 * status.h - the state of the server, the model and the turn in words.
 */
#ifndef FLYNN_APP_STATUS_H
#define FLYNN_APP_STATUS_H

#include "app/app.h"
#include "tui/statusbar.h"

enum {
	STATUS_TITLE_MAX = 256, /* bytes with the NUL */
};

/* The whole of it for the status bar: of the conversation that keys are for, and what is to be said besides. */
void status_make(const struct app *, int64_t now_ms, struct status *);

/* Of any open conversation; and what of it is most important, in a word or two. */
void status_of(const struct app *, const struct talk *, int64_t now_ms, struct status *);
const char *status_word(const struct talk *, const struct status *);

/* The last row of a page: reachability, what is not saved, and what was just said, else these words; and the columns that
 * these can have. */
void status_draw_words(const struct app *, struct grid *, const char *words, bool is_error);
int status_words_cols(const struct app *, int cols);

/* A conversation's title, cleaned. */
void status_title(const struct talk *, char title[static STATUS_TITLE_MAX]);
/* Any text, cleaned and cut. */
void status_clean(const char *text, char clean[static STATUS_TITLE_MAX]);
/* A model as /model takes it, cleaned. */
void status_model(const struct app *, const struct link *, char name[static STATUS_TITLE_MAX]);

#endif
