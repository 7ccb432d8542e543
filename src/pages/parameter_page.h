/*
 * parameter_page.h - the page of parameters (/set): all of the table in its groups, with what holds for the conversation of the
 * focused pane and who says so. What is changed there holds from the next message on.
 *
 * Letters filter, digits begin a number. Closing it keeps what was changed.
 */
#ifndef FLYNN_PAGES_PARAMETER_PAGE_H
#define FLYNN_PAGES_PARAMETER_PAGE_H

struct app;
struct view;

const struct view *parameter_page(void);

void parameter_page_open(struct app *);
void parameter_page_close(struct app *);

/* ---- keys of the list ---- */

void parameter_page_move(struct app *, int rows);
void parameter_page_screens(struct app *, int way);
void parameter_page_end(struct app *, int way);
void parameter_page_step(struct app *, int steps);
void parameter_page_enter(struct app *);     /* the next word of a few, else opens the value or the list */
void parameter_page_type(struct app *);      /* the key's character begins a number */
void parameter_page_backspace(struct app *); /* of the filter; where it is empty: takes back */
void parameter_page_take_back(struct app *);
void parameter_page_reset(struct app *); /* takes all back */
void parameter_page_undo(struct app *);

/* ---- while a value is changed ---- */

void parameter_page_take_value(struct app *);
void parameter_page_leave_value(struct app *);

/* ---- in the list of samplers ---- */

void parameter_page_item(struct app *, int rows);      /* the cursor */
void parameter_page_item_move(struct app *, int rows); /* the sampler at the cursor */
void parameter_page_item_switch(struct app *);
void parameter_page_list_default(struct app *);
void parameter_page_list_close(struct app *);

#endif
