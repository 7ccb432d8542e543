/*
 * import_llm_threads.h - part of import_llm.c: the newer tables.
 */
#ifndef FLYNN_STORE_IMPORT_LLM_THREADS_H
#define FLYNN_STORE_IMPORT_LLM_THREADS_H

#include <stdbool.h>

#include "base/compiler.h"

struct llm;

/* All that the newer tables hold: each conversation is taken (llm_take). */
bool llm_read_threads(struct llm *) MUST_USE;

#endif
