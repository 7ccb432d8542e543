/*
 * mend.c - indexes that are damaged, while nothing else is: they are rebuilt, and everything is found again.
 */
#include "store/repair.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "store/examine.h"
#include "store/migrate.h"
#include "store/saver.h"
#include "store/schema.h"
#include "store/worker.h"
#include "tests/harness.h"
#include "tests/store/place.h"
#include "tests/store/talk.h"
#include "tests/store/tests.h"

static const char notice[] = "the search index of the history was damaged: it was rebuilt";

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

	place_break_index();
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
open_as_newer(const char *step)
{
	const struct schema *now = schema_current();
	const char *steps[16];
	struct schema newer = {.version = now->version + 1, .create = now->create, .steps = steps};
	char *path = place_path("history.db");
	struct err err = {0};
	struct history *h;

	CU_ASSERT_FATAL((size_t)now->version < ARRAY_LEN(steps));
	memcpy(steps, now->steps, (size_t)(now->version - 1) * sizeof(*steps));
	steps[now->version - 1] = step;
	h = history_open_as(path, HISTORY_CREATE, &newer, &err);
	HARNESS_CHECK(h != NULL, "%s", err.text);
	free(path);
	return h;
}

static bool
has_backup(void)
{
	char *name = mem_printf("history.db.v%d.bak", schema_current()->version);
	bool has = place_has(name);

	free(name);
	return has;
}

static void
expect_newer(struct history *h)
{
	char *want = mem_printf("%d", schema_current()->version + 1);

	place_expect(h, "PRAGMA user_version", want);
	free(want);
}

static void
an_update_that_needs_the_index(void)
{
	struct talk *t = make_history();

	history_close(t->history);
	place_break_index();
	t->history = open_as_newer("UPDATE message SET content = content || '!'");
	CU_ASSERT_FATAL(t->history != NULL);
	CU_ASSERT(strncmp(history_notice(t->history), "the history was brought up to date: ", 36) == 0);
	CU_ASSERT(has_backup());
	expect_newer(t->history);
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
	t->history = open_as_newer("UPDATE message SET content = content || '!'");
	CU_ASSERT_FATAL(t->history != NULL);
	HARNESS_CHECK(strncmp(history_notice(t->history), "the history was damaged: it is kept as /", 40) == 0, "%s",
	        history_notice(t->history));
	CU_ASSERT(!has_backup() && !place_has("history.db.new"));
	expect_newer(t->history);
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

/* What may become of the index alone: by a statement, or by a table whose first page holds such bytes. */
static const struct damage {
	const char *sql, *table;
	int byte;
} damages[] = {
        {.sql = "DROP TABLE message_words_data"},
        {.sql = "DROP TABLE message_words_idx"},
        {.sql = "DROP TABLE message_words_docsize"},
        {.sql = "DROP TABLE message_words_config"},
        {.sql = "DROP TABLE message_words_data; DROP TABLE message_words_idx; DROP TABLE message_words_docsize;"
                "DROP TABLE message_words_config"},
        {.sql = "UPDATE message_words_config SET v = 5 WHERE k = 'version'"},
        {.sql = "DELETE FROM message_words_config"},
        {.sql = "UPDATE message_words_data SET block = zeroblob(length(block))"},
        {.sql = "UPDATE message_words_data SET block = zeroblob(length(block)) WHERE id > 10"},
        {.sql = "DELETE FROM message_words_data WHERE id > 10"},
        {.sql = "DELETE FROM message_words_docsize WHERE id = 7"},
        {.sql = "DELETE FROM message_words_docsize"},
        {.sql = "INSERT INTO message_words_docsize VALUES (777, x'0101')"},
        {.sql = "DROP TRIGGER message_added"},
        {.sql = "DROP TRIGGER message_changed; DROP TRIGGER message_removed"},
        {.sql = "PRAGMA writable_schema = ON; DELETE FROM sqlite_schema WHERE name = 'message_words'"},
        {.sql = "DROP TABLE message_words"},
        {.table = "message_words_data", .byte = 0},
        {.table = "message_words_data", .byte = 0xee},
        {.table = "message_words_idx", .byte = 0},
        {.table = "message_words_docsize", .byte = 0},
        {.table = "message_words_docsize", .byte = 0xee},
        {.table = "message_words_config", .byte = 0},
};

static const char *
damage_history(const struct damage *d)
{
	if (d->sql)
		place_damage(d->sql);
	else
		place_fill_table(d->table, d->byte);
	return d->sql ? d->sql : d->table;
}

static enum examine_state
examine(void)
{
	struct examination found;
	char *path = place_path("history.db");
	enum examine_state state;

	examine_history(path, &found, NULL, NULL);
	state = found.state;
	examination_release(&found);
	free(path);
	return state;
}

/* The next result of this type; others are let go. */
static struct store_result *
next_of(struct store *store, enum store_type type)
{
	for (;;) {
		struct store_result *r = store_take(store);
		struct pollfd fd = {store_fd(store), POLLIN, 0};

		if (r && r->type == type)
			return r;
		if (!r && store_sleep(store, false))
			CU_ASSERT_FATAL(poll(&fd, 1, 10000) > 0);
		if (!r)
			store_awake(store, fd.revents != 0);
		store_result_free(r);
	}
}

static void
expect_notice(struct store *store, const char *where)
{
	bool told = false;

	while (!told) {
		struct store_result *r = next_of(store, STORE_OPENED);

		HARNESS_CHECK(r->err.code == ERR_NONE, "%s: %s", where, r->err.text);
		told = r->notice != NULL;
		HARNESS_CHECK(!told || strcmp(r->notice, notice) == 0, "%s: %s", where, r->notice);
		store_result_free(r);
	}
}

/* Opened as flynn does it: it saves, and says once that the index was rebuilt, whether a save comes across it or it is
 * found while there is nothing to do. */
static void
use_damaged(const char *where, bool save_first)
{
	struct conversation *c = conversation_new(NULL);
	struct saver *saver = saver_new(1);
	char *path = place_path("history.db");
	struct err err;
	struct store *store = store_new(path, NULL, NULL, &err);
	struct store_result *r;

	CU_ASSERT_FATAL(store != NULL);
	if (!save_first)
		expect_notice(store, where);
	conversation_add(c, NULL, CHAT_USER, "new foxes");
	CU_ASSERT_FATAL(store_save(store, saver_take(saver, c, 0)));
	r = next_of(store, STORE_SAVED);
	HARNESS_CHECK(r->err.code == ERR_NONE && !r->start_over, "%s: %s", where, r->err.text);
	saver_saved(saver, c, r->save, 0);
	r->save = NULL;
	store_result_free(r);
	store_free(store);
	saver_free(saver);
	conversation_free(c);
	free(path);
}

static void
any_damage_of_the_index_stops_nothing(void)
{
	for (size_t i = 0; i < 2 * ARRAY_LEN(damages); i += harness_stride()) {
		struct talk *t = make_history();
		bool save_first = i % 2;
		const char *where;

		history_close(t->history);
		CU_ASSERT(examine() == EXAMINE_FINE);
		where = damage_history(&damages[i / 2]);
		HARNESS_CHECK(examine() == EXAMINE_INDEX, "%s", where);
		use_damaged(where, save_first);
		/* What was saved before that was found is mended at the next start. */
		if (save_first && examine() != EXAMINE_FINE)
			use_damaged(where, false);
		HARNESS_CHECK(examine() == EXAMINE_FINE, "%s", where);
		t->history = place_open();
		HARNESS_EQUAL(history_notice(t->history), "");
		place_check(t->history);
		talk_free(t);
	}
}

/* A part of the index with words of messages that are neither of the oldest nor of the newest. */
static const char hidden_damage[] = "UPDATE message_words_data SET block = zeroblob(length(block)) WHERE id ="
                                    "  (SELECT id FROM message_words_data WHERE id > 10 LIMIT 1 OFFSET (SELECT "
                                    "count(*) / 2 FROM message_words_data))";

/* Messages with words of their own. */
static void
add_own_words(struct talk *t)
{
	struct buf text = {0};

	for (int i = 0; i < 30; i++) {
		buf_clear(&text);
		for (int k = 0; k < 200; k++)
			buf_printf(&text, "v%dx%d ", i, k);
		add(t, buf_text(&text));
	}
	buf_release(&text);
}

/* A history with that damage, of which the index was read when this SQL says, in ms since 1970. */
static void
make_damaged_since(const char *read_at)
{
	struct talk *t = make_history();
	char *sql = mem_printf("INSERT OR REPLACE INTO setting VALUES ('index_checked', %s)", read_at);

	add_own_words(t);
	for (int i = 0; i < 40; i++)
		add(t, "some words about foxes");
	talk_save(t);
	history_close(t->history);
	talk_drop(t);
	place_damage(hidden_damage);
	place_damage(sql);
	HARNESS_CHECK(examine() == EXAMINE_INDEX, "%s", read_at);
	free(sql);
}

/* Until there is nothing left to do: what was deleted long ago is removed after the index was looked at. */
static void
run_until_idle(void)
{
	static const struct timespec pause = {.tv_nsec = 20000000};
	struct store *store;
	struct history *h;
	char *left = NULL;

	place_damage("INSERT INTO conversation (uuid, created, updated, deleted) VALUES ('bait', 1, 1, 1)");
	store = place_start();
	free(place_try(HISTORY_READ, &h));
	for (int i = 0; i < 1000 && (!left || strcmp(left, "0") != 0); i++) {
		free(left);
		nanosleep(&pause, NULL);
		left = place_query(h, "SELECT count(*) FROM conversation WHERE uuid = 'bait'");
	}
	HARNESS_EQUAL(left, "0");
	free(left);
	history_close(h);
	store_free(store);
}

static void
the_index_is_read_once_a_day(void)
{
	static const struct {
		const char *read_at;
		enum examine_state then;
	} cases[] = {
	        {"unixepoch() * 1000", EXAMINE_INDEX},
	        {"(unixepoch() - 23 * 3600) * 1000", EXAMINE_INDEX},
	        {"(unixepoch() - 25 * 3600) * 1000", EXAMINE_FINE},
	        {"(unixepoch() + 3600) * 1000", EXAMINE_FINE}, /* by a clock that went wrong */
	        {"'nonsense'", EXAMINE_FINE},
	        {"'-9223372036854775808'", EXAMINE_FINE},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		make_damaged_since(cases[i].read_at);
		run_until_idle();
		HARNESS_CHECK(examine() == cases[i].then, "%s", cases[i].read_at);
		place_remove();
	}
}

/* Wherever it was read as a whole and is sound, that is noted. */
static void
a_sound_index_is_noted(void)
{
	struct talk *t = make_history();

	history_close(t->history);
	run_until_idle();
	t->history = place_open();
	place_expect(t->history,
	        "SELECT unixepoch() * 1000 - value BETWEEN -1000 AND 60000 FROM setting WHERE key = 'index_checked'",
	        "1");
	talk_free(t);
}

static void
damage_elsewhere_is_no_damage_of_the_index(void)
{
	static const char *const tables[] = {"message", "conversation", "message_of", "journal", "setting"};

	for (size_t i = 0; i < ARRAY_LEN(tables); i++) {
		struct talk *t = make_history();

		history_close(t->history);
		place_break_table(tables[i]);
		HARNESS_CHECK(examine() == EXAMINE_DAMAGED, "%s", tables[i]);
		talk_drop(t);
		place_remove();
	}
}

/* Each time: what is new was saved in between. */
static void
is_mended_more_than_once(void)
{
	struct talk *t = make_history();
	struct err err = {0};

	for (int i = 0; i < 3; i++) {
		place_break_index();
		add(t, "more foxes");
		CU_ASSERT(!talk_try_save(t, &err) && history_may_be_mended(t->history));
		HARNESS_CHECK(history_mend(t->history, &err), "%s", err.text);
		CU_ASSERT(!history_mend(t->history, &err));
		talk_save(t);
	}
	expect_mended(t->history, "33");
	talk_free(t);
}

CU_TestInfo mend_tests[] = {
        {"any damage of the index stops nothing", any_damage_of_the_index_stops_nothing},
        {"the index is read once a day", the_index_is_read_once_a_day},
        {"damage elsewhere is no damage of the index", damage_elsewhere_is_no_damage_of_the_index},
        {"is mended more than once", is_mended_more_than_once},
        {"a sound index is noted", a_sound_index_is_noted},
        {"a save that needs the index", a_save_that_needs_the_index},
        {"a start that needs the index", a_start_that_needs_the_index},
        {"an update that needs the index", an_update_that_needs_the_index},
        {"an update of a damaged file begins a new one", an_update_of_a_damaged_file_begins_a_new_one},
        {"what is damaged elsewhere is not mended", what_is_damaged_elsewhere_is_not_mended},
        CU_TEST_INFO_NULL,
};
