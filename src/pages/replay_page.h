/*
 * replay_page.h - has the keyboard while a conversation is played again (app/replay.h), which the chat shows.
 */
#ifndef FLYNN_PAGES_REPLAY_PAGE_H
#define FLYNN_PAGES_REPLAY_PAGE_H

#include <stdbool.h>

struct app;
struct replay_options;
struct view;

const struct view *replay_page(void);

/* False: it does not begin, and why was said. */
bool replay_page_open(struct app *, const struct replay_options *);
void replay_page_close(struct app *);

#endif
