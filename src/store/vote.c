/*
 * vote.c - two tables: a vote, and the models that took part in it.
 */
#include "store/vote.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "store/history_inside.h"
#include "store/sqlite.h"

struct vote *
vote_new(int64_t unix_ms)
{
	struct vote *v = mem_alloc(sizeof(*v));

	*v = (struct vote){.unix_ms = unix_ms, .winner = VOTE_NONE};
	uuid_make(v->uuid);
	return v;
}

void
vote_add(struct vote *v, const char *model)
{
	v->models = mem_realloc(v->models, (v->n + 1) * sizeof(*v->models));
	v->models[v->n++] = mem_strdup(model);
}

void
vote_free(struct vote *v)
{
	if (!v)
		return;
	for (size_t i = 0; i < v->n; i++)
		free(v->models[i]);
	free(v->models);
	free(v);
}

/* ---- saving ---- */

/* `*row` 0: it was there. */
static bool
insert_vote(struct database *db, const struct vote *v, int64_t *row, struct err *err)
{
	sqlite3_stmt *s =
	        database_prepare(db, "INSERT OR IGNORE INTO vote (uuid, at, winner) VALUES (?1, ?2, ?3)", err);

	if (!s)
		return false;
	database_bind_string(s, 1, v->uuid);
	sqlite3_bind_int64(s, 2, v->unix_ms);
	if (v->winner != VOTE_NONE)
		database_bind_string(s, 3, v->models[v->winner]);
	if (!database_run(db, s, err))
		return false;
	*row = sqlite3_changes(db->sqlite) > 0 ? sqlite3_last_insert_rowid(db->sqlite) : 0;
	return true;
}

static bool
insert_model(struct database *db, int64_t vote, size_t place, const char *model, struct err *err)
{
	sqlite3_stmt *s = database_prepare(db, "INSERT INTO vote_model (vote, place, model) VALUES (?1, ?2, ?3)", err);

	if (!s)
		return false;
	sqlite3_bind_int64(s, 1, vote);
	sqlite3_bind_int64(s, 2, (int64_t)place);
	database_bind_string(s, 3, model);
	return database_run(db, s, err);
}

static bool
insert_all(struct database *db, const struct vote *v, struct err *err)
{
	int64_t row;
	bool good = insert_vote(db, v, &row, err);

	for (size_t i = 0; good && row > 0 && i < v->n; i++)
		good = insert_model(db, row, i, v->models[i], err);
	return good;
}

bool
vote_save(struct history *h, const struct vote *v, struct err *err)
{
	struct database *db = &h->database;

	if (!database_begin(db, err))
		return false;
	if (insert_all(db, v, err))
		return database_commit(db, err);
	database_roll_back(db);
	return false;
}

/* ---- counting ---- */

static void
add_row(struct votes *votes, sqlite3_stmt *s)
{
	struct buf name = {0};

	(void)!utf8_append_mended(&name, database_text(s, 0), (size_t)sqlite3_column_bytes(s, 0));
	votes->rows = mem_realloc(votes->rows, (votes->n + 1) * sizeof(*votes->rows));
	votes->rows[votes->n++] = (struct votes_row){.model = mem_strdup(buf_text(&name)),
	        .comparisons = sqlite3_column_int64(s, 1),
	        .wins = sqlite3_column_int64(s, 2)};
	buf_release(&name);
}

static int
most_wins_first(const void *a, const void *b)
{
	const struct votes_row *x = a, *y = b;

	if (x->wins != y->wins)
		return x->wins < y->wins ? 1 : -1;
	if (x->comparisons != y->comparisons)
		return x->comparisons < y->comparisons ? -1 : 1;
	return strcmp(x->model, y->model);
}

bool
votes_read(struct history *h, struct votes *votes, struct err *err)
{
	static const char sql[] = "SELECT model, count(DISTINCT vote), count(DISTINCT iif(winner = model, vote, NULL))"
	                          "  FROM vote_model JOIN vote ON vote.id = vote GROUP BY model";
	struct database *db = &h->database;
	sqlite3_stmt *s = database_prepare(db, sql, err);
	bool failed;

	*votes = (struct votes){0};
	if (!s)
		return false;
	while (database_row(db, s, &failed, err))
		add_row(votes, s);
	if (votes->n > 1)
		qsort(votes->rows, votes->n, sizeof(*votes->rows), most_wins_first);
	return !failed && database_number(db, "SELECT count(*) FROM vote", &votes->votes, err);
}

void
votes_release(struct votes *votes)
{
	for (size_t i = 0; i < votes->n; i++)
		free(votes->rows[i].model);
	free(votes->rows);
	*votes = (struct votes){0};
}

bool
votes_of(const struct votes *votes, const char *model, int64_t *wins)
{
	size_t n = strlen(model), behind = strlen(VOTE_SETTINGS);
	bool took_part = false;

	*wins = 0;
	for (size_t i = 0; i < votes->n; i++) {
		const char *name = votes->rows[i].model;

		if (strncmp(name, model, n) != 0 || (name[n] && strncmp(name + n, VOTE_SETTINGS, behind) != 0))
			continue;
		took_part = true;
		*wins += votes->rows[i].wins;
	}
	return took_part;
}
