/*
 * import_llm.c - the database of the program `llm`: both generations of its tables.
 */
#include "store/import_llm.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "store/import.h"
#include "tests/harness.h"
#include "tests/store/place.h"
#include "tests/store/tests.h"

/* As version 0.5 made them. */
#define FIRST                                                                                                          \
	"CREATE TABLE conversations (id TEXT PRIMARY KEY, name TEXT, model TEXT);"                                     \
	"CREATE TABLE responses (id TEXT PRIMARY KEY, model TEXT, prompt TEXT, system TEXT, prompt_json TEXT,"         \
	"  options_json TEXT, response TEXT, response_json TEXT, conversation_id TEXT, duration_ms INTEGER,"           \
	"  datetime_utc TEXT);"

/* What came until 0.31. */
#define LATER                                                                                                          \
	"ALTER TABLE responses ADD COLUMN input_tokens INTEGER;"                                                       \
	"ALTER TABLE responses ADD COLUMN output_tokens INTEGER;"                                                      \
	"ALTER TABLE responses ADD COLUMN reasoning TEXT;"                                                             \
	"CREATE TABLE attachments (id TEXT PRIMARY KEY, type TEXT, path TEXT, url TEXT, content BLOB);"                \
	"CREATE TABLE prompt_attachments (response_id TEXT, attachment_id TEXT, \"order\" INTEGER);"                   \
	"CREATE TABLE fragments (id INTEGER PRIMARY KEY, hash TEXT, content TEXT, datetime_utc TEXT, source TEXT);"    \
	"CREATE TABLE prompt_fragments (response_id TEXT, fragment_id INTEGER, \"order\" INTEGER);"                    \
	"CREATE TABLE system_fragments (response_id TEXT, fragment_id INTEGER, \"order\" INTEGER);"                    \
	"CREATE TABLE tool_calls (id INTEGER PRIMARY KEY, response_id TEXT, name TEXT, arguments TEXT);"               \
	"CREATE TABLE tool_results (id INTEGER PRIMARY KEY, response_id TEXT, name TEXT, output TEXT);"

/* And since 0.32. */
#define NEWER                                                                                                          \
	"CREATE TABLE messages (hash TEXT PRIMARY KEY, parent_hash TEXT, role TEXT, provider_metadata TEXT);"          \
	"CREATE TABLE parts (id INTEGER PRIMARY KEY, message_hash TEXT, position INTEGER, type TEXT, tool_name TEXT,"  \
	"  text TEXT, payload TEXT);"                                                                                  \
	"CREATE TABLE threads (id TEXT PRIMARY KEY, name TEXT, tip_message_hash TEXT, datetime_utc TEXT);"             \
	"CREATE TABLE turns (id TEXT PRIMARY KEY, thread_id TEXT, parent_message_hash TEXT, tip_message_hash TEXT,"    \
	"  model TEXT, options_json TEXT, input_tokens INTEGER, output_tokens INTEGER, datetime_utc TEXT);"

#define RESPONSES                                                                                                      \
	"INSERT INTO conversations VALUES ('c1', 'Its name', 'gpt');"                                                  \
	"INSERT INTO responses VALUES ('r1', 'gpt', 'What is it?', 'Be kind.', NULL, '{\"temperature\": 0.5}', '',"    \
	"  NULL, 'c1', 5, '2025-01-02T03:04:05.678901+00:00', 10, 20, 'let me see');"                                  \
	"INSERT INTO responses VALUES ('r2', 'gpt', '', NULL, NULL, '{}', 'It is 42.', NULL, 'c1', 5,"                 \
	"  '2025-01-02T03:04:07+00:00', 30, 5, NULL);"                                                                 \
	"INSERT INTO responses VALUES ('r3', 'gpt', 'Thanks', 'Be kind.', NULL, NULL, 'Sure.', NULL, 'c1', 5,"         \
	"  '2025-01-02T03:05:07', NULL, NULL, NULL);"                                                                  \
	"INSERT INTO responses VALUES ('r4', 'llama', 'Alone', NULL, NULL, NULL, CAST(x'ff41' AS TEXT), NULL, NULL,"   \
	"  5, '2025-02-02 03:05:07', NULL, NULL, NULL);"                                                               \
	"INSERT INTO fragments VALUES (1, 'h', 'a fragment', '', 'f.txt');"                                            \
	"INSERT INTO prompt_fragments VALUES ('r1', 1, 0);"                                                            \
	"INSERT INTO attachments VALUES ('a', 'image/gif', NULL, NULL, CAST('GIF89a\xff' AS BLOB));"                   \
	"INSERT INTO attachments VALUES ('b', 'image/png', '/home/x/boat.png', NULL, NULL);"                           \
	"INSERT INTO prompt_attachments VALUES ('r1', 'a', 0), ('r1', 'b', 1);"                                        \
	"INSERT INTO tool_calls VALUES (1, 'r1', 'calc', '{\"x\": 6}');"                                               \
	"INSERT INTO tool_results VALUES (1, 'r2', 'calc', '42');"

#define THREADS                                                                                                        \
	"INSERT INTO messages VALUES ('0', NULL, 'system', NULL), ('1', '0', 'user', NULL),"                           \
	"  ('2', '1', 'assistant', NULL), ('3', '2', 'tool', NULL), ('4', '3', 'assistant', NULL),"                    \
	"  ('5', '4', 'user', NULL), ('6', '5', 'assistant', NULL), ('7', '5', 'assistant', NULL);"                    \
	"INSERT INTO parts (message_hash, position, type, tool_name, text, payload) VALUES"                            \
	"  ('0', 0, 'text', NULL, 'Be short.', NULL),"                                                                 \
	"  ('1', 0, 'text', NULL, NULL, '{\"text_ref\":[{\"literal\":\"About \"},{\"fragment\":1}]}'),"                \
	"  ('1', 1, 'attachment', NULL, NULL, '{\"attachment\":{\"id\":\"a\"}}'),"                                     \
	"  ('2', 0, 'reasoning', NULL, 'hm', NULL),"                                                                   \
	"  ('2', 1, 'tool_call', 'calc', NULL, '{\"arguments\":{\"x\":6}}'),"                                          \
	"  ('3', 0, 'tool_result', 'calc', NULL, '{\"output\":\"42\"}'),"                                              \
	"  ('4', 0, 'text', NULL, 'It is 42.', NULL), ('5', 0, 'text', NULL, 'More', NULL),"                           \
	"  ('6', 0, 'text', NULL, 'No.', NULL), ('7', 0, 'hologram', NULL, NULL, NULL);"                               \
	"INSERT INTO threads VALUES ('t1', NULL, '6', '');"                                                            \
	"INSERT INTO turns VALUES ('u1', 't1', '1', '2', 'qwen', NULL, 1, 2, '2026-08-05T00:00:01+00:00'),"            \
	"  ('u2', 't1', '3', '4', 'qwen', NULL, 3, 4, '2026-08-05T00:00:02+00:00'),"                                   \
	"  ('u3', 't1', '5', '6', 'qwen', '{\"seed\":7}', 5, 6, '2026-08-05T00:00:03+00:00'),"                         \
	"  ('u4', 't1', '5', '7', 'qwen', NULL, 5, 6, '2026-08-05T00:00:04+00:00');"

static char *
make_database(const char *sql)
{
	char *path = place_path("logs.db"), *wrong = NULL;
	sqlite3 *db;

	remove(path);
	CU_ASSERT_FATAL(sqlite3_open(path, &db) == SQLITE_OK);
	sqlite3_exec(db, sql, NULL, NULL, &wrong);
	HARNESS_EQUAL(wrong ? wrong : "", "");
	sqlite3_close(db);
	return path;
}

/* What importing it says, "" when it went well. To be freed. */
static char *
import(struct history *h, const char *sql, struct import_counts *counts)
{
	char *path = make_database(sql), *words;
	FILE *file = fopen(path, "re");
	struct err err = {0};

	(void)!import_file(h, file, path, NULL, NULL, counts, &err);
	words = mem_printf("%s", strncmp(err.text, path, strlen(path)) == 0 ? err.text + strlen(path) : err.text);
	fclose(file);
	free(path);
	return words;
}

static void
check(struct history *h, const char *sql, size_t added, size_t skipped, size_t messages)
{
	struct import_counts counts;
	char *words = import(h, sql, &counts);

	HARNESS_EQUAL(words, "");
	HARNESS_EQUAL(counts.from, "llm");
	HARNESS_CHECK(counts.added == added && counts.skipped == skipped && counts.messages == messages,
	        "added %zu, skipped %zu, %zu messages", counts.added, counts.skipped, counts.messages);
	free(words);
}

static void
older_tables_are_read(void)
{
	struct history *h;

	place_make();
	h = place_open();
	check(h, FIRST LATER RESPONSES, 2, 0, 6);
	check(h, FIRST LATER RESPONSES, 0, 2, 0);
	place_expect(h, "SELECT title || ' ' || system || ' ' || created FROM conversation WHERE id = 1",
	        "Its name Be kind. 1735787045678");
	place_expect(h, "SELECT content FROM message WHERE id = 1",
	        "a fragment\n\nWhat is it?\n\n[picture not in the export: /home/x/boat.png]");
	place_expect(h, "SELECT name FROM message_attachment WHERE message = 1", "picture.gif");
	place_expect(h, "SELECT content || reasoning FROM message WHERE id = 2",
	        "[tool call: calc]\n\n```json\n{\"x\": 6}\n```\n\n[result of a tool: calc]\n\nIt is 42.let me see");
	place_expect(h, "SELECT parameters || usage FROM message WHERE id = 2",
	        "{\"temperature\":0.5}{\"prompt_tokens\":30,\"completion_tokens\":5}");
	place_expect(h,
	        "SELECT title || ': ' || m.content FROM conversation c JOIN message m ON m.conversation = c.id"
	        "  WHERE c.id = 2 AND role = 'assistant'",
	        "Alone: \xef\xbf\xbd"
	        "A");
	place_check(h);
	history_close(h);
	place_remove();
}

static void
newer_tables_are_read(void)
{
	struct history *h;

	place_make();
	h = place_open();
	check(h, FIRST LATER RESPONSES NEWER THREADS, 3, 0, 11);
	check(h, FIRST LATER RESPONSES NEWER THREADS, 0, 3, 0);
	place_expect(h, "SELECT system FROM conversation WHERE id = 3", "Be short.");
	place_expect(h, "SELECT group_concat(content, '|') FROM message WHERE conversation = 3 ORDER BY id",
	        "About a fragment|[tool call: calc]\n\n```json\n{\"x\":6}\n```\n\n[result of a tool: calc]\n\nIt is "
	        "42.|"
	        "More|No.|[part not known to flynn: hologram]");
	place_expect(h, "SELECT model || reasoning || usage FROM message WHERE conversation = 3 AND role = 'assistant'",
	        "qwenhm{\"prompt_tokens\":3,\"completion_tokens\":4}");
	place_expect(h,
	        "SELECT m.content || m.parameters FROM conversation JOIN message m ON leaf = m.id"
	        "  WHERE conversation = 3",
	        "No.{\"seed\":7}");
	history_close(h);
	place_remove();
}

/* A conversation of the older tables that was continued with the newer ones is whole there. */
static void
one_in_both_is_one(void)
{
	struct history *h;

	place_make();
	h = place_open();
	check(h,
	        FIRST LATER RESPONSES NEWER THREADS "UPDATE turns SET thread_id = 'c1';"
	                                            "UPDATE threads SET id = 'c1'",
	        2, 0, 7);
	history_close(h);
	place_remove();
}

static void
first_tables_are_read(void)
{
	struct history *h;

	place_make();
	h = place_open();
	check(h,
	        FIRST "INSERT INTO responses (id, prompt, response, datetime_utc)"
	              "  VALUES ('1', 'Hi', 'Ho', '2023-07-01T12:00:00.5')",
	        1, 0, 2);
	place_expect(h, "SELECT created FROM conversation", "1688212800500");
	history_close(h);
	place_remove();
}

static const struct {
	const char *sql, *want;
} broken[] = {
        {"CREATE TABLE t (x)", ": this is a database, but none of flynn or llm"},
        {FIRST LATER NEWER THREADS "UPDATE messages SET parent_hash = '5' WHERE hash = '0'",
                ": conversation 1, message 1: the messages above it form a circle"},
        {FIRST LATER NEWER THREADS "UPDATE parts SET payload = '{' WHERE message_hash = '2'",
                ": conversation 1, message 3: this is no JSON"},
        {FIRST "ALTER TABLE responses RENAME COLUMN response TO answer;"
               "INSERT INTO responses (id) VALUES (1)",
                ": this database cannot be read: no such column: r.response"},
        {FIRST NEWER THREADS, ": this database cannot be read: no such table: fragments"},
};

static void
what_is_broken_leaves_nothing(void)
{
	struct import_counts counts;
	struct history *h;

	place_make();
	h = place_open();
	for (size_t i = 0; i < ARRAY_LEN(broken); i++) {
		char *words = import(h, broken[i].sql, &counts);

		HARNESS_EQUAL(words, broken[i].want);
		free(words);
	}
	place_expect(h, "SELECT count(*) FROM conversation", "0");
	history_close(h);
	place_remove();
}

CU_TestInfo import_llm_tests[] = {
        {"older tables are read", older_tables_are_read},
        {"newer tables are read", newer_tables_are_read},
        {"one in both is one", one_in_both_is_one},
        {"the first tables are read", first_tables_are_read},
        {"what is broken leaves nothing", what_is_broken_leaves_nothing},
        CU_TEST_INFO_NULL,
};
