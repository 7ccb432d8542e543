/*
 * recorded.c - the times of a reply's pieces: in the history with the reply's end, in exports, and back.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "tests/harness.h"
#include "tests/store/archive.h"
#include "tests/store/place.h"
#include "tests/store/talk.h"
#include "tests/store/tests.h"

#define ALL_PIECES "SELECT group_concat(id || iif(pieces IS NULL, '', ':' || hex(pieces)), ' ') FROM message"

/* One byte of the text, after so many ms. */
static void
come(struct message *reply, const char *text, unsigned ms)
{
	const char piece[] = {0x04, (char)ms};

	talk_put(&reply->content, text);
	buf_put(&reply->pieces, piece, sizeof(piece));
}

static struct talk *
make_history(void)
{
	return talk_two_versions(come, ALL_PIECES);
}

static void
is_saved_with_the_end_of_the_reply(void)
{
	struct talk *t = make_history();
	const struct message *m;

	place_expect(t->history, ALL_PIECES, "1 2:04070409 3:0401");
	talk_reopen(t);
	m = conversation_find(t->conversation, 2);
	CU_ASSERT(m->pieces.len == 4 && memcmp(m->pieces.data, "\x04\x07\x04\x09", 4) == 0);
	CU_ASSERT(conversation_find(t->conversation, 3)->pieces.len == 2);
	CU_ASSERT(conversation_find(t->conversation, 1)->pieces.len == 0);
	place_check(t->history);
	talk_free(t);
}

/* A flynn that is killed has saved text whose times nobody will know. */
static void
a_killed_flynn_loses_times_only(void)
{
	struct talk *t;
	struct message *reply;

	place_make();
	t = talk_new(conversation_new(NULL));
	reply = talk_begin(t, "tell");
	come(reply, "a", 7);
	conversation_touch(t->conversation, reply);
	talk_save(t);
	talk_reopen(t);
	HARNESS_EQUAL(buf_text(&conversation_find(t->conversation, 2)->content), "a");
	CU_ASSERT(conversation_find(t->conversation, 2)->pieces.len == 0);
	talk_free(t);
}

/* A history that somebody else has written to. */
static void
more_than_there_may_be_is_not_read(void)
{
	struct talk *t = make_history();

	place_run(t->history, "UPDATE message SET pieces = zeroblob(5000000) WHERE id = 2;"
	                      "UPDATE message SET pieces = x'0407' WHERE id = 1");
	talk_reopen(t);
	CU_ASSERT(conversation_find(t->conversation, 2)->pieces.len == 0);
	CU_ASSERT(conversation_find(t->conversation, 1)->pieces.len == 0);
	HARNESS_EQUAL(buf_text(&conversation_find(t->conversation, 2)->content), "ab");
	talk_free(t);
}

static void
is_in_an_export(void)
{
	struct talk *t = make_history();
	char *json = archive_export(t->history, EXPORT_JSON), *words;
	struct import_counts counts;
	struct history *h;

	CU_ASSERT(strstr(json, "\"pieces\":\"BAcECQ==\"") && strstr(json, "\"pieces\":\"BAE=\""));
	place_run(t->history, "UPDATE message SET pieces = NULL"); /* they are nothing that was said */
	words = archive_import(t->history, json, strlen(json), &counts);
	CU_ASSERT(counts.added == 0 && counts.skipped == 1);
	free(words);
	talk_free(t);
	place_make();
	h = place_open();
	words = archive_import(h, json, strlen(json), &counts);
	HARNESS_EQUAL(words, "");
	place_expect(h, ALL_PIECES, "1 2:04070409 3:0401");
	history_close(h);
	place_remove();
	free(json);
	free(words);
}

CU_TestInfo recorded_tests[] = {
        {"is saved with the end of the reply", is_saved_with_the_end_of_the_reply},
        {"a killed flynn loses times only", a_killed_flynn_loses_times_only},
        {"more than there may be is not read", more_than_there_may_be_is_not_read},
        {"is in an export", is_in_an_export},
        CU_TEST_INFO_NULL,
};
