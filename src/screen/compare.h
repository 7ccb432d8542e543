/*
 * compare.h - one prompt to all conversations that are to be seen, and how fast each answered.
 */
#ifndef FLYNN_SCREEN_COMPARE_H
#define FLYNN_SCREEN_COMPARE_H

#include <stdbool.h>
#include <stddef.h>

struct app;

/* The command: with a prompt sends it, or queues it where a reply is on its way, and shows statistics below replies; without
 * one shows or hides them. False: why not was said. Where a model must be chosen first, `again` is called when one was: the
 * command is in the composer still. "--blind PROMPT": nobody is told which model is which until the vote (app/blind.h). The same
 * seed goes with all. */
bool compare_run(struct app *, const char *prompt, void (*again)(struct app *));
const char *compare_candidate(const struct app *, const char *first, size_t i);

#endif
