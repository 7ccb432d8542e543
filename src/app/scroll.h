/*
 * scroll.h - the actions that move the view of the conversation.
 */
#ifndef FLYNN_APP_SCROLL_H
#define FLYNN_APP_SCROLL_H

struct app;

/* `way`: -1 up, 1 down. */
void scroll_pages(struct app *, int way);
void scroll_half_pages(struct app *, int way);
void scroll_lines(struct app *, int way);
void scroll_wheel(struct app *, int way); /* the pane that the mouse points at */

void scroll_to_first(struct app *);
void scroll_to_last(struct app *);
void scroll_end(struct app *); /* back to the end while the view stands somewhere above; else a key of the line */
void scroll_fold(struct app *);
void scroll_raw(struct app *);

#endif
