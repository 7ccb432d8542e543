/*
 * load.c - one row of `conversation`, then its messages in the order of their rows: parents come first.
 */
#include "store/load.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "chat/recording.h"
#include "llama/json.h"
#include "store/attached.h"
#include "store/history_inside.h"
#include "store/instance.h"
#include "store/json_values.h"
#include "store/sqlite.h"
#include "store/tagged.h"
#include "store/token_list.h"
#include "store/uuid.h"

struct loader {
	struct history *history;
	struct database *db;
	int64_t row;
	struct loaded *loaded;
	struct message **messages; /* by ascending row */
	size_t n, space;
	int64_t leaf, seen;
	struct attached_known files;
	bool end; /* only that is read: the first message's parent is not */
	struct err *err;
};

/* ---- values ---- */

static size_t
bytes(sqlite3_stmt *s, int column)
{
	return (size_t)sqlite3_column_bytes(s, column);
}

static void
put_text(struct buf *to, sqlite3_stmt *s, int column)
{
	const char *text = database_text(s, column);
	size_t n = (size_t)sqlite3_column_bytes(s, column), room = to->max ? to->max - to->len : n;
	bool fits;

	if (n == 0)
		return; /* most are: they need no memory */
	if (n > room)
		n = utf8_floor(text, room);
	if (json_is_well_formed(text, n))
		fits = buf_append(to, text, n);
	else
		fits = utf8_append_mended(to, text, n);
	(void)fits; /* what is past the bound was not ours */
}

static struct err *
read_error(sqlite3_stmt *s, int code_column, int text_column)
{
	enum err_code code;
	struct err *err;

	if (bytes(s, code_column) == 0 || !json_error(database_text(s, code_column), &code) || code == ERR_NONE)
		return NULL;
	err = mem_alloc(sizeof(*err));
	err_set(err, code, "%s", database_text(s, text_column));
	return err;
}

/* ---- the conversation ---- */

static void
read_info(struct loader *l, sqlite3_stmt *s)
{
	struct buf system = {0};
	struct conversation_info *info;

	put_text(&system, s, 3);
	l->loaded->conversation = conversation_new(buf_text(&system));
	buf_release(&system);
	info = conversation_info(l->loaded->conversation);
	info->row = l->row;
	strncpy(info->uuid, database_text(s, 0), sizeof(info->uuid) - 1);
	info->title.max = CONVERSATION_TITLE_MAX;
	put_text(&info->title, s, 1);
	info->title.max = 0;
	if (!json_titled(database_text(s, 2), &info->titled))
		info->titled = TITLE_BY_PERSON;
	info->created_ms = sqlite3_column_int64(s, 4);
	info->updated_ms = sqlite3_column_int64(s, 5);
	info->pinned = sqlite3_column_int(s, 6);
	info->archived = sqlite3_column_int(s, 7);
	l->leaf = sqlite3_column_int64(s, 8);
	put_text(&l->loaded->draft, s, 9);
	l->seen = sqlite3_column_int64(s, 10);
	l->loaded->seen_line = sqlite3_column_int64(s, 11);
	(void)parameters_read_json(&info->parameters, database_text(s, 12), bytes(s, 12));
	put_text(&info->preset, s, 13);
}

static bool
load_info(struct loader *l)
{
	sqlite3_stmt *s = database_prepare(l->db,
	        "SELECT uuid, title, titled, system, created, updated, pinned, archived, leaf, draft, seen_message, "
	        "seen_line, parameters, preset"
	        "  FROM conversation WHERE id = ? AND deleted IS NULL",
	        l->err);
	bool failed;

	if (!s)
		return false;
	sqlite3_bind_int64(s, 1, l->row);
	if (database_row(l->db, s, &failed, l->err)) {
		read_info(l, s);
		sqlite3_reset(s);
		return tagged_read(l->db, l->row, &conversation_info(l->loaded->conversation)->tags, l->err);
	}
	return !failed && err_set(l->err, ERR_SYSTEM, "there is no conversation %lld", (long long)l->row);
}

/* ---- its messages ---- */

static struct message *
find(const struct loader *l, int64_t row)
{
	size_t from = 0, to = l->n;

	while (from < to) {
		size_t middle = from + (to - from) / 2;

		if (l->messages[middle]->row == row)
			return l->messages[middle];
		if (l->messages[middle]->row < row)
			from = middle + 1;
		else
			to = middle;
	}
	return NULL;
}

static void
remember(struct loader *l, struct message *m)
{
	if (l->n == l->space) {
		l->space = l->space * 2 + 64;
		l->messages = mem_realloc(l->messages, l->space * sizeof(struct message *));
	}
	l->messages[l->n++] = m;
}

/* What its writer, another flynn, has put into the journal. */
static bool
read_journal(struct loader *l, struct message *m)
{
	sqlite3_stmt *s =
	        database_prepare(l->db, "SELECT content, reasoning FROM journal WHERE message = ? ORDER BY at", l->err);
	bool failed;

	if (!s)
		return false;
	sqlite3_bind_int64(s, 1, m->row);
	while (database_row(l->db, s, &failed, l->err)) {
		put_text(&m->content, s, 0);
		put_text(&m->reasoning, s, 1);
	}
	return !failed;
}

static bool
read_owner(struct loader *l, struct message *m, int64_t owner)
{
	if (owner == 0)
		return true;
	if (instance_is_alive(l->history, owner))
		m->state = MESSAGE_STREAMING;
	return read_journal(l, m);
}

/* Whatever the file says, it is a name of ours, and of bytes that are there. */
static void
read_stream(struct message *m, sqlite3_stmt *s)
{
	char id[UUID_SIZE];
	int64_t content = sqlite3_column_int64(s, 23), reasoning = sqlite3_column_int64(s, 24);

	if (m->role != CHAT_ASSISTANT || (m->state != MESSAGE_INTERRUPTED && m->state != MESSAGE_FAILED) ||
	        !uuid_parse(id, database_text(s, 22)) || content < 0 || (size_t)content > m->content.len ||
	        reasoning < 0 || (size_t)reasoning > m->reasoning.len)
		return;
	buf_puts(&m->stream, id);
	m->stream_content = (size_t)content;
	m->stream_reasoning = (size_t)reasoning;
}

/* Whether they are of this text is looked at by who uses them. */
static void
read_pieces(struct message *m, sqlite3_stmt *s)
{
	const void *pieces = sqlite3_column_blob(s, 26);
	size_t n = bytes(s, 26);

	if (m->role == CHAT_ASSISTANT && pieces && n <= RECORDING_MAX)
		buf_put(&m->pieces, pieces, n);
}

static void
read_uuid(struct message *m, sqlite3_stmt *s)
{
	char uuid[UUID_SIZE];

	if (uuid_parse(uuid, database_text(s, 28)))
		memcpy(m->uuid, uuid, sizeof(uuid));
}

static bool
read_message(struct loader *l, sqlite3_stmt *s)
{
	int64_t parent_row = sqlite3_column_int64(s, 1);
	struct message *parent = find(l, parent_row), *m;
	enum chat_role role;

	/* What stands below a message that is hidden is hidden too. */
	if ((parent_row != 0 && !parent && !(l->end && l->n == 0)) || !json_role(database_text(s, 2), &role))
		return true;
	m = conversation_add(l->loaded->conversation, parent, role, "");
	m->row = sqlite3_column_int64(s, 0);
	if (!json_state(database_text(s, 3), &m->state))
		m->state = MESSAGE_INTERRUPTED;
	put_text(&m->content, s, 4);
	put_text(&m->reasoning, s, 5);
	put_text(&m->model, s, 6);
	put_text(&m->endpoint, s, 7);
	put_text(&m->parameters, s, 8);
	put_text(&m->finish_reason, s, 9);
	m->usage = json_usage(database_text(s, 10), bytes(s, 10));
	m->timings = json_timings(database_text(s, 11), bytes(s, 11));
	m->error = read_error(s, 12, 13);
	m->thought_tokens = sqlite3_column_int64(s, 14);
	m->thought_ms = sqlite3_column_int64(s, 15);
	m->tool_calls = sqlite3_column_int(s, 16);
	m->created_ms = sqlite3_column_int64(s, 17);
	m->is_edited = sqlite3_column_int(s, 19);
	m->is_muted = sqlite3_column_int(s, 20);
	m->is_summary = role == CHAT_SYSTEM && json_kind(database_text(s, 21));
	remember(l, m);
	if (!read_owner(l, m, sqlite3_column_int64(s, 18)) ||
	        (bytes(s, 25) > 0 && !attached_read(l->db, m->row, &l->files, &m->attachments, l->err)))
		return false;
	read_stream(m, s);
	read_pieces(m, s);
	token_list_read(s, 27, m);
	read_uuid(m, s);
	return true;
}

#define MESSAGE_COLUMNS                                                                                                \
	"SELECT id, parent, role, state, content, reasoning, model, endpoint, parameters, finish_reason, usage,"       \
	"  timings, error, error_text, thought_tokens, thought_ms, tool_calls, created, owner,"                        \
	"  edited, muted, kind, stream, stream_content, stream_reasoning, files, pieces, tokens, uuid"                 \
	"  FROM message"

static bool
read_messages(struct loader *l, sqlite3_stmt *s)
{
	bool failed;

	while (database_row(l->db, s, &failed, l->err))
		if (!read_message(l, s)) {
			sqlite3_reset(s);
			return false;
		}
	return !failed;
}

static bool
load_messages(struct loader *l)
{
	sqlite3_stmt *s = database_prepare(
	        l->db, MESSAGE_COLUMNS " WHERE conversation = ? AND deleted IS NULL ORDER BY id", l->err);

	if (!s)
		return false;
	sqlite3_bind_int64(s, 1, l->row);
	return read_messages(l, s);
}

static bool
look_at_length(struct loader *l, int least, bool *is_long)
{
	sqlite3_stmt *s = database_prepare(
	        l->db, "SELECT count(*) FROM (SELECT 1 FROM message WHERE conversation = ? LIMIT ?)", l->err);
	bool failed;

	if (!s)
		return false;
	sqlite3_bind_int64(s, 1, l->row);
	sqlite3_bind_int(s, 2, least);
	*is_long = database_row(l->db, s, &failed, l->err) && sqlite3_column_int(s, 0) >= least;
	sqlite3_reset(s);
	return !failed;
}

/* From the leaf up, whatever there is besides. Each is found by its id: a join would have SQLite read all messages for a
 * filter, and so would the index of conversations, which a plus keeps out. */
static bool
load_last_messages(struct loader *l, int most)
{
	sqlite3_stmt *s = database_prepare(l->db,
	        "WITH RECURSIVE up (at, above, n) AS ("
	        "  SELECT id, parent, 1 FROM message WHERE id = ?1"
	        "  UNION ALL SELECT above, (SELECT parent FROM message WHERE id = above), n + 1 FROM up"
	        "    WHERE n < ?3 AND above IS NOT NULL) " MESSAGE_COLUMNS
	        "  WHERE id IN (SELECT at FROM up UNION SELECT m.id FROM up CROSS JOIN message m ON m.parent = at)"
	        "    AND +conversation = ?2 AND +deleted IS NULL ORDER BY id",
	        l->err);

	if (!s)
		return false;
	sqlite3_bind_int64(s, 1, l->leaf);
	sqlite3_bind_int64(s, 2, l->row);
	sqlite3_bind_int(s, 3, most);
	return read_messages(l, s);
}

/* Adding messages has noted changes that are none. */
static void
forget_changes(struct conversation *c)
{
	while (conversation_take_changed(c))
		;
	(void)conversation_take_info(c);
}

static void
set_view(struct loader *l)
{
	struct message *leaf = find(l, l->leaf), *seen = find(l, l->seen);

	if (leaf)
		conversation_set_leaf(l->loaded->conversation, leaf);
	l->loaded->seen = seen ? seen->id : 0;
	if (!seen)
		l->loaded->seen_line = 0;
}

/* Makes the path here: whoever shows it must not wait for that. */
static void
finish(struct loader *l)
{
	size_t n;

	set_view(l);
	forget_changes(l->loaded->conversation);
	(void)conversation_path(l->loaded->conversation, &n);
}

bool
load_within(struct history *h, int64_t row, struct loaded *loaded, struct err *err)
{
	struct loader l = {.history = h, .db = &h->database, .row = row, .loaded = loaded, .err = err};
	bool good;

	*loaded = (struct loaded){0};
	good = load_info(&l) && load_messages(&l);
	if (good)
		finish(&l);
	else
		loaded_release(loaded);
	attached_known_release(&l.files);
	free(l.messages);
	return good;
}

bool
load_end(struct history *h, int64_t row, int most, int least, struct loaded *loaded, struct err *err)
{
	struct loader l = {.history = h, .db = &h->database, .row = row, .end = true, .loaded = loaded, .err = err};
	bool good, is_long = false;

	*loaded = (struct loaded){0};
	good = database_script(l.db, "BEGIN", err) && load_info(&l) && look_at_length(&l, least, &is_long) &&
	       (!is_long || load_last_messages(&l, most));
	database_roll_back(l.db);
	if (good)
		finish(&l);
	if (!good || !is_long || (l.seen && !loaded->seen) || !find(&l, l.leaf))
		loaded_release(loaded);
	attached_known_release(&l.files);
	free(l.messages);
	return good;
}

/* One reading transaction: another flynn may be writing. */
bool
load_conversation(struct history *h, int64_t row, struct loaded *loaded, struct err *err)
{
	struct history_recovered recovered;
	bool good;

	*loaded = (struct loaded){0};
	if (!h->database.read_only && !instance_recover(h, &recovered, err))
		return false;
	good = database_script(&h->database, "BEGIN", err) && load_within(h, row, loaded, err);
	database_roll_back(&h->database);
	return good;
}

void
loaded_release(struct loaded *loaded)
{
	conversation_free(loaded->conversation);
	buf_release(&loaded->draft);
	*loaded = (struct loaded){0};
}

bool
load_last(struct history *h, int64_t *row, struct err *err)
{
	struct database *db = history_database(h);
	sqlite3_stmt *s = database_prepare(db,
	        "SELECT id FROM conversation WHERE deleted IS NULL AND leaf IS NOT NULL ORDER BY updated DESC, id DESC "
	        "LIMIT 1",
	        err);
	bool failed = false;

	*row = 0;
	if (!s)
		return false;
	if (database_row(db, s, &failed, err)) {
		*row = sqlite3_column_int64(s, 0);
		sqlite3_reset(s);
	}
	return !failed;
}
