/*
 * bare_page.h - the bare view: the raw texts of the conversation on the whole screen, without borders, signs and
 * words of flynn's, and with the mouse left to the terminal, whose own selection then gives clean text. Nothing moves while
 * it is there.
 */
#ifndef FLYNN_PAGES_BARE_PAGE_H
#define FLYNN_PAGES_BARE_PAGE_H

#include <stdbool.h>

struct app;

void bare_open(struct app *);
void bare_close(struct app *); /* it need not be open */
bool bare_is_open(const struct app *);

#endif
