/*
 * merge_messages.c - one walk over their messages in the order of their rows: parents come first.
 */
#include "store/merge_messages.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/merge_text.h"
#include "store/merge_version.h"
#include "store/merge_write.h"
#include "store/message_uuid.h"
#include "store/sqlite.h"
#include "store/uuid_map.h"
#include "store/word_index.h"

/* ---- names ---- */

static bool
lacks_names(struct database *db, int64_t conversation, bool *lacks, struct err *err)
{
	sqlite3_stmt *s = database_prepare(db,
	        "SELECT count(*) <> count(DISTINCT iif(length(uuid) = "
	        "36, uuid, NULL)) FROM message"
	        "  WHERE conversation = ?1",
	        err);
	bool failed;

	*lacks = false;
	if (!s)
		return false;
	sqlite3_bind_int64(s, 1, conversation);
	if (database_row(db, s, &failed, err)) {
		*lacks = sqlite3_column_int(s, 0);
		sqlite3_reset(s);
	}
	return !failed;
}

static bool
give_names(struct database *db, int64_t conversation, const char *uuid, struct err *err)
{
	bool lacks;

	return lacks_names(db, conversation, &lacks, err) && (!lacks || message_uuid_fill(db, conversation, uuid, err));
}

static bool
read_names(struct merging *m)
{
	sqlite3_stmt *s = database_prepare(m->ours, "SELECT uuid, id FROM message WHERE conversation = ?1", m->err);
	bool failed;

	if (!s)
		return false;
	sqlite3_bind_int64(s, 1, m->pair->ours);
	while (database_row(m->ours, s, &failed, m->err))
		uuid_map_put(&m->names, database_text(s, 0), sqlite3_column_int64(s, 1));
	return !failed;
}

/* ---- where they are ---- */

/* 0: it is not there. */
static int64_t
find_place(const struct merging *m, int64_t theirs)
{
	size_t from = 0, to = m->n;

	while (from < to) {
		size_t middle = from + (to - from) / 2;

		if (m->placed[middle].theirs == theirs)
			return m->placed[middle].ours;
		if (m->placed[middle].theirs < theirs)
			from = middle + 1;
		else
			to = middle;
	}
	return 0;
}

/* ---- a message ---- */

static bool
is_interrupted(const struct merge_text *t)
{
	return strcmp(buf_text(&t->state), "interrupted") == 0;
}

/* Of a message that was to go for good here or there its files may have gone first. */
static bool
give_files_back(struct merging *m, const struct incoming *in, int64_t row)
{
	size_t ours, theirs;

	if (m->there.files.len == 0 || m->there.files.len != m->here.files.len)
		return true;
	return merge_text_count_files(m->ours, row, &ours, m->err) &&
	       merge_text_count_files(m->theirs, in->id, &theirs, m->err) &&
	       (ours >= theirs || merge_write_files(m, in, row));
}

/* Ours, which `here` has, is theirs; so is their end, where ours was only cut off. */
static bool
settle(struct merging *m, const struct incoming *in, int64_t row, enum merge_relation relation)
{
	bool ends = relation == MERGE_SAME && is_interrupted(&m->here) && !is_interrupted(&m->there);

	merge_write_note(m, in->id, row);
	if (m->here.is_deleted && !merge_write_revive(m, row))
		return false;
	if (!give_files_back(m, in, row))
		return false;
	return m->here.is_owned || (relation != MERGE_THEIRS && !ends) || merge_write_grow(m, in, row);
}

/* Ours of the same name, unless it went on in another way. */
static bool
take_known(struct merging *m, const struct incoming *in, int64_t row)
{
	struct merge_version version;
	enum merge_relation relation;

	if (!merge_text_read(&m->here, m->ours, row, m->err))
		return false;
	relation = merge_text_relate(&m->here, &m->there);
	if (relation != MERGE_DIFFERENT)
		return settle(m, in, row, relation);
	if (!merge_version_find(m, in, &version))
		return false;
	if (version.row == 0)
		return merge_version_part(m, in, row);
	return merge_version_swap(m, in, row, &version) && settle(m, in, version.row, version.relation);
}

/* The name says how it was made (RFC 9562): a random one is no version of any. */
static bool
take_unknown(struct merging *m, const struct incoming *in)
{
	struct merge_version version = {0};

	if (in->uuid[14] == '8' && !merge_version_find(m, in, &version))
		return false;
	if (version.row == 0)
		return merge_write_add(m, in, in->uuid);
	return merge_version_rename(m, in, &version) && settle(m, in, version.row, version.relation);
}

/* ---- all of them ---- */

static bool
read_incoming(struct merging *m, struct incoming *in)
{
	in->id = sqlite3_column_int64(in->row, 0);
	if (!uuid_parse(in->uuid, database_text(in->row, 5)))
		return err_set(m->err, ERR_INCOMPLETE, "the name of message %lld is none (%s)", (long long)in->id,
		        m->theirs->path);
	if (!merge_text_read(&m->there, m->theirs, in->id, m->err))
		return false;
	m->pair->bytes += (int64_t)(m->there.content.len + m->there.reasoning.len);
	return true;
}

/* What it said before it was deleted there comes along where it is shown here: it will come back there. */
static bool
take_deleted(struct merging *m, const struct incoming *in)
{
	enum merge_relation relation;
	int64_t row;

	if (!merge_write_find(m, in->uuid, &row))
		return true;
	if (!merge_text_read(&m->here, m->ours, row, m->err))
		return false;
	relation = merge_text_relate(&m->here, &m->there);
	if (m->here.is_deleted || m->here.is_owned || relation == MERGE_DIFFERENT)
		return true;
	return give_files_back(m, in, row) && (relation != MERGE_THEIRS || merge_write_grow(m, in, row));
}

/* What stands below a message that is hidden is hidden too. */
static bool
take_message(struct merging *m, sqlite3_stmt *s)
{
	struct incoming in = {.row = s};
	int64_t above = sqlite3_column_int64(s, 4), row;

	if (!read_incoming(m, &in))
		return false;
	if (m->there.is_deleted)
		return take_deleted(m, &in);
	in.parent = above ? find_place(m, above) : 0;
	if (above != 0 && in.parent == 0)
		return true;
	return merge_write_find(m, in.uuid, &row) ? take_known(m, &in, row) : take_unknown(m, &in);
}

/* The columns are where add_message has its parameters. */
static bool
take_messages(struct merging *m)
{
	sqlite3_stmt *s = database_prepare(m->theirs,
	        "SELECT id, NULL, NULL, NULL, parent, uuid, role, created, muted, "
	        "NULL, " MERGE_FIELDS "  FROM message WHERE conversation = ?1 ORDER BY id",
	        m->err);
	bool failed;

	if (!s)
		return false;
	sqlite3_bind_int64(s, 1, m->pair->theirs);
	while (database_row(m->theirs, s, &failed, m->err))
		if (!take_message(m, s)) {
			sqlite3_reset(s);
			return false;
		}
	return !failed;
}

/* ---- what points at them ---- */

static bool
place_of(struct merging *m, const char *sql, int64_t *row)
{
	sqlite3_stmt *s = database_prepare(m->theirs, sql, m->err);
	bool failed;

	*row = 0;
	if (!s)
		return false;
	sqlite3_bind_int64(s, 1, m->pair->theirs);
	if (database_row(m->theirs, s, &failed, m->err)) {
		*row = find_place(m, sqlite3_column_int64(s, 0));
		sqlite3_reset(s);
	}
	return !failed;
}

/* A conversation that is new here, or was empty, shows what it shows there; else our own view stays. */
static bool
set_view(struct merging *m)
{
	sqlite3_stmt *s = database_prepare(m->ours,
	        "UPDATE conversation SET leaf = ?2, seen_message = ?3 "
	        "WHERE id = ?1 AND leaf IS NULL",
	        m->err);
	int64_t leaf, seen;

	if (!s || !place_of(m, "SELECT leaf FROM conversation WHERE id = ?1", &leaf) ||
	        !place_of(m, "SELECT seen_message FROM conversation WHERE id = ?1", &seen))
		return false;
	sqlite3_bind_int64(s, 1, m->pair->ours);
	database_bind_row(s, 2, leaf);
	database_bind_row(s, 3, seen);
	return database_run(m->ours, s, m->err);
}

bool
merge_messages(struct database *ours, struct database *theirs, struct merge_pair *pair, struct err *err)
{
	struct merging m = {.ours = ours, .theirs = theirs, .pair = pair, .err = err};
	bool good;

	word_index_follow(ours, !pair->is_new);
	good = give_names(ours, pair->ours, pair->uuid, err) && read_names(&m) &&
	       give_names(theirs, pair->theirs, pair->uuid, err) && take_messages(&m) && set_view(&m);
	word_index_follow(ours, true);
	if (good && pair->is_new)
		good = word_index_add(ours, pair->ours, err);
	free(m.placed);
	uuid_map_release(&m.names);
	merge_text_release(&m.here);
	merge_text_release(&m.there);
	merge_text_release(&m.other);
	return good;
}
