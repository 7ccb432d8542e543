/*
 * likely.h - the command of a script that says a token with its candidates, as llama-server does it where a request asks for
 * `logprobs`.
 */
#ifndef FLYNN_DEMO_LIKELY_H
#define FLYNN_DEMO_LIKELY_H

#include <stdbool.h>

struct parser;

/* Its argument is `"TEXT" PERCENT "OTHER" PERCENT …`, the field "content" or "reasoning_content". */
bool likely_run(struct parser *, const char *field);

#endif
