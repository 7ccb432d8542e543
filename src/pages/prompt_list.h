/*
 * prompt_list.h - the library of prompts, to put one of them into the composer.
 */
#ifndef FLYNN_PAGES_PROMPT_LIST_H
#define FLYNN_PAGES_PROMPT_LIST_H

struct app;

void prompt_list_open(struct app *); /* without any it says how to write one */
void prompt_list_refresh(struct app *);

#endif
