/*
 * attach_send.h - before a prompt with files is sent: what is sent is what is there when Enter is pressed, so every file is looked at
 * again, and words of the prompt may name some (app/attach_words.h). Keys wait meanwhile (app/held_keys.h); Esc gives up.
 */
#ifndef FLYNN_APP_ATTACH_SEND_H
#define FLYNN_APP_ATTACH_SEND_H

#include <stdbool.h>

struct app;
struct talk;

void attach_send_init(struct app *);
void attach_send_release(struct app *);

/* A command takes the input away, and may send its argument: words of it may name files until attach_command_ends. */
void attach_command_begins(struct app *);
void attach_command_ends(struct app *);

/* True: files are looked at first, `again` is called when that is done, and not if one is refused, which is said. */
bool attach_comes_first(struct app *, void (*again)(struct app *));

bool attach_keeps_keys(const struct app *);                 /* no state yet: it does not */
bool attach_give_up(struct app *);                          /* what keys wait for; false: nothing */
void attach_send_forget(struct app *, const struct talk *); /* it is being closed */

/* Every turn, after attach_turn. When to come again without an event, in ms; -1: not. */
int attach_send_turn(struct app *);
int attach_send_fd(const struct app *); /* for poll(2); -1: there is nothing to wait for */

#endif
