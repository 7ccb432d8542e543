/*
 * opening.h - a conversation of the history that is not open yet: loaded, and shown in the focused pane when it is there.
 */
#ifndef FLYNN_APP_OPENING_H
#define FLYNN_APP_OPENING_H

#include <stdbool.h>
#include <stdint.h>

struct app;
struct pane;
struct store_result;
struct talk;

void opening_init(struct app *);
void opening_release(struct app *);

/* By its row. Where `message` is not 0, at that one, and the words that were looked for are marked (NULL: none were). The
 * one that was on its way before is not shown any more. */
void opening_load(struct app *, int64_t id, int64_t message, const char *words);
void opening_leave(struct app *); /* shows none */
bool opening_is_on(const struct app *); /* one is on its way */

/* A STORE_LOADED result; false: it was asked for somewhere else. */
bool opening_loaded(struct app *, struct store_result *);

/* A message of the conversation shown, by its row; 0: none. What lies over the chat is closed. */
void opening_show_message(struct app *, int64_t row, const char *words);

/* The conversation of a STORE_LOADED result, which it takes, not shown yet; and for a pane that does the place at which it
 * was left. */
struct talk *opening_talk(struct app *, struct store_result *);
void opening_put_place(struct pane *, const struct store_result *);

#endif
