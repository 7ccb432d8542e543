/*
 * chat_actions.h - what keys do at the composer, and to the whole of flynn: sending, completing, stopping, quitting.
 */
#ifndef FLYNN_SCREEN_CHAT_ACTIONS_H
#define FLYNN_SCREEN_CHAT_ACTIONS_H

struct app;

void chat_send_prompt(struct app *); /* or runs the command that is typed */
void chat_compact(struct app *);
void chat_pane_up(struct app *); /* with one pane: takes the last prompt of the queue back */
void chat_break_line(struct app *);
void chat_complete(struct app *);      /* a path or a command; else goes to the messages */
void chat_complete_late(struct app *); /* what Tab waited for is there: app.h completes_late */
void chat_open_paste(struct app *);

void chat_stop(struct app *);
void chat_stop_clear_or_quit(struct app *);
void chat_delete_or_quit(struct app *);
void chat_quit(struct app *);

void chat_redraw(struct app *);
void chat_suspend(struct app *);
void chat_toggle_mouse(struct app *);
void chat_toggle_highlight(struct app *);

#endif
