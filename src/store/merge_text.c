/*
 * merge_text.c - texts only grow: one that is the beginning of the other is an earlier state of it.
 */
#include "store/merge_text.h"

#include <string.h>

#include "base/sha256.h"
#include "store/journal.h"
#include "store/sqlite.h"

void
merge_text_release(struct merge_text *t)
{
	buf_release(&t->role);
	buf_release(&t->state);
	buf_release(&t->content);
	buf_release(&t->reasoning);
	buf_release(&t->files);
}

/* ---- reading ---- */

static void
put_column(struct buf *to, sqlite3_stmt *s, int column)
{
	const char *text = database_text(s, column);

	buf_clear(to);
	buf_put(to, text, (size_t)sqlite3_column_bytes(s, column));
}

static bool
read_row(struct merge_text *t, sqlite3_stmt *s, struct database *db, int64_t message, struct err *err)
{
	put_column(&t->role, s, 0);
	put_column(&t->state, s, 1);
	put_column(&t->files, s, 2);
	t->is_owned = sqlite3_column_type(s, 3) != SQLITE_NULL;
	t->is_deleted = sqlite3_column_type(s, 4) != SQLITE_NULL;
	t->created_ms = sqlite3_column_int64(s, 7);
	buf_clear(&t->content);
	buf_clear(&t->reasoning);
	if (t->is_owned)
		return journal_gather(db, message, &t->content, &t->reasoning, err);
	put_column(&t->content, s, 5);
	put_column(&t->reasoning, s, 6);
	return true;
}

bool
merge_text_read(struct merge_text *t, struct database *db, int64_t message, struct err *err)
{
	sqlite3_stmt *s = database_prepare(db,
	        "SELECT role, state, files, owner, deleted, content, reasoning, created FROM message WHERE id = ?1",
	        err);
	bool failed, good;

	if (!s)
		return false;
	sqlite3_bind_int64(s, 1, message);
	if (!database_row(db, s, &failed, err))
		return !failed && err_set(err, ERR_SYSTEM, "a message is gone from the history (%s)", db->path);
	good = read_row(t, s, db, message, err);
	sqlite3_reset(s);
	return good;
}

bool
merge_text_count_files(struct database *db, int64_t message, size_t *n, struct err *err)
{
	sqlite3_stmt *s = database_prepare(db, "SELECT count(*) FROM message_attachment WHERE message = ?1", err);
	bool failed;

	*n = 0;
	if (!s)
		return false;
	sqlite3_bind_int64(s, 1, message);
	if (database_row(db, s, &failed, err)) {
		*n = (size_t)sqlite3_column_int64(s, 0);
		sqlite3_reset(s);
	}
	return !failed;
}

/* ---- comparing ---- */

static enum merge_relation
relate(const struct buf *ours, const struct buf *theirs)
{
	size_t least = ours->len < theirs->len ? ours->len : theirs->len;

	if (memcmp(buf_text(ours), buf_text(theirs), least) != 0)
		return MERGE_DIFFERENT;
	if (ours->len == theirs->len)
		return MERGE_SAME;
	return ours->len > theirs->len ? MERGE_OURS : MERGE_THEIRS;
}

/* Each of them has something that the other has not: then they differ. */
static enum merge_relation
join(enum merge_relation a, enum merge_relation b)
{
	if (a == MERGE_SAME || a == b)
		return b;
	return b == MERGE_SAME ? a : MERGE_DIFFERENT;
}

enum merge_relation
merge_text_relate(const struct merge_text *ours, const struct merge_text *theirs)
{
	if (relate(&ours->role, &theirs->role) != MERGE_SAME)
		return MERGE_DIFFERENT;
	return join(relate(&ours->files, &theirs->files),
	        join(relate(&ours->reasoning, &theirs->reasoning), relate(&ours->content, &theirs->content)));
}

static void
put_sum(struct buf *to, const struct buf *text)
{
	char sum[SHA256_TEXT];

	sha256_text(sum, buf_text(text), text->len);
	buf_printf(to, "%s\n", sum);
}

void
merge_text_version(char out[UUID_SIZE], const char *uuid, const struct merge_text *t)
{
	struct buf lines = {0};

	buf_printf(&lines, "version of %s\n%s\n", uuid, buf_text(&t->role));
	put_sum(&lines, &t->content);
	put_sum(&lines, &t->reasoning);
	put_sum(&lines, &t->files);
	uuid_make_of_sha256(out, buf_text(&lines), lines.len);
	buf_release(&lines);
}
