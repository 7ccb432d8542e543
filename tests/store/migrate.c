/*
 * migrate.c - the way to a newer schema, with steps that only these tests know; ended at any moment, and failing.
 */
#include "store/migrate.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "store/database.h"
#include "tests/harness.h"
#include "tests/store/place.h"
#include "tests/store/talk.h"
#include "tests/store/tests.h"

static const char add_colour[] = "ALTER TABLE conversation ADD COLUMN colour TEXT NOT NULL DEFAULT 'blue'";
static const char add_notes[] = "CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT);"
                                "INSERT INTO note (text) SELECT content FROM message";
static const char lose_messages[] = "DELETE FROM message";
static const char nonsense[] = "CREATE TABLE";

static const char *const good_steps[] = {add_colour, add_notes};
static const char *const losing_steps[] = {add_colour, lose_messages};
static const char *const broken_steps[] = {add_colour, nonsense};

/* Two versions beyond that of this flynn. Borrowed until the next call. */
static struct schema
to_newer(const char *const *last_two)
{
	static const char *steps[16];
	const struct schema *now = schema_current();
	size_t n = 0;

	while (n + 1 < (size_t)now->version) {
		steps[n] = now->steps[n];
		n++;
	}
	CU_ASSERT_FATAL(n + 2 < ARRAY_LEN(steps));
	steps[n] = last_two[0];
	steps[n + 1] = last_two[1];
	return (struct schema){.version = now->version + 2, .create = now->create, .steps = steps};
}

/* A closed history with 20 messages, some of them still in the log. */
static void
make_old(void)
{
	struct talk *t;

	place_make();
	t = talk_new(conversation_new(NULL));
	for (int i = 0; i < 10; i++)
		talk_end(t, talk_begin(t, "tell"), MESSAGE_COMPLETE);
	history_close(t->history);
	talk_drop(t);
}

static struct history *
open_as(const struct schema *schema, struct err *err)
{
	char *path = place_path("history.db");
	struct history *h = history_open_as(path, HISTORY_CREATE, schema, err);

	free(path);
	return h;
}

static void
expect_new(struct history *h)
{
	char *version = mem_printf("%d", schema_current()->version + 2);

	place_expect(h, "PRAGMA user_version", version);
	free(version);
	place_expect(h, "SELECT count(*) || colour FROM conversation", "1blue");
	place_expect(h, "SELECT (SELECT count(*) FROM message) || ' ' || (SELECT count(*) FROM note)", "20 20");
	place_check(h);
}

static void
goes_to_the_newest(void)
{
	struct schema newer = to_newer(good_steps);
	struct err err = {0};
	struct history *h;
	char *path;

	make_old();
	h = open_as(&newer, &err);
	CU_ASSERT_FATAL(h != NULL);
	expect_new(h);
	CU_ASSERT(strncmp(history_notice(h), "the history was brought up to date: what it was is kept as /", 60) == 0);
	CU_ASSERT(place_has("history.db.v6.bak") && !place_has("history.db.new"));
	history_close(h);
	path = place_path("history.db.v6.bak");
	h = history_open(path, HISTORY_READ, &err);
	HARNESS_CHECK(h != NULL, "%s", err.text);
	place_expect(h, "SELECT count(*) FROM message", "20");
	history_close(h);
	free(path);
	h = open_as(&newer, &err);
	CU_ASSERT_FATAL(h != NULL);
	HARNESS_EQUAL(history_notice(h), "");
	history_close(h);
	place_remove();
}

static void
what_fails_leaves_it_as_it_was(void)
{
	static const struct {
		const char *const *steps;
		const char *words;
	} rows[] = {
	        {losing_steps, "the new version of the history lacks some of table message: it was left as it is ("},
	        {broken_steps, "history cannot be used: incomplete input ("},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct schema newer = to_newer(rows[i].steps);
		struct err err = {0};
		struct history *h;

		make_old();
		CU_ASSERT(!open_as(&newer, &err));
		HARNESS_CHECK(strncmp(err.text, rows[i].words, strlen(rows[i].words)) == 0, "%s", err.text);
		CU_ASSERT(!place_has("history.db.v6.bak") && !place_has("history.db.new"));
		h = place_open();
		place_expect(h, "SELECT count(*) FROM message", "20");
		place_check(h);
		history_close(h);
		place_remove();
	}
}

static void
waits_until_nobody_has_it_open(void)
{
	struct schema newer = to_newer(good_steps);
	struct history *h, *other;
	struct err err = {0};

	if (!place_has_two_users())
		return;
	make_old();
	other = place_open();
	CU_ASSERT(!open_as(&newer, &err));
	CU_ASSERT(
	        strncmp(err.text, "history is of an older flynn, and another flynn has it open: quit that one first (",
	                82) == 0);
	place_expect(other, "SELECT count(*) FROM message", "20");
	history_close(other);
	h = open_as(&newer, &err);
	CU_ASSERT_FATAL(h != NULL);
	expect_new(h);
	history_close(h);
	place_remove();
}

/* A process that is killed so many microseconds after it began to open the history. */
static void
open_and_be_killed(const struct schema *schema, int after_us)
{
	pid_t child = fork();

	CU_ASSERT_FATAL(child >= 0);
	if (child == 0) {
		struct itimerval timer = {.it_value = {after_us / 1000000, after_us % 1000000}};
		struct err err;

		signal(SIGALRM, SIG_DFL);
		setitimer(ITIMER_REAL, &timer, NULL);
		_exit(open_as(schema, &err) ? 0 : 1);
	}
	waitpid(child, NULL, 0);
}

static void
may_be_killed_at_any_moment(void)
{
	struct schema newer = to_newer(good_steps);

	for (int i = 0; i < 40; i += (int)harness_stride()) {
		struct err err = {0};
		struct history *h;

		make_old();
		for (int again = 0; again < 3; again++)
			open_and_be_killed(&newer, 100 + i * 400 + again * 37);
		h = open_as(&newer, &err);
		HARNESS_CHECK(h != NULL, "%d: %s", i, err.text);
		if (h)
			expect_new(h);
		CU_ASSERT(place_has("history.db.v6.bak") && !place_has("history.db.v6.bak2"));
		history_close(h);
		place_remove();
	}
}

CU_TestInfo migrate_tests[] = {
        {"goes to the newest", goes_to_the_newest},
        {"what fails leaves it as it was", what_fails_leaves_it_as_it_was},
        {"waits until nobody has it open", waits_until_nobody_has_it_open},
        {"may be killed at any moment", may_be_killed_at_any_moment},
        CU_TEST_INFO_NULL,
};
