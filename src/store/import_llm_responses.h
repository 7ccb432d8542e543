/*
 * import_llm_responses.h - part of import_llm.c: the older tables.
 */
#ifndef FLYNN_STORE_IMPORT_LLM_RESPONSES_H
#define FLYNN_STORE_IMPORT_LLM_RESPONSES_H

#include <stdbool.h>

#include "base/compiler.h"

struct llm;

/* All that the older tables hold: each conversation is taken (llm_take). */
bool llm_read_responses(struct llm *) MUST_USE;

#endif
