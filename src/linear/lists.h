/*
 * lists.h - what commands list: models, presets, prompts, conversations, messages, parameters; as numbered choices where one can be
 * chosen.
 */
#ifndef FLYNN_LINEAR_LISTS_H
#define FLYNN_LINEAR_LISTS_H

#include <stdbool.h>

struct app;
struct buf;
struct store_result;

/* Servers are asked first: the list is said by lists_turn. `then` is called once a model is chosen; or NULL. */
void list_models(struct app *, void (*then)(struct app *));
void list_presets(struct app *);
void list_prompts(struct app *); /* read first */
bool list_history(struct app *, const char *words);
void list_history_answer(struct app *, struct store_result *);
void list_messages(struct app *);
void list_versions(struct app *, const char *words); /* of the last reply, to keep one */
void list_parameters(struct app *);

/* The first line of a text that says something, cut: appended. */
void list_put_start(const char *text, struct buf *);

void lists_turn(struct app *); /* every turn of the loop */

#endif
