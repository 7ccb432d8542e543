/*
 * mend.c - indexes that are damaged, while nothing else is: they are made anew, and everything is found again.
 */
#include "store/mend.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "store/migrate.h"
#include "store/schema.h"
#include "tests/harness.h"
#include "tests/store/place.h"
#include "tests/store/talk.h"
#include "tests/store/tests.h"

static const char notice[] = "the search index of the history was damaged: it was made anew";

static void
add(struct talk *t, const char *text)
{
	conversation_add(t->conversation, conversation_leaf(t->conversation), CHAT_USER, text);
}

/* A place with some messages in its history, which is open. */
static struct talk *
make_history(void)
{
	struct talk *t;

	place_make();
	t = talk_new(conversation_new(NULL));
	for (int i = 0; i < 30; i++)
		add(t, "some words about foxes");
	talk_save(t);
	return t;
}

static void
expect_mended(struct history *h, const char *foxes)
{
	place_expect(h, "SELECT count(*) FROM message", foxes);
	place_expect(h, "SELECT count(*) FROM message_words WHERE message_words MATCH 'foxes'", foxes);
	place_check(h);
}

static void
a_save_that_needs_the_index(void)
{
	struct talk *t = make_history();
	struct err err = {0};

	history_close(t->history);
	place_break_index();
	t->history = place_open();
	HARNESS_EQUAL(history_notice(t->history), "");
	add(t, "more foxes");
	CU_ASSERT(!talk_try_save(t, &err) && history_is_damaged(t->history));
	CU_ASSERT(strncmp(err.text, "history is damaged (/", 21) == 0);
	HARNESS_CHECK(history_mend(t->history, &err), "%s", err.text);
	HARNESS_EQUAL(history_notice(t->history), notice);
	CU_ASSERT(!history_is_damaged(t->history) && !history_mend(t->history, &err));
	talk_save(t);
	expect_mended(t->history, "31");
	talk_free(t);
}

/* Opening folds what was left of a reply, and writes that to the index. */
static void
a_start_that_needs_the_index(void)
{
	struct talk *t = make_history();
	struct message *reply = talk_begin(t, "tell me of foxes");

	talk_put(&reply->content, "foxes");
	conversation_touch(t->conversation, reply);
	talk_save(t);
	history_close(t->history);
	place_break_index();
	t->history = place_open();
	HARNESS_EQUAL(history_notice(t->history), notice);
	CU_ASSERT(history_recovered(t->history).messages == 1);
	expect_mended(t->history, "32");
	talk_free(t);
}

static struct history *
open_as_two(const char *step)
{
	const char *const steps[] = {step};
	struct schema two = {.version = 2, .create = schema_current()->create, .steps = steps};
	char *path = place_path("history.db");
	struct err err = {0};
	struct history *h = history_open_as(path, HISTORY_CREATE, &two, &err);

	HARNESS_CHECK(h != NULL, "%s", err.text);
	free(path);
	return h;
}

static void
an_update_that_needs_the_index(void)
{
	struct talk *t = make_history();

	history_close(t->history);
	place_break_index();
	t->history = open_as_two("UPDATE message SET content = content || '!'");
	CU_ASSERT_FATAL(t->history != NULL);
	CU_ASSERT(strncmp(history_notice(t->history), "the history was brought up to date: ", 36) == 0);
	CU_ASSERT(place_has("history.db.v1.bak"));
	place_expect(t->history, "PRAGMA user_version", "2");
	expect_mended(t->history, "30");
	talk_free(t);
}

/* Rows that hang on what is not there: the file as it is cannot become a newer one. */
static void
an_update_of_a_damaged_file_begins_a_new_one(void)
{
	struct talk *t = make_history();

	place_run(t->history, "PRAGMA foreign_keys = OFF; UPDATE message SET conversation = 77 WHERE id = 5");
	history_close(t->history);
	t->history = open_as_two("UPDATE message SET content = content || '!'");
	CU_ASSERT_FATAL(t->history != NULL);
	HARNESS_CHECK(strncmp(history_notice(t->history), "the history was damaged: it is kept as /", 40) == 0, "%s",
	        history_notice(t->history));
	CU_ASSERT(!place_has("history.db.v1.bak") && !place_has("history.db.new"));
	place_expect(t->history, "PRAGMA user_version", "2");
	place_expect(t->history, "SELECT count(*) FROM message", "0");
	talk_free(t);
}

static void
what_is_damaged_elsewhere_is_not_mended(void)
{
	struct talk *t = make_history();
	struct err err = {0};

	place_run(t->history, "PRAGMA foreign_keys = OFF; UPDATE message SET conversation = 77 WHERE id = 5");
	CU_ASSERT(!history_mend(t->history, &err) && history_is_damaged(t->history));
	HARNESS_CHECK(strncmp(err.text, "history is damaged (/", 21) == 0, "%s", err.text);
	place_expect(t->history, "SELECT count(*) FROM message", "30");
	talk_free(t);
}

CU_TestInfo mend_tests[] = {
        {"a save that needs the index", a_save_that_needs_the_index},
        {"a start that needs the index", a_start_that_needs_the_index},
        {"an update that needs the index", an_update_that_needs_the_index},
        {"an update of a damaged file begins a new one", an_update_of_a_damaged_file_begins_a_new_one},
        {"what is damaged elsewhere is not mended", what_is_damaged_elsewhere_is_not_mended},
        CU_TEST_INFO_NULL,
};
