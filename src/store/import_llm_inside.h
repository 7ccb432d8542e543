/*
 * import_llm_inside.h - what the files of import_llm share.
 */
#ifndef FLYNN_STORE_IMPORT_LLM_INSIDE_H
#define FLYNN_STORE_IMPORT_LLM_INSIDE_H

#include "store/database.h"
#include "store/import_part.h"
#include "store/import_take.h"

struct llm {
	struct database db;
	const char *path;
	struct import_taking to;
	size_t number; /* of conversations that were taken */
	struct import_reading r;
	struct buf sql; /* of statements that depend on the version; lives as long as the database */
	void (*progress)(void *, const struct import_counts *);
	void *arg;
	struct err *err;
};

bool llm_has_table(struct llm *, const char *table);
bool llm_has_column(struct llm *, const char *table, const char *column);

/* The column's text, mended where it is no UTF-8; "" for NULL. To be freed. */
char *llm_text(sqlite3_stmt *, int column);
int64_t llm_count(sqlite3_stmt *, int column); /* -1: NULL */

/* The i-th columns of a row of `attachments`, from `first` on: type, path, url, content. */
void llm_attach(struct llm *, struct message *, sqlite3_stmt *, int first);

bool llm_wrong(struct llm *); /* puts the place before the words of the error */

/* The conversation is complete: it is added. `leaf`, `title`: NULL: not known. */
bool llm_take(struct llm *, const char *id, const char *leaf, const char *title) MUST_USE;

void llm_begin_next(struct llm *); /* nothing of one that was begun stays */

#endif
