/*
 * help_page.h - the help that F1 shows, made from the tables that it is about.
 */
#ifndef FLYNN_APP_HELP_PAGE_H
#define FLYNN_APP_HELP_PAGE_H

struct app;
struct view;

const struct view *help_page(void); /* to be registered: see app/view.h */

void help_page_open(struct app *);
void help_page_close(struct app *);

void help_page_line_up(struct app *);
void help_page_line_down(struct app *);
void help_page_screen_up(struct app *);
void help_page_screen_down(struct app *);
void help_page_first(struct app *);
void help_page_last(struct app *);

#endif
