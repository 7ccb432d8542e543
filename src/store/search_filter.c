/*
 * search_filter.c - a skip scan of the index message_kind finds each role and model; the index gives the rows of
 * those that are asked for in order of creation.
 */
#include "store/search_filter.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/sqlite.h"

/* ---- the set ---- */

static bool
make_room(struct search_filter *p, struct database *db, struct err *err)
{
	if (!database_number(db, "SELECT max(id) FROM message", &p->rows, err))
		return false;
	p->bits = mem_alloc((size_t)p->rows / 8 + 1);
	return true;
}

static void
add(struct search_filter *p, int64_t row)
{
	if (row < 1 || row > p->rows)
		return;
	p->bits[row / 8] |= (uint8_t)(1 << row % 8);
	p->n++;
	if (p->after == 0 || row < p->first)
		p->first = row;
	if (row >= p->after)
		p->after = row + 1;
}

/* All rows that a statement gives. */
static bool
add_all(struct search_filter *p, struct database *db, sqlite3_stmt *s, struct err *err)
{
	bool failed = false;

	while (p->n <= p->limit && database_row(db, s, &failed, err))
		add(p, sqlite3_column_int64(s, 0));
	sqlite3_reset(s);
	return !failed;
}

bool
search_filter_has(const struct search_filter *p, int64_t row)
{
	return row > 0 && row <= p->rows && p->bits[row / 8] >> row % 8 & 1;
}

void
search_filter_release(struct search_filter *p)
{
	free(p->bits);
	*p = (struct search_filter){0};
}

/* ---- role, model, time ---- */

struct kind {
	char *role, *model;
};

/* The first of these there is, which it takes the place of; false: none, or `*failed`. */
static bool
step(struct database *db, const char *sql, struct kind *kind, bool *failed, struct err *err)
{
	sqlite3_stmt *s = database_prepare(db, sql, err);

	*failed = !s;
	if (!s)
		return false;
	database_bind_string(s, 1, kind->role);
	database_bind_string(s, 2, kind->model);
	if (!database_row(db, s, failed, err))
		return false;
	free(kind->role);
	free(kind->model);
	kind->role = mem_strdup(database_text(s, 0));
	kind->model = mem_strdup(database_text(s, 1));
	sqlite3_reset(s);
	return true;
}

/* The next one after it, in two steps: each is a single seek in the index, which (role, model) > (?, ?) is not. */
static bool
next_kind(struct database *db, struct kind *kind, bool *failed, struct err *err)
{
	return step(db, "SELECT role, model FROM message WHERE role = ?1 AND model > ?2 ORDER BY model LIMIT 1", kind,
	               failed, err) ||
	       (!*failed && step(db,
	                            "SELECT role, model FROM message WHERE role > ?1 AND ?2 IS NOT NULL"
	                            " ORDER BY role, model LIMIT 1",
	                            kind, failed, err));
}

static bool
add_kind(struct search_filter *p, struct database *db, const struct query *query, const struct kind *kind,
        struct err *err)
{
	sqlite3_stmt *s;

	if ((query->role && strcmp(kind->role, query->role) != 0) || !query_wants_model(query, kind->model))
		return true;
	s = database_prepare(
	        db, "SELECT id FROM message WHERE role = ?1 AND model = ?2 AND created >= ?3 AND created < ?4", err);
	if (!s)
		return false;
	database_bind_string(s, 1, kind->role);
	database_bind_string(s, 2, kind->model);
	sqlite3_bind_int64(s, 3, query->after_ms);
	sqlite3_bind_int64(s, 4, query->before_ms);
	return add_all(p, db, s, err);
}

static bool
add_kinds(struct search_filter *p, struct database *db, const struct query *query, struct err *err)
{
	struct kind kind = {mem_strdup(""), mem_strdup("")};
	bool good = true, failed = false;

	while (good && next_kind(db, &kind, &failed, err))
		good = add_kind(p, db, query, &kind, err);
	free(kind.role);
	free(kind.model);
	return good && !failed;
}

/* ---- tags ---- */

static bool
add_tagged(struct search_filter *p, struct database *db, const struct tagged *tagged, struct err *err)
{
	for (size_t i = 0; i < tagged->n; i++) {
		sqlite3_stmt *s = database_prepare(db, "SELECT id FROM message WHERE conversation = ?", err);

		if (!s)
			return false;
		sqlite3_bind_int64(s, 1, tagged->rows[i]);
		if (!add_all(p, db, s, err))
			return false;
	}
	return true;
}

/* ---- marks ---- */

static bool
add_marked(struct search_filter *p, struct database *db, const struct query *query, struct err *err)
{
	sqlite3_stmt *s = database_prepare(db,
	        "SELECT m.id FROM conversation c CROSS JOIN message m ON m.conversation = c.id"
	        " WHERE c.deleted IS NULL AND c.archived >= ?1 AND c.pinned >= ?2",
	        err);

	if (!s)
		return false;
	sqlite3_bind_int(s, 1, query->archived);
	sqlite3_bind_int(s, 2, query->pinned);
	return add_all(p, db, s, err);
}

bool
search_filter_find(struct search_filter *p, struct database *db, const struct query *query, const struct tagged *tagged,
        size_t limit, struct err *err)
{
	bool by_kind =
	        query->role || query->model.len > 0 || query->after_ms != INT64_MIN || query->before_ms != INT64_MAX;

	bool good;

	search_filter_release(p);
	p->limit = limit;
	good = make_room(p, db, err) && (query->n_tags > 0 ? add_tagged(p, db, tagged, err)
	                                        : by_kind  ? add_kinds(p, db, query, err)
	                                                   : add_marked(p, db, query, err));
	if (!good || p->n > limit)
		search_filter_release(p);
	return good;
}
