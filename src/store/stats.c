/*
 * stats.c - one walk over each table.
 */
#include "store/stats.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "store/history_inside.h"
#include "store/list.h"
#include "store/sqlite.h"

static bool
read_row(struct database *db, const char *sql, int64_t *const *values, int n, struct err *err)
{
	sqlite3_stmt *s = database_prepare(db, sql, err);
	bool failed;

	if (!s)
		return false;
	if (database_row(db, s, &failed, err)) {
		for (int i = 0; i < n; i++)
			*values[i] = sqlite3_column_int64(s, i);
		sqlite3_reset(s);
	}
	return !failed;
}

static int64_t
size_of(const char *path, const char *end)
{
	char *name = mem_printf("%s%s", path, end);
	struct stat st;
	int64_t size = stat(name, &st) == 0 ? (int64_t)st.st_size : 0;

	free(name);
	return size;
}

bool
stats_read(struct history *h, struct stats *t, struct err *err)
{
	static const char conversations[] =
	        "SELECT count(*), sum(archived), sum(pinned), min(created), max(updated),"
	        "  (SELECT count(*) FROM conversation WHERE deleted IS NOT NULL) FROM conversation"
	        "  WHERE " LIST_SHOWN;
	static const char messages[] =
	        "SELECT count(*), sum(role = 'user'), sum(role = 'assistant'), sum(state <> 'complete'),"
	        "  sum(length(CAST(content AS BLOB)) + length(CAST(reasoning AS BLOB))) FROM message"
	        "  WHERE deleted IS NULL AND conversation IN (SELECT id FROM conversation WHERE deleted IS NULL)";
	static const char files[] = "SELECT count(*), sum(size) FROM attachment";
	int64_t *const of_files[] = {&t->files, &t->file_bytes};
	int64_t *const of_conversations[] = {
	        &t->conversations, &t->archived, &t->pinned, &t->first_ms, &t->last_ms, &t->deleted};
	int64_t *const of_messages[] = {&t->messages, &t->prompts, &t->replies, &t->unfinished, &t->text_bytes};
	const char *path = h->database.path;

	*t = (struct stats){.bytes = size_of(path, "") + size_of(path, "-wal") + size_of(path, "-shm")};
	return read_row(&h->database, conversations, of_conversations, ARRAY_LEN(of_conversations), err) &&
	       read_row(&h->database, messages, of_messages, ARRAY_LEN(of_messages), err) &&
	       read_row(&h->database, files, of_files, ARRAY_LEN(of_files), err);
}
