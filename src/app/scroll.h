/*
 * scroll.h - the actions that move the view of the conversation.
 */
#ifndef FLYNN_APP_SCROLL_H
#define FLYNN_APP_SCROLL_H

struct app;

void scroll_page_up(struct app *);
void scroll_page_down(struct app *);
void scroll_half_up(struct app *);
void scroll_half_down(struct app *);
void scroll_wheel_up(struct app *);
void scroll_wheel_down(struct app *);
void scroll_to_first(struct app *);
void scroll_to_last(struct app *);
void scroll_end(struct app *); /* back to the end while the view stands somewhere above; else a key of the line */
void scroll_fold(struct app *);
void scroll_line_up(struct app *);
void scroll_line_down(struct app *);
void scroll_raw(struct app *);

#endif
