/*
 * foreign.c - SQLite keeps the text of each CREATE statement as it was: each of ours is found in the schema's
 * scripts, word for word. Of a table, the columns that a step has added to it stand in a statement of their own. Only
 * the tables of the search index have no text there: FTS5 creates them.
 */
#include "store/foreign.h"

#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "store/sqlite.h"

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

/* Removes a column from the end of a CREATE TABLE, where ALTER TABLE has put it. */
static bool
drop_column(char *sql, const char *column, size_t n)
{
	size_t len = strlen(sql), added = n + strlen(", )");
	char *at = len > added ? sql + len - added : NULL;

	if (!at || !begins(at, ", ") || strncmp(at + 2, column, n) != 0 || sql[len - 1] != ')')
		return false;
	strcpy(at, ")");
	return true;
}

/* Removes those that the script adds. */
static bool
drop_columns(char *sql, const char *table, const char *script)
{
	char *head = mem_printf("ALTER TABLE %s ADD COLUMN ", table);
	bool any = false;

	for (const char *at = script; (at = strstr(at, head)) != NULL;) {
		at += strlen(head);
		any |= drop_column(sql, at, strcspn(at, ";"));
	}
	free(head);
	return any;
}

static bool
is_table_of(const struct schema *schema, const char *name, const char *sql)
{
	char *first = mem_strdup(sql);
	bool is, any = true;

	while (any) {
		any = false;
		for (int i = 0; i + 1 < schema->version; i++)
			any |= drop_columns(first, name, schema->steps[i]);
	}
	is = is_said(schema, first);
	free(first);
	return is;
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
