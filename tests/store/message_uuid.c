/*
 * message_uuid.c - the names of messages: random ones of what is new, and of what is old the same ones in every history. The
 * expected ones were made with sha256sum, by the recipe in doc/history.md.
 */
#include "store/message_uuid.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/json_write.h"
#include "store/uuid.h"
#include "store/uuid_map.h"
#include "tests/harness.h"
#include "tests/store/archive.h"
#include "tests/store/place.h"
#include "tests/store/talk.h"
#include "tests/store/tests.h"
#include "tests/store/version_1.h"

#define CONVERSATION "01234567-89ab-4def-8123-456789abcdef"
#define ALL_UUIDS    "SELECT group_concat(uuid, ' ') FROM (SELECT uuid FROM message ORDER BY id)"
#define NO_UUIDS     "SELECT count(*) FROM message WHERE uuid IS NULL"

static const char boats[] = "a909c0d5-1b1c-88dd-9faa-6be82209aa91 412947d9-bfc2-8ef1-b08d-656637860959";

/* ---- what is old ---- */

/* As version 1 left it: closed, with these rows. */
static void
make_old(const char *rows)
{
	char *path;
	struct history *h;
	struct err err = {0};

	place_make();
	path = place_path("history.db");
	h = history_open_as(path, HISTORY_CREATE, &version_1, &err);
	HARNESS_CHECK(h != NULL, "%s", err.text);
	place_run(h, "INSERT INTO conversation (uuid, created, updated) VALUES ('" CONVERSATION "', 1, 1)");
	place_run(h, rows);
	history_close(h);
	free(path);
}

#define ROW(id, parent, role, created, content, reasoning, deleted)                                                    \
	"INSERT INTO message (id, conversation, parent, role, state, created, content, reasoning, deleted) VALUES"     \
	" (" #id ", 1, " parent ", '" role "', 'complete', " #created ", " content ", '" reasoning "', " deleted ");"
#define PROMPT(id, deleted) ROW(id, "NULL", "user", 1700000000000, "'What is a boat?'", "", deleted)
#define REPLY(id, parent)   ROW(id, #parent, "assistant", 1700000001000, "'It floats.'", "boats", "NULL")

/* Brought up to date, read as it is, and as an export that has none. */
static void
is_alike_wherever_it_is_made(void)
{
	static const char json[] =
	        ARCHIVE_HEAD "{\"uuid\":\"" CONVERSATION "\",\"messages\":["
	                     "{\"id\":7,\"parent\":null,\"role\":\"user\",\"content\":\"What is a boat?\","
	                     "\"created\":\"2023-11-14T22:13:20.000Z\"},"
	                     "{\"id\":9,\"parent\":7,\"role\":\"assistant\",\"content\":\"It floats.\","
	                     "\"reasoning\":\"boats\",\"created\":\"2023-11-14T22:13:21.000Z\"}]}]}";
	struct err err = {0};
	struct history *h;
	char *path;

	make_old(PROMPT(1, "NULL") REPLY(2, 1));
	path = place_path("history.db");
	h = history_open(path, HISTORY_READ, &err);
	CU_ASSERT_FATAL(h != NULL);
	place_expect(h, ALL_UUIDS, boats);
	history_close(h);
	h = place_open();
	place_expect(h, ALL_UUIDS, boats);
	place_check(h);
	history_close(h);
	free(path);
	place_remove();
	place_make();
	h = place_open();
	archive_check(h, json, 1, 0, 0);
	place_expect(h, ALL_UUIDS, boats);
	history_close(h);
	place_remove();
}

/* The order tells them apart; what is deleted comes last, for an export has none of it. */
static void
alike_ones_differ(void)
{
	struct history *h;

	make_old(PROMPT(1, "5") PROMPT(2, "NULL") PROMPT(3, "NULL") REPLY(4, 2) REPLY(5, 3));
	h = place_open();
	place_expect(h, "SELECT count(DISTINCT uuid) FROM message", "5");
	place_expect(
	        h, "SELECT (SELECT uuid FROM message WHERE id = 2) || ' ' || uuid FROM message WHERE id = 4", boats);
	place_expect(h, "SELECT uuid FROM message WHERE id = 3", "b51549ec-8abd-801a-b2fe-87ad5d045b8a");
	history_close(h);
	place_remove();
}

/* Of an export with one conversation, which keeps its own. */
static void
drop_message_uuids(char *json)
{
	static const char before[] = ",\"uuid\":\"" CONVERSATION "\"";
	size_t n = strlen(before);

	for (char *at = strstr(json, "messages"); (at = strstr(at, ",\"uuid\":")) != NULL;)
		memmove(at, at + n, strlen(at + n) + 1);
}

/* An export mends a text that is no UTF-8: what is imported from it has the same name. */
static void
is_of_the_mended_text(void)
{
	struct history *h;
	char *json, *names;

	make_old(ROW(1, "NULL", "user", 1700000000000, "CAST(x'61ff0062' AS TEXT)", "", "NULL") REPLY(2, 1));
	h = place_open();
	names = place_query(h, ALL_UUIDS);
	json = archive_export(h, EXPORT_JSON);
	history_close(h);
	place_remove();
	drop_message_uuids(json);
	place_make();
	h = place_open();
	archive_check(h, json, 1, 0, 0);
	place_expect(h, ALL_UUIDS, names);
	history_close(h);
	free(json);
	free(names);
	place_remove();
}

/* Rows that something else has put there. */
static void
rows_without_any_are_filled(void)
{
	struct history *h;
	struct err err = {0};

	make_old(PROMPT(1, "NULL") REPLY(2, 1));
	h = place_open();
	place_run(h, "UPDATE message SET uuid = NULL WHERE id = 2");
	place_run(h, REPLY(3, 1));
	place_run(h, "UPDATE message SET uuid = (SELECT uuid FROM message WHERE id = 1) WHERE id = 3");
	CU_ASSERT(message_uuid_fill(history_database(h), 1, CONVERSATION, &err));
	place_expect(h, "SELECT count(DISTINCT uuid) FROM message", "3");
	place_expect(
	        h, "SELECT group_concat(uuid, ' ') FROM (SELECT uuid FROM message WHERE id < 3 ORDER BY id)", boats);
	history_close(h);
	place_remove();
}

/* ---- what is new ---- */

static void
is_there_from_the_first_save_on(void)
{
	struct talk *t;
	struct message *reply;
	char *names;

	place_make();
	t = talk_new(conversation_new(NULL));
	reply = talk_begin(t, "tell");
	CU_ASSERT(strlen(reply->uuid) == 36 && strlen(reply->parent->uuid) == 36);
	names = place_query(t->history, ALL_UUIDS);
	talk_put(&reply->content, "a boat");
	talk_end(t, reply, MESSAGE_STOPPED);
	place_expect(t->history, ALL_UUIDS, names);
	place_expect(t->history, "SELECT count(DISTINCT uuid) FROM message", "2");
	talk_reopen(t);
	reply = conversation_leaf(t->conversation);
	CU_ASSERT(strstr(names, reply->uuid) != NULL && strstr(names, reply->parent->uuid) == names);
	buf_clear(&reply->content);
	conversation_touch(t->conversation, reply);
	talk_save(t);
	place_expect(t->history, ALL_UUIDS, names);
	free(names);
	talk_free(t);
}

/* A fork says the same in another conversation; a copy for another thread is the same. */
static void
forks_have_their_own(void)
{
	struct conversation *c = conversation_new(NULL), *fork, *copy;
	struct message *m = conversation_add(c, NULL, CHAT_USER, "x");

	strcpy(m->uuid, CONVERSATION);
	fork = conversation_fork(c, m);
	copy = conversation_copy(c);
	HARNESS_EQUAL(conversation_leaf(fork)->uuid, "");
	HARNESS_EQUAL(conversation_leaf(copy)->uuid, CONVERSATION);
	conversation_free(c);
	conversation_free(fork);
	conversation_free(copy);
}

/* ---- JSON ---- */

static void
travels_in_exports(void)
{
	struct talk *t;
	struct history *h;
	char *names, *json;

	place_make();
	t = talk_new(conversation_new(NULL));
	talk_end(t, talk_begin(t, "tell"), MESSAGE_COMPLETE);
	names = place_query(t->history, ALL_UUIDS);
	json = archive_export(t->history, EXPORT_JSON);
	talk_free(t);
	place_make();
	h = place_open();
	archive_check(h, json, 1, 0, 0);
	place_expect(h, ALL_UUIDS, names);
	history_close(h);
	place_remove();
	free(names);
	free(json);
}

/* A line that was copied by hand is another message. */
static void
one_that_is_there_twice_is_of_the_first(void)
{
	static const char json[] = ARCHIVE_HEAD
	        "{\"uuid\":\"" CONVERSATION "\",\"messages\":["
	        "{\"id\":1,\"parent\":null,\"role\":\"user\",\"content\":\"a\",\"uuid\":\"" CONVERSATION "\"},"
	        "{\"id\":2,\"parent\":1,\"role\":\"user\",\"content\":\"b\",\"uuid\":\"" CONVERSATION "\"}]}]}";
	struct history *h;

	place_make();
	h = place_open();
	archive_check(h, json, 1, 0, 0);
	place_expect(h, "SELECT uuid FROM message WHERE id = 1", CONVERSATION);
	place_expect(h, "SELECT count(DISTINCT uuid) FROM message", "2");
	place_expect(h, NO_UUIDS, "0");
	history_close(h);
	place_remove();
}

/* ---- tags, whose table came with them ---- */

static void
tags_go_with_their_conversation(void)
{
	struct history *h;

	make_old(PROMPT(1, "NULL"));
	h = place_open();
	place_run(h, "INSERT INTO tag (conversation, name) VALUES (1, 'sea'), (1, 'work')");
	place_run(h, "DELETE FROM conversation WHERE id = 1");
	place_expect(h, "SELECT count(*) FROM tag", "0");
	place_check(h);
	history_close(h);
	place_remove();
}

/* ---- random ones ---- */

static bool
is_random_uuid(const char *uuid)
{
	char same[UUID_SIZE];

	return uuid_parse(same, uuid) && strcmp(same, uuid) == 0 && uuid[14] == '4' && strchr("89ab", uuid[19]);
}

/* Made `n` times from here. False: one of them came twice, or is none. */
static bool
differ(size_t n)
{
	struct uuid_map seen = {0};
	bool good = true;

	for (size_t i = 0; i < n; i++) {
		char uuid[UUID_SIZE];

		uuid_make(uuid);
		good = good && is_random_uuid(uuid) && !uuid_map_get(&seen, uuid, NULL);
		uuid_map_put(&seen, uuid, 0);
	}
	uuid_map_release(&seen);
	return good;
}

static void
random_ones_differ(void)
{
	char first[UUID_SIZE], again[UUID_SIZE], other[UUID_SIZE];

	CU_ASSERT(differ(2000));
	uuid_repeat(7);
	uuid_make(first);
	CU_ASSERT(differ(2000));
	uuid_repeat(7);
	uuid_make(again);
	uuid_repeat(8);
	uuid_make(other);
	HARNESS_EQUAL(again, first);
	CU_ASSERT(strcmp(other, first) != 0);
	uuid_repeat(0);
	uuid_make(again);
	CU_ASSERT(strcmp(again, first) != 0);
}

CU_TestInfo message_uuid_tests[] = {
        {"random ones differ", random_ones_differ},
        {"is alike wherever it is made", is_alike_wherever_it_is_made},
        {"alike messages differ", alike_ones_differ},
        {"is made of the mended text", is_of_the_mended_text},
        {"rows without any are filled", rows_without_any_are_filled},
        {"is there from the first save on", is_there_from_the_first_save_on},
        {"forks have their own", forks_have_their_own},
        {"travels in exports", travels_in_exports},
        {"one that is there twice is of the first", one_that_is_there_twice_is_of_the_first},
        {"tags go with their conversation", tags_go_with_their_conversation},
        CU_TEST_INFO_NULL,
};
