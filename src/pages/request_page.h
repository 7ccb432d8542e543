/*
 * request_page.h - the last request of this conversation (/request) over the whole screen: its JSON as it was sent, and the prompt
 * that the server's template makes of it, with its tokens.
 */
#ifndef FLYNN_PAGES_REQUEST_PAGE_H
#define FLYNN_PAGES_REQUEST_PAGE_H

#include <stdbool.h>

struct app;
struct view;

const struct view *request_page(void);

bool request_page_open(struct app *); /* false: there was none yet, which is said */
void request_page_close(struct app *);
void request_page_copy(struct app *);
void request_page_lines(struct app *, int way);
void request_page_screens(struct app *, int way);
void request_page_end(struct app *, int way);
void request_page_section(struct app *);

#endif
