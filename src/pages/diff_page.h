/*
 * diff_page.h - /diff over the whole screen: word by word, what differs between the last replies of this pane and the next one; where
 * there is one pane, between the last reply and the version before it.
 */
#ifndef FLYNN_PAGES_DIFF_PAGE_H
#define FLYNN_PAGES_DIFF_PAGE_H

#include <stdbool.h>

struct app;
struct view;

const struct view *diff_page(void);

bool diff_page_open(struct app *); /* false: there are no two replies, which is said */
void diff_page_close(struct app *);
void diff_page_copy(struct app *);
void diff_page_lines(struct app *, int way);
void diff_page_screens(struct app *, int way);
void diff_page_end(struct app *, int way);
void diff_page_change(struct app *, int way); /* to the next one, or the one before */

#endif
