/*
 * base.c - see base.h.
 */
#include "tests/torture/base.h"

#include <string.h>

#include "base/sha256.h"
#include "store/database.h"
#include "tests/torture/report.h"

const char *
base_text(sqlite3_stmt *s, int column)
{
	const unsigned char *text = sqlite3_column_text(s, column);

	return text ? (const char *)text : "";
}

void
base_rows(struct history *h, const char *sql, void (*row)(void *arg, sqlite3_stmt *), void *arg)
{
	sqlite3 *sqlite = history_database(h)->sqlite;
	sqlite3_stmt *s = NULL;
	int code = sqlite3_prepare_v2(sqlite, sql, -1, &s, NULL);

	while (code == SQLITE_OK && (code = sqlite3_step(s)) == SQLITE_ROW) {
		row(arg, s);
		code = SQLITE_OK;
	}
	if (code != SQLITE_DONE)
		report_failure("%s: %s", sql, sqlite3_errmsg(sqlite));
	sqlite3_finalize(s);
}

static void
take_number(void *arg, sqlite3_stmt *s)
{
	*(int64_t *)arg = sqlite3_column_int64(s, 0);
}

int64_t
base_number(struct history *h, const char *sql)
{
	int64_t number = -1;

	base_rows(h, sql, take_number, &number);
	return number;
}

static void
ignore(void *arg, sqlite3_stmt *s)
{
	(void)arg;
	(void)s;
}

void
base_begin(struct history *h)
{
	base_rows(h, "BEGIN", ignore, NULL);
}

void
base_end(struct history *h)
{
	base_rows(h, "COMMIT", ignore, NULL);
}

static void
take_integrity(void *arg, sqlite3_stmt *s)
{
	(void)arg;
	if (strcmp(base_text(s, 0), "ok") != 0)
		report_failure("integrity_check: %s", base_text(s, 0));
}

static void
take_dangling(void *arg, sqlite3_stmt *s)
{
	(void)arg;
	report_failure("foreign_key_check: row %s of %s", base_text(s, 1), base_text(s, 0));
}

static void
take_file(void *arg, sqlite3_stmt *s)
{
	char sha256[SHA256_TEXT];

	(void)arg;
	sha256_text(sha256, sqlite3_column_blob(s, 2), (size_t)sqlite3_column_bytes(s, 2));
	if (sqlite3_column_int64(s, 1) != sqlite3_column_bytes(s, 2) || strcmp(base_text(s, 0), sha256) != 0)
		report_failure("an attached file is not what it was");
}

/* Each is whole and somebody's, and each message has those that it names. */
static void
check_files(struct history *h)
{
	base_rows(h, "SELECT sha256, size, data FROM attachment", take_file, NULL);
	if (base_number(h, "SELECT count(*) FROM attachment a WHERE NOT EXISTS"
	                   "  (SELECT 1 FROM message_attachment WHERE attachment = a.id)") != 0)
		report_failure("an attached file is nobody's");
	if (base_number(h,
	            "SELECT count(*) FROM message m WHERE files <> coalesce((SELECT group_concat(name || x'0a', '')"
	            "  FROM (SELECT name FROM message_attachment WHERE message = m.id ORDER BY place)), '')") != 0)
		report_failure("a message has not the files that it names");
}

void
base_check(struct history *h)
{
	int64_t settled, indexed;

	base_rows(h, "PRAGMA integrity_check", take_integrity, NULL);
	base_rows(h, "PRAGMA foreign_key_check", take_dangling, NULL);
	settled = base_number(h, "SELECT count(*) FROM message WHERE owner IS NULL");
	indexed = base_number(h, "SELECT count(*) FROM message_words_docsize");
	check_files(h);
	if (settled != indexed)
		report_failure("%d messages, but %d of them in the search index", (int)settled, (int)indexed);
}
