/*
 * foreign.c - SQLite keeps the text of each CREATE statement as it was: each of ours is found in the schema's
 * scripts, word for word. Tables are excepted: FTS5 creates those of the search index, and a step from an older
 * version may have changed the text of others.
 */
#include "store/foreign.h"

#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/mem.h"

static bool
begins(const char *text, const char *with)
{
	return strncmp(text, with, strlen(with)) == 0;
}

/* Tables that the script does not name. */
static bool
is_made_behind(const char *name)
{
	static const char *const names[] = {"sqlite_sequence", "sqlite_stat1", "sqlite_stat4", "message_words_data",
	        "message_words_idx", "message_words_content", "message_words_docsize", "message_words_config"};

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	return false;
}

/* In what makes it, or in a step from one version to the next. */
static bool
is_said(const struct schema *schema, const char *text)
{
	bool is = strstr(schema->create, text) != NULL;

	for (int i = 0; !is && i + 1 < schema->version; i++)
		is = strstr(schema->steps[i], text) != NULL;
	return is;
}

static bool
is_table_of(const struct schema *schema, const char *name, const char *sql)
{
	char *head = mem_printf("CREATE TABLE %s (", name);
	bool is = is_said(schema, head);

	free(head);
	return is && (schema->version > 1 || is_said(schema, sql));
}

static bool
is_ours(const struct schema *schema, const char *type, const char *name, const char *sql)
{
	bool is_table = strcmp(type, "table") == 0, is_index = strcmp(type, "index") == 0;

	if (is_table && !begins(sql, "CREATE VIRTUAL"))
		return is_made_behind(name) || is_table_of(schema, name, sql);
	if (is_index && !*sql)
		return true; /* of a PRIMARY KEY or UNIQUE */
	return *sql && is_said(schema, sql);
}

bool
foreign_none(struct database *db, const struct schema *schema, struct err *err)
{
	sqlite3_stmt *s = database_prepare(db, "SELECT type, name, sql FROM sqlite_schema", err);
	bool failed;

	if (!s)
		return false;
	while (database_row(db, s, &failed, err)) {
		const char *type = database_text(s, 0), *name = database_text(s, 1);

		if (is_ours(schema, type, name, database_text(s, 2)))
			continue;
		err_set(err, ERR_SYSTEM, "history has a %s that is not flynn's, \"%.100s\" (%s)", type, name, db->path);
		db->trouble = DATABASE_BROKEN;
		sqlite3_reset(s);
		return false;
	}
	if (!failed && !db->read_only)
		database_trust(db);
	return !failed;
}
