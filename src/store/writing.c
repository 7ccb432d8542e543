/*
 * writing.c - see writing.h.
 */
#include "store/writing.h"

sqlite3_stmt *
writing_prepare(struct writing *w, const char *sql)
{
	return database_prepare(w->db, sql, w->err);
}

bool
writing_run(struct writing *w, sqlite3_stmt *statement)
{
	return database_run(w->db, statement, w->err);
}

bool
writing_is_gone(struct writing *w)
{
	w->gone = true;
	return err_set(w->err, ERR_SYSTEM, "the conversation is gone from the history (%s)", w->db->path);
}

bool
writing_changed(const struct writing *w)
{
	return sqlite3_changes(w->db->sqlite) > 0;
}

bool
writing_run_row(struct writing *w, const char *sql, int64_t row)
{
	sqlite3_stmt *s = writing_prepare(w, sql);

	if (!s)
		return false;
	sqlite3_bind_int64(s, 1, row);
	return writing_run(w, s);
}

int64_t
writing_row_of(const struct writing *w, struct save_link link)
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
