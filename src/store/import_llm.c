/*
 * import_llm.c - the file as a whole: one transaction around both generations of its tables.
 */
#include "store/import_llm.h"

#include "store/history_inside.h"
#include "store/import_llm_inside.h"
#include "store/import_llm_responses.h"
#include "store/import_llm_threads.h"
#include "store/sqlite.h"

bool
import_llm_is(struct database *db)
{
	struct llm l = {.db = *db};

	return (llm_has_table(&l, "responses") && llm_has_column(&l, "responses", "prompt")) ||
	       (llm_has_table(&l, "turns") && llm_has_table(&l, "threads"));
}

/* ---- the file ---- */

static bool
read_all(struct llm *l)
{
	return (!llm_has_table(l, "responses") || llm_read_responses(l)) &&
	       (!llm_has_table(l, "turns") || llm_read_threads(l));
}

/* The words for a database in trouble are about the history. No statement is reset before: that would end the words of SQLite. */
static bool
say_trouble(struct llm *l)
{
	return l->db.trouble != DATABASE_FINE && err_set(l->err, ERR_SYSTEM, "%s: this database cannot be read: %s",
	                                                 l->path, sqlite3_errmsg(l->db.sqlite));
}

static bool
read_file(struct llm *l)
{
	if (!database_open(&l->db, l->path, DATABASE_READ, l->err))
		return false;
	if (!import_llm_is(&l->db))
		return err_set(l->err, ERR_INCOMPLETE, "%s: this is a database, but none of flynn or llm", l->path);
	return read_all(l) || say_trouble(l);
}

bool
import_llm(struct history *h, const char *path, void (*progress)(void *, const struct import_counts *), void *arg,
        struct import_counts *counts, struct err *err)
{
	static const struct import_counts none = {.from = "llm", .program = "llm"};
	struct llm l = {.path = path,
	        .to = {.history = h, .counts = counts, .joins = true, .err = err},
	        .r = {.err = err},
	        .progress = progress,
	        .arg = arg,
	        .err = err};
	bool good;

	*counts = none;
	if (!database_begin(&h->database, err))
		return false;
	good = read_file(&l);
	llm_begin_next(&l);
	database_close(&l.db);
	buf_release(&l.sql);
	if (good)
		return database_commit(&h->database, err);
	database_roll_back(&h->database);
	*counts = none;
	return false;
}
