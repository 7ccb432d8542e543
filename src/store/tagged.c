/*
 * tagged.c - the rows of the table; and for a query one range of the index of names for each of its tags.
 */
#include "store/tagged.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/history.h"
#include "store/sqlite.h"

/* ---- of a conversation ---- */

/* Adds the names in a statement's first column. */
static bool
read_names(struct database *db, sqlite3_stmt *s, struct tags *tags, struct err *err)
{
	bool failed;

	while (database_row(db, s, &failed, err)) {
		const char *name = database_text(s, 0);

		if (tag_is_name(name, (size_t)sqlite3_column_bytes(s, 0)))
			(void)tags_add(tags, name);
	}
	return !failed;
}

bool
tagged_read(struct database *db, int64_t conversation, struct tags *tags, struct err *err)
{
	sqlite3_stmt *s = database_prepare(db, "SELECT name FROM tag WHERE conversation = ?", err);

	if (!s)
		return false;
	sqlite3_bind_int64(s, 1, conversation);
	return read_names(db, s, tags, err);
}

static bool
write_each(struct database *db, const char *sql, int64_t conversation, const struct tags *tags, struct err *err)
{
	for (size_t i = 0; i < tags->n; i++) {
		sqlite3_stmt *s = database_prepare(db, sql, err);

		if (!s)
			return false;
		sqlite3_bind_int64(s, 1, conversation);
		database_bind_string(s, 2, tags->names[i]);
		if (!database_run(db, s, err))
			return false;
	}
	return true;
}

bool
tagged_write(struct database *db, int64_t conversation, const struct tags *added, const struct tags *removed,
        struct err *err)
{
	return write_each(db, "DELETE FROM tag WHERE conversation = ? AND name = ?", conversation, removed, err) &&
	       write_each(db, "INSERT OR IGNORE INTO tag (conversation, name) VALUES (?, ?)", conversation, added, err);
}

bool
tagged_names(struct history *h, struct tags *tags, struct err *err)
{
	struct database *db = history_database(h);
	sqlite3_stmt *s = database_prepare(db,
	        "SELECT DISTINCT t.name FROM tag t CROSS JOIN conversation c ON c.id = t.conversation"
	        " WHERE c.deleted IS NULL ORDER BY t.name",
	        err);

	return s && read_names(db, s, tags, err);
}

/* ---- of a query ---- */

static bool
is_given(struct database *db, const char *name, bool *given, struct err *err)
{
	sqlite3_stmt *s = database_prepare(db, "SELECT 1 FROM tag WHERE name = ? LIMIT 1", err);
	bool failed;

	if (!s)
		return false;
	database_bind_string(s, 1, name);
	*given = database_row(db, s, &failed, err);
	sqlite3_reset(s);
	return !failed;
}

/* The conversations with that name, or with one from `from` on but before `to`: in the order of their rows. */
static sqlite3_stmt *
ask_for(struct database *db, const char *name, const char *from, const char *to, struct err *err)
{
	sqlite3_stmt *s = database_prepare(db,
	        "SELECT DISTINCT conversation FROM tag WHERE name = ?1 OR (name >= ?2 AND name < ?3)"
	        " ORDER BY conversation",
	        err);

	if (!s)
		return NULL;
	database_bind_string(s, 1, name);
	database_bind_string(s, 2, from);
	database_bind_string(s, 3, to);
	return s;
}

/* All that begin with a text: no character is behind the last one of Unicode. "work/" is below "work": "0" is behind "/". */
static sqlite3_stmt *
ask_for_tag(struct database *db, const struct query_tag *tag, bool begins, struct err *err)
{
	char *from = mem_printf("%s%s", tag->name, begins ? "" : "/"),
	     *to = mem_printf("%s%s", tag->name, begins ? "\xf4\x8f\xbf\xbf" : "0");
	sqlite3_stmt *s = ask_for(db, tag->name, from, to, err);

	free(from);
	free(to);
	return s;
}

static void
add_row(struct tagged *t, int64_t row)
{
	if ((t->n & (t->n - 1)) == 0)
		t->rows = mem_realloc(t->rows, (t->n ? 2 * t->n : 1) * sizeof(*t->rows));
	t->rows[t->n++] = row;
}

/* Those that it gives, or of them those that are in `among`. */
static bool
take_rows(struct tagged *t, struct database *db, sqlite3_stmt *s, const struct tagged *among, struct err *err)
{
	bool failed;

	while (database_row(db, s, &failed, err)) {
		int64_t row = sqlite3_column_int64(s, 0);

		if (!among || tagged_has(among, row))
			add_row(t, row);
	}
	return !failed;
}

static bool
find_tag(struct tagged *t, struct database *db, const struct query_tag *tag, bool is_first, struct err *err)
{
	struct tagged left = {0};
	bool given = false, good;
	sqlite3_stmt *s;

	if (tag->begins && !is_given(db, tag->name, &given, err))
		return false;
	s = ask_for_tag(db, tag, tag->begins && !given, err);
	good = s && take_rows(&left, db, s, is_first ? NULL : t, err);
	tagged_release(t);
	*t = left;
	return good;
}

bool
tagged_find(struct tagged *t, struct database *db, const struct query *query, struct err *err)
{
	for (size_t i = 0; i < query->n_tags; i++)
		if (!find_tag(t, db, &query->tags[i], i == 0, err))
			return false;
	return true;
}

static int
compare_rows(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

bool
tagged_has(const struct tagged *t, int64_t conversation)
{
	return t->n > 0 && bsearch(&conversation, t->rows, t->n, sizeof(*t->rows), compare_rows);
}

void
tagged_release(struct tagged *t)
{
	free(t->rows);
	*t = (struct tagged){0};
}
