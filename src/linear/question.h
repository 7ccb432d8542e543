/*
 * question.h - a numbered list, and the number that is typed for it.
 */
#ifndef FLYNN_LINEAR_QUESTION_H
#define FLYNN_LINEAR_QUESTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct app;

/* One after the other: a new question; its choices, each said as a numbered line; then it is asked. A choice is shown by another name
 * than its own where `shown` is not NULL; words may be "". */
void question_begin(struct app *, void (*chosen)(struct app *, size_t which));
void question_add(struct app *, int64_t id, const char *name, const char *shown, const char *words);
/* Called where none is chosen; what Enter stands for. */
void question_on_drop(struct app *, const char *what, void (*dropped)(struct app *));
bool question_has(const struct app *, int64_t id); /* such a choice */
bool question_is_full(const struct app *);
void question_ask(struct app *, const char *nothing); /* that: what is said when there are no choices */
/* For any text; the words say what is wanted. */
void question_ask_text(struct app *, const char *words, void (*written)(struct app *, const char *text));

int64_t question_id(const struct app *, size_t which);
const char *question_name(const struct app *, size_t which);

bool question_is_open(const struct app *);
/* The line that came. False: it is no answer, and the question is dropped. */
bool question_answer(struct app *, const char *line);
void question_drop(struct app *);

#endif
