/*
 * edit.c - one statement each, but for tags.
 */
#include "store/edit.h"

#include <string.h>

#include "base/clock.h"
#include "store/history_inside.h"
#include "store/sqlite.h"
#include "store/tagged.h"

enum {
	PURGE_ROWS = 50,        /* in one transaction: other writers wait for so many, */
	PURGE_BYTES = 16 << 20, /* and for the data of so many attached files, and one */
};

/* ?1 is the conversation, ?2 the title, ?3 now. Tags have a table of their own: what is asked of the conversation is only whether it
 * is there. */
static const char *const edits[] = {
        [EDIT_RENAME] = "UPDATE conversation SET title = ?2, titled = 'person' WHERE id = ?1 AND deleted IS NULL",
        [EDIT_PIN] = "UPDATE conversation SET pinned = 1 WHERE id = ?1 AND deleted IS NULL",
        [EDIT_UNPIN] = "UPDATE conversation SET pinned = 0 WHERE id = ?1 AND deleted IS NULL",
        [EDIT_ARCHIVE] = "UPDATE conversation SET archived = 1 WHERE id = ?1 AND deleted IS NULL",
        [EDIT_UNARCHIVE] = "UPDATE conversation SET archived = 0 WHERE id = ?1 AND deleted IS NULL",
        [EDIT_DELETE] = "UPDATE conversation SET deleted = ?3 WHERE id = ?1 AND deleted IS NULL",
        [EDIT_UNDELETE] = "UPDATE conversation SET deleted = NULL WHERE id = ?1",
        [EDIT_TAG] = "UPDATE conversation SET id = id WHERE id = ?1 AND deleted IS NULL",
        [EDIT_UNTAG] = "UPDATE conversation SET id = id WHERE id = ?1 AND deleted IS NULL",
};

static bool
edit_row(struct history *h, int64_t conversation, enum edit_type type, const char *title, struct err *err)
{
	struct database *db = &h->database;
	sqlite3_stmt *s = database_prepare(db, edits[type], err);

	if (!s)
		return false;
	sqlite3_bind_int64(s, 1, conversation);
	if (type == EDIT_RENAME)
		database_bind_string(s, 2, title);
	if (type == EDIT_DELETE)
		sqlite3_bind_int64(s, 3, clock_unix_ms());
	if (!database_run(db, s, err))
		return false;
	return sqlite3_changes(db->sqlite) > 0 ||
	       err_set(err, ERR_SYSTEM, "there is no conversation %lld", (long long)conversation);
}

/* Names that are there already, or are not there, change nothing. */
static bool
edit_tags(struct history *h, int64_t conversation, enum edit_type type, const char *names, struct err *err)
{
	static const struct tags none;
	struct database *db = &h->database;
	struct tags tags = {0};
	bool adds = type == EDIT_TAG, good;

	if (!tags_read(&tags, names, err) || !database_begin(db, err)) {
		tags_release(&tags);
		return false;
	}
	good = edit_row(h, conversation, type, NULL, err) &&
	       tagged_write(db, conversation, adds ? &tags : &none, adds ? &none : &tags, err) &&
	       database_commit(db, err);
	if (!good)
		database_roll_back(db);
	tags_release(&tags);
	return good;
}

bool
edit_conversation(struct history *h, int64_t conversation, enum edit_type type, const char *text, struct err *err)
{
	if (type == EDIT_TAG || type == EDIT_UNTAG)
		return edit_tags(h, conversation, type, text, err);
	return edit_row(h, conversation, type, text, err);
}

static bool
purge(struct history *h, const char *sql, int64_t before_ms, bool *more, struct err *err)
{
	struct database *db = &h->database;
	sqlite3_stmt *s = database_prepare(db, sql, err);

	if (!s)
		return false;
	sqlite3_bind_int64(s, 1, before_ms);
	sqlite3_bind_int(s, 2, PURGE_ROWS);
	if (sqlite3_bind_parameter_count(s) > 2)
		sqlite3_bind_int(s, 3, PURGE_BYTES);
	if (!database_run(db, s, err))
		return false;
	*more |= sqlite3_changes(db->sqlite) > 0;
	return true;
}

/* Messages that are due: of one deletion, and of one conversation; each the newest first: a row with rows below it would take all
 * of them along at once. An index gives them in that order: sorting all remaining rows for each piece would be quadratic. */
#define OF_A_DELETION                                                                                                  \
	"(SELECT id FROM message WHERE deleted ="                                                                      \
	"  (SELECT min(deleted) FROM message WHERE deleted < ?1) ORDER BY id DESC LIMIT ?2)"
#define OF_A_CONVERSATION                                                                                              \
	"(SELECT id FROM message WHERE conversation ="                                                                 \
	"  (SELECT id FROM conversation AS gone WHERE deleted < ?1"                                                    \
	"    AND EXISTS (SELECT 1 FROM message WHERE conversation = gone.id) LIMIT 1)"                                 \
	"  ORDER BY id DESC LIMIT ?2)"

/* Files that are attached to these, up to so many bytes. */
#define FILES_OF(messages)                                                                                             \
	"DELETE FROM message_attachment WHERE (message, place) IN (SELECT message, place FROM"                         \
	"  (SELECT l.message, l.place, sum(a.size) OVER (ORDER BY l.message, l.place) - a.size AS before"              \
	"    FROM message_attachment l CROSS JOIN attachment a ON a.id = l.attachment"                                 \
	"    WHERE l.message IN " messages ") WHERE before < ?3)"

/* Files first, and then in a later piece what they were attached to; the messages of a deleted conversation before it. */
bool
edit_purge(struct history *h, int64_t before_ms, bool *more, struct err *err)
{
	static const char files[] = FILES_OF(OF_A_DELETION), gone_files[] = FILES_OF(OF_A_CONVERSATION);
	static const char messages[] = "DELETE FROM message WHERE id IN " OF_A_DELETION;
	static const char gone[] = "DELETE FROM message WHERE id IN " OF_A_CONVERSATION;
	static const char conversations[] =
	        "DELETE FROM conversation WHERE id IN (SELECT id FROM conversation WHERE deleted < ?1"
	        "  AND NOT EXISTS (SELECT 1 FROM message WHERE conversation = conversation.id) LIMIT ?2)";

	*more = false;
	if (!purge(h, files, before_ms, more, err) || !purge(h, gone_files, before_ms, more, err))
		return false;
	return *more || (purge(h, messages, before_ms, more, err) && purge(h, gone, before_ms, more, err) &&
	                        purge(h, conversations, before_ms, more, err));
}
