/*
 * write_inside.c - see write_inside.h.
 */
#include "store/write_inside.h"

#include "store/sqlite.h"

sqlite3_stmt *
write_prepare(struct write_state *w, const char *sql)
{
	return database_prepare(w->db, sql, w->err);
}

bool
write_run(struct write_state *w, sqlite3_stmt *statement)
{
	return database_run(w->db, statement, w->err);
}

bool
write_is_gone(struct write_state *w)
{
	w->gone = true;
	return err_set(w->err, ERR_SYSTEM, "the conversation is gone from the history (%s)", w->db->path);
}

bool
write_changed(const struct write_state *w)
{
	return sqlite3_changes(w->db->sqlite) > 0;
}

bool
write_run_row(struct write_state *w, const char *sql, int64_t row)
{
	sqlite3_stmt *s = write_prepare(w, sql);

	if (!s)
		return false;
	sqlite3_bind_int64(s, 1, row);
	return write_run(w, s);
}

int64_t
write_row_of(const struct write_state *w, struct save_link link)
{
	size_t from = 0, to = w->save->n_messages;

	if (link.row != 0 || link.id == 0)
		return link.row;
	while (from < to) {
		size_t middle = from + (to - from) / 2;
		const struct save_message *m = &w->save->messages[middle];

		if (m->id == link.id)
			return m->row;
		if (m->id < link.id)
			from = middle + 1;
		else
			to = middle;
	}
	return 0;
}
