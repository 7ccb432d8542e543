/*
 * cover.h - what lies over the chat: help, browser, tree, palette, the list of models. Each opens alone, but for palette and
 * help, which open over the others.
 */
#ifndef FLYNN_APP_COVER_H
#define FLYNN_APP_COVER_H

struct app;

void cover_clear(struct app *); /* closes all of it */

#endif
