/*
 * log_page.h - F9: the last lines of what happened on the network, the newest first; what --log writes, without a restart.
 */
#ifndef FLYNN_PAGES_LOG_PAGE_H
#define FLYNN_PAGES_LOG_PAGE_H

struct app;
struct view;

const struct view *log_page(void); /* to be registered: see app/view.h */

void log_page_open(struct app *);
void log_page_close(struct app *);

/* `way`: -1 up, 1 down. */
void log_page_lines(struct app *, int way);
void log_page_screens(struct app *, int way);
void log_page_end(struct app *, int way); /* the newest or the oldest */

#endif
