/*
 * failing.c - a session on a disk that fails (disk.h), at each of its calls in turn: nothing crashes, the words say what
 * is wrong, and when the disk is well again all of it is saved, once.
 *
 * FLYNN_FAULTS=all tries every call; else some are left out where there are many.
 */
#include <errno.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "store/database.h"
#include "store/load.h"
#include "store/saver.h"
#include "store/write.h"
#include "tests/harness.h"
#include "tests/store/disk.h"
#include "tests/store/place.h"
#include "tests/store/tests.h"

enum {
	MESSAGES_MAX = 16,
	CALLS_MAX = 4000, /* a session makes fewer */
};

static const char fault_words[] = "history cannot be used: Input/output error (/";
static const char disk_words[] = "history cannot be used: disk I/O error (/";
static const char lock_words[] = "history is locked by another program (/";
static const char full_words[] = "the disk is full (/";
static const char read_only_words[] = "history may not be written (/";

/* What fails, and how the words for it begin. */
struct fault {
	const char *name;
	struct disk_fault disk;
	const char *words;
};

static const struct fault faults[] = {
        {"write", {DISK_WRITE, SQLITE_IOERR_WRITE, EIO, false, false}, fault_words},
        {"short write", {DISK_WRITE, SQLITE_IOERR_WRITE, EIO, true, false}, fault_words},
        {"writes", {DISK_WRITE, SQLITE_IOERR_WRITE, EIO, false, true}, fault_words},
        {"full", {DISK_WRITE, SQLITE_FULL, ENOSPC, false, false}, full_words},
        {"full, short", {DISK_WRITE, SQLITE_FULL, ENOSPC, true, true}, full_words},
        {"over quota", {DISK_WRITE, SQLITE_IOERR_WRITE, EDQUOT, false, true}, full_words},
        {"sync", {DISK_SYNC, SQLITE_IOERR_FSYNC, EIO, false, false}, fault_words},
        {"syncs", {DISK_SYNC, SQLITE_IOERR_FSYNC, EIO, false, true}, fault_words},
        {"sync when full", {DISK_SYNC, SQLITE_IOERR_FSYNC, ENOSPC, false, false}, full_words},
        {"open", {DISK_OPEN, SQLITE_CANTOPEN, EIO, false, false}, fault_words},
        {"opens", {DISK_OPEN, SQLITE_CANTOPEN, EACCES, false, true}, read_only_words},
        {"truncate", {DISK_TRUNCATE, SQLITE_IOERR_TRUNCATE, EIO, false, false}, fault_words},
        {"truncates", {DISK_TRUNCATE, SQLITE_IOERR_TRUNCATE, EIO, false, true}, fault_words},
        {"delete", {DISK_DELETE, SQLITE_IOERR_DELETE, EIO, false, false}, fault_words},
        {"deletes", {DISK_DELETE, SQLITE_IOERR_DELETE, EACCES, false, true}, read_only_words},
        {"lock", {DISK_LOCK, SQLITE_BUSY, EAGAIN, false, false}, lock_words},
        {"locks", {DISK_LOCK, SQLITE_BUSY, EAGAIN, false, true}, lock_words},
        {"no lock", {DISK_LOCK, SQLITE_IOERR_LOCK, EIO, false, false}, fault_words},
        {"no locks", {DISK_LOCK, SQLITE_IOERR_LOCK, EIO, false, true}, fault_words},
        {"read", {DISK_READ, SQLITE_IOERR_READ, EIO, false, false}, fault_words},
        {"reads", {DISK_READ, SQLITE_IOERR_READ, EIO, false, true}, fault_words},
        {"map", {DISK_MAP, SQLITE_IOERR_SHMMAP, EIO, false, false}, fault_words},
        {"maps", {DISK_MAP, SQLITE_IOERR_SHMSIZE, ENOSPC, false, true}, full_words},
};

/* The conversation that a flynn has open, and what it was told to be saved of each message. */
struct session {
	struct history *history; /* or NULL */
	struct conversation *conversation;
	struct saver *saver;
	int64_t now_ms;
	const char *where; /* for failed tests: which fault, at which call */
	size_t n;
	const char *words;
	struct promise {
		int64_t row;
		size_t content, reasoning;
	} promises[MESSAGES_MAX];
};

/* ---- a flynn ---- */

static bool
begins(const char *text, const char *with)
{
	return strncmp(text, with, strlen(with)) == 0;
}

/* Where SQLite does not hand on why, its own words say that it is the disk. */
static void
check_words(const struct session *s, const struct err *err)
{
	HARNESS_CHECK(err->code == ERR_SYSTEM && (begins(err->text, s->words) || begins(err->text, disk_words)),
	        "%s %d: %s", s->where, (int)s->n, err->text);
}

/* No fault of the disk makes a good file count as a damaged one. */
static void
check_failure(const struct session *s, const struct err *err)
{
	check_words(s, err);
	HARNESS_CHECK(!s->history || !history_is_damaged(s->history), "%s %d", s->where, (int)s->n);
}

static bool
have_open(struct session *s, struct err *err)
{
	char *path = place_path("history.db");

	if (!s->history)
		s->history = history_open(path, HISTORY_CREATE, err);
	if (s->history)
		HARNESS_CHECK(
		        !*history_notice(s->history), "%s %d: %s", s->where, (int)s->n, history_notice(s->history));
	free(path);
	return s->history != NULL;
}

static void
note_promises(struct session *s)
{
	for (const struct message *m = NULL; (m = conversation_next(s->conversation, m)) != NULL;) {
		CU_ASSERT_FATAL(m->id <= MESSAGES_MAX);
		s->promises[m->id - 1] = (struct promise){m->row, m->content.len, m->reasoning.len};
	}
}

/* What is new, as the writing thread saves it; false: it fails, and is due again. */
static bool
save(struct session *s)
{
	struct err err = {0};
	struct save *save;
	bool gone = false;

	s->now_ms += SAVER_RETRY_MS;
	while ((save = saver_take(s->saver, s->conversation, s->now_ms)) != NULL) {
		if (have_open(s, &err) && write_save(s->history, save, NULL, &gone, &err)) {
			saver_saved(s->saver, s->conversation, save, s->now_ms);
			continue;
		}
		check_failure(s, &err);
		HARNESS_CHECK(!gone, "%s %d", s->where, (int)s->n);
		saver_failed(s->saver, save, s->now_ms);
		return false;
	}
	note_promises(s);
	return true;
}

static void
set(struct session *s, const char *key, const char *value)
{
	struct err err = {0};

	if (!have_open(s, &err) || !history_set(s->history, key, value, &err))
		check_failure(s, &err);
}

/* Loading gives what was saved or says why not. */
static void
load(struct session *s)
{
	struct loaded loaded = {0};
	struct err err = {0};
	int64_t row = conversation_info(s->conversation)->row;

	if (row != 0 && (!have_open(s, &err) || !load_conversation(s->history, row, &loaded, &err)))
		check_failure(s, &err);
	loaded_release(&loaded);
}

static void
end(struct session *s)
{
	history_close(s->history);
	s->history = NULL;
}

/* ---- what is done in it ---- */

static struct message *
ask(struct session *s, const char *prompt)
{
	struct conversation *c = s->conversation;
	struct message *m = conversation_add(c, conversation_leaf(c), CHAT_USER, prompt);

	m = conversation_add(c, m, CHAT_ASSISTANT, "");
	m->state = MESSAGE_STREAMING;
	save(s);
	return m;
}

static void
stream(struct session *s, struct message *m, const char *text)
{
	CU_ASSERT(buf_append_string(&m->content, text) && buf_append_string(&m->reasoning, "hm "));
	conversation_touch(s->conversation, m);
	save(s);
}

static void
settle(struct session *s, struct message *m, enum message_state state)
{
	m->state = state;
	conversation_touch(s->conversation, m);
	save(s);
}

static void
rename_it(struct session *s, const char *title)
{
	struct conversation_info *info = conversation_info(s->conversation);

	buf_clear(&info->title);
	buf_puts(&info->title, title);
	info->titled = TITLE_BY_PERSON;
	conversation_touch_info(s->conversation);
	save(s);
}

/* The reply on its way is recovered, and its writer finds out. A flynn whose saves fail keeps its history open: what the
 * log has of them may count when it is read again. */
static void
begin_again(struct session *s)
{
	if (!saver_is_dirty(s->saver, s->conversation))
		end(s);
}

static void
do_all(struct session *s)
{
	struct conversation *c = s->conversation;
	struct message *first, *second;

	saver_set_draft(s->saver, "hel");
	save(s);
	first = ask(s, "hello");
	for (int i = 0; i < 3; i++)
		stream(s, first, "text 世界 ");
	settle(s, first, MESSAGE_STOPPED);
	first->state = MESSAGE_STREAMING;
	stream(s, first, "goes on");
	settle(s, first, MESSAGE_COMPLETE);
	set(s, "open", "1");
	second = ask(s, "and?");
	settle(s, second, MESSAGE_COMPLETE);
	conversation_delete(c, second->parent);
	save(s);
	conversation_undelete(c);
	save(s);
	rename_it(s, "Greeting");
	second = ask(s, "taken back");
	conversation_remove(c, second);
	saver_set_draft(s->saver, "half a prompt");
	save(s);
	second = ask(s, "last");
	stream(s, second, "some ");
	stream(s, second, "more ");
	begin_again(s);
	load(s);
	stream(s, second, "after the end");
	settle(s, second, MESSAGE_COMPLETE);
}

/* ---- what is left of it ---- */

static void
check(struct session *s, const char *have, const char *want, const char *what)
{
	HARNESS_CHECK(strcmp(have, want) == 0, "%s %d: %s is [%s], not [%s]", s->where, (int)s->n, what, have, want);
}

static void
check_column(struct session *s, const char *what, const char *table, int64_t row, const char *want)
{
	char *sql = mem_printf("SELECT %s FROM %s WHERE id = %lld", what, table, (long long)row);
	char *have = place_query(s->history, sql);

	check(s, have, want, what);
	free(have);
	free(sql);
}

static void
check_count(struct session *s, const char *table, int64_t want)
{
	char *sql = mem_printf("SELECT count(*) FROM %s", table), *number = mem_printf("%lld", (long long)want);
	char *have = place_query(s->history, sql);

	check(s, have, number, table);
	free(have);
	free(number);
	free(sql);
}

/* All is there, once. */
static void
expect_everything(struct session *s)
{
	const struct conversation_info *info = conversation_info(s->conversation);
	int64_t n = 0;

	for (const struct message *m = NULL; (m = conversation_next(s->conversation, m)) != NULL; n++) {
		check_column(s, "content", "message", m->row, buf_text(&m->content));
		check_column(s, "reasoning", "message", m->row, buf_text(&m->reasoning));
		check_column(s, "state", "message", m->row, message_state_name(m->state));
		check_column(s, "deleted IS NULL AND owner IS NULL", "message", m->row, "1");
	}
	check_count(s, "message", n);
	check_count(s, "journal", 0);
	check_count(s, "conversation", 1);
	check_column(s, "title", "conversation", info->row, "Greeting");
	check_column(s, "draft", "conversation", info->row, "half a prompt");
	place_check(s->history);
}

static struct session
session_new(const char *where, size_t n, const char *words)
{
	place_make();
	return (struct session){.conversation = conversation_new("system"),
	        .saver = saver_new(1),
	        .where = where,
	        .n = n,
	        .words = words};
}

static void
session_end(struct session *s)
{
	end(s);
	saver_free(s->saver);
	conversation_free(s->conversation);
	place_remove();
}

/* ---- a call that fails ---- */

/* False: the session makes no more than n such calls. */
static bool
fails_at(const struct fault *fault, size_t n)
{
	struct session s = session_new(fault->name, n, fault->words);
	struct err err = {0};
	bool failed, saved;

	disk_fail(&fault->disk, n);
	do_all(&s);
	failed = disk_heal();
	saved = save(&s);
	HARNESS_CHECK(saved && !saver_is_dirty(s.saver, s.conversation), "%s %d", fault->name, (int)n);
	end(&s);
	HARNESS_CHECK(have_open(&s, &err), "%s %d: %s", fault->name, (int)n, err.text);
	if (s.history)
		expect_everything(&s);
	session_end(&s);
	return failed;
}

/* One after another at first: there the file is made. Then fewer and fewer of them. */
static size_t
next_call(size_t n)
{
	const char *all = getenv("FLYNN_FAULTS");

	if ((all && strcmp(all, "all") == 0) || n < 6)
		return n + 1;
	return n + (5 + n / 4) * harness_stride();
}

static void
everything_is_saved_after_a_failure(void)
{
	disk_install();
	for (size_t i = 0; i < ARRAY_LEN(faults); i++) {
		size_t n = 0;

		while (n < CALLS_MAX && fails_at(&faults[i], n))
			n = next_call(n);
		HARNESS_CHECK(n > 0 && n < CALLS_MAX, "%s: %d calls", faults[i].name, (int)n);
	}
	disk_remove();
}

/* ---- loss of power ---- */

static void
expect_beginning(
        struct session *s, const struct message *m, const char *column, const struct buf *text, size_t at_least)
{
	char *sql = mem_printf("SELECT %s FROM message WHERE id = %lld", column, (long long)m->row);
	char *have = place_query(s->history, sql);
	size_t n = strlen(have);

	HARNESS_CHECK(n >= at_least && n <= text->len && memcmp(have, buf_text(text), n) == 0,
	        "%s %d: %s of message %d is [%s], not [%s]", s->where, (int)s->n, column, (int)m->id, have,
	        buf_text(text));
	free(have);
	free(sql);
}

/* Whatever was told to be saved is there; a save more may be. */
static void
expect_promises(struct session *s)
{
	int64_t n = 0;
	char *have;

	for (const struct message *m = NULL; (m = conversation_next(s->conversation, m)) != NULL; n++) {
		const struct promise *p = &s->promises[m->id - 1];

		if (m->row == 0)
			continue;
		expect_beginning(s, m, "content", &m->content, p->content);
		expect_beginning(s, m, "reasoning", &m->reasoning, p->reasoning);
	}
	have = place_query(s->history, "SELECT count(*) FROM message");
	HARNESS_CHECK(strtoll(have, NULL, 10) <= n + 1, "%s %d: %s messages", s->where, (int)s->n, have);
	free(have);
	check_count(s, "journal", 0);
	place_check(s->history);
}

static bool
loses_power_at(size_t n, enum disk_kept kept)
{
	static const char *const names[] = {"nothing kept", "every second kept", "the last lost"};
	struct session s = session_new(names[kept], n, fault_words);
	struct err err = {0};
	bool gone;

	disk_end_power(n);
	do_all(&s);
	end(&s);
	gone = disk_restart(kept);
	if (gone) {
		HARNESS_CHECK(have_open(&s, &err), "%s %d: %s", names[kept], (int)n, err.text);
		if (s.history)
			expect_promises(&s);
	}
	session_end(&s);
	return gone;
}

static void
what_was_saved_survives_a_loss_of_power(void)
{
	disk_install();
	for (int kept = 0; kept < DISK_KEPT; kept++) {
		size_t n = 0;

		while (n < CALLS_MAX && loses_power_at(n, (enum disk_kept)kept))
			n = next_call(n);
		HARNESS_CHECK(n > 100 && n < CALLS_MAX, "%d calls", (int)n);
	}
	disk_remove();
}

CU_TestInfo failing_tests[] = {
        {"everything is saved after a failure", everything_is_saved_after_a_failure},
        {"what was saved survives a loss of power", what_was_saved_survives_a_loss_of_power},
        CU_TEST_INFO_NULL,
};
