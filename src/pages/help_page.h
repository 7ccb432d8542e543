/*
 * help_page.h - the help that F1 shows, made from the tables that it is about.
 */
#ifndef FLYNN_PAGES_HELP_PAGE_H
#define FLYNN_PAGES_HELP_PAGE_H

struct app;
struct view;

const struct view *help_page(void); /* to be registered: see app/view.h */

void help_page_open(struct app *);
void help_page_close(struct app *);

/* `way`: -1 up, 1 down. */
void help_page_lines(struct app *, int way);
void help_page_screens(struct app *, int way);
void help_page_end(struct app *, int way); /* the start or the end */

#endif
