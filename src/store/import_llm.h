/*
 * import_llm.h - conversations of the program `llm` (llm.datasette.io), whose logs.db is an SQLite database with two generations
 * of tables: `responses` with `conversations`; and since version 0.32 `threads` and `turns` over a tree of `messages`.
 */
#ifndef FLYNN_STORE_IMPORT_LLM_H
#define FLYNN_STORE_IMPORT_LLM_H

#include "store/import_take.h"

struct database;

bool import_llm_is(struct database *);

/* As import.h has it. */
bool import_llm(struct history *, const char *path, void (*progress)(void *arg, const struct import_counts *),
        void *arg, struct import_counts *, struct err *) MUST_USE;

#endif
