/*
 * attach_tokens.h - how many tokens each attached file is: what the server counts with it, less what it counts without.
 */
#ifndef FLYNN_APP_ATTACH_TOKENS_H
#define FLYNN_APP_ATTACH_TOKENS_H

#include <stdint.h>

#include "llama/attachment.h"

struct app;
struct talk;

/* -1: they are not known, or not yet. */
int64_t attach_tokens(const struct app *, const struct talk *, const struct attachment *);

void attach_tokens_turn(struct app *); /* asks for what is not known, one after the other */

#endif
