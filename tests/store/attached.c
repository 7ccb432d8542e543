/*
 * attached.c - files that are attached to messages: each is in the history once, with all of its bytes, as long as a message has it.
 */
#include "store/attached.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/database.h"
#include "store/edit.h"
#include "store/examine.h"
#include "store/list.h"
#include "store/preview.h"
#include "store/remove.h"
#include "store/search.h"
#include "tests/harness.h"
#include "tests/store/place.h"
#include "tests/store/talk.h"
#include "tests/store/tests.h"

static const char picture[] = "\x89PNG\r\n\x1a\n\0\xff and what a picture is made of";

/* ---- what they are ---- */

static void
attach(struct message *m, enum attachment_kind kind, const char *name, const char *type, const void *data, size_t n)
{
	struct buf bytes = {0};

	buf_put(&bytes, data, n);
	attachments_add(&m->attachments, attachment_new(kind, name, "/home/me/file", type, &bytes));
}

static void
attach_picture(struct message *m, const char *name)
{
	attach(m, ATTACHMENT_IMAGE, name, "image/png", picture, sizeof(picture));
}

/* A prompt with a picture, and its reply. */
static struct message *
ask(struct conversation *c, const char *prompt, const char *name)
{
	struct message *m = conversation_add(c, conversation_leaf(c), CHAT_USER, prompt);

	attach_picture(m, name);
	conversation_add(c, m, CHAT_ASSISTANT, "I see.");
	return m;
}

static void
expect_files(struct history *h, int links, int files)
{
	char *want = mem_printf("%d %d", links, files);

	place_expect(h, "SELECT (SELECT count(*) FROM message_attachment) || ' ' || (SELECT count(*) FROM attachment)",
	        want);
	free(want);
}

/* Bytes of all values, more than are read at once. */
static char *
make_large(size_t n)
{
	char *data = mem_alloc(n);

	for (size_t i = 0; i < n; i++)
		data[i] = (char)(i * 7 + i / 251);
	return data;
}

/* ---- saving and loading ---- */

static void
come_back_in_order(void)
{
	static const size_t large = 300001;
	struct talk *t;
	struct message *m;
	char *data = make_large(large), *want, *have;

	place_make();
	t = talk_new(conversation_new(NULL));
	m = conversation_add(t->conversation, NULL, CHAT_USER, "What is it?");
	attach_picture(m, "ein Bild: größer.png");
	attach(m, ATTACHMENT_AUDIO, "a.wav", "audio/wav", data, large);
	attach(m, ATTACHMENT_TEXT, "empty.txt", "text/plain", "", 0);
	attach_picture(m, "again.png");
	want = talk_text(t->conversation);
	talk_reopen(t);
	have = talk_text(t->conversation);
	HARNESS_EQUAL(have, want);
	m = conversation_find(t->conversation, 1);
	CU_ASSERT_FATAL(m->attachments.n == 4);
	CU_ASSERT(memcmp(m->attachments.items[0]->data, picture, sizeof(picture)) == 0);
	CU_ASSERT(memcmp(m->attachments.items[1]->data, data, large) == 0);
	CU_ASSERT(m->attachments.items[2]->size == 0 && !m->attachments.items[2]->path);
	expect_files(t->history, 4, 3);
	place_expect(t->history, "SELECT files FROM message", "ein Bild: größer.png\na.wav\nempty.txt\nagain.png\n");
	place_check(t->history);
	free(data);
	free(want);
	free(have);
	talk_free(t);
}

static void
are_there_once_and_shared(void)
{
	struct history *h;
	struct talk *t = NULL;
	struct message *first, *second;

	place_make();
	h = place_open();
	for (int i = 0; i < 10; i++) {
		if (t)
			talk_drop(t);
		t = talk_join(h, conversation_new(NULL));
		(void)ask(t->conversation, "What is it?", i % 2 ? "b.png" : "a.png");
		(void)ask(t->conversation, "And now?", i % 2 ? "b.png" : "a.png");
		talk_save(t);
	}
	expect_files(h, 20, 1);
	talk_load(t, 10);
	first = conversation_find(t->conversation, 1);
	second = conversation_find(t->conversation, 3);
	CU_ASSERT(first->attachments.items[0] == second->attachments.items[0]);
	place_check(h);
	talk_free(t);
}

static int
pages_written(struct talk *t)
{
	int now = 0, most;

	CU_ASSERT(sqlite3_db_status(history_database(t->history)->sqlite, SQLITE_DBSTATUS_CACHE_WRITE, &now, &most,
	                  0) == SQLITE_OK);
	return now;
}

/* Only what is new is written: not the files again. */
static void
cost_a_later_save_nothing(void)
{
	static const size_t large = 1 << 20;
	struct talk *t;
	struct message *m;
	char *data = make_large(large);
	int before;

	place_make();
	t = talk_new(conversation_new(NULL));
	m = ask(t->conversation, "What is it?", "a.png");
	attach(m, ATTACHMENT_AUDIO, "a.wav", "audio/wav", data, large);
	before = pages_written(t);
	talk_save(t);
	CU_ASSERT(pages_written(t) - before > 200);
	before = pages_written(t);
	m->is_muted = true;
	conversation_touch(t->conversation, m);
	talk_put(&m->first_child->content, " It is a cat.");
	conversation_touch(t->conversation, m->first_child);
	talk_save(t);
	CU_ASSERT(pages_written(t) - before < 50);
	expect_files(t->history, 2, 2);
	free(data);
	talk_free(t);
}

/* With the message, or not at all. */
static void
are_saved_with_their_message(void)
{
	struct talk *t;
	struct err err = {0};

	place_make();
	t = talk_new(conversation_new(NULL));
	place_run(t->history, "CREATE TRIGGER refuses BEFORE INSERT ON message_attachment WHEN new.place = 1"
	                      "  BEGIN SELECT RAISE(ABORT, 'no'); END");
	attach(ask(t->conversation, "What is it?", "a.png"), ATTACHMENT_TEXT, "b.txt", "text/plain", "b", 1);
	CU_ASSERT(!talk_try_save(t, &err));
	expect_files(t->history, 0, 0);
	place_expect(t->history, "SELECT count(*) FROM message", "0");
	place_run(t->history, "DROP TRIGGER refuses");
	talk_save(t);
	expect_files(t->history, 2, 2);
	place_check(t->history);
	talk_free(t);
}

static void
outlive_a_conversation_that_is_gone(void)
{
	struct talk *t;

	place_make();
	t = talk_new(conversation_new(NULL));
	(void)ask(t->conversation, "What is it?", "a.png");
	talk_save(t);
	place_run(t->history, "DELETE FROM conversation");
	expect_files(t->history, 0, 0);
	(void)ask(t->conversation, "And now?", "b.png");
	talk_save(t);
	expect_files(t->history, 2, 1);
	talk_free(t);
}

/* ---- what is removed ---- */

static void
go_with_the_last_message(void)
{
	const int64_t rows[] = {1, 2};
	struct history *h;
	struct err err = {0};
	size_t done;

	place_make();
	h = place_open();
	for (int i = 0; i < 3; i++) {
		struct talk *t = talk_join(h, conversation_new(NULL));
		struct message *m = ask(t->conversation, "What is it?", "a.png");

		attach(m, ATTACHMENT_TEXT, "own.txt", "text/plain", &"abc"[i], 1);
		talk_save(t);
		talk_drop(t);
	}
	expect_files(h, 6, 4);
	CU_ASSERT(remove_conversations(h, rows, 2, NULL, NULL, &done, &err));
	expect_files(h, 2, 2);
	place_expect(h, "SELECT group_concat(CAST(data AS TEXT)) FROM attachment WHERE kind = 'text'", "c");
	place_run(h, "DELETE FROM conversation");
	expect_files(h, 0, 0);
	place_check(h);
	history_close(h);
	place_remove();
}

static void
stay_while_it_can_be_brought_back(void)
{
	struct talk *t;
	struct err err = {0};
	bool more;

	place_make();
	t = talk_new(conversation_new(NULL));
	(void)ask(t->conversation, "What is it?", "a.png");
	talk_save(t);
	CU_ASSERT(edit_conversation(t->history, 1, EDIT_DELETE, NULL, &err));
	CU_ASSERT(edit_purge(t->history, 1, &more, &err) && !more);
	expect_files(t->history, 1, 1);
	CU_ASSERT(edit_conversation(t->history, 1, EDIT_UNDELETE, NULL, &err));
	talk_load(t, 1);
	CU_ASSERT(conversation_find(t->conversation, 1)->attachments.n == 1);
	CU_ASSERT(edit_conversation(t->history, 1, EDIT_DELETE, NULL, &err));
	do {
		CU_ASSERT_FATAL(edit_purge(t->history, INT64_MAX, &more, &err));
	} while (more);
	expect_files(t->history, 0, 0);
	place_check(t->history);
	talk_free(t);
}

/* Other writers wait for a piece: it frees no more than some files. */
static void
large_ones_go_piece_by_piece(void)
{
	struct talk *t;
	struct err err = {0};
	bool more = true;
	int pieces = 0;

	place_make();
	t = talk_new(conversation_new(NULL));
	for (int i = 0; i < 12; i++)
		attach(ask(t->conversation, "What is it?", "a.png"), ATTACHMENT_TEXT, "own.txt", "text/plain",
		        &"own"[i % 3], 1);
	talk_save(t);
	place_run(t->history, "UPDATE attachment SET size = 9 << 20");
	CU_ASSERT(edit_conversation(t->history, 1, EDIT_DELETE, NULL, &err));
	CU_ASSERT(edit_purge(t->history, INT64_MAX, &more, &err) && more);
	place_expect(t->history, "SELECT count(*) || ' ' || (SELECT count(*) FROM message) FROM message_attachment",
	        "22 24");
	for (; more && pieces < 100; pieces++)
		CU_ASSERT(edit_purge(t->history, INT64_MAX, &more, &err));
	CU_ASSERT(pieces > 10 && pieces < 20);
	expect_files(t->history, 0, 0);
	place_expect(t->history, "SELECT count(*) FROM conversation", "0");
	place_check(t->history);
	talk_free(t);
}

/* ---- damage ---- */

static void
odd_rows_are_no_trouble(void)
{
	struct talk *t;
	const struct message *m;

	place_make();
	t = talk_new(conversation_new(NULL));
	attach(ask(t->conversation, "What is it?", "a.png"), ATTACHMENT_TEXT, "b.txt", "text/plain", "b", 1);
	talk_save(t);
	place_run(t->history, "UPDATE attachment SET kind = 'film', size = -7 WHERE kind = 'text'");
	place_run(
	        t->history, "UPDATE message_attachment SET name = CAST(x'61ff62' AS TEXT), place = -5 WHERE place = 0");
	talk_load(t, 1);
	m = conversation_find(t->conversation, 1);
	CU_ASSERT_FATAL(m->attachments.n == 1);
	HARNESS_EQUAL(m->attachments.items[0]->name, "a\xef\xbf\xbd"
	                                             "b");
	place_run(t->history, "UPDATE attachment SET data = 'text' WHERE kind = 'image'");
	talk_load(t, 1);
	HARNESS_EQUAL(conversation_find(t->conversation, 1)->attachments.items[0]->data, "text");
	talk_free(t);
}

static void
damaged_files_are_told(void)
{
	struct talk *t;
	struct examination found;
	char *path;

	place_make();
	path = place_path("history.db");
	t = talk_new(conversation_new(NULL));
	attach(ask(t->conversation, "What is it?", "a.png"), ATTACHMENT_TEXT, "b.txt", "text/plain", "b", 1);
	talk_save(t);
	examine_history(path, &found, NULL, NULL);
	CU_ASSERT(found.state == EXAMINE_FINE);
	examination_release(&found);
	place_run(t->history, "UPDATE attachment SET data = x'63' WHERE kind = 'text'");
	examine_history(path, &found, NULL, NULL);
	CU_ASSERT(found.state == EXAMINE_FILES);
	HARNESS_CHECK(
	        strncmp(found.why.text, "attached files are damaged: 1, such as b.txt in conversation 1 (/", 65) == 0,
	        "%s", found.why.text);
	examination_release(&found);
	free(path);
	talk_free(t);
}

/* Only the index is made anew: the names are in it as before. */
static void
names_are_found(void)
{
	static const char find[] =
	        "SELECT count(*) FROM message_words WHERE message_words MATCH 'groesse OR grosse OR große'";
	struct talk *t;

	place_make();
	t = talk_new(conversation_new(NULL));
	(void)ask(t->conversation, "What is it?", "Meine große Katze.png");
	talk_save(t);
	place_expect(t->history, find, "1");
	place_run(t->history, "UPDATE message SET content = 'It was.' WHERE id = 1");
	place_expect(t->history, find, "1");
	history_close(t->history);
	place_break_index();
	t->history = place_open();
	place_expect(t->history, find, "1");
	talk_load(t, 1);
	conversation_remove(t->conversation, conversation_find(t->conversation, 2));
	conversation_remove(t->conversation, conversation_find(t->conversation, 1));
	talk_save(t);
	place_expect(t->history, find, "0");
	expect_files(t->history, 0, 0);
	place_check(t->history);
	talk_free(t);
}

static void
expect_hit(struct history *h, const char *typed, size_t hits, const char *snippet)
{
	struct query query;
	struct search_request request = {.query = &query, .order = SEARCH_NEWEST, .limit = 5};
	struct search search;
	struct err err;

	CU_ASSERT_FATAL(query_parse(&query, typed, strlen(typed), &err));
	CU_ASSERT_FATAL(search_page(h, &request, &search, &err));
	HARNESS_CHECK(search.n == hits, "%zu hits of %s", search.n, typed);
	if (search.n > 0) {
		HARNESS_EQUAL(buf_text(&search.hits[0].snippet.text), snippet);
		CU_ASSERT(search.hits[0].in_files == (strcmp(typed, "cat") != 0));
	}
	search_release(&search);
	query_release(&query);
}

static void
names_are_shown(void)
{
	struct list_request request = {.limit = 5};
	struct list list;
	struct preview preview;
	struct talk *t;
	struct message *m;
	struct err err;

	place_make();
	t = talk_new(conversation_new(NULL));
	m = conversation_add(t->conversation, NULL, CHAT_USER, "");
	attach_picture(m, "a c++ cat.png");
	attach_picture(m, "b.png");
	conversation_add(t->conversation, m, CHAT_ASSISTANT, "A cat.");
	talk_save(t);
	expect_hit(t->history, "b.png", 1, "a c++ cat.png b.png");
	expect_hit(t->history, "in:reasoning b.png", 0, "");
	expect_hit(t->history, "c++", 1, "a c++ cat.png b.png");
	expect_hit(t->history, "c#", 0, "");
	expect_hit(t->history, "cat", 2, "A cat.");
	CU_ASSERT(list_page(t->history, &request, &list, &err) && list.n == 1);
	HARNESS_EQUAL(buf_text(&list.rows[0].preview), "a c++ cat.png\nb.png\n");
	list_release(&list);
	CU_ASSERT(preview_load(t->history, 1, 0, NULL, &preview, &err) && preview.n == 2);
	HARNESS_EQUAL(buf_text(&preview.messages[0].files), "attached: a c++ cat.png, b.png");
	HARNESS_EQUAL(buf_text(&preview.messages[1].files), "");
	preview_release(&preview);
	talk_free(t);
}

CU_TestInfo attached_tests[] = {
        {"come back in order", come_back_in_order},
        {"are there once, and shared", are_there_once_and_shared},
        {"cost a later save nothing", cost_a_later_save_nothing},
        {"are saved with their message", are_saved_with_their_message},
        {"outlive a conversation that is gone", outlive_a_conversation_that_is_gone},
        {"go with the last message", go_with_the_last_message},
        {"stay while it can be brought back", stay_while_it_can_be_brought_back},
        {"large ones go piece by piece", large_ones_go_piece_by_piece},
        {"odd rows are no trouble", odd_rows_are_no_trouble},
        {"damaged files are told", damaged_files_are_told},
        {"names are found", names_are_found},
        {"names are shown", names_are_shown},
        CU_TEST_INFO_NULL,
};
