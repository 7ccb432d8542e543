/*
 * import_llm_inside.c - tables, columns and conversations, for both generations of the tables. Files on the disk that the database
 * names are not read: whoever wrote it could have any file's text sent to a server.
 */
#include "store/import_llm_inside.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "llama/json.h"
#include "store/sqlite.h"

/* ---- tables ---- */

static bool
has(struct llm *l, const char *sql, const char *one, const char *two)
{
	sqlite3_stmt *s = NULL;
	bool found = false;

	if (sqlite3_prepare_v2(l->db.sqlite, sql, -1, &s, NULL) == SQLITE_OK) {
		database_bind_string(s, 1, one);
		if (two)
			database_bind_string(s, 2, two);
		found = sqlite3_step(s) == SQLITE_ROW;
	}
	sqlite3_finalize(s);
	return found;
}

bool
llm_has_table(struct llm *l, const char *table)
{
	return has(l, "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?", table, NULL);
}

bool
llm_has_column(struct llm *l, const char *table, const char *column)
{
	return has(l, "SELECT 1 FROM pragma_table_info(?) WHERE name = ?", table, column);
}

/* ---- values ---- */

char *
llm_text(sqlite3_stmt *s, int column)
{
	const char *text = database_text(s, column);
	size_t n = strlen(text);
	struct buf mended = {0};

	if (json_is_well_formed(text, n))
		buf_put(&mended, text, n);
	else
		(void)!utf8_append_mended(&mended, text, n);
	buf_puts(&mended, "");
	return buf_take(&mended);
}

int64_t
llm_count(sqlite3_stmt *s, int column)
{
	int64_t n = sqlite3_column_type(s, column) == SQLITE_INTEGER ? sqlite3_column_int64(s, column) : -1;

	return n >= 0 && n <= (int64_t)1 << 53 ? n : -1;
}

void
llm_attach(struct llm *l, struct message *m, sqlite3_stmt *s, int first)
{
	char *type = llm_text(s, first), *path = llm_text(s, first + 1), *url = llm_text(s, first + 2);
	const void *content = sqlite3_column_blob(s, first + 3);
	struct buf data = {0};

	if (content) {
		buf_put(&data, content, (size_t)sqlite3_column_bytes(s, first + 3));
		import_attach(&l->r, m, path, &data);
	} else if (strncmp(type, "image/", 6) == 0) {
		import_note(&l->r, m, IMPORT_LOST_PICTURE, "picture not in the export", *path ? path : url);
	} else {
		import_note(&l->r, m, IMPORT_LOST_FILE, "file not in the export", *path ? path : url);
	}
	free(type);
	free(path);
	free(url);
}

/* ---- a conversation ---- */

bool
llm_wrong(struct llm *l)
{
	struct err why = *l->err;

	if (l->r.message > 0)
		return err_set(l->err, why.code, "%s: conversation %zu, message %zu: %s", l->path, l->number + 1,
		        l->r.message, why.text);
	return err_set(l->err, why.code, "%s: conversation %zu: %s", l->path, l->number + 1, why.text);
}

static bool
take_reading(struct llm *l)
{
	size_t had = l->to.counts->added + l->to.counts->merged;
	bool good = true;

	if (conversation_first(l->r.loaded.conversation))
		good = import_take(&l->to, &l->r.loaded);
	else
		l->to.counts->empty++;
	if (l->to.counts->added + l->to.counts->merged > had)
		import_lost_add(&l->to.counts->lost, &l->r.lost);
	if (l->progress)
		l->progress(l->arg, l->to.counts);
	return good;
}

void
llm_begin_next(struct llm *l)
{
	import_tree_release(&l->r.tree);
	loaded_release(&l->r.loaded);
	l->r = (struct import_reading){.err = l->err};
}

bool
llm_take(struct llm *l, const char *id, const char *leaf, const char *title)
{
	bool good;

	l->r.message = 0;
	import_name(&l->r, "llm", id);
	if (!import_finish(&l->r, leaf))
		return llm_wrong(l);
	l->number++;
	import_title(&l->r, title);
	import_times(&l->r, 0, 0);
	good = take_reading(l);
	llm_begin_next(l);
	return good;
}
