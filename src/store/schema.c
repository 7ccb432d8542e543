/*
 * schema.c - the tables. A message whose `owner` is set is being written by that instance: its text so far is in its
 * own columns plus its rows of the journal, in their order. All other messages are in the search index: triggers see
 * to it.
 */
#include "store/schema.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "store/message_uuid.h"
#include "store/search_words.h"
#include "store/sqlite.h"

/* The search index: word_index.h rebuilds it. */
#define INDEX_TABLE                                                                                                    \
	"CREATE VIRTUAL TABLE message_words USING fts5(content, reasoning, content='', prefix='1 2 3 4 5',"            \
	"  tokenize='unicode61 remove_diacritics 2');"

/* The triggers that keep it up to date; `new_content` and `old_content` are the text of the message's content in the index. */
#define INDEX_TRIGGERS(new_content, old_content)                                                                       \
	"CREATE TRIGGER message_added AFTER INSERT ON message WHEN new.owner IS NULL BEGIN"                            \
	"  INSERT INTO message_words (rowid, content, reasoning)"                                                      \
	"    VALUES (new.id, flynn_words(" new_content "), flynn_words(new.reasoning));"                               \
	"END;"                                                                                                         \
	"CREATE TRIGGER message_changed AFTER UPDATE OF content, reasoning, owner ON message"                          \
	"  WHEN old.owner IS NOT new.owner OR old.content IS NOT new.content OR old.reasoning IS NOT new.reasoning "   \
	"BEGIN"                                                                                                        \
	"  INSERT INTO message_words (message_words, rowid, content, reasoning)"                                       \
	"    SELECT 'delete', old.id, flynn_words(" old_content                                                        \
	"), flynn_words(old.reasoning) WHERE old.owner IS NULL;"                                                       \
	"  INSERT INTO message_words (rowid, content, reasoning)"                                                      \
	"    SELECT new.id, flynn_words(" new_content "), flynn_words(new.reasoning) WHERE new.owner IS NULL;"         \
	"END;"                                                                                                         \
	"CREATE TRIGGER message_removed AFTER DELETE ON message WHEN old.owner IS NULL BEGIN"                          \
	"  INSERT INTO message_words (message_words, rowid, content, reasoning)"                                       \
	"    VALUES ('delete', old.id, flynn_words(" old_content "), flynn_words(old.reasoning));"                     \
	"END;"

#define FILL(content)                                                                                                  \
	"INSERT INTO message_words (rowid, content, reasoning)"                                                        \
	"  SELECT id, flynn_words(" content "), flynn_words(reasoning) FROM message WHERE owner IS NULL"

#define INDEX_1 INDEX_TABLE INDEX_TRIGGERS("new.content", "old.content")

/* Names of attached files are found with the text. Of a message without any, which may be long, no copy is made. */
#define NAMED(row) "iif(" row "files = '', " row "content, " row "files || " row "content)"
#define TRIGGERS_4 INDEX_TRIGGERS(NAMED("new."), NAMED("old."))

/* A conversation's `leaf` is the message shown last, `model` that of its newest reply. `titled` says who gave the
 * title: prompt, model or person. `deleted` is when; such rows are hidden, can be brought back, and are gone for good
 * after a while. A row of the journal begins `at` so many bytes of its message's content and reasoning together.
 *
 * Long texts come last in their row: SQLite reads the columns before them without reading them. `message_of` holds
 * `deleted` so that messages are counted without being read. The index holds prefixes of one to five letters as words
 * of their own: for these it gives the hits from the newest on. For a longer prefix FTS5 first gathers the (few)
 * words that begin with it. */
#define VERSION_1                                                                                                      \
	"CREATE TABLE instance ("                                                                                      \
	"  id INTEGER PRIMARY KEY AUTOINCREMENT,"                                                                      \
	"  started INTEGER NOT NULL);"                                                                                 \
	"CREATE TABLE conversation ("                                                                                  \
	"  id INTEGER PRIMARY KEY AUTOINCREMENT,"                                                                      \
	"  uuid TEXT NOT NULL UNIQUE,"                                                                                 \
	"  title TEXT NOT NULL DEFAULT '',"                                                                            \
	"  titled TEXT NOT NULL DEFAULT 'prompt',"                                                                     \
	"  system TEXT NOT NULL DEFAULT '',"                                                                           \
	"  model TEXT NOT NULL DEFAULT '',"                                                                            \
	"  created INTEGER NOT NULL,"                                                                                  \
	"  updated INTEGER NOT NULL,"                                                                                  \
	"  pinned INTEGER NOT NULL DEFAULT 0,"                                                                         \
	"  archived INTEGER NOT NULL DEFAULT 0,"                                                                       \
	"  deleted INTEGER,"                                                                                           \
	"  leaf INTEGER,"                                                                                              \
	"  draft TEXT NOT NULL DEFAULT '',"                                                                            \
	"  seen_message INTEGER,"                                                                                      \
	"  seen_line INTEGER NOT NULL DEFAULT 0);"                                                                     \
	"CREATE INDEX conversation_recent ON conversation (archived, pinned, updated) WHERE deleted IS NULL;"          \
	"CREATE TABLE message ("                                                                                       \
	"  id INTEGER PRIMARY KEY AUTOINCREMENT,"                                                                      \
	"  conversation INTEGER NOT NULL REFERENCES conversation ON DELETE CASCADE,"                                   \
	"  parent INTEGER REFERENCES message ON DELETE CASCADE,"                                                       \
	"  role TEXT NOT NULL,"                                                                                        \
	"  state TEXT NOT NULL,"                                                                                       \
	"  model TEXT NOT NULL DEFAULT '',"                                                                            \
	"  endpoint TEXT NOT NULL DEFAULT '',"                                                                         \
	"  parameters TEXT NOT NULL DEFAULT '',"                                                                       \
	"  finish_reason TEXT NOT NULL DEFAULT '',"                                                                    \
	"  usage TEXT NOT NULL DEFAULT '',"                                                                            \
	"  timings TEXT NOT NULL DEFAULT '',"                                                                          \
	"  error TEXT NOT NULL DEFAULT '',"                                                                            \
	"  error_text TEXT NOT NULL DEFAULT '',"                                                                       \
	"  thought_tokens INTEGER NOT NULL DEFAULT 0,"                                                                 \
	"  thought_ms INTEGER NOT NULL DEFAULT 0,"                                                                     \
	"  tool_calls INTEGER NOT NULL DEFAULT 0,"                                                                     \
	"  created INTEGER NOT NULL,"                                                                                  \
	"  deleted INTEGER,"                                                                                           \
	"  owner INTEGER,"                                                                                             \
	"  content TEXT NOT NULL DEFAULT '',"                                                                          \
	"  reasoning TEXT NOT NULL DEFAULT '');"                                                                       \
	"CREATE INDEX message_of ON message (conversation, id, deleted);"                                              \
	"CREATE INDEX message_kind ON message (role, model, created);"                                                 \
	"CREATE INDEX message_parent ON message (parent);"                                                             \
	"CREATE INDEX message_owned ON message (owner) WHERE owner IS NOT NULL;"                                       \
	"CREATE INDEX message_deleted ON message (deleted) WHERE deleted IS NOT NULL;"                                 \
	"CREATE TABLE journal ("                                                                                       \
	"  message INTEGER NOT NULL REFERENCES message ON DELETE CASCADE,"                                             \
	"  at INTEGER NOT NULL,"                                                                                       \
	"  content TEXT NOT NULL,"                                                                                     \
	"  reasoning TEXT NOT NULL,"                                                                                   \
	"  PRIMARY KEY (message, at)) WITHOUT ROWID;"                                                                  \
	"CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;" INDEX_1

/* A conversation's `parameters` is the JSON of what was set for it, `preset` a name; '' for none. A message's `kind` is
 * 'summary' or ''. */
#define TO_2                                                                                                           \
	"ALTER TABLE conversation ADD COLUMN parameters TEXT NOT NULL DEFAULT '';"                                     \
	"ALTER TABLE conversation ADD COLUMN preset TEXT NOT NULL DEFAULT '';"                                         \
	"ALTER TABLE message ADD COLUMN edited INTEGER NOT NULL DEFAULT 0;"                                            \
	"ALTER TABLE message ADD COLUMN muted INTEGER NOT NULL DEFAULT 0;"                                             \
	"ALTER TABLE message ADD COLUMN kind TEXT NOT NULL DEFAULT '';"

/* The server keeps a reply that is not complete under the name `stream`: what it keeps begins after so many bytes of the reply's
 * content and reasoning. '' where it does not. */
#define TO_3                                                                                                           \
	"ALTER TABLE message ADD COLUMN stream TEXT NOT NULL DEFAULT '';"                                              \
	"ALTER TABLE message ADD COLUMN stream_content INTEGER NOT NULL DEFAULT 0;"                                    \
	"ALTER TABLE message ADD COLUMN stream_reasoning INTEGER NOT NULL DEFAULT 0;"

/* Each file that is attached somewhere is there once, its data last in the row: the columns before it are read without it. It
 * goes with the last message that has it. A message's `files` are the names, each with a line feed, for the search index. */
#define TO_4                                                                                                           \
	"CREATE TABLE attachment ("                                                                                    \
	"  id INTEGER PRIMARY KEY,"                                                                                    \
	"  sha256 TEXT NOT NULL UNIQUE,"                                                                               \
	"  kind TEXT NOT NULL,"                                                                                        \
	"  type TEXT NOT NULL,"                                                                                        \
	"  size INTEGER NOT NULL,"                                                                                     \
	"  data BLOB NOT NULL);"                                                                                       \
	"CREATE TABLE message_attachment ("                                                                            \
	"  message INTEGER NOT NULL REFERENCES message ON DELETE CASCADE,"                                             \
	"  place INTEGER NOT NULL,"                                                                                    \
	"  attachment INTEGER NOT NULL REFERENCES attachment,"                                                         \
	"  name TEXT NOT NULL,"                                                                                        \
	"  PRIMARY KEY (message, place)) WITHOUT ROWID;"                                                               \
	"CREATE INDEX message_attachment_of ON message_attachment (attachment);"                                       \
	"CREATE TRIGGER message_attachment_removed AFTER DELETE ON message_attachment BEGIN"                           \
	"  DELETE FROM attachment WHERE id = old.attachment"                                                           \
	"    AND NOT EXISTS (SELECT 1 FROM message_attachment WHERE attachment = old.attachment);"                     \
	"END;"                                                                                                         \
	"ALTER TABLE message ADD COLUMN files TEXT NOT NULL DEFAULT '';"                                               \
	"DROP TRIGGER message_added; DROP TRIGGER message_changed; DROP TRIGGER message_removed;" TRIGGERS_4

/* A reply's `pieces` say when each of them came, its `tokens` what else the model might have said. Both are of a reply that has
 * ended, and NULL where they are not known. A vote's `winner` is the name of a model (NULL: none was best), its rows of vote_model
 * are all that took part. */
#define TO_5                                                                                                           \
	"ALTER TABLE message ADD COLUMN pieces BLOB;"                                                                  \
	"ALTER TABLE message ADD COLUMN tokens BLOB;"                                                                  \
	"CREATE TABLE vote ("                                                                                          \
	"  id INTEGER PRIMARY KEY,"                                                                                    \
	"  uuid TEXT NOT NULL UNIQUE,"                                                                                 \
	"  at INTEGER NOT NULL,"                                                                                       \
	"  winner TEXT);"                                                                                              \
	"CREATE TABLE vote_model ("                                                                                    \
	"  vote INTEGER NOT NULL REFERENCES vote ON DELETE CASCADE,"                                                   \
	"  place INTEGER NOT NULL,"                                                                                    \
	"  model TEXT NOT NULL,"                                                                                       \
	"  PRIMARY KEY (vote, place)) WITHOUT ROWID;"

/* A message's `uuid` is its name in every history (message_uuid.h): there is none without. */
#define TO_6                                                                                                           \
	"ALTER TABLE message ADD COLUMN uuid TEXT;"                                                                    \
	"CREATE TABLE tag ("                                                                                           \
	"  conversation INTEGER NOT NULL REFERENCES conversation ON DELETE CASCADE,"                                   \
	"  name TEXT NOT NULL,"                                                                                        \
	"  PRIMARY KEY (conversation, name)) WITHOUT ROWID;"                                                           \
	"CREATE INDEX tag_name ON tag (name);"

enum {
	NAMES_MESSAGES = 6, /* the version from which on each has a uuid */
};

/* A new file is made by the same steps as an old one, so that the tables of both are alike. */
static const char create[] = VERSION_1 TO_2 TO_3 TO_4 TO_5 TO_6;
static const char *const steps[] = {TO_2, TO_3, TO_4, TO_5, TO_6};

const struct schema *
schema_current(void)
{
	static const struct schema current = {ARRAY_LEN(steps) + 1, create, steps};

	return &current;
}

const char *
schema_index(bool has_files)
{
	return has_files ? INDEX_TABLE TRIGGERS_4 FILL(NAMED("")) : INDEX_1 FILL("content");
}

const char *
schema_index_conversation(void)
{
	return FILL(NAMED("")) " AND conversation = ?1";
}

/* ---- functions ---- */

/* SQLite copies what it is asked for as text where no zero follows it, but not what it is asked for as bytes. */
static const char *
long_text(sqlite3_value *value)
{
	return sqlite3_value_type(value) == SQLITE_TEXT && sqlite3_value_bytes(value) > SEARCH_WORDS_WHOLE
	               ? sqlite3_value_blob(value)
	               : (const char *)sqlite3_value_text(value);
}

static void
words(sqlite3_context *context, UNUSED int n, sqlite3_value **values)
{
	const char *text = long_text(values[0]);
	struct buf given = {0};
	size_t len;

	if (!text || !search_words_index(&given, text, (size_t)sqlite3_value_bytes(values[0]))) {
		sqlite3_result_value(context, values[0]);
		return;
	}
	len = given.len;
	sqlite3_result_text64(context, buf_take(&given), len, free, SQLITE_UTF8);
}

bool
schema_functions(struct database *db, struct err *err)
{
	static const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;

	return sqlite3_create_function(db->sqlite, "flynn_words", 1, flags, NULL, words, NULL, NULL) == SQLITE_OK ||
	       database_failed(db, err);
}

/* ---- versions ---- */

bool
schema_look(struct database *db, const struct schema *schema, int *version, struct err *err)
{
	int64_t number, application, tables;

	if (!database_number(db, "PRAGMA user_version", &number, err) ||
	        !database_number(db, "PRAGMA application_id", &application, err) ||
	        !database_number(db, "SELECT count(*) FROM sqlite_schema", &tables, err))
		return false;
	*version = (int)number;
	if (number == 0 && application == 0 && tables == 0)
		return true;
	db->trouble = DATABASE_BROKEN;
	if (application != SCHEMA_APPLICATION_ID || number < 1)
		return err_set(err, ERR_SYSTEM, "this is a database, but not a history of flynn (%s)", db->path);
	if (number > schema->version)
		return err_set(err, ERR_SYSTEM,
		        "history is of a newer flynn (its version %d, known here: %d) and was left as it is (%s)",
		        (int)number, schema->version, db->path);
	return true;
}

/* Runs scripts and sets the version, all or nothing. name: messages get their uuids then. */
static bool
change(struct database *db, const char *const *scripts, int n, int version, bool name, struct err *err)
{
	struct buf marks = {0};
	bool good;

	database_trust(db);
	if (!database_begin(db, err))
		return false;
	buf_printf(&marks, "PRAGMA application_id = %d; PRAGMA user_version = %d;", SCHEMA_APPLICATION_ID, version);
	good = database_script(db, buf_text(&marks), err);
	buf_release(&marks);
	for (int i = 0; good && i < n; i++)
		good = database_script(db, scripts[i], err);
	good = good && (!name || message_uuid_fill_all(db, err));
	if (!good)
		database_roll_back(db);
	return good && database_commit(db, err);
}

bool
schema_create(struct database *db, const struct schema *schema, struct err *err)
{
	return change(db, &schema->create, 1, schema->version, false, err);
}

bool
schema_step(struct database *db, const struct schema *schema, int from, struct err *err)
{
	bool name = from < NAMES_MESSAGES && schema->version >= NAMES_MESSAGES;

	return change(db, schema->steps + from - 1, schema->version - from, schema->version, name, err);
}
