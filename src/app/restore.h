/*
 * restore.h - restores the panes of the last run and their conversations, and saves those of this one; the layout is sent
 * to the history for the next. Of several that run at once the first one is the one that counts (store/instance.h).
 *
 *	TREE                        a line, as tui/layout.h writes it
 *	focus PANE
 *	pane PANE ROW MODEL ASKED   one for each: a conversation of the history (0: one without messages), the name of its
 *	                            model, and what was asked of its server; tabs stand before both
 */
#ifndef FLYNN_APP_RESTORE_H
#define FLYNN_APP_RESTORE_H

#include <stdbool.h>
#include <stdint.h>

struct app;
struct store_result;

/* The history is open: asks for what was shown, unless the person at the keyboard was faster. Where it cannot be had, it may
 * still come when the history is opened after all. */
void restore_begin(struct app *, const struct store_result *);

/* A conversation that was loaded, into the panes that wait for it. */
void restore_take(struct app *, struct store_result *);

/* What is known of a server has changed: a pane whose router needs the name of a model gets the one that was used before. */
void restore_models(struct app *);

/* Saves the layout once it has been unchanged for a while, or `at_once`. Returns when it wants to be called
 * again, in ms; -1: when something happens. */
int restore_tell(struct app *, int64_t now_ms, bool at_once);

#endif
