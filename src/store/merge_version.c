/*
 * merge_version.c - which of two versions has which name.
 *
 * Two versions of one message. Say both histories have the message u, and each has continued it: here it says a, there b. Then
 * one of the two keeps the name u, and the other gets one that is made of u and its text (merge_text_version): which is which
 * depends on the texts alone, so both histories come to the same. What one of them has decided before, the other one follows.
 *
 * A version may have grown since it got its name, and may have got another one elsewhere: so it is looked for by its text, too. Versions of
 * a message were begun at the same millisecond.
 */
#include "store/merge_version.h"

#include <string.h>

#include "store/sqlite.h"

static bool
find_theirs(struct merging *m, const char *uuid, int64_t *row)
{
	sqlite3_stmt *s = database_prepare(m->theirs,
	        "SELECT id FROM message WHERE conversation "
	        "= ?1 AND uuid = ?2 AND deleted IS NULL",
	        m->err);
	bool failed;

	*row = 0;
	if (!s)
		return false;
	sqlite3_bind_int64(s, 1, m->pair->theirs);
	database_bind_string(s, 2, uuid);
	if (database_row(m->theirs, s, &failed, m->err)) {
		*row = sqlite3_column_int64(s, 0);
		sqlite3_reset(s);
	}
	return !failed;
}

/* ---- looking for one ---- */

static bool
is_empty(const struct merge_text *t)
{
	return t->content.len + t->reasoning.len == 0;
}

/* Theirs has ours, which `here` has, as a message of its own. */
static bool
is_another(struct merging *m, const char *uuid, bool *is)
{
	int64_t row;

	*is = false;
	if (!find_theirs(m, uuid, &row))
		return false;
	if (row == 0)
		return true;
	if (!merge_text_read(&m->other, m->theirs, row, m->err))
		return false;
	*is = merge_text_relate(&m->here, &m->other) != MERGE_DIFFERENT;
	return true;
}

static bool
is_version(struct merging *m, int64_t row, const char *uuid, enum merge_relation *relation, bool *is)
{
	bool another;

	*is = false;
	if (!merge_text_read(&m->here, m->ours, row, m->err))
		return false;
	*relation = merge_text_relate(&m->here, &m->there);
	if (*relation == MERGE_DIFFERENT || m->here.created_ms != m->there.created_ms || is_empty(&m->here) ||
	        is_empty(&m->there))
		return true;
	if (!is_another(m, uuid, &another))
		return false;
	*is = !another;
	return true;
}

bool
merge_version_find(struct merging *m, const struct incoming *in, struct merge_version *v)
{
	sqlite3_stmt *s = database_prepare(
	        m->ours, "SELECT id, uuid FROM message WHERE parent = ?1 AND conversation = ?2", m->err);
	bool failed = false, good = true, is = false;

	*v = (struct merge_version){0};
	if (!s)
		return false;
	sqlite3_bind_int64(s, 1, in->parent);
	sqlite3_bind_int64(s, 2, m->pair->ours);
	while (good && !is && database_row(m->ours, s, &failed, m->err)) {
		good = is_version(m, sqlite3_column_int64(s, 0), database_text(s, 1), &v->relation, &is);
		if (is) {
			v->row = sqlite3_column_int64(s, 0);
			(void)uuid_parse(v->uuid, database_text(s, 1));
		}
	}
	sqlite3_reset(s);
	return good && !failed;
}

/* ---- names ---- */

/* One that no message of ours has. */
static void
make_name(const struct merging *m, char name[UUID_SIZE], const char *uuid, const struct merge_text *text)
{
	int64_t row;

	merge_text_version(name, uuid, text);
	while (merge_write_find(m, name, &row)) {
		char before[UUID_SIZE];

		memcpy(before, name, sizeof(before));
		merge_text_version(name, before, text);
	}
}

bool
merge_version_part(struct merging *m, const struct incoming *in, int64_t row)
{
	char ours[UUID_SIZE], theirs[UUID_SIZE];
	int64_t decided;

	if (!merge_text_read(&m->here, m->ours, row, m->err))
		return false;
	make_name(m, ours, in->uuid, &m->here);
	make_name(m, theirs, in->uuid, &m->there);
	if (!find_theirs(m, ours, &decided))
		return false;
	if (decided == 0 && !m->here.is_deleted && strcmp(ours, theirs) < 0)
		return merge_write_add(m, in, theirs);
	return merge_write_name(m, row, in->uuid, ours) && merge_write_add(m, in, in->uuid);
}

bool
merge_version_swap(struct merging *m, const struct incoming *in, int64_t row, const struct merge_version *v)
{
	char ours[UUID_SIZE], theirs[UUID_SIZE], free_name[UUID_SIZE];

	merge_text_version(theirs, in->uuid, v->relation == MERGE_OURS ? &m->here : &m->there);
	if (!merge_text_read(&m->here, m->ours, row, m->err))
		return false;
	merge_text_version(ours, in->uuid, &m->here);
	make_name(m, free_name, in->uuid, &m->here);
	if ((m->here.is_deleted || strcmp(theirs, ours) < 0) &&
	        (!merge_write_name(m, row, in->uuid, free_name) || !merge_write_name(m, v->row, v->uuid, in->uuid)))
		return false;
	return merge_text_read(&m->here, m->ours, v->row, m->err);
}

bool
merge_version_rename(struct merging *m, const struct incoming *in, const struct merge_version *v)
{
	return v->uuid[14] != '8' || strcmp(v->uuid, in->uuid) < 0 || merge_write_name(m, v->row, v->uuid, in->uuid);
}
