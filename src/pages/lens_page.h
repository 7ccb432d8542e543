/*
 * lens_page.h - /lens over the whole screen: the tokens of a reply, with the candidates that the model had for each. Another
 * candidate makes another version of the reply, which goes on from there.
 */
#ifndef FLYNN_PAGES_LENS_PAGE_H
#define FLYNN_PAGES_LENS_PAGE_H

#include <stdbool.h>

struct app;
struct view;

const struct view *lens_page(void);

/* The reply with the cursor, else the last one. False: it has no tokens, which is said. */
bool lens_page_open(struct app *);
void lens_page_follow(struct app *); /* the reply that is on its way */
void lens_page_close(struct app *);
void lens_page_tokens(struct app *, int way);
void lens_page_unsure(struct app *, int way);
void lens_page_screens(struct app *, int way);
void lens_page_end(struct app *, int way);
void lens_page_choose(struct app *, int way);
void lens_page_take(struct app *);
void lens_page_copy(struct app *);

#endif
