/*
 * context_page.h - the page of the context (/context): the window as a bar, and a list of what is in it, each with its tokens and
 * its share. A turn can be muted there.
 */
#ifndef FLYNN_PAGES_CONTEXT_PAGE_H
#define FLYNN_PAGES_CONTEXT_PAGE_H

struct app;
struct view;

const struct view *context_page(void);

void context_page_open(struct app *);
void context_page_close(struct app *);

void context_page_move(struct app *, int rows);
void context_page_screens(struct app *, int way);
void context_page_end(struct app *, int way);
void context_page_mute(struct app *);
void context_page_enter(struct app *);

#endif
