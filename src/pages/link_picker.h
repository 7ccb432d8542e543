/*
 * link_picker.h - opens a file that is attached to the message with the cursor, or an address in it (text/address.h): first it is shown, then
 * Enter opens it (app/opener.h). While one is chosen the keyboard is in the context `address`.
 */
#ifndef FLYNN_PAGES_LINK_PICKER_H
#define FLYNN_PAGES_LINK_PICKER_H

struct app;
struct view;

const struct view *follow_page(void); /* to be registered: see app/view.h */

/* ---- actions ---- */

void follow_open(struct app *);          /* shows the first; there is none: says so */
void follow_move(struct app *, int way); /* -1: the one before, 1: the next */
void follow_number(struct app *);        /* the one whose digit was pressed */
void follow_go(struct app *);            /* opens it */
void follow_copy(struct app *);
void follow_close(struct app *);

#endif
