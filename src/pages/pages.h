/*
 * pages.h - the pages that keep something: a new one is a row here.
 */
#ifndef FLYNN_PAGES_PAGES_H
#define FLYNN_PAGES_PAGES_H

struct app;

void pages_register(struct app *);

#endif
