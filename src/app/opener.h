/*
 * opener.h - hands addresses and attached files to the configuration's open_command, or to the system's own.
 */
#ifndef FLYNN_APP_OPENER_H
#define FLYNN_APP_OPENER_H

struct app;
struct attachment;

void opener_start(struct app *);   /* removes copies that killed flynns have left, on a thread of its own */
void opener_release(struct app *); /* with the copies that were made */

void opener_open_address(struct app *, const char *address);
/* Where it was read, or a copy (system/attachment_path.h): once an errand has found it. */
void opener_open_file(struct app *, struct attachment *);

/* Every turn of the loop. */
void opener_turn(struct app *);
int opener_fd(const struct app *); /* for poll(2); -1: there is nothing to wait for */

#endif
