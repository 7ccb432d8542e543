/*
 * lookup.c - a number first, for a uuid may consist of digits.
 */
#include "store/lookup.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/history_inside.h"
#include "store/list.h"
#include "store/sqlite.h"

/* ---- by name ---- */

/* How many rows there are, 2 for many, and one of them. */
static bool
find(struct history *h, const char *sql, const char *word, int64_t *row, int *n, struct err *err)
{
	sqlite3_stmt *s = database_prepare(&h->database, sql, err);
	bool failed;

	*n = 0;
	if (!s)
		return false;
	database_bind_string(s, 1, word);
	while (database_row(&h->database, s, &failed, err)) {
		*row = sqlite3_column_int64(s, 0);
		++*n;
	}
	return !failed;
}

static bool
is_number(const char *word)
{
	return *word && strspn(word, "0123456789") == strlen(word);
}

static bool
is_beginning_of_uuid(const char *word)
{
	size_t n = strlen(word);

	return n >= NAMED_UUID_LEAST && n <= 36 && strspn(word, "0123456789abcdefABCDEF-") == n;
}

bool
lookup_conversation(struct history *h, const char *word, int64_t *row, struct err *err)
{
	static const char by_number[] = "SELECT id FROM conversation WHERE id = CAST(? AS INTEGER) AND deleted IS NULL";
	static const char by_uuid[] = "SELECT id FROM conversation WHERE deleted IS NULL"
	                              "  AND uuid >= lower(?1) AND uuid < lower(?1) || 'g' LIMIT 2";
	int n = 0;

	if (is_number(word) && !find(h, by_number, word, row, &n, err))
		return false;
	if (n == 0 && is_beginning_of_uuid(word) && !find(h, by_uuid, word, row, &n, err))
		return false;
	if (n > 1)
		return err_set(err, ERR_SYSTEM, "more than one conversation begins with %s: type more of it", word);
	return n == 1 || err_set(err, ERR_SYSTEM, "there is no conversation %s", word);
}

char *
lookup_title(struct history *h, int64_t row)
{
	struct err err;
	sqlite3_stmt *s = database_prepare(&h->database, "SELECT title FROM conversation WHERE id = ?", &err);
	char *title = NULL;
	bool failed;

	if (!s)
		return mem_strdup("");
	sqlite3_bind_int64(s, 1, row);
	if (database_row(&h->database, s, &failed, &err))
		title = mem_strdup(database_text(s, 0));
	sqlite3_reset(s);
	return title ? title : mem_strdup("");
}

bool
lookup_message(struct history *h, int64_t conversation, int64_t message, int64_t *number, struct err *err)
{
	sqlite3_stmt *s = database_prepare(&h->database,
	        "SELECT count(*) FROM message WHERE conversation = ?1 AND id <= ?2 AND deleted IS NULL", err);
	bool failed;

	*number = 0;
	if (!s)
		return false;
	sqlite3_bind_int64(s, 1, conversation);
	sqlite3_bind_int64(s, 2, message);
	if (database_row(&h->database, s, &failed, err)) {
		*number = sqlite3_column_int64(s, 0);
		sqlite3_reset(s);
	}
	return !failed;
}

/* ---- many ---- */

static bool
collect(struct history *h, sqlite3_stmt *s, struct lookup_rows *rows, struct err *err)
{
	size_t space = 0;
	bool failed;

	while (database_row(&h->database, s, &failed, err)) {
		if (rows->n == space) {
			space = space * 2 + 64;
			rows->rows = mem_realloc(rows->rows, space * sizeof(*rows->rows));
		}
		rows->rows[rows->n++] = sqlite3_column_int64(s, 0);
	}
	return !failed;
}

bool
lookup_all(struct history *h, struct lookup_rows *rows, struct err *err)
{
	sqlite3_stmt *s =
	        database_prepare(&h->database, "SELECT id FROM conversation WHERE " LIST_SHOWN " ORDER BY id", err);

	*rows = (struct lookup_rows){0};
	return s && collect(h, s, rows, err);
}

/* Also one of which it cannot be known. */
static bool
may_be_there(struct history *h, int64_t row)
{
	struct err err;
	sqlite3_stmt *s =
	        database_prepare(&h->database, "SELECT 1 FROM conversation WHERE id = ? AND deleted IS NULL", &err);
	bool failed, there;

	if (!s)
		return true;
	sqlite3_bind_int64(s, 1, row);
	there = database_row(&h->database, s, &failed, &err);
	sqlite3_reset(s);
	return there || failed;
}

bool
lookup_every(struct history *h, struct lookup_rows *rows, struct err *err)
{
	static const int64_t most = 10000000; /* where the number itself is damaged */
	int64_t last;

	free(rows->rows);
	*rows = (struct lookup_rows){0};
	if (!database_number(&h->database, "SELECT seq FROM sqlite_sequence WHERE name = 'conversation'", &last, err))
		return false;
	if (last < 0 || last > most)
		last = most;
	rows->rows = mem_alloc(((size_t)last + 1) * sizeof(*rows->rows));
	for (int64_t row = 1; row <= last; row++)
		if (may_be_there(h, row))
			rows->rows[rows->n++] = row;
	return true;
}

bool
lookup_older(struct history *h, int64_t before_ms, bool deleted, struct lookup_rows *rows, struct err *err)
{
	static const char kept[] =
	        "SELECT id FROM conversation WHERE deleted IS NULL AND pinned = 0 AND updated < ? ORDER BY id";
	static const char gone[] = "SELECT id FROM conversation WHERE deleted < ? ORDER BY id";
	sqlite3_stmt *s = database_prepare(&h->database, deleted ? gone : kept, err);

	*rows = (struct lookup_rows){0};
	if (!s)
		return false;
	sqlite3_bind_int64(s, 1, before_ms);
	return collect(h, s, rows, err);
}
