/*
 * repair.c - in one transaction, which counts only when the file is whole at its end.
 */
#include "store/repair.h"

#include <string.h>

#include "base/compiler.h"
#include "store/word_index.h"

/* A page that belongs to nothing is lost room, and no damage. */
static bool
is_harmless(const char *line, size_t n)
{
	static const char *const ends[] = {"is never used", ": never used"};

	for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
		size_t len = strlen(ends[i]);

		if (n >= len && memcmp(line + n - len, ends[i], len) == 0)
			return true;
	}
	return n == 0 || strncmp(line, "***", 3) == 0 || (n == 2 && memcmp(line, "ok", 2) == 0);
}

const char *
repair_first_fault(const char *words)
{
	for (;;) {
		size_t n = strcspn(words, "\n");

		if (!is_harmless(words, n))
			return words;
		if (!words[n])
			return NULL;
		words += n + 1;
	}
}

bool
repair_is_whole(struct database *db, bool *failed, struct err *err)
{
	sqlite3_stmt *s = database_prepare(db, "PRAGMA integrity_check", err);
	int64_t dangling;
	bool whole = true;

	*failed = true;
	while (s && database_row(db, s, failed, err))
		whole &= !repair_first_fault(database_text(s, 0));
	if (*failed)
		return false;
	*failed = !database_number(db, "SELECT count(*) FROM pragma_foreign_key_check", &dangling, err);
	return !*failed && whole && dangling == 0;
}

/* Lost pages are given back by a VACUUM; where there is no room for that they stay. */
static bool
finish(struct database *db, bool lost_pages, struct err *err)
{
	if (!database_commit(db, err))
		return false;
	if (lost_pages)
		(void)!database_script(db, "VACUUM", &(struct err){0});
	db->trouble = DATABASE_FINE;
	return true;
}

bool
repair(struct database *db, struct err *err)
{
	bool failed, lost_pages;

	if (!db->sqlite || !database_begin(db, err))
		return false;
	if (word_index_make_anew(db, &lost_pages, err) && database_script(db, "REINDEX", err)) {
		if (repair_is_whole(db, &failed, err))
			return finish(db, lost_pages, err);
		if (!failed) {
			db->trouble = DATABASE_DAMAGED;
			err_set(err, ERR_SYSTEM, "history is damaged (%s)", db->path);
		}
	}
	database_roll_back(db);
	return false;
}
