/*
 * parameters.h - a set of parameters: those that somebody set, each with the JSON text of its value. What is not in it is
 * not sent, and the server's default holds.
 */
#ifndef FLYNN_LLAMA_PARAMETERS_H
#define FLYNN_LLAMA_PARAMETERS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "llama/parameter.h"

/* Zeroed: the empty set. */
struct parameters {
	char *values[PARAMETERS_MAX]; /* by parameter_index; NULL: not set */
};

void parameters_release(struct parameters *); /* leaves the empty set */
void parameters_copy(struct parameters *to, const struct parameters *from);
bool parameters_equal(const struct parameters *, const struct parameters *);
bool parameters_is_empty(const struct parameters *);

const char *parameters_get(const struct parameters *, const struct parameter *); /* JSON; NULL: not set */

long parameters_integer(const struct parameters *, const char *name, long otherwise); /* its value, where it is set */
bool parameters_has(const struct parameters *, const char *name);

/* Takes the value, which parameter_parse made; NULL takes the parameter out of the set. */
void parameters_set(struct parameters *, const struct parameter *, char *json);

/* "NAME=VALUE" of a command line. ERR_USAGE. */
bool parameters_set_typed(struct parameters *, const char *assignment, struct err *) MUST_USE;

/* The same for one that flynn itself asks for: name and value are surely good. */
void parameters_fix(struct parameters *, const char *name, const char *typed);

/* `over` wins. A schema of one of them takes the place of a grammar of the other, since a server takes one only. */
void parameters_merge(struct parameters *to, const struct parameters *over);

/* What excludes each other is set together: a schema and a grammar. ERR_USAGE. */
bool parameters_check(const struct parameters *, struct err *) MUST_USE;

/* One JSON object, by the names and in the order of the table; "" for the empty set. Appends. */
void parameters_put_json(const struct parameters *, struct buf *);

/* From such an object; what is no parameter, or no value of it, is left out. False: it is no object. */
bool parameters_read_json(struct parameters *, const char *json, size_t n);

/* "temperature 0.2 · top_k 20"; appends. Long texts are cut. */
void parameters_put_words(const struct parameters *, struct buf *);

#endif
