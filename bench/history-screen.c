/*
 * history-screen.c - a big history on the screen: flynn on a pseudo-terminal, from a key, or from its start, to the frame
 * that shows what was asked for; and the tokens of a reply while the history's log is written back.
 *
 * Usage: history-screen [browser] [long] [checkpoint]: those parts, or all. The first two want the history that
 * bench/history has made.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "rig.h"
#include "samples.h"
#include "setup.h"
#include "store/database.h"
#include "store/history.h"

enum {
	ROUNDS = 10,
	COLD_ROUNDS = 5,
	MS = 1000000,
	SETTLE_MS = 300,
	TOKENS_PER_SECOND = 200,
	BEFORE_MS = 3000,
	AFTER_MS = 6000,
	LOG_MIB = 64,
	CHUNK = 1024 * 1024,
	WORD_MIN = 5,
};

static const char cache[] = "bench/history-cache";
static struct rig rig;
static char *flynn;

static double
ms(int64_t from_ns, int64_t to_ns)
{
	return (double)(to_ns - from_ns) / MS;
}

static void
give_up(const char *why)
{
	fprintf(stderr, "history-screen: %s\n", why);
	exit(1);
}

static void
print(const char *what, struct samples *s)
{
	printf("history-screen: %s: p50 %.1f, at most %.1f ms (%zu)\n", what, samples_quantile(s, 0.5),
	        samples_quantile(s, 1), s->n);
	s->n = 0;
}

/* ---- what flynn finds ---- */

/* Its data folder, with the history of that file. */
static void
have_history(const char *file)
{
	char *data = mem_printf("%s/data", cache), *folder = mem_printf("%s/flynn", data);
	char *name = mem_printf("%s/history.db", folder), *path = file ? realpath(file, NULL) : NULL;
	char here[4096];

	mkdir("bench", 0777);
	mkdir(cache, 0777);
	mkdir(data, 0700);
	mkdir(folder, 0700);
	unlink(name);
	if ((file && (!path || symlink(path, name) < 0)) || !getcwd(here, sizeof(here)))
		give_up("there is no history: run bench/history first");
	free(name);
	name = mem_printf("%s/%s", here, data);
	setenv("XDG_DATA_HOME", name, 1);
	setenv("XDG_STATE_HOME", name, 1);
	free(name);
	free(path);
	free(folder);
	free(data);
}

static char *
history_path(void)
{
	const char *messages = getenv("FLYNN_BENCH_MESSAGES");

	return mem_printf("%s/history-%ld.db", cache, messages ? atol(messages) : 200000);
}

static struct history *
open_history(const char *path, enum history_mode mode)
{
	struct err err;
	struct history *h = history_open(path, mode, &err);

	if (!h)
		give_up(err.text);
	return h;
}

static int64_t
number(struct history *h, const char *sql)
{
	struct err err;
	int64_t n;

	if (!database_number(history_database(h), sql, &n, &err))
		give_up(err.text);
	return n;
}

static char *
text_of(struct history *h, const char *sql, int64_t row)
{
	struct err err;
	sqlite3_stmt *s = database_prepare(history_database(h), sql, &err);
	bool failed = true;
	char *text;

	if (s)
		sqlite3_bind_int64(s, 1, row);
	if (!s || !database_row(history_database(h), s, &failed, &err))
		give_up(failed ? err.text : "a row is missing");
	text = mem_strdup(database_text(s, 0));
	sqlite3_reset(s);
	return text;
}

/* The last word of a text that is long enough to be told from others. */
static char *
last_word(const char *text)
{
	size_t end = strlen(text), at;

	for (;; end = at) {
		while (end > 0 && !(text[end - 1] >= 'a' && text[end - 1] <= 'z'))
			end--;
		for (at = end; at > 0 && text[at - 1] >= 'a' && text[at - 1] <= 'z';)
			at--;
		if (end == 0 || end - at >= WORD_MIN)
			return mem_strndup(text + at, end - at);
	}
}

/* What is looked for: the first row of the list, and the end of the longest conversation. */
struct wanted {
	char *path, *listed, *end, *number;
	char *title; /* as it is looked for: next to no message holds it */
};

static struct wanted
choose(void)
{
	struct wanted w = {.path = history_path()};
	struct history *h = open_history(w.path, HISTORY_READ);
	int64_t longest =
	        number(h, "SELECT conversation FROM message GROUP BY conversation ORDER BY count(*) DESC LIMIT 1");
	char *title =
	        text_of(h, "SELECT title FROM conversation WHERE NOT archived AND pinned ORDER BY updated DESC", 0);
	char *content = text_of(
	        h, "SELECT content FROM message WHERE id = (SELECT leaf FROM conversation WHERE id = ?1)", longest);

	w.listed = last_word(title);
	w.title = text_of(h,
	        "SELECT '\"' || title || '\"' || iif(archived, ' is:archived', '') FROM conversation WHERE id = ?1",
	        longest);
	w.end = last_word(content);
	w.number = mem_printf("%lld", (long long)longest);
	free(title);
	free(content);
	history_close(h);
	have_history(w.path);
	return w;
}

static void
release(struct wanted *w)
{
	free(w->path);
	free(w->listed);
	free(w->title);
	free(w->end);
	free(w->number);
}

/* ---- the browser ---- */

static void
start(const char *const *words)
{
	if (!rig_start(&rig, flynn, words))
		give_up("flynn does not start");
}

static void
add(struct samples *s, double took)
{
	if (took < 0)
		give_up("what was waited for is not on the screen");
	samples_add(s, took);
}

static void
open_browser(const struct wanted *w, struct samples *s)
{
	static const char *const words[] = {"--new", "-e", NULL};

	start(words);
	rig_run(&rig, clock_ns() + SETTLE_MS * (int64_t)MS);
	add(s, rig_type_for(&rig, "\x1bOR", w->listed));
	rig_stop(&rig);
}

static bool
browser(void)
{
	struct samples *s = mem_alloc(sizeof(*s));
	struct wanted w = choose();

	for (int i = 0; i < ROUNDS; i++)
		open_browser(&w, s);
	print("F3 to the frame with the list", s);
	for (int i = 0; i < COLD_ROUNDS; i++) {
		setup_make_cold(w.path);
		open_browser(&w, s);
	}
	print("F3 to the frame with the list, nothing in the cache", s);
	release(&w);
	free(s);
	return true;
}

/* ---- a conversation of 10,000 messages ---- */

static void
resume(const struct wanted *w, struct samples *s)
{
	const char *words[] = {"resume", w->number, "-e", NULL};

	rig.word = w->end;
	rig.word_ns = 0;
	start(words);
	if (!rig_await(&rig, &rig.word_ns))
		give_up("the conversation is not on the screen");
	samples_add(s, ms(rig.started_ns, rig.word_ns));
	rig_stop(&rig);
}

static void
open_it(const struct wanted *w, struct samples *s, bool cold)
{
	static const char *const words[] = {"--new", "-e", NULL};
	start(words);
	rig_run(&rig, clock_ns() + SETTLE_MS * (int64_t)MS);
	rig_type(&rig, "\x1bOR");
	rig_run(&rig, clock_ns() + SETTLE_MS * (int64_t)MS);
	if (rig_type_for(&rig, w->title, "10000") < 0) /* messages, its row says */
		give_up("the conversation is not found");
	rig_run(&rig, clock_ns() + SETTLE_MS * (int64_t)MS);
	if (cold)
		setup_make_cold(w->path);
	add(s, rig_type_for(&rig, "\r", w->end));
	rig_stop(&rig);
}

static bool
conversation(void)
{
	struct samples *s = mem_alloc(sizeof(*s));
	struct wanted w = choose();

	for (int i = 0; i < ROUNDS; i++)
		open_it(&w, s, false);
	print("Enter in the browser to the frame with the longest conversation", s);
	for (int i = 0; i < COLD_ROUNDS; i++)
		open_it(&w, s, true);
	print("the same, nothing in the cache", s);
	for (int i = 0; i < ROUNDS; i++)
		resume(&w, s);
	print("from the start of flynn to its frame with that conversation", s);
	release(&w);
	free(s);
	return true;
}

/* ---- while the log is written back ---- */

/* In a process of its own: so much into the log at once, by somebody who does not write it back. */
static void
fill_log(const char *path)
{
	struct history *h = open_history(path, HISTORY_WRITE);
	struct err err;
	char *sql = mem_printf("PRAGMA wal_autocheckpoint = 0; BEGIN IMMEDIATE; CREATE TABLE ballast (x);"
	                       "INSERT INTO ballast WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n"
	                       "  WHERE i < %d) SELECT randomblob(%d) FROM n; COMMIT",
	        LOG_MIB, CHUNK);

	if (!database_script(history_database(h), sql, &err))
		give_up(err.text);
	_exit(0);
}

static void
send_tokens(int64_t until_ns)
{
	for (int64_t due = clock_ns(); due < until_ns; due += 1000 * (int64_t)MS / TOKENS_PER_SECOND) {
		rig_run(&rig, due);
		rig_token(&rig);
	}
}

/* A frame with a later token has those before it too: now and then ncurses leaves the letters of one out, for they stand
 * there already. */
static void
add_tokens(struct samples *s, size_t from)
{
	int64_t seen = 0;

	for (size_t i = rig.sent; i-- > from;) {
		if (rig.seen_ns[i] && (!seen || rig.seen_ns[i] < seen))
			seen = rig.seen_ns[i];
		if (seen)
			samples_add(s, ms(rig.sent_ns[i], seen));
	}
}

static long long
file_size(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 ? (long long)st.st_size : 0;
}

static void
print_tokens(const char *what, struct samples *s)
{
	printf("history-screen: token to screen %s: p50 %.2f, p99 %.2f, at most %.2f ms (%zu tokens)\n", what,
	        samples_quantile(s, 0.5), samples_quantile(s, 0.99), samples_quantile(s, 1), s->n);
	s->n = 0;
}

static bool
checkpoint(void)
{
	static const char *const words[] = {"--new", "-e", NULL};
	struct samples *s = mem_alloc(sizeof(*s));
	char *path = mem_printf("%s/data/flynn/history.db", cache);
	size_t first;
	pid_t pid;

	have_history(NULL);
	start(words);
	rig_run(&rig, clock_ns() + SETTLE_MS * (int64_t)MS);
	if (!rig_ask(&rig))
		give_up("flynn asks nothing");
	send_tokens(clock_ns() + BEFORE_MS * (int64_t)MS);
	add_tokens(s, 0);
	print_tokens("while the history is saved", s);
	first = rig.sent;
	pid = fork();
	if (pid == 0)
		fill_log(path);
	send_tokens(clock_ns() + AFTER_MS * (int64_t)MS);
	waitpid(pid, NULL, 0);
	rig_run(&rig, clock_ns() + 100 * MS);
	add_tokens(s, first);
	if (file_size(path) < LOG_MIB * (long long)CHUNK)
		give_up("the log was not written back");
	print_tokens("while another fills the log and 64 MiB of it are written back", s);
	rig_end(&rig);
	rig_stop(&rig);
	unlink(path);
	free(path);
	free(s);
	return true;
}

/* ---- all of it ---- */

static const struct part parts[] = {
        {"browser", browser},
        {"long", conversation},
        {"checkpoint", checkpoint},
};

int
main(UNUSED int argc, char **argv)
{
	const char *path = getenv("FLYNN");
	bool good;

	flynn = mem_strdup(path ? path : "./flynn");
	setup_environment();
	setvbuf(stdout, NULL, _IOLBF, 0);
	good = setup_run(parts, ARRAY_LEN(parts), argv + 1);
	free(flynn);
	return !good;
}
