/*
 * parameter.h - what a person may set of a request: one table, of which the command line, the configuration, /set, its
 * page and the manual are made.
 *
 * A row has llama-server's own JSON name (its README, "POST /completion" and "POST /v1/chat/completions"), but for
 * `thinking`, which is ours. A value travels as the text of its JSON, in one canonical form: equal values are equal texts.
 */
#ifndef FLYNN_LLAMA_PARAMETER_H
#define FLYNN_LLAMA_PARAMETER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

enum parameter_type {
	PARAMETER_NUMBER,  /* 0.7 */
	PARAMETER_INTEGER, /* 40 */
	PARAMETER_SWITCH,  /* true or false; typed on and off too */
	PARAMETER_CHOICE,  /* a text that is one of `choices` */
	PARAMETER_TEXT,    /* any text */
	PARAMETER_LIST,    /* of texts, of `choices` where there are some */
	PARAMETER_BIAS,    /* logit_bias: [[token, bias], …] or {"token": bias, …} */
	PARAMETER_OBJECT,  /* a JSON object */
};

#define PARAMETER_GROUPS(X)                                                                                            \
	X(SAMPLING, "Sampling")                                                                                        \
	X(REPETITION, "Repetition")                                                                                    \
	X(LENGTH, "Length")                                                                                            \
	X(THINKING, "Thinking")                                                                                        \
	X(FORM, "Form of the reply")                                                                                   \
	X(SERVER, "Server")

enum parameter_group {
#define X(group, heading) PARAMETER_##group,
	PARAMETER_GROUPS(X)
#undef X
};

const char *parameter_group_heading(enum parameter_group);

enum {
	PARAMETERS_MAX = 40,           /* rows of the table, at most */
	PARAMETER_BYTES_MAX = 1 << 20, /* of a value */
};

struct parameter {
	const char *name;
	enum parameter_type type;
	enum parameter_group group;
	double least, most, step;   /* of numbers; step: one press of Left or Right */
	const char *const *choices; /* NULL after the last; or NULL */
	const char *help;           /* one line */
};

const struct parameter *parameter_table(size_t *n);
size_t parameter_index(const struct parameter *); /* of its row */

const struct parameter *parameter_named(const char *name); /* NULL: there is none */

/* The same for a name that somebody typed: ERR_USAGE says the nearest one. */
const struct parameter *parameter_find(const char *name, struct err *);

/* "0 to 20", "on or off", "low, medium or high", … (yours). */
char *parameter_takes(const struct parameter *);

/* ---- parameter_value.c ---- */

/* The value's JSON (yours) from what a person types or a file has. NULL, with ERR_USAGE: what would be right, beginning with
 * the name. */
char *parameter_parse(const struct parameter *, const char *text, struct err *);

/* The same from JSON of any form. */
char *parameter_from_json(const struct parameter *, const char *json, struct err *);

/* As a person would type it (yours). `json` may be a server's, such as 0.800000011920929. */
char *parameter_show(const struct parameter *, const char *json);

/* The value so many steps on, inside of the range (yours): of a number, a switch or a choice. NULL: it has no steps. */
char *parameter_step(const struct parameter *, const char *json, int steps);

/* The i-th of the words that a value may be; NULL: there are no more. */
const char *parameter_candidate(const struct parameter *, size_t i);

#endif
