/*
 * refusal.h - which parameter a server refuses, by the words of its error.
 */
#ifndef FLYNN_LLAMA_REFUSAL_H
#define FLYNN_LLAMA_REFUSAL_H

#include "llama/parameters.h"

/* The one of those that were sent that the words name, by our name or the server's. NULL: they name none. */
const struct parameter *refusal_parameter(const char *words, const struct parameters *sent);

#endif
